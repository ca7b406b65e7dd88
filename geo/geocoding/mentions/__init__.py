"""The names of one document, resolved together."""
