"""WHAT WOULD HAVE HAPPENED: the institutional core, run week by week."""
