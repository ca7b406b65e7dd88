"""What became of each incident between two builds, and why."""
