"""Descriptions of a location to the area that they can mean."""
