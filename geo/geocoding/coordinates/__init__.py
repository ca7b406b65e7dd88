"""Coordinates in a cell: read, checked against the land, and a repair proposed."""
