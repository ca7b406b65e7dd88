"""Shapes on the ellipsoid that a described place can have."""
