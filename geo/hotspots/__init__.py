"""Where incidents gather: counts by cell, hotspots, density; and what only looks like a hotspot."""
