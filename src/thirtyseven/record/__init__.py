"""WHAT IS KNOWN, AND WHO SAYS SO: the archival record, typed, cited and validated."""
