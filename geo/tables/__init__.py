"""Tables of incidents in."""
