"""Groups of incidents that lie close together, in space or in space and time."""
