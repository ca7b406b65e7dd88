"""Alerts of the Common Alerting Protocol as rows: each with all areas that it is for."""

from collections.abc import Iterator, Sequence

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from shapely.geometry.base import BaseGeometry

from geo.canonical_json import to_json
from geo.profiles.latlon_shapes import circle_shape, polygon_shape
from geo.profiles.native_cells import NativeCells
from geo.profiles.xml_nodes import XmlNode
from geo.schema import CRS
from geo.tables.cells import join_notes
from geo.tables.raw import RawTable

__all__ = [
    "ALERT_COLUMNS",
    "SUPERSEDED_BY",
    "UNREAD_AREA",
    "alert_shapes",
    "alert_table",
    "alert_voids",
]

#: Columns that alerts do not have: what the other alerts of the file, and their areas, say of them.
SUPERSEDED_BY, UNREAD_AREA = "superseded_by", "unread_area"

#: Columns that every table of alerts has.
ALERT_COLUMNS = (
    "identifier", "sender", "sent", "status", "msgType", "scope", "references", "incidents", "note",
)  # fmt: skip
_INFO = (
    "language", "category", "event", "urgency", "severity", "certainty", "effective", "onset",
    "expires", "senderName", "headline", "description", "instruction", "web",
)  # fmt: skip
_REPLACING = {"update", "cancel"}
_NO_INCIDENT = {"cancel": "cancels another alert", "ack": "acknowledges", "error": "refuses"}
# What stands between the polygons, and between the circles, of an alert.
_JOINT = " | "


def alert_table(alerts: Sequence[XmlNode], origin: str) -> RawTable:
    """Raw table of alerts, one row each; of several languages, English or else the first counts."""
    superseded = _superseded(alerts)
    rows, shapes = [], np.full(len(alerts), None, dtype=object)
    for number, alert in enumerate(alerts):
        info = _main_info(alert)
        areas = [] if info is None else info.all_of("area")
        polygons, circles = (list(_texts(areas, name)) for name in ("polygon", "circle"))
        shapes[number], unread = _shape(polygons, circles)
        rows.append(
            {name: alert.text_of(name) for name in ALERT_COLUMNS}
            | {name: _joined(info, name) for name in _INFO}
            | _areas(areas)
            | {SUPERSEDED_BY: superseded.get(_triple(alert)), UNREAD_AREA: unread}
        )
    cells = pd.DataFrame(rows, index=range(len(rows)), dtype="str")
    places = gpd.GeoSeries(shapes, index=cells.index, crs=CRS)
    return RawTable(cells, places, origin=origin, kind="cap", row_word="alert")


def alert_shapes(polygons: "pd.Series[str]", circles: "pd.Series[str]") -> gpd.GeoSeries:
    """Areas of alerts that are a table again, from the texts of their polygons and circles.

    Examples
    --------
    >>> circles = pd.Series(["33.306,38.703 0"], dtype="str")
    >>> alert_shapes(pd.Series([None], dtype="str"), circles).to_wkt().tolist()
    ['POINT (38.703 33.306)']
    """
    shapes = np.full(len(polygons), None, dtype=object)
    texts = (one.fillna("").str.split(_JOINT, regex=False) for one in (polygons, circles))
    shapes[:] = [
        _shape(list(filter(None, outlines)), list(filter(None, discs)))[0]
        for outlines, discs in zip(*texts, strict=True)
    ]
    return gpd.GeoSeries(shapes, index=polygons.index, crs=CRS)


def alert_voids(cells: NativeCells, prefix: str = "") -> "pd.Series[str]":
    """Why each alert does not hold; null where it does.

    Parameters
    ----------
    cells
        Cells of alerts.
    prefix
        How the names of their columns begin.

    Examples
    --------
    >>> table = pd.DataFrame({"cap:status": ["Actual", "Test"]}, dtype="str")
    >>> alert_voids(NativeCells(table), "cap:").tolist()
    [nan, 'The status is Test, not Actual']
    """
    status = cells.text(f"{prefix}status")
    message = cells.text(f"{prefix}msgType").str.casefold()
    not_actual = status.notna() & (status.str.casefold() != "actual")
    no_incident = message.map(_NO_INCIDENT, na_action="ignore").astype("str")
    return join_notes(
        ("The status is " + status + ", not Actual").where(not_actual),
        "The message " + no_incident,
        "Superseded by " + cells.text(SUPERSEDED_BY),
    )


def _triple(alert: XmlNode) -> tuple[str | None, ...]:
    return tuple(alert.text_of(name) for name in ("sender", "identifier", "sent"))


def _superseded(alerts: Sequence[XmlNode]) -> dict[tuple[str | None, ...], str]:
    """Identifier of the update or cancellation that names each alert."""
    found: dict[tuple[str | None, ...], str] = {}
    for alert in alerts:
        if (alert.text_of("msgType") or "").casefold() in _REPLACING:
            for reference in (alert.text_of("references") or "").split():
                found[tuple(reference.split(","))] = alert.text_of("identifier") or ""
    return found


def _main_info(alert: XmlNode) -> XmlNode | None:
    infos = alert.all_of("info")
    # Without a statement, an alert is in English.
    english = (one for one in infos if (one.text_of("language") or "en").casefold()[:2] == "en")
    return next(english, infos[0] if infos else None)


def _joined(info: XmlNode | None, name: str) -> str | None:
    found = [] if info is None else [one.text for one in info.all_of(name) if one.text]
    return "; ".join(found) or None


def _areas(areas: Sequence[XmlNode]) -> dict[str, str | None]:
    codes = [
        {one.text_of("valueName") or "": one.text_of("value")}
        for area in areas
        for one in area.all_of("geocode")
    ]
    return {
        "areaDesc": "; ".join(filter(None, (area.text_of("areaDesc") for area in areas))) or None,
        "polygon": _JOINT.join(_texts(areas, "polygon")) or None,
        "circle": _JOINT.join(_texts(areas, "circle")) or None,
        "geocode": to_json(codes) if codes else None,
    }


def _texts(areas: Sequence[XmlNode], name: str) -> Iterator[str]:
    return (one.text for area in areas for one in area.all_of(name) if one.text)


def _shape(
    polygons: Sequence[str], circles: Sequence[str]
) -> tuple[BaseGeometry | None, str | None]:
    """Union of all polygons and circles; and the texts that are neither."""
    read = [(text, polygon_shape(text)) for text in polygons]
    read += [(text, circle_shape(text, unit_m=1_000.0)) for text in circles]
    shapes = [shape for _, shape in read if shape is not None]
    unread = _JOINT.join(text for text, shape in read if shape is None)
    wide = [shape for shape in shapes if shape.area > 0] or shapes
    return (shapely.union_all(wide) if wide else None), unread or None
