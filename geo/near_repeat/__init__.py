"""Repeats and near repeats: incidents that follow others, close in space and in time."""
