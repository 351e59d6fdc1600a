"""What is known: the entries of the data files, people, and the shape of a finding."""
