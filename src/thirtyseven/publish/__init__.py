"""WHAT IS SHOWN: tables, charts and pages, made from finished files only."""
