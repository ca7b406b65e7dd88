"""A surface of density over a grid of degrees."""

from dataclasses import dataclass

from geo.geodesy import Floats

__all__ = ["Density"]


@dataclass(frozen=True, eq=False)
class Density:
    """Density of incidents over a grid of equal steps in degrees, WGS 84.

    Attributes
    ----------
    values
        Incidents per km² at the middle of each cell, shape (rows, columns), row 0 in the north.
    bounds
        West, south, east, north of the grid in degrees: the outer edges of its cells. East is above
        180 where the grid lies across ±180°.
    bandwidth_m
        Radius of the kernel in metres.
    incidents
        Number of incidents that are in it.
    coarse
        Number of incidents that were left out, as their place is not known well enough.
    """

    values: Floats
    bounds: tuple[float, float, float, float]
    bandwidth_m: float
    incidents: int
    coarse: int

    @property
    def most_per_km2(self) -> float:
        """Greatest density, in incidents per km²."""
        return float(self.values.max(initial=0.0))
