"""From a file to statements: formats, layout, tables, questions and answers, and the subject that a fragment leaves out."""
