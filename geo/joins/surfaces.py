"""Whether a row lies on land or at sea, and on which sea."""

import numpy as np
import numpy.typing as npt

from geo.joins.placement import Placement
from geo.joins.points import Points
from geo.reference.arc_index import coast_index
from geo.reference.atoms import atoms
from geo.reference.waters import sea_name
from geo.spatial.areas import NOWHERE
from geo.vocabulary import SURFACES

__all__ = ["sea_names", "surfaces"]

_LAND, _TERRITORIAL_SEA, _HIGH_SEA = range(len(SURFACES))


def surfaces(found: Placement) -> npt.NDArray[np.int64]:
    """Surface of each row as its position in `SURFACES`; what has no point is high sea.

    A point nearer to the coast than the coast's own error counts as land.
    """
    is_land = np.append(atoms().is_land, [False])[found.atom]
    surface = np.where(is_land, _LAND, _TERRITORIAL_SEA)
    surface[found.atom == NOWHERE] = _HIGH_SEA
    afloat = np.flatnonzero(surface == _TERRITORIAL_SEA)
    if len(afloat):
        points = found.points
        errors_m = atoms().arcs["error_m"].to_numpy(dtype=np.float64)
        nearest = coast_index().nearest(
            points.lon_deg[afloat], points.lat_deg[afloat], within_m=float(errors_m.max())
        )
        surface[afloat[nearest.distance_m <= errors_m[nearest.line]]] = _LAND
    return surface


def sea_names(points: Points, afloat: npt.NDArray[np.int64]) -> npt.NDArray[np.object_]:
    """Name of the sea of some rows; null where it has none."""
    if len(afloat) == 0:
        return np.empty(0, dtype=object)
    return sea_name(points.lon_deg[afloat], points.lat_deg[afloat])
