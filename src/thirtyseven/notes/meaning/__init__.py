"""What a statement speaks of: who, what, how many, of whom, when."""
