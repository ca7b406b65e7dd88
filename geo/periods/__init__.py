"""Incidents in time: counts by period, and two periods compared."""
