"""The CRS that older GeoJSON states."""

import re
from collections.abc import Mapping
from typing import Any

import pyproj
from pyproj.exceptions import CRSError

from geo.errors import ReadError
from geo.schema import CRS

__all__ = ["stated_crs"]

_NAME = re.compile(
    r"(?:urn:(?:x-)?ogc:def:crs:)?(?P<authority>EPSG|OGC):(?:[\d.]*:)?(?P<code>\w+)", re.IGNORECASE
)


def stated_crs(members: Mapping[str, Any], path: str) -> str:
    """CRS of a document of GeoJSON, WGS 84 where it states none.

    Parameters
    ----------
    members
        Members of the document.
    path
        The file, for messages.

    Raises
    ------
    ReadError
        It names a CRS that nobody knows.

    Notes
    -----
    Source: GeoJSON of 2008, section 3; RFC 7946 has WGS 84 alone.

    Examples
    --------
    >>> named = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::3857"}}
    >>> stated_crs({"crs": named}, "a.geojson"), stated_crs({}, "a.geojson")
    ('EPSG:3857', 'EPSG:4326')
    """
    said = members.get("crs")
    properties = said.get("properties") if isinstance(said, dict) else None
    name = properties.get("name") if isinstance(properties, dict) else None
    if not isinstance(name, str) or not name.strip():
        return CRS
    crs = _known(name.strip())
    if crs is None:
        raise ReadError(
            f"{path}: states the CRS {name[:80]!r}, which nobody knows; expected none, for WGS 84, "
            "or one such as EPSG:3857."
        )
    return CRS if crs.is_geographic and "WGS 84" in crs.name else crs.to_string()


def _known(name: str) -> pyproj.CRS | None:
    named = _NAME.fullmatch(name)
    if named is None:
        return None
    try:
        return pyproj.CRS.from_authority(named["authority"].upper(), named["code"].upper())
    except CRSError:
        return None
