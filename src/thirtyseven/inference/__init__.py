"""WHAT FOLLOWS: weighing the explanations against the record."""
