"""WHAT SOMEBODY WROTE: a reader's own notes, read against the record."""
