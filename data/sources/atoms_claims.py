"""Our review of the double claims and gaps of the source: real disputes and mapping errors."""

from collections import Counter
from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from osm_countries import Claims
from products import check, own_table
from topology import Polygons

STATUSES = ("undisputed", "disputed", "indefinite", "unclaimed")
_COLUMNS = ["claims", "lon", "lat", "becomes", "holder", "status", "area", "note", "source"]
_BY_NATURAL_EARTH = "ne"
# A gap is a piece of land that was forgotten, or of the open sea.
_LAND_SHARE = 0.5


@dataclass(frozen=True, order=True)
class Region:
    """Area with one set of claimants and one holder ("" is nobody)."""

    claims: Claims
    holder: str
    status: str = "undisputed"
    note: str = ""
    source: str = ""
    area: str = ""


def review(
    faces: Polygons, claims: list[Claims], provinces: gpd.GeoDataFrame
) -> list[Region | None]:
    """Decide on each face; None is the open sea.

    Raises
    ------
    ValueError
        A double claim or a row is without its counterpart.
    """
    table = own_table("claims_review.csv", columns=_COLUMNS)
    check(table["status"].isin(STATUSES).all(), "claims_review.csv: unknown status")
    check((table[["note", "source"]] != "").all(axis=None), "claims_review.csv: an empty cell")
    rows = _Rows(table, faces, claims)
    found: list[Region | None] = []
    for number, codes in enumerate(claims):
        if len(codes) == 1 and not rows.is_placed(number):
            found.append(Region(codes, codes[0]))
        else:
            found.append(_decide(rows.of(number), faces[number], provinces, codes))
    rows.check_all_used()
    return found


def unsure_pairs() -> set[str]:
    """Pairs of countries whose line has two courses in the source."""
    table = own_table("claims_review.csv", columns=_COLUMNS)
    errors = table["claims"].str.contains("|", regex=False) & (table["status"] == "undisputed")
    return set(table.loc[errors, "claims"].str.replace("|", "-", regex=False))


class _Rows:
    """The row of each face: by position, else by claims."""

    def __init__(self, table: pd.DataFrame, faces: Polygons, claims: list[Claims]) -> None:
        self._claims = claims
        self._by_claims = {
            tuple(row.claims.split("|")) if row.claims else (): row
            for row in table[table["lon"] == ""].itertuples(index=False)
        }
        placed = table[table["lon"] != ""]
        points = shapely.points(placed["lon"].astype(float), placed["lat"].astype(float))
        point, face = shapely.STRtree(faces).query(points, predicate="within")
        self._by_face = dict(
            zip(face.tolist(), placed.iloc[point].itertuples(index=False), strict=True)
        )
        for number, row in self._by_face.items():
            check("|".join(claims[number]) == row.claims, f"claims_review.csv: {row.note}")
        check(len(self._by_face) == len(placed), "claims_review.csv: a position without face")
        self._used: set[Claims] = set()

    def is_placed(self, number: int) -> bool:
        return number in self._by_face

    def of(self, number: int) -> tuple[str, ...]:
        codes = self._claims[number]
        row = self._by_face.get(number)
        if row is None:
            check(codes in self._by_claims, f"claims_review.csv: {codes} is missing")
            self._used.add(codes)
            row = self._by_claims[codes]
        return row

    def check_all_used(self) -> None:
        unused = set(self._by_claims) - self._used
        check(not unused, f"claims_review.csv: claims without a face: {sorted(unused)}")


def _decide(
    row: tuple[str, ...], face: shapely.Polygon, provinces: gpd.GeoDataFrame, codes: Claims
) -> Region | None:
    _, _, _, becomes, holder, status, area, note, source = row
    if _BY_NATURAL_EARTH in (becomes, holder):
        on_land, winner = _natural_earth(face, provinces, codes)
        if not codes and on_land < _LAND_SHARE:
            return None
        holder = winner if holder == _BY_NATURAL_EARTH else holder
        becomes = winner if becomes == _BY_NATURAL_EARTH else becomes
    claims = tuple(sorted(becomes.split("|")))
    # A piece of one country like any other needs no note of its own.
    if len(claims) == 1:
        return Region(claims, holder)
    return Region(claims, holder, status, note, source, area)


def _natural_earth(
    face: shapely.Polygon, provinces: gpd.GeoDataFrame, codes: Claims
) -> tuple[float, str]:
    """Share of a face on Natural Earth's land, and the country (among `codes`) that has most."""
    geometry = provinces.geometry.to_numpy()
    near = provinces.sindex.query(face, predicate="intersects")
    area = shapely.area(shapely.intersection(geometry[near], face)) / face.area
    shares: Counter[str] = Counter()
    for code, share in zip(provinces["country_a3"].iloc[near], area, strict=True):
        if not codes or code in codes:
            shares[code] += share
    winner = max(sorted(shares), key=shares.__getitem__, default="")
    check(winner or not codes, f"{codes}: no land of theirs in Natural Earth")
    return float(np.sum(area)), winner
