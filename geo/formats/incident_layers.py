"""The layers of an incident table: points, areas of uncertainty, footprints, links, counts."""

from collections.abc import Iterator
from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely

from geo.errors import PlaceNotFoundError
from geo.formats.flat_columns import with_texts_of_shapes
from geo.formats.rfc7946 import tidied
from geo.geocoding.shapes.footprints import disc
from geo.geodesy import Floats, geod
from geo.reference.units import provinces
from geo.schema import CRS, has_geometry

__all__ = ["MOST_DISCS", "Layer", "incident_layers"]

#: So many areas of uncertainty are drawn; beyond, none, since nobody could tell them apart.
MOST_DISCS = 100_000
# What the layers beside the incidents say of each.
_TOLD = (
    "incident_id", "title", "kind", "precision", "date_start", "date_end", "uncertainty_m",
)  # fmt: skip
_BORDERS = ("atom_arcs.parquet", "atom_vertices.npy")
_PROVINCES = ("atoms.parquet", "provinces.parquet")
_LINK = ("border_pair", "border_distance_m", "border_status")
_CORNERS = 48
# Nearer to a pole, or wider, a disc is drawn by itself.
_PLAIN_LAT_DEG = 80.0
_WIDE_DEG = 180.0
_WIDE_M = 5_000_000.0

_Shapes = npt.NDArray[np.object_]


@dataclass(frozen=True)
class Layer:
    """One layer of a file.

    Parameters
    ----------
    name
        Lower case, without spaces.
    table
        Its rows, EPSG:4326, without second geometry columns.
    geometry_type
        As GDAL names it.
    title
        One line for people.
    drawn_from
        Shipped files whose terms its shapes have; those of the rows where there are none.
    is_added
        Whether the user has added it.
    """

    name: str
    table: gpd.GeoDataFrame
    geometry_type: str
    title: str
    drawn_from: tuple[str, ...] = ()
    is_added: bool = False


def incident_layers(table: gpd.GeoDataFrame) -> Iterator[Layer]:
    """The incidents, and what can be drawn of them besides; layers without rows are left out."""
    points = with_texts_of_shapes(table.drop(columns="footprint", errors="ignore"))
    yield Layer("incidents", points, "Point", "Incidents at their best single point")
    areas, footprints = _areas(table), _footprints(table)
    if len(areas):
        yield Layer("uncertainty", areas, "MultiPolygon", "Areas that hold each incident (90 %)")
    if len(footprints):
        yield Layer("footprints", footprints, "MultiPolygon", "Areas that descriptions mean")
    links, counts = _border_links(table), _admin_counts(table)
    if len(links):
        yield Layer(
            "border_links", links, "MultiLineString", "To the nearest land border", _BORDERS
        )
    if len(counts):
        yield Layer("admin_counts", counts, "MultiPolygon", "Incidents by province", _PROVINCES)


def _told(table: gpd.GeoDataFrame, shapes: _Shapes, more: tuple[str, ...] = ()) -> gpd.GeoDataFrame:
    """Rows that have a shape, with the shape and a few of their columns."""
    names = [name for name in (*_TOLD, *more) if name in table]
    told = pd.DataFrame(table[names])[~shapely.is_missing(shapes)]
    return gpd.GeoDataFrame(told, geometry=shapes[~shapely.is_missing(shapes)], crs=CRS)


def _footprint_shapes(table: gpd.GeoDataFrame) -> _Shapes:
    if "footprint" not in table:
        return np.full(len(table), None, dtype=object)
    found = tidied(np.asarray(table["footprint"], dtype=object))
    found[shapely.get_dimensions(found) != 2] = None
    return found


def _footprints(table: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    return _told(table, _footprint_shapes(table))


def _areas(table: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Footprint of each incident, else the disc round its point."""
    shapes = _footprint_shapes(table)
    if "uncertainty_m" in table:
        radius_m = table["uncertainty_m"].to_numpy(np.float64, na_value=np.nan)
        round_ = shapely.is_missing(shapes) & has_geometry(table).to_numpy() & (radius_m > 0)
        if round_.sum() + (~shapely.is_missing(shapes)).sum() > MOST_DISCS:
            return table.iloc[:0]
        points = np.asarray(table.geometry)[round_]
        shapes[round_] = _discs(shapely.get_x(points), shapely.get_y(points), radius_m[round_])
    return _told(table, shapes)


def _discs(lon: Floats, lat: Floats, radius_m: Floats) -> _Shapes:
    """Discs as polygons, cut at ±180°, equal ones drawn once."""
    asked, which = np.unique(np.column_stack((lon, lat, radius_m)), axis=0, return_inverse=True)
    count = len(asked)
    azimuths = np.tile(np.linspace(360.0, 0.0, _CORNERS + 1)[:-1], count)
    middle_lon, middle_lat, far_m = np.repeat(asked, _CORNERS, axis=0).T
    corner_lon, corner_lat, _ = geod().fwd(middle_lon, middle_lat, azimuths, far_m)
    corners = np.stack((corner_lon, corner_lat), axis=-1).reshape(count, _CORNERS, 2)
    is_plain = (
        (np.abs(corners[..., 1]).max(axis=1, initial=0) < _PLAIN_LAT_DEG)
        & (np.ptp(corners[..., 0], axis=1) < _WIDE_DEG)
        & (asked[:, 2] < _WIDE_M)
    )
    drawn = np.full(count, None, dtype=object)
    drawn[is_plain] = shapely.polygons(corners[is_plain])
    drawn[~is_plain] = [disc(*map(float, one)) for one in asked[~is_plain]]
    return tidied(drawn)[which.ravel()]


def _border_links(table: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    if not {"border_lon", "border_lat"} <= set(table.columns):
        return table.iloc[:0]
    ends = table[["border_lon", "border_lat"]].to_numpy(np.float64, na_value=np.nan)
    linked = has_geometry(table).to_numpy() & ~np.isnan(ends).any(axis=1)
    points = np.asarray(table.geometry)[linked]
    lon, lat = shapely.get_x(points), shapely.get_y(points)
    # Over ±180° a link goes the short way; it is cut there.
    end_lon = lon + (ends[linked, 0] - lon + 180.0) % 360.0 - 180.0
    corners = np.stack(
        (np.column_stack((lon, lat)), np.column_stack((end_lon, ends[linked, 1]))), axis=1
    )
    shapes = np.full(len(table), None, dtype=object)
    shapes[linked] = tidied(np.asarray(shapely.linestrings(corners), dtype=object))
    return _told(table, shapes, _LINK)


def _admin_counts(table: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    if "admin1_code" not in table or table["admin1_code"].isna().all():
        return table.iloc[:0]
    areas = _provinces(table)[["admin1_code", "admin1", "country_a3", "country", "geometry"]]
    codes = areas["admin1_code"]
    shared = codes[codes.duplicated()] if "country_a3" in table else codes.iloc[:0]
    counts = _parts(table, shared).value_counts().rename_axis("part").rename("incidents")
    found = areas.assign(part=_parts(areas, shared)).merge(counts.reset_index(), on="part")
    columns = ["admin1_code", "admin1", "country_a3", "country", "incidents", "geometry"]
    order = found.sort_values(["admin1_code", "country_a3"], ignore_index=True)
    return gpd.GeoDataFrame(order[columns], crs=CRS)


def _parts(table: pd.DataFrame, shared: "pd.Series[str]") -> "pd.Series[str]":
    """Province of each row; with its holder, where two hold a province in part."""
    codes = table["admin1_code"].astype("str")
    if shared.empty:
        return codes
    return codes.mask(codes.isin(shared), codes + "/" + table["country_a3"].astype("str"))


def _provinces(table: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    known = table.get("worldview", pd.Series(dtype="str")).dropna().unique()
    try:
        return provinces(known[0]) if len(known) == 1 else provinces()
    except PlaceNotFoundError:
        # A point of view of the user's own, which only he can read.
        return provinces()
