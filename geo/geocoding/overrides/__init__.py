"""Corrections of a user, replayed before anything is resolved."""
