"""Files and tables of all kinds to incidents."""
