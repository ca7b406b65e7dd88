"""Strings to values: names, dates, coordinates. No data needed."""
