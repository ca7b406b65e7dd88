"""Reports of the same incident, found and made one."""
