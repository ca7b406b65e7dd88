"""What must hold of the atoms and their lines before they are written."""

import json
import tarfile
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import pyproj
import shapely

import atoms_noding as noding
import topology
from atoms_claims import Region
from osm_countries import Claims, Source
from products import Build, check, own_table, say
from topology import Polygons

PAIRS_PACKAGE = "world-countries"
_GEOD = pyproj.Geod(ellps="WGS84")
_SAMPLES = 100_000
_LARGE_KM2 = 20.0
_TOWER_22 = (38.703, 33.306)
_TOWER_22_M = {"JOR-SYR": 1465.0, "IRQ-JOR": 10205.5}
_STEP_DEG = 5 / 111_320
# Places where three countries meet.
_TRIPOINTS = (
    "IRQ JOR SYR", "IRQ SYR TUR", "IRN IRQ TUR", "IRQ JOR SAU", "IRQ KWT SAU", "BLR RUS UKR",
    "BLR POL UKR", "BLR LTU POL", "BLR LVA RUS", "LTU POL RUS", "HUN ROU UKR", "AUT DEU CZE",
    "AUT CHE ITA", "CHE DEU FRA", "BEL FRA LUX", "BEL DEU NLD", "CHN KAZ RUS", "CHN MNG RUS",
    "AFG PAK IRN", "AFG IRN TKM", "ARG BRA PRY", "BOL BRA PRY", "BRA COL PER", "BEN NER NGA",
    "COD UGA RWA", "BDI COD RWA", "ETH KEN SOM", "LAO MMR THA", "KHM LAO THA", "DZA LBY NER",
    "MLI NER DZA", "MDA ROU UKR", "ARM GEO TUR", "ESP FRA AND", "MOZ ZAF ZWE", "NOR SWE FIN",
)  # fmt: skip


def check_atoms(
    atoms: gpd.GeoDataFrame,
    source: Source,
    osm: tuple[Polygons, list[Claims], list[Region | None]],
    provinces: gpd.GeoDataFrame,
) -> None:
    """Prove the polygons: a coverage, claims as in the source, every province used or listed."""
    polygons = atoms.geometry.to_numpy()
    check(shapely.is_valid(polygons).all(), "atoms: invalid polygons")
    check(shapely.coverage_is_valid(polygons), "atoms: not a valid coverage")
    check((atoms["claims"] != "").all(), "atoms: one without claimants")
    key = ["claims", "holder", "admin1_code", "area", "surface", "status", "note"]
    check(not atoms.duplicated(key).any(), "atoms: one comes twice")
    _check_provinces(atoms, provinces)
    _check_inner(atoms, provinces)
    _check_samples(atoms, source, osm)
    tower = atoms[atoms.contains(shapely.Point(_TOWER_22))]
    check(list(tower["holder"]) == ["JOR"], "Tower 22 does not lie in Jordan")
    check(list(tower["admin1_code"]) == ["JO-MA"], "Tower 22 does not lie in JO-MA")
    check(list(tower["surface"]) == ["land"], "Tower 22 does not lie on land")
    # Asia once lost all its province lines to an integer overflow.
    inner = atoms[(atoms["holder"] == "CHN") & (atoms["surface"] == "land")]
    check(inner["admin1_code"].nunique() >= 31, "China has lost its provinces")


def _check_inner(atoms: gpd.GeoDataFrame, provinces: gpd.GeoDataFrame) -> None:
    """Each larger piece of a province lies in its own atom, unless in another country."""
    parts, owner = shapely.get_parts(provinces.geometry.to_numpy(), return_index=True)
    large = noding.area_km2(parts) > _LARGE_KM2
    points = shapely.point_on_surface(parts[large])
    wrong = []
    for province, rows in zip(
        owner[large].tolist(),
        noding.holders_of(points, atoms.geometry.to_numpy()),
        strict=True,
    ):
        code = provinces["admin1_code"].iloc[province]
        country = provinces["country_a3"].iloc[province]
        there = atoms.iloc[rows]
        foreign = (there["claims"] == country) & (there["admin1_code"] != code)
        wrong += [(code, other) for other in there.loc[foreign, "admin1_code"]]
    say(f"  {large.sum()} pieces of provinces, {len(wrong)} in another province")
    check(not wrong, f"atoms: provinces that run into others: {wrong}")


def _check_provinces(atoms: gpd.GeoDataFrame, provinces: gpd.GeoDataFrame) -> None:
    unused = set(provinces["admin1_code"]) - set(atoms["admin1_code"])
    table = own_table("unused_provinces.csv", columns=["admin1_code", "reason"])
    listed = set(table["admin1_code"])
    check(unused == listed, f"unused_provinces.csv: {sorted(unused ^ listed)} differ")


def _check_samples(
    atoms: gpd.GeoDataFrame,
    source: Source,
    osm: tuple[Polygons, list[Claims], list[Region | None]],
) -> None:
    """Compare the claims at random points with the source polygons, as we reviewed them.

    The review is looked up by the face of the source; a sliver stands for its neighbour.
    """
    random = np.random.default_rng(20260101)
    lon = random.uniform(-180, 180, _SAMPLES * 5)
    lat = np.degrees(np.arcsin(random.uniform(-1, 1, _SAMPLES * 5)))
    points = shapely.points(lon, lat)
    claimed = source.claims_at(points)
    inside = np.array([bool(codes) for codes in claimed])
    chosen = np.flatnonzero(inside)[:_SAMPLES]
    check(len(chosen) == _SAMPLES, f"atoms: only {len(chosen)} samples are claimed")
    points = points[chosen]
    faces, at_source, decided = osm
    at_face = noding.holders_of(points, faces)
    at_atom = noding.holders_of(points, atoms.geometry.to_numpy())
    wrong, reviewed = [], 0
    for number, (face, atom) in enumerate(zip(at_face, at_atom, strict=True)):
        expected: Claims = claimed[chosen[number]]
        region = decided[face[0]] if face else None
        if len(expected) != 1 or (region and region.claims != at_source[face[0]]):
            reviewed += 1
            expected = region.claims if region else ()
        found = [tuple(atoms["claims"].iloc[row].split("|")) for row in atom]
        # A listed area has more claimants than the source knows.
        area = bool(atom) and bool(atoms["area"].iloc[atom[0]])
        if found != [expected] and not (area and set(expected) <= set(found[0])):
            wrong.append((shapely.to_wkt(points[number]), expected, found))
    say(f"  {_SAMPLES} samples, {reviewed} of them in reviewed double claims")
    check(not wrong, f"atoms: {len(wrong)} samples differ, first {wrong[:3]}")


def check_arcs(atoms: gpd.GeoDataFrame, arcs: gpd.GeoDataFrame, run: Build) -> None:
    """Prove the lines: rings close, tripoints meet, pairs are known, Tower 22 is where it is."""
    _check_rings(atoms, arcs)
    _check_tripoints(arcs)
    _check_pairs(arcs, run.package(PAIRS_PACKAGE))
    land = arcs[arcs["kind"] == "border"]
    for pair, expected in _TOWER_22_M.items():
        metres = distance_m(_TOWER_22, land[land["border_pair"] == pair].geometry.to_numpy())
        check(abs(metres - expected) < 0.5, f"Tower 22 to {pair}: {metres} m")
        say(f"  Tower 22 to {pair}: {metres:.1f} m")


def _check_rings(atoms: gpd.GeoDataFrame, arcs: gpd.GeoDataFrame) -> None:
    lines = arcs.geometry.to_numpy()
    sides = np.column_stack((arcs["left"], arcs["right"].fillna(topology.NONE))).astype(np.int64)
    by_atom = topology.faces_of(topology.Arcs(sides, lines))
    for atom, area in enumerate(shapely.area(atoms.geometry.to_numpy())):
        found = topology.stitched_area(lines[by_atom[atom]])
        check(found is not None, f"atom arcs: those of atom {atom} do not close")
        check(abs((found or 0.0) - area) < 1e-9 * max(area, 1), f"atom arcs: atom {atom} differs")


def meetings(arcs: gpd.GeoDataFrame) -> set[str]:
    """Sets of countries whose border lines end in one node, such as "IRQ JOR SYR"."""
    border = arcs[arcs["kind"].isin(["border", "sea_border"])]
    lines = border.geometry.to_numpy()
    ends = [shapely.get_coordinates(shapely.get_point(lines, at)) for at in (0, -1)]
    frame = pd.DataFrame(np.concatenate(ends), columns=["x", "y"])
    frame["pair"] = [*border["border_pair"], *border["border_pair"]]
    found = set()
    for pairs in frame.groupby(["x", "y"])["pair"].unique():
        if len(pairs) > 2:
            found.add(" ".join(sorted({code for pair in pairs for code in pair.split("-")})))
    return found


def _check_tripoints(arcs: gpd.GeoDataFrame) -> None:
    found = meetings(arcs)
    wanted = {" ".join(sorted(codes.split())) for codes in _TRIPOINTS}
    check(wanted <= found, f"atom arcs: no node where these meet: {sorted(wanted - found)}")
    say(f"  {len(found)} sets of countries meet in a node")


def reference_pairs(package: Path) -> set[str]:
    """Land borders that the package lists."""
    with tarfile.open(package) as archive:
        member = archive.extractfile("package/countries.json")
        table = json.loads(member.read() if member else b"[]")
    code = {"UNK": "XKX"}
    pairs = [(row["cca3"], other) for row in table for other in row["borders"]]
    return {"-".join(sorted((code.get(a, a), code.get(b, b)))) for a, b in pairs}


def _check_pairs(arcs: gpd.GeoDataFrame, package: Path) -> None:
    land = arcs[arcs["kind"] == "border"]
    ours, theirs = set(land["border_pair"]), reference_pairs(package)
    table = own_table("pair_differences.csv", columns=["border_pair", "in", "reason"])
    listed = set(zip(table["border_pair"], table["in"], strict=True))
    found = {(pair, "atoms") for pair in ours - theirs}
    found |= {(pair, "reference") for pair in theirs - ours}
    check(found == listed, f"pair_differences.csv: {sorted(found ^ listed)} differ")
    metres = [_GEOD.geometry_length(line) for line in land.geometry]
    say(f"  {len(ours)} land pairs ({len(theirs)} in the reference), {sum(metres) / 1e3:.0f} km")


def distance_m(point: tuple[float, float], lines: Polygons) -> float:
    """Shortest geodesic among points set close together along straight lon/lat lines."""
    near = shapely.intersection(lines, shapely.Point(point).buffer(0.5))
    dense = shapely.get_coordinates(shapely.segmentize(near, _STEP_DEG))
    count = len(dense)
    _, _, metres = _GEOD.inv([point[0]] * count, [point[1]] * count, dense[:, 0], dense[:, 1])
    return float(min(metres))
