"""Islands whose waters or whose dispute the source lacks: circles round listed points.

`island_areas.csv` says what each group is, `islands.csv` where its islands lie. What the source
gives to a claimant stays with it; open sea inside a circle goes to `waters`, where one is named.
"""

from dataclasses import dataclass

import numpy as np
import pyproj
import shapely

import atoms_noding as noding
from atoms_claims import Region
from products import check, own_table
from topology import Ints

_AREAS = ["area", "admin1_code", "claims", "waters", "error_m", "note", "source"]
_ISLANDS = ["area", "name", "lon", "lat", "radius_m"]
_CORNERS = 72
_GEOD = pyproj.Geod(ellps="WGS84")


@dataclass(frozen=True)
class IslandArea:
    """A group of islands: its circles, its province, and who holds open sea inside of these."""

    shape: shapely.Geometry
    admin1_code: str
    waters: str
    region: Region

    def of(self, holder: str) -> Region | None:
        """Region of a part that the source gives to a holder, "" for nobody; None as it is."""
        found = holder or self.waters
        if not found or found not in {*self.region.claims, self.waters}:
            return None
        plain = self.region
        return Region(plain.claims, found, plain.status, plain.note, plain.source, plain.area)


def areas() -> list[IslandArea]:
    """All groups, in the order of the table."""
    table = own_table("island_areas.csv", columns=_AREAS)
    islands = own_table("islands.csv", columns=_ISLANDS)
    check((table["source"] != "").all(), "island_areas.csv: a row without source")
    check(set(table["area"]) == set(islands["area"]), "islands.csv: other areas")
    found = []
    for row in table.itertuples(index=False):
        mine = islands.loc[islands["area"] == row.area, ["lon", "lat", "radius_m"]].astype(float)
        circles = [_circle(lon, lat, metres) for lon, lat, metres in mine.to_numpy().tolist()]
        claims = tuple(row.claims.split("|"))
        region = Region(claims, row.waters, "disputed", row.note, row.source, row.area)
        found.append(
            IslandArea(shapely.union_all(circles), row.admin1_code, row.waters, region),
        )
    return found


def line_errors() -> dict[str, float]:
    """How far the lines round each group may be off, in metres."""
    table = own_table("island_areas.csv", columns=_AREAS)
    return dict(zip(table["area"], table["error_m"].astype(float), strict=True))


def edges(groups: list[IslandArea]) -> Ints:
    """Edges of all circles."""
    found, _ = noding.ring_edges(np.array([group.shape for group in groups], dtype=object))
    return found


def _circle(lon: float, lat: float, metres: float) -> shapely.Polygon:
    azimuth = np.arange(_CORNERS) * 360 / _CORNERS
    everywhere = np.ones(_CORNERS)
    x, y, _ = _GEOD.fwd(lon * everywhere, lat * everywhere, azimuth, metres * everywhere)
    return shapely.Polygon(np.column_stack((x, y)))
