"""Names of places to points with an uncertainty."""
