"""Geocoders of geopy: ours as one of them, and theirs for what ours does not know."""
