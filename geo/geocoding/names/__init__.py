"""A name to the place that it means, by what it is and what stands round it."""
