"""Who this package is: lets `layers` notice that another distribution has overwritten `geo`."""

DISTRIBUTION = "incidentmap"
