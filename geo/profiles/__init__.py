"""Files of known providers in: one profile each."""
