"""The command line of incidentmap; the Python API is in `geo` and `layers`."""
