"""The atoms: one coverage, precise lines, claims and holders, land and sea.

`reference_pairs.csv` holds the land borders that npm's world-countries 5.1.0 lists (ODbL-1.0).
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pyproj
import pytest

from geo import shipped

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]

SOURCES = Path(__file__).parents[2] / "data" / "sources"
GRID = 10_000_000
GEOD = pyproj.Geod(ellps="WGS84")
TOWER_22 = (38.703, 33.306)
BORDERS = ["border", "sea_border"]
ATOM_COLUMNS = {
    "atom", "claims", "holder", "admin1_code", "area", "surface", "status", "note", "source",
    "claimed_by", "admin1_by_claimant", "lon", "lat", "area_km2",
}  # fmt: skip
ARC_COLUMNS = {
    "left", "right", "kind", "border_pair", "status", "source", "error_m", "start", "count",
}  # fmt: skip


@pytest.fixture(scope="module")
def atoms() -> pd.DataFrame:
    return pd.read_parquet(shipped.path("atoms.parquet"))


@pytest.fixture(scope="module")
def arcs() -> pd.DataFrame:
    return pd.read_parquet(shipped.path("atom_arcs.parquet"))


@pytest.fixture(scope="module")
def vertices() -> Ints:
    return np.load(shipped.path("atom_vertices.npy")).astype(np.int64)


@pytest.fixture(scope="module")
def edges(arcs: pd.DataFrame, vertices: Ints) -> tuple[Ints, Ints, Ints]:
    """First and second end of every edge, and its arc."""
    arc = np.repeat(np.arange(len(arcs)), arcs["count"])
    inside = arc[1:] == arc[:-1]
    return vertices[:-1][inside], vertices[1:][inside], arc[:-1][inside]


def _atom_at(lon: float, lat: float, arcs: pd.DataFrame, edges: tuple[Ints, Ints, Ints]) -> int:
    """Atom beside the nearest edge to the east: on its left if the edge goes north."""
    one, other, arc = edges
    x, y = lon * GRID, lat * GRID
    crossing = (one[:, 1] > y) != (other[:, 1] > y)
    one, other, arc = one[crossing], other[crossing], arc[crossing]
    at = one[:, 0] + (y - one[:, 1]) / (other[:, 1] - one[:, 1]) * (other[:, 0] - one[:, 0])
    ahead = np.flatnonzero(at > x)
    nearest = ahead[np.argmin(at[ahead])]
    goes_north = other[nearest, 1] > one[nearest, 1]
    return int(arcs["left" if goes_north else "right"].iloc[arc[nearest]])


def test_columns_and_words(atoms: pd.DataFrame, arcs: pd.DataFrame, vertices: Ints) -> None:
    assert set(atoms.columns) == ATOM_COLUMNS
    assert set(arcs.columns) == ARC_COLUMNS
    assert list(atoms["atom"]) == list(range(len(atoms)))
    assert set(atoms["surface"]) == {"land", "sea"}
    assert set(atoms["status"]) == {"undisputed", "disputed", "indefinite", "unclaimed"}
    assert set(arcs["kind"]) == {*BORDERS, "claim", "province", "coast", "outer", "cut"}
    assert (atoms["claims"] != "").all()
    assert np.load(shipped.path("atom_vertices.npy"), mmap_mode="r").dtype == np.int32
    assert (np.abs(vertices) <= np.array([180, 90]) * GRID).all()


def test_every_dispute_has_a_published_source(atoms: pd.DataFrame, arcs: pd.DataFrame) -> None:
    assert (atoms.loc[atoms["status"] != "undisputed", "source"] != "").all()
    contested = arcs["status"].notna() & (arcs["status"] != "international")
    assert (arcs.loc[contested, "source"] != "").all()
    for name in ("claims_review", "atom_areas", "orphan_land", "island_areas", "border_status"):
        assert (pd.read_csv(SOURCES / f"{name}.csv", dtype=str)["source"].notna()).all(), name


def test_borders_have_pair_status_and_error(arcs: pd.DataFrame) -> None:
    border = arcs["kind"].isin(BORDERS)
    assert arcs["border_pair"].notna().equals(border)
    assert arcs["status"].notna().equals(border | (arcs["kind"] == "claim"))
    assert (arcs.loc[arcs["kind"] != "cut", "error_m"] > 0).all()
    agreed = arcs[(arcs["kind"] == "border") & (arcs["status"] == "international")]
    assert agreed["error_m"].median() == 100
    assert (arcs.loc[arcs["kind"] == "coast", "error_m"] >= 1000).all()


def test_arcs_lie_behind_each_other_in_the_vertices(arcs: pd.DataFrame, vertices: Ints) -> None:
    assert (arcs["count"] >= 2).all()
    assert list(arcs["start"]) == [0, *np.cumsum(arcs["count"])[:-1]]
    assert arcs["count"].sum() == len(vertices)


def test_the_left_is_never_nothing(atoms: pd.DataFrame, arcs: pd.DataFrame) -> None:
    assert (arcs["left"] != arcs["right"]).all()
    assert set(arcs["left"]) | set(arcs["right"]) == {*atoms["atom"], -1}
    assert -1 not in set(arcs["left"])
    assert set(arcs.loc[arcs["right"] == -1, "kind"]) == {"outer", "cut", "coast"}


def test_every_atom_closes_with_its_inside_on_the_left(
    atoms: pd.DataFrame, arcs: pd.DataFrame, vertices: Ints
) -> None:
    x, y = (vertices / GRID).T
    cross = np.append(x[:-1] * y[1:] - x[1:] * y[:-1], 0) / 2
    cross[arcs["start"] + arcs["count"] - 1] = 0
    swept = np.add.reduceat(cross, arcs["start"])
    first = vertices[arcs["start"]]
    last = vertices[arcs["start"] + arcs["count"] - 1]
    inner = arcs["right"] != -1
    area = np.bincount(arcs["left"], weights=swept, minlength=len(atoms))
    area -= np.bincount(arcs["right"][inner], weights=swept[inner], minlength=len(atoms))
    assert (area > 0).all()
    gap = np.zeros((len(atoms), 2), dtype=np.int64)
    np.add.at(gap, arcs["left"], last - first)
    np.add.at(gap, arcs["right"][inner], (first - last)[inner])
    assert not gap.any()


def test_areas_are_those_of_the_earth(atoms: pd.DataFrame) -> None:
    km2 = atoms[atoms["surface"] == "land"].groupby("holder")["area_km2"].sum()
    published = {"CHE": 41_285, "JOR": 89_318, "URY": 176_215, "ISL": 103_000}
    for country, expected in published.items():
        assert km2[country] == pytest.approx(expected, rel=0.02), country


@pytest.mark.parametrize(
    ("lon", "lat", "holder", "claims", "admin1"),
    [
        (*TOWER_22, "JOR", "JOR", "JO-MA"),
        (34.1, 44.95, "RUS", "RUS|UKR", "UA-43"),
        (-13.2, 27.15, "MAR", "ESH|MAR", "MA-15"),
        (35.232, 31.79, "ISR", "ISR|PSE", "IL-JM"),
        (35.75, 33.0, "ISR", "ISR|SYR", "IL-Z"),
        (79.3, 35.2, "CHN", "CHN|IND", "CN-XJ"),
        (76.7, 36.0, "CHN", "CHN|IND", "CN-XJ"),
        (43.97, 42.23, "GEO", "GEO", "GE-SK"),
        (41.0, 43.0, "GEO", "GEO", "GE-AB"),
        (29.6, 46.84, "MDA", "MDA", "MD-BD"),
        (36.3, 22.3, "EGY", "EGY|SDN", "EG-BA"),
        (35.3, 4.9, "KEN", "KEN|SSD", "KE-700"),
        (33.75, 21.87, None, "EGY|SDN", "SD-RS"),
        (28.4, 9.6, "SDN", "SDN|SSD", "SD-KS"),
        (145.8, 44.1, "RUS", "JPN|RUS", "RU-SAK"),
        (-57.4, 2.4, "GUY", "GUY|SUR", "GY-EB"),
        (55.03, 25.875, "IRN", "ARE|IRN", "IR-23"),
        (33.3, 35.3, "CYP", "CYP", "CYN-00"),
        (32.97, 34.6, "GBR", "GBR", "WSB-5133"),
        (33.75, 35.0, "GBR", "GBR", "ESB-5132"),
        (118.35, 24.44, "TWN", "CHN|TWN", "TW-KIN"),
        (10.0, -89.5, "ATA", "ATA", "ATA-00"),
        (104.0, 10.2, "VNM", "VNM", "VN-47"),
        (-5.32, 35.89, "ESP", "ESP", "ES-CE"),
        (124.35, -9.3, "TLS", "TLS", "TL-OE"),
        (7.42, 43.735, "MCO", "MCO", "MCO-00"),
        (-61.07, 14.62, "MTQ", "MTQ", "FR-MQ"),
        (-86.8, 32.8, "USA", "USA", "US-AL"),
    ],
)
def test_places(
    atoms: pd.DataFrame,
    arcs: pd.DataFrame,
    edges: tuple[Ints, Ints, Ints],
    lon: float,
    lat: float,
    holder: str | None,
    claims: str,
    admin1: str,
) -> None:
    row = atoms.iloc[_atom_at(lon, lat, arcs, edges)]
    assert row["surface"] == "land"
    assert (row["holder"] if isinstance(row["holder"], str) else None) == holder
    assert row["claims"] == claims
    assert row["admin1_code"] == admin1
    apart = {"GE-SK", "GE-AB", "MD-BD", "CYN-00", "ES-CE"}
    assert (row["status"] == "undisputed") == (holder == claims and admin1 not in apart)


def test_points_lie_in_their_atoms(
    atoms: pd.DataFrame, arcs: pd.DataFrame, edges: tuple[Ints, Ints, Ints]
) -> None:
    for row in atoms.sample(60, random_state=1).itertuples():
        assert _atom_at(row.lon, row.lat, arcs, edges) == row.atom


def test_the_sea_belongs_to_the_nearest_province(
    atoms: pd.DataFrame, arcs: pd.DataFrame, edges: tuple[Ints, Ints, Ints]
) -> None:
    row = atoms.iloc[_atom_at(33.3, 44.5, arcs, edges)]  # off Sevastopol
    assert (row["surface"], row["claims"], row["admin1_code"]) == ("sea", "RUS|UKR", "UA-40")
    assert row["admin1_by_claimant"] == "RUS=UA-40|UKR=UA-40"


def test_asia_keeps_its_provinces(atoms: pd.DataFrame) -> None:
    china = atoms[(atoms["holder"] == "CHN") & (atoms["surface"] == "land")]
    assert china["admin1_code"].nunique() >= 31


def test_sizes_of_the_listed_areas(atoms: pd.DataFrame) -> None:
    km2 = atoms[atoms["surface"] == "land"].groupby("area")["area_km2"].sum()
    listed = pd.read_csv(SOURCES / "atom_areas.csv")["area"]
    assert set(listed) | {"Bir Tawil", "East Jerusalem", "Spratly Islands"} <= set(km2.index)
    published = {"Golan Heights": 1200, "South Ossetia": 3900, "Transnistria": 4163}
    for area, expected in published.items():
        assert km2[area] == pytest.approx(expected, rel=0.2), area
    assert 30_000 < km2["Aksai Chin"] < 38_000
    assert 4_500 < km2["Shaksgam Valley"] < 6_000
    assert 16_000 < km2["Halaib Triangle"] < 21_000


@pytest.mark.parametrize(("pair", "metres"), [("JOR-SYR", 1465.0), ("IRQ-JOR", 10205.5)])
def test_tower_22(
    arcs: pd.DataFrame, edges: tuple[Ints, Ints, Ints], pair: str, metres: float
) -> None:
    """Points every 5 m along straight lon/lat edges; pyproj does the distances, nothing of ours."""
    lines = np.flatnonzero((arcs["border_pair"] == pair) & (arcs["kind"] == "border"))
    one, other, arc = edges
    there = np.isin(arc, lines) & (np.abs(one / GRID - TOWER_22).max(axis=1) < 1)
    share = np.linspace(0, 1, 4001)[:, None, None]
    points = (one[there] / GRID * (1 - share) + other[there] / GRID * share).reshape(-1, 2)
    here = [np.full(len(points), value) for value in TOWER_22]
    assert GEOD.inv(*here, *points.T)[2].min() == pytest.approx(metres, abs=0.5)


def test_the_jordan_syria_iraq_tripoint_is_a_node(arcs: pd.DataFrame, vertices: Ints) -> None:
    ends = {}
    for pair in ("JOR-SYR", "IRQ-JOR", "IRQ-SYR"):
        mine = arcs[arcs["border_pair"] == pair]
        rows = [*mine["start"], *(mine["start"] + mine["count"] - 1)]
        ends[pair] = set(map(tuple, vertices[rows].tolist()))
    assert len(set.intersection(*ends.values())) == 1


def test_every_difference_from_the_reference_pairs_is_explained(arcs: pd.DataFrame) -> None:
    reference = set(pd.read_csv(Path(__file__).parent / "reference_pairs.csv")["border_pair"])
    ours = set(arcs.loc[arcs["kind"] == "border", "border_pair"])
    explained = pd.read_csv(SOURCES / "pair_differences.csv")
    assert len(reference) == 325
    assert set(explained.loc[explained["in"] == "atoms", "border_pair"]) == ours - reference
    assert set(explained.loc[explained["in"] == "reference", "border_pair"]) == reference - ours
    assert explained["reason"].str.len().min() > 20


def test_land_borders_and_sea_borders(arcs: pd.DataFrame) -> None:
    land = set(arcs.loc[arcs["kind"] == "border", "border_pair"])
    sea = set(arcs.loc[arcs["kind"] == "sea_border", "border_pair"])
    assert {"JOR-SYR", "BWA-ZMB", "AND-FRA", "CYP-GBR"} <= land
    assert {"MYS-SGP", "IND-LKA", "FRA-GBR"} & land == set()
    assert {"IND-LKA", "FRA-GBR", "ESP-FRA"} <= sea


def test_lines_of_parts_with_their_own_administration(
    atoms: pd.DataFrame, arcs: pd.DataFrame
) -> None:
    claim = arcs[(arcs["kind"] == "claim") & (arcs["status"] == "line_of_control")]
    beside = atoms.iloc[[*claim["left"], *claim["right"]]]
    assert {"South Ossetia", "Transnistria"} <= set(beside["area"])
    assert {"GE-AB", "CYN-00"} <= set(beside["admin1_code"])
