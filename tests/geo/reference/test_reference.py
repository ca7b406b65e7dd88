import hashlib
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely

import geo
from geo import shipped
from geo.errors import PlaceNotFoundError, ShippedDataError
from geo.reference.atoms import atoms
from geo.reference.stitching import stitched


@pytest.fixture(scope="module")
def countries() -> gpd.GeoDataFrame:
    return geo.countries()


@pytest.fixture(scope="module")
def provinces() -> gpd.GeoDataFrame:
    return geo.provinces()


def test_countries_are_one_valid_coverage(countries: gpd.GeoDataFrame) -> None:
    shapes = countries.geometry.to_numpy()

    assert shapely.is_valid(shapes).all()
    assert shapely.coverage_is_valid(shapes)


def test_provinces_are_one_valid_coverage(provinces: gpd.GeoDataFrame) -> None:
    shapes = provinces.geometry.to_numpy()

    assert shapely.is_valid(shapes).all()
    assert shapely.coverage_is_valid(shapes)
    assert not provinces.duplicated(["admin1_code", "country_a3"]).any()


def test_countries_are_made_of_their_provinces(
    countries: gpd.GeoDataFrame, provinces: gpd.GeoDataFrame
) -> None:
    for code in ("JOR", "ZAF", "FJI"):
        parts = provinces.geometry[provinces["country_a3"] == code].to_numpy()
        whole = countries.geometry[countries["country_a3"] == code].iloc[0]
        assert shapely.equals(shapely.coverage_union_all(parts), whole)


def test_stitched_atoms_have_their_published_area() -> None:
    found = atoms()
    count = len(found.table)

    shapes = stitched(found.arcs, found.vertices, np.arange(count), count=count)

    assert shapely.is_valid(shapes).all()
    steps = shapely.get_coordinates(shapes) * 1e7
    assert np.abs(steps - np.round(steps)).max() < 1e-3
    inside = shapely.contains_xy(shapes, found.table["lon"], found.table["lat"])
    assert inside.all()
    area_km2 = gpd.GeoSeries(shapes, crs=4326).to_crs(6933).area / 1e6
    large = found.table["area_km2"] > 1
    assert area_km2[large].to_numpy() == pytest.approx(found.table["area_km2"][large], rel=0.02)


def squares(*corners: tuple[int, int]) -> tuple[pd.DataFrame, np.ndarray]:
    """Arcs of some unit squares, each a closed arc with its own atom on the left."""
    ring = np.array([(0, 0), (1, 0), (1, 1), (0, 1), (0, 0)])
    vertices = np.concatenate([ring + corner for corner in corners]) * 10_000_000
    rows = [(number, -1, 5 * number, 5) for number in range(len(corners))]
    arcs = pd.DataFrame(rows, columns=["left", "right", "start", "count"])
    return arcs, vertices.astype(np.int32)


def test_areas_that_touch_in_a_corner_stay_two_shells() -> None:
    arcs, vertices = squares((0, 0), (1, 1))

    area = stitched(arcs, vertices, np.array([0, 0]), count=1)[0]

    assert area.is_valid
    assert len(area.geoms) == 2


def test_holes_that_touch_in_a_corner_stay_two_holes() -> None:
    arcs, vertices = squares((1, 1), (2, 2))
    arcs["right"] = 2
    frame = np.array([(0, 0), (9, 0), (9, 9), (0, 9), (0, 0)], dtype=np.int32) * 10_000_000
    outside = pd.DataFrame([(2, -1, 10, 5)], columns=arcs.columns)

    area = stitched(
        pd.concat((arcs, outside), ignore_index=True),
        np.concatenate((vertices, frame)),
        np.array([-1, -1, 0]),
        count=1,
    )[0]

    assert area.is_valid
    assert len(area.geoms[0].interiors) == 2
    assert area.area == pytest.approx(79.0)


def test_an_island_in_a_lake_gets_no_hole_of_the_lake() -> None:
    def ring(size: int) -> np.ndarray:
        corners = np.array([(-1, -1), (1, -1), (1, 1), (-1, 1), (-1, -1)])
        return corners * size * 10_000_000

    vertices = np.concatenate([ring(size) for size in (5, 3, 1)]).astype(np.int32)
    arcs = pd.DataFrame(
        [(0, -1, 0, 5), (1, 0, 5, 5), (2, 1, 10, 5)], columns=["left", "right", "start", "count"]
    )

    area = stitched(arcs, vertices, np.array([0, -1, 0]), count=1)[0]

    assert area.is_valid
    assert sorted(part.area for part in area.geoms) == [4.0, 64.0]


def test_a_worldview_changes_areas(countries: gpd.GeoDataFrame) -> None:
    crimea = shapely.Point(34.1, 44.95)
    seen = geo.countries("UA")

    def holder(table: gpd.GeoDataFrame) -> list[str]:
        return table.loc[table.geometry.contains(crimea), "country_a3"].tolist()

    assert (holder(countries), holder(seen)) == (["RUS"], ["UKR"])
    assert set(seen["worldview"]) == {"UA"}


def test_countries_have_their_sea_when_asked(countries: gpd.GeoDataFrame) -> None:
    off_beirut = shapely.Point(35.40, 33.90)

    assert not countries.geometry.contains(off_beirut).any()
    wide = geo.countries(sea=True)
    assert wide.loc[wide.geometry.contains(off_beirut), "country_a3"].tolist() == ["LBN"]


def test_names_come_with_the_codes(countries: gpd.GeoDataFrame) -> None:
    assert countries["country"].notna().all()
    assert not countries["country_a3"].duplicated().any()
    abkhazia = geo.countries("RU").set_index("country_a3").loc["XAB", "country"]
    assert abkhazia == "Abkhazia"


def test_what_is_given_out_is_a_copy() -> None:
    geo.countries()["country_a3"] = "XXX"

    assert "JOR" in set(geo.countries()["country_a3"])


def test_borders_tell_status_error_and_length() -> None:
    lines = geo.borders()

    assert not lines.duplicated(["border_pair", "status"]).any()
    assert (lines["error_m"] > 0).all()
    metres = lines.geometry.to_crs("ESRI:54027").length
    assert lines["length_km"].gt(0).all()
    assert metres.gt(0).all()
    assert lines.set_index("border_pair").loc["JOR-SYR", "length_km"] == pytest.approx(375, rel=0.1)
    assert set(lines["status"]) >= {"international", "disputed", "line_of_control"}


def test_borders_of_a_worldview() -> None:
    assert "SRB-XKX" in set(geo.borders()["border_pair"])
    assert "SRB-XKX" not in set(geo.borders(worldview="RU")["border_pair"])
    with pytest.raises(PlaceNotFoundError):
        geo.borders(between=("SRB", "XKX"), worldview="RU")


def test_borders_run_between_the_countries(countries: gpd.GeoDataFrame) -> None:
    by_code = countries.set_index("country_a3").geometry
    line = geo.borders(between=("JOR", "SYR")).geometry.iloc[0]

    shared = shapely.intersection(by_code["JOR"].boundary, by_code["SYR"].boundary)

    assert shapely.equals(shapely.line_merge(shared), line)


def test_the_coast_is_where_land_ends(countries: gpd.GeoDataFrame) -> None:
    coast = geo.coast()

    assert "LSO" not in set(coast["country_a3"])
    iceland = coast.set_index("country_a3").geometry["ISL"]
    outline = countries.set_index("country_a3").geometry["ISL"].boundary
    assert shapely.equals(iceland, outline)


def copied(tmp_path: Path, broken: str, content: bytes) -> None:
    for file in shipped.folder().iterdir():
        target = tmp_path / file.name
        if file.name == broken:
            target.write_bytes(content)
        else:
            target.symlink_to(file)


@pytest.mark.parametrize("name", ["atoms.parquet", "atom_arcs.parquet", "atom_vertices.npy"])
def test_a_damaged_file_is_named(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copied(tmp_path, name, b"broken")
    monkeypatch.setenv("INCIDENTMAP_DATA", str(tmp_path))

    with pytest.raises(ShippedDataError, match=f"{name}: damaged, sha256 is .*, expected "):
        atoms()


def test_vertices_of_another_build_are_noticed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = np.load(shipped.path("atom_vertices.npy"), mmap_mode="r")
    ours = shipped.products()["atom_vertices.npy"].sha256
    manifest = shipped.path("MANIFEST.toml").read_text(encoding="utf-8")
    copied(tmp_path, "atom_vertices.npy", b"")
    other = tmp_path / "atom_vertices.npy"
    np.save(other, whole[:-1])
    (tmp_path / "MANIFEST.toml").unlink()
    sha256 = hashlib.sha256(other.read_bytes()).hexdigest()
    (tmp_path / "MANIFEST.toml").write_text(manifest.replace(ours, sha256), encoding="utf-8")
    monkeypatch.setenv("INCIDENTMAP_DATA", str(tmp_path))

    with pytest.raises(ShippedDataError, match=r"atom_arcs\.parquet: belongs to another"):
        atoms()


def test_a_missing_file_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    copied(tmp_path, "", b"")
    (tmp_path / "atoms.parquet").unlink()
    monkeypatch.setenv("INCIDENTMAP_DATA", str(tmp_path))

    with pytest.raises(ShippedDataError, match=r"atoms\.parquet: the reference file is missing"):
        atoms()
