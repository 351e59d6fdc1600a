"""WHO LIVED: the society of the censuses, its regions and strata, and what everybody was given."""
