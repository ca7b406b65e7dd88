"""Areas of like density, as polygons."""

from collections.abc import Sequence
from typing import Any

import geopandas as gpd
import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geo.errors import SchemaError
from geo.geodesy import Floats
from geo.hotspots.cutting import cut_at_180
from geo.hotspots.density import Density
from geo.schema import CRS

__all__ = ["density_contours"]

_BY = "density_contours"


def density_contours(density: Density, *, levels: int | Sequence[float] = 5) -> gpd.GeoDataFrame:
    """Areas between levels of density, as polygons.

    Parameters
    ----------
    density
        As `kernel_density` gives it.
    levels
        Incidents per km² at which the areas begin, growing and above 0; or how many areas to make,
        in equal steps up to the greatest density.

    Returns
    -------
    geopandas.GeoDataFrame
        One row for each area that is not empty, in EPSG:4326, the thinnest first: `per_km2_from`,
        `per_km2_to` (the greatest density for the last). Areas do not overlap, and are cut at
        ±180°. A density of 0 everywhere has none.

    Raises
    ------
    SchemaError
        The levels are none, do not grow, or are not above 0.

    Notes
    -----
    Between the middles of the grid's cells the lines run straight (contourpy's marching squares),
    and outside of the grid the density counts as 0.

    Examples
    --------
    >>> from geo.hotspots.kernel import kernel_density
    >>> incidents = gpd.GeoDataFrame(geometry=gpd.points_from_xy([36.3], [33.5]), crs=4326)
    >>> areas = density_contours(kernel_density(incidents, bandwidth_m=10_000), levels=3)
    >>> areas["per_km2_from"].round(5).tolist()
    [0.00239, 0.00477, 0.00716]
    """
    edges = _edges(density, levels)
    if len(edges) < 2:
        columns = {"per_km2_from": np.zeros(0), "per_km2_to": np.zeros(0)}
        return gpd.GeoDataFrame(columns, geometry=[], crs=CRS)
    shapes = _bands(density, edges)
    kept = [place for place, shape in enumerate(shapes) if shape.area > 0]
    return gpd.GeoDataFrame(
        {"per_km2_from": edges[:-1][kept], "per_km2_to": edges[1:][kept]},
        geometry=[shapes[place] for place in kept],
        crs=CRS,
    )


def _edges(density: Density, levels: int | Sequence[float]) -> Floats:
    """Levels, and the greatest density."""
    most = density.most_per_km2
    if isinstance(levels, (int, np.integer)):
        if levels < 1:
            raise SchemaError(f"{_BY}: {levels} levels are asked for; expected 1 or more.")
        steps = np.arange(1, levels + 1) / (levels + 1)
        return np.append(steps * most, most) if most > 0 else np.zeros(0)
    edges = np.array(levels, dtype=np.float64)
    if len(edges) == 0 or not (edges[0] > 0 and (np.diff(edges) > 0).all()):
        raise SchemaError(
            f"{_BY}: the levels are {list(levels)}; expected growing numbers above 0."
        )
    below = edges[edges < most]
    return np.append(below, most) if len(below) else below


def _bands(density: Density, edges: Floats) -> list[BaseGeometry]:
    """Area between each two edges; the last has no end."""
    from contourpy import FillType, contour_generator  # noqa: PLC0415  # few ask for contours

    west, south, east, north = density.bounds
    rows, columns = density.values.shape
    step_x, step_y = (east - west) / columns, (north - south) / rows
    # Round the globe the first column stands beside the last, else nothing stands there.
    wide = np.pad(density.values[::-1], ((0, 0), (1, 1)), mode="wrap")
    if east - west < 360.0:
        wide[:, [0, -1]] = 0.0
    generator = contour_generator(
        west + (np.arange(columns + 2) - 0.5) * step_x,
        south + (np.arange(rows + 2) - 0.5) * step_y,
        np.pad(wide, ((1, 1), (0, 0))),
        fill_type=FillType.OuterOffset,
    )
    # contourpy's types name all kinds of fillings at once.
    filled: Any = generator.filled
    frame = shapely.box(west, south, east, north)
    tops = [*edges[1:-1].tolist(), 2.0 * float(edges[-1])]
    return [
        cut_at_180(shapely.intersection(_joined(*filled(low, high)), frame))
        for low, high in zip(edges[:-1].tolist(), tops, strict=True)
    ]


def _joined(corners: list[Floats], offsets: list[np.ndarray]) -> BaseGeometry:
    """Polygons of an outer ring and holes each, as one shape."""
    polygons = []
    for xy, ends in zip(corners, offsets, strict=True):
        rings = [xy[a:b] for a, b in zip(ends[:-1].tolist(), ends[1:].tolist(), strict=True)]
        polygons.append(shapely.Polygon(rings[0], rings[1:]))
    valid = shapely.make_valid(np.array(polygons, dtype=object))
    return shapely.union_all(valid)
