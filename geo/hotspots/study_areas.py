"""Which hexagons a study looks at: those without incidents count as much as those with some."""

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import shapely
from shapely.geometry.base import BaseGeometry

from geo.errors import SchemaError, TooManyCellsError
from geo.geodesy import Floats
from geo.hotspots.hexagons import Cells, cells_in_boxes, disks, middles, usual_area_km2
from geo.proximity.targets import named_layer
from geo.reference.atoms import atoms
from geo.reference.units import countries
from geo.reference.views import holders
from geo.schema import CRS

__all__ = [
    "MOST_CELLS",
    "StudyArea",
    "area_of",
    "cells_around",
    "cells_of_area",
    "cells_of_countries",
]

#: `countries` for those with incidents; a number of rings around the cells with incidents; or an
#: area: bounds, a shape in WGS 84, a layer in any CRS, or the name of a country or province.
StudyArea = (
    str | int | tuple[float, float, float, float] | BaseGeometry | gpd.GeoDataFrame | gpd.GeoSeries
)

#: More cells than these are not made at once.
MOST_CELLS = 1_000_000


def area_of(study_area: StudyArea, *, by: str) -> BaseGeometry:
    """Shape of a study area that is given as one, WGS 84, within ±180°.

    Parameters
    ----------
    study_area
        Bounds, a shape, a layer or a name.
    by
        Who asks, for the message of an error.

    Raises
    ------
    SchemaError
        The area is none, or has no surface.
    PlaceNotFoundError, AmbiguousPlaceError
        The name means nothing that is known, or several places.
    """
    if isinstance(study_area, tuple):
        shape = _box(study_area, by=by)
    elif isinstance(study_area, BaseGeometry):
        shape = study_area
    else:
        layer = named_layer(study_area) if isinstance(study_area, str) else study_area
        if not isinstance(layer, (gpd.GeoDataFrame, gpd.GeoSeries)) or layer.crs is None:
            raise SchemaError(
                f"{by}: the study area is {study_area!r}; expected a layer with a CRS."
            )
        shape = layer.to_crs(CRS).geometry.union_all()
    west, south, east, north = shape.bounds
    if not (shape.area > 0 and west >= -180 and east <= 180 and south >= -90 and north <= 90):
        raise SchemaError(
            f"{by}: the study area spans {shape.bounds}; expected an area within -180 to 180 and"
            " -90 to 90 degrees."
        )
    return shape


def _box(bounds: tuple[float, float, float, float], *, by: str) -> BaseGeometry:
    west, south, east, north = bounds
    if not (-180 <= west <= 180 and -180 <= east <= 360 and -90 <= south < north <= 90):
        raise SchemaError(
            f"{by}: the bounds are {bounds}; expected west, south, east, north in degrees."
        )
    if west < east <= 180:
        return shapely.box(west, south, east, north)
    beyond = east - 360 if east > 180 else east
    return shapely.union(
        shapely.box(west, south, 180, north), shapely.box(-180, south, beyond, north)
    )


def cells_of_area(shape: BaseGeometry, resolution: int, *, by: str) -> Cells:
    """Cells whose middles lie in a shape, sorted.

    Parameters
    ----------
    shape
        As `area_of` gives it.
    resolution
        From 0 (the largest) to 15.
    by
        Who asks, for the message of an error.

    Raises
    ------
    TooManyCellsError
        There are too many.
    """
    _check(np.array([shape]), resolution, by=by)
    cells = cells_in_boxes(_boxes(shapely.get_parts(shape)), resolution)
    shapely.prepare(shape)
    return cells[shapely.intersects_xy(shape, *middles(cells))]


def cells_of_countries(lon_deg: Floats, lat_deg: Floats, resolution: int, *, by: str) -> Cells:
    """Cells whose middles lie on the land of the countries in which some points lie, sorted.

    Parameters
    ----------
    lon_deg, lat_deg
        WGS 84, finite, shape (n,); those on the high sea lie in no country.
    resolution
        From 0 (the largest) to 15.
    by
        Who asks, for the message of an error.

    Raises
    ------
    TooManyCellsError
        There are too many.
    """
    found, holder = atoms(), holders()
    atom = found.index.containing(lon_deg, lat_deg)
    codes = np.unique(holder[atom[atom >= 0]])
    codes = codes[codes != ""]
    land = countries()
    shapes = land.loc[land["country_a3"].isin(codes.tolist())].geometry
    _check(shapes.to_numpy(), resolution, by=by)
    cells = cells_in_boxes(_boxes(shapely.get_parts(shapes.to_numpy())), resolution)
    wanted = np.append(np.isin(holder, codes) & found.is_land, False)
    return np.asarray(cells[wanted[found.index.containing(*middles(cells))]])


def cells_around(cells: Cells, rings: int, *, by: str) -> Cells:
    """Cells within some rings of others, sorted.

    Parameters
    ----------
    cells
        Those in the middle.
    rings
        0 or more.
    by
        Who asks, for the message of an error.

    Raises
    ------
    TooManyCellsError
        There are too many.
    """
    if rings < 0:
        raise SchemaError(f"{by}: the study area has {rings} rings; expected 0 or more.")
    count = len(cells) * (3 * rings * (rings + 1) + 1)
    if count > 8 * MOST_CELLS:
        raise TooManyCellsError(
            f"{by}: up to {count:,} cells lie within {rings} rings of incidents; ask for fewer"
            " rings, or for a smaller resolution.",
            count=count,
        )
    return np.unique(disks(cells, rings)[1])


def _check(shapes: npt.NDArray[np.object_], resolution: int, *, by: str) -> None:
    area_km2 = _surface_km2(shapes)
    count = round(area_km2 / usual_area_km2(resolution))
    if count > MOST_CELLS:
        would_do = next(
            one for one in range(resolution, -1, -1)
            if one == 0 or area_km2 / usual_area_km2(one) <= MOST_CELLS
        )  # fmt: skip
        raise TooManyCellsError(
            f"{by}: the study area has about {count:,} cells of resolution {resolution}, at most"
            f" {MOST_CELLS:,} are made at once; resolution {would_do} would do, or a smaller"
            " study_area.",
            count=count,
        )


def _surface_km2(shapes: npt.NDArray[np.object_]) -> float:
    """Rough surface of some shapes: as if the Earth were a sphere."""
    parts = shapely.transform(
        shapes,
        lambda at: np.column_stack((np.radians(at[:, 0]), np.sin(np.radians(at[:, 1])))),
    )
    return float(shapely.area(parts).sum() * 6_371.007**2)


def _boxes(parts: npt.NDArray[np.object_]) -> list[tuple[float, float, float, float]]:
    """Few boxes that hold all parts: of each, but small ones together."""
    if len(parts) == 0:
        return []
    boxes = np.asarray(shapely.box(*shapely.bounds(parts).T), dtype=object)
    found = shapely.bounds(shapely.get_parts(shapely.union_all(boxes)))
    return [(west, south, east, north) for west, south, east, north in found.tolist()]
