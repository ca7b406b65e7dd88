"""The atoms: one coverage, precise lines, claims and holders, land and sea.

The products are read from the folder INCIDENTMAP_ATOMS, else from the shipped data.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np
import pyproj
import pytest
import shapely

if TYPE_CHECKING:
    import pandas as pd

GEOD = pyproj.Geod(ellps="WGS84")
TOWER_22 = (38.703, 33.306)
KINDS = {"border", "sea_border", "claim", "province", "coast", "outer", "cut"}
ATOM_COLUMNS = [
    "atom", "claims", "holder", "admin1_code", "area", "surface", "status", "note",
    "claimed_by", "admin1_by_claimant", "geometry",
]  # fmt: skip
ARC_COLUMNS = ["left", "right", "kind", "border_pair", "status", "geometry"]


def _read(name: str) -> gpd.GeoDataFrame:
    folder = os.environ.get("INCIDENTMAP_ATOMS")
    if folder:
        return gpd.read_parquet(Path(folder) / name)
    from geo import shipped

    if not (shipped.folder() / name).is_file():
        pytest.skip(f"{name} is not shipped; build it and name its folder in INCIDENTMAP_ATOMS")
    return gpd.read_parquet(shipped.path(name))


@pytest.fixture(scope="module")
def atoms() -> gpd.GeoDataFrame:
    return _read("atoms.parquet")


@pytest.fixture(scope="module")
def arcs() -> gpd.GeoDataFrame:
    return _read("atom_arcs.parquet")


def _at(atoms: gpd.GeoDataFrame, lon: float, lat: float) -> pd.Series:
    rows = atoms.iloc[atoms.sindex.query(shapely.Point(lon, lat), predicate="intersects")]
    assert len(rows) == 1
    return rows.iloc[0]


def test_schema(atoms: gpd.GeoDataFrame, arcs: gpd.GeoDataFrame) -> None:
    assert list(atoms.columns) == ATOM_COLUMNS
    assert list(arcs.columns) == ARC_COLUMNS
    assert list(atoms["atom"]) == list(range(len(atoms)))
    assert set(atoms["surface"]) == {"land", "sea"}
    assert set(atoms["status"]) == {"undisputed", "disputed", "indefinite", "unclaimed"}
    assert set(arcs["kind"]) == KINDS
    assert (atoms["claims"] != "").all()
    border = arcs["kind"].isin(["border", "sea_border"])
    assert arcs["border_pair"].notna().equals(border)
    assert arcs.loc[border, "status"].notna().all()


def test_one_valid_coverage_on_the_grid(atoms: gpd.GeoDataFrame) -> None:
    polygons = atoms.geometry.to_numpy()
    assert shapely.is_valid(polygons).all()
    assert shapely.coverage_is_valid(polygons)
    steps = shapely.get_coordinates(polygons) * 1e7
    assert np.abs(steps - np.round(steps)).max() < 1e-3


def test_arcs_have_one_or_two_atoms(atoms: gpd.GeoDataFrame, arcs: gpd.GeoDataFrame) -> None:
    both = arcs["right"].notna()
    assert (arcs.loc[both, "left"] < arcs.loc[both, "right"]).all()
    assert set(arcs["left"]) | set(arcs["right"].dropna()) == set(atoms["atom"])
    assert set(arcs.loc[~both, "kind"]) == {"outer", "cut", "coast"}


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
        (35.3, 4.9, "KEN", "KEN|SSD", "KE-700"),
        (33.75, 21.87, None, "EGY|SDN", "SD-RS"),
        (28.4, 9.6, "SDN", "SDN|SSD", "SD-KS"),
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
    atoms: gpd.GeoDataFrame, lon: float, lat: float, holder: str | None, claims: str, admin1: str
) -> None:
    row = _at(atoms, lon, lat)
    assert row["surface"] == "land"
    assert (row["holder"] if isinstance(row["holder"], str) else None) == holder
    assert row["claims"] == claims
    assert row["admin1_code"] == admin1
    assert (row["status"] == "undisputed") == (holder == claims and holder != "GEO")


def test_the_sea_belongs_to_the_nearest_province(atoms: gpd.GeoDataFrame) -> None:
    row = _at(atoms, 33.3, 44.5)  # off Sevastopol
    assert (row["surface"], row["claims"], row["admin1_code"]) == ("sea", "RUS|UKR", "UA-40")
    assert row["admin1_by_claimant"] == "RUS=UA-40|UKR=UA-40"


def test_asia_keeps_its_provinces(atoms: gpd.GeoDataFrame) -> None:
    china = atoms[(atoms["holder"] == "CHN") & (atoms["surface"] == "land")]
    assert china["admin1_code"].nunique() >= 31


@pytest.mark.parametrize(("pair", "metres"), [("JOR-SYR", 1465.0), ("IRQ-JOR", 10205.5)])
def test_tower_22(arcs: gpd.GeoDataFrame, pair: str, metres: float) -> None:
    """Densified straight lon/lat edges; pyproj does the distances, nothing of ours."""
    lines = arcs[(arcs["border_pair"] == pair) & (arcs["kind"] == "border")].geometry
    near = shapely.intersection(shapely.union_all(lines), shapely.Point(TOWER_22).buffer(0.5))
    dense = shapely.get_coordinates(shapely.segmentize(near, 5e-5))
    count = len(dense)
    found = GEOD.inv([TOWER_22[0]] * count, [TOWER_22[1]] * count, dense[:, 0], dense[:, 1])[2]
    assert min(found) == pytest.approx(metres, abs=0.5)


def test_the_jordan_syria_iraq_tripoint_is_a_node(arcs: gpd.GeoDataFrame) -> None:
    ends = {}
    for pair in ("JOR-SYR", "IRQ-JOR", "IRQ-SYR"):
        lines = arcs[arcs["border_pair"] == pair].geometry.to_numpy()
        points = [shapely.get_coordinates(shapely.get_point(lines, at)) for at in (0, -1)]
        ends[pair] = set(map(tuple, np.concatenate(points).tolist()))
    assert len(set.intersection(*ends.values())) == 1


def test_land_borders_and_sea_borders(arcs: gpd.GeoDataFrame) -> None:
    land = set(arcs.loc[arcs["kind"] == "border", "border_pair"])
    sea = set(arcs.loc[arcs["kind"] == "sea_border", "border_pair"])
    assert len(land) == 326
    assert {"JOR-SYR", "BWA-ZMB", "AND-FRA", "CYP-GBR"} <= land
    assert {"MYS-SGP", "IND-LKA", "FRA-GBR"} & land == set()
    assert {"IND-LKA", "FRA-GBR", "ESP-FRA"} <= sea
