"""Joins of a table with countries, borders, coasts and seas: what lies where, how far, how sure."""
