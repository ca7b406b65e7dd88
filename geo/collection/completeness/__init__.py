"""What a collection leaves out, and who speaks for each region and month."""
