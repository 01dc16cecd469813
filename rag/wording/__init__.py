"""The life of a wording: where it stands, year by year, and what changed between two documents."""
