"""A folder of inputs, settings and decisions, and what is built from it."""
