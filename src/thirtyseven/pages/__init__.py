"""WHAT A CLASS OPENS: the record, the explanations and finished weighings as pages, live or as files."""
