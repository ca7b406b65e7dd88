"""USGS earthquake catalogue."""

from typing import Any, ClassVar

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely

from geo.profiles.copied_cells import copied_cells, decoded_texts
from geo.profiles.dates import epoch_instants
from geo.profiles.findings import Findings
from geo.profiles.given_positions import positions
from geo.profiles.native_cells import NativeCells
from geo.profiles.profile import Profile
from geo.profiles.row_texts import json_texts, row_texts
from geo.schema import CRS, UNUSED_SHAPES, has_geometry
from geo.tables.cells import join_notes
from geo.tables.raw import RawTable
from geo.vocabulary import find_kind

__all__ = ["Usgs"]

_UNUSED = [UNUSED_SHAPES.removeprefix("native_")]
_RADIUS_M, _LEAST_M = 10_000.0, 1_000.0


class Usgs(Profile):
    """Feeds and searches of the catalogue, as GeoJSON or CSV."""

    name: ClassVar[str] = "usgs"
    #: An earthquake is named after a region, or a place far off.
    places_at_point: ClassVar[bool] = False

    def _incidents(self, raw: RawTable) -> gpd.GeoDataFrame:
        cells = NativeCells(raw.cells)
        time, time_notes = _instants(cells)
        day = time.dt.tz_localize(None).dt.normalize().astype("datetime64[s]")
        error_m = 1_000 * cells.number("horizontalError")
        radius_m = error_m.where(error_m > 0).fillna(_RADIUS_M).clip(lower=_LEAST_M)
        place, kind = cells.text("place"), cells.text("type")
        table = positions(
            _with_coordinates(raw),
            lon="longitude",
            lat="latitude",
            precision=pd.Series(
                np.where(radius_m > _LEAST_M, "vicinity", "exact"), index=cells.index, dtype="str"
            ),
            radius_m=radius_m,
            notes=join_notes(time_notes, cells.unread("mag")),
        )
        return table.assign(
            **copied_cells(self.facts, cells),
            title=cells.text("title").fillna(row_texts([cells.text("mag"), place], _title)),
            kind=row_texts([kind], lambda word: find_kind(word or "earthquake")),
            subkind=kind,
            date_start=day,
            date_end=day,
            date_precision=_known(time, "day", "unknown"),
            time_utc=time,
            date_zone=_known(time, "UTC", None),
            sources=json_texts([cells.text("net"), cells.text("url")], _source),
            verification=decoded_texts(
                cells.text("status"), self.facts.codes["verification"], default="unverified"
            ),
            sensitivity="public",
            magnitude=cells.number("mag"),
            depth_km=_depth_km(raw, cells),
        )

    def withdrawn(self, raw: RawTable) -> "pd.Series[str]":
        """Events that the catalogue has deleted."""
        status = NativeCells(raw.cells).text("status")
        meant = decoded_texts(status, self.facts.codes["verification"])
        return ("The status is " + status).where(meant == "withdrawn")

    def checks(self, incidents: gpd.GeoDataFrame) -> pd.DataFrame:
        """Rows that share one of their ids are the same earthquake."""
        cells, findings = NativeCells(self.native(incidents)), Findings()
        ids = cells.text("ids").str.strip(",").str.split(",").explode().dropna().astype("str")
        shared = ids[ids.duplicated(keep=False)]
        said = "the same earthquake as another row: both have the id " + shared
        findings.add("ids", said[~said.index.duplicated()])
        return findings.table()

    def native(self, incidents: gpd.GeoDataFrame) -> pd.DataFrame:
        """The feed's own table again: with depth as the third coordinate where it was so."""
        table = super().native(incidents)
        if "depth" in NativeCells(table) or "depth_km" not in incidents:
            return table
        shapes = _own_points(incidents)
        return gpd.GeoDataFrame(
            table.drop(columns=_UNUSED, errors="ignore"),
            geometry=gpd.GeoSeries(shapes, index=table.index, crs=CRS),
        )

    def native_texts(self, incidents: gpd.GeoDataFrame) -> pd.DataFrame:
        """The catalogue's own table, with coordinates and depth in columns, as its CSV has them."""
        table = super().native(incidents)
        if "latitude" in NativeCells(table):
            return table
        points = _own_points(incidents)
        return table.drop(columns=_UNUSED, errors="ignore").assign(
            latitude=shapely.get_y(points),
            longitude=shapely.get_x(points),
            depth=incidents.get("depth_km"),
        )


def _own_points(incidents: gpd.GeoDataFrame) -> npt.NDArray[np.object_]:
    """Points as the feed has them, also those of events that are not mapped."""
    points = incidents.geometry
    shapes = np.full(len(points), None, dtype=object)
    rows = has_geometry(points).to_numpy()
    depth_km = incidents.get("depth_km", pd.Series(np.nan, index=incidents.index))
    shapes[rows] = shapely.points(
        points.x.to_numpy()[rows], points.y.to_numpy()[rows], depth_km.to_numpy()[rows]
    )
    if UNUSED_SHAPES in incidents:
        texts = incidents[UNUSED_SHAPES].astype(object)
        unused = shapely.from_wkt(texts.where(texts.notna(), None).to_numpy(), on_invalid="ignore")
        is_point = ~rows & (shapely.get_type_id(unused) == shapely.GeometryType.POINT)
        shapes[is_point] = unused[is_point]
    return shapes


def _with_coordinates(raw: RawTable) -> NativeCells:
    """Cells with the coordinates of the shapes, where the file has shapes."""
    if raw.shapes is None:
        return NativeCells(raw.cells)
    points = _points(raw.shapes)
    lon, lat = shapely.get_x(points), shapely.get_y(points)
    return NativeCells(pd.DataFrame({"longitude": lon, "latitude": lat}, index=raw.cells.index))


def _depth_km(raw: RawTable, cells: NativeCells) -> "pd.Series[float]":
    if raw.shapes is None:
        return cells.number("depth")
    return pd.Series(shapely.get_z(_points(raw.shapes)), index=raw.cells.index)


def _points(shapes: gpd.GeoSeries) -> npt.NDArray[np.object_]:
    is_point = shapes.geom_type.eq("Point") & ~shapes.is_empty
    return shapes.where(is_point, None).to_numpy()


def _instants(cells: NativeCells) -> "tuple[pd.Series[Any], pd.Series[str]]":
    """Instants of milliseconds, or of ISO texts that end in Z."""
    texts, numbers = cells.text("time"), cells.number("time")
    written = texts.where(numbers.isna())
    read = pd.to_datetime(written, utc=True, errors="coerce", format="ISO8601")
    instants = epoch_instants(numbers, unit="ms").fillna(read.astype("datetime64[us, UTC]"))
    notes = "time “" + texts + "” is not understood"
    return instants, notes.where(texts.notna() & instants.isna())


def _known(time: "pd.Series[Any]", yes: str, no: str | None) -> "pd.Series[str]":
    return pd.Series(yes, index=time.index, dtype="str").where(time.notna(), no)


def _title(magnitude: str | None, place: str | None) -> str | None:
    return " - ".join(filter(None, (magnitude and f"M {magnitude}", place))) or None


def _source(net: str | None, url: str | None) -> list[dict[str, str]]:
    said = {"publisher": f"USGS ({net})" if net else "USGS"}
    return [said | ({"url": url} if url else {})]
