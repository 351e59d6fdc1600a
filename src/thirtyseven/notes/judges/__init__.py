"""The judges: each asks of a statement one kind of thing, and returns findings."""
