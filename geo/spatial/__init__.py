"""Indexes over lines and areas."""
