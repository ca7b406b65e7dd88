"""The shipped map of the world: atoms, and what is made of them in each point of view."""
