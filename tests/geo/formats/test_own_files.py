"""Files of ours are read as ours, whatever they leave out, and written again as they should be."""

from pathlib import Path

import geopandas as gpd
import pandas as pd
import pyogrio
import pytest
import shapely

import geo
from geo.errors import RestrictedRowsWarning, SchemaError, WriteError
from geo.formats.event_columns import acled_like, ucdp_like
from geo.formats.incident_layers import incident_layers
from tests.geo.formats.read_back import csv_table, workbook
from tests.geo.formats.sample import sample
from tests.provider_files import acled_table, ged_table

ENDS = ("csv", "xlsx", "geojson", "geojsonl", "gpkg", "fgb", "kml", "parquet")
POINT = shapely.Point(36, 33)


def read_back(table: gpd.GeoDataFrame, path: Path) -> gpd.GeoDataFrame:
    geo.write(table, path)
    return geo.read_incidents(path)


def moved(table: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    return table.set_geometry(
        gpd.GeoSeries([shapely.Point(10, 20)] * len(table), table.index, crs=4326)
    )


@pytest.mark.parametrize("end", ENDS)
def test_a_point_that_was_moved_stays_moved(end: str, tmp_path: Path) -> None:
    first = read_back(sample(), tmp_path / f"first.{end}")

    second = read_back(moved(first), tmp_path / f"second.{end}")

    assert set(second.geometry.to_wkt()) == {"POINT (10 20)"}
    assert not {"lon", "lat", "lon_2", "lat_2"} & {*first, *second}
    assert set(second) <= set(first)
    geo.write(moved(first), tmp_path / "out.hxl.csv")
    tagged = csv_table(tmp_path / "out.hxl.csv")[1:]
    assert {
        (float(lon), float(lat)) for lon, lat in zip(tagged["lon"], tagged["lat"], strict=True)
    } == {(10.0, 20.0)}


@pytest.mark.parametrize("end", ENDS)
def test_what_was_found_at_0_0_stays_there(end: str, tmp_path: Path) -> None:
    nowhere = gpd.GeoSeries([shapely.Point(0, 0)] * 4, crs=4326)
    table = (
        sample()
        .set_geometry(nowhere)
        .assign(fatalities_best=pd.array([2**40, None, 2**53 - 1, 0], dtype="Int64"), reason="r")
    )

    back = read_back(table, tmp_path / f"out.{end}").set_index("incident_id").loc[list("abcd")]

    assert set(back.geometry.to_wkt()) == {"POINT (0 0)"}
    assert set(back["status"]) == {"located"}
    assert back["fatalities_best"].dropna().tolist() == [2**40, 2**53 - 1, 0]


def test_columns_of_the_user_s_give_way_to_the_point(tmp_path: Path) -> None:
    table = sample().assign(lon=1.5, LAT=2.5, lat_2="kept")

    geo.write(table, tmp_path / "out.csv")
    geo.write(table, tmp_path / "out.xlsx")

    for cells in (csv_table(tmp_path / "out.csv"), workbook(tmp_path / "out.xlsx")):
        assert list(map(float, cells["lon"])) == table.geometry.x.tolist()
        assert list(map(float, cells["lat"])) == table.geometry.y.tolist()
        assert {float(cell) for cell in cells["lon_2"]} == {1.5}
        assert {float(cell) for cell in cells["LAT_2"]} == {2.5}
        assert set(cells["lat_2"]) == {"kept"}


@pytest.mark.parametrize("end", ENDS)
@pytest.mark.parametrize(
    "columns",
    [["sensitivity"], ["kind", "sensitivity", "verification", "sources"]],
    ids=["one", "some"],
)
def test_a_file_of_ours_with_few_columns_is_ours(
    end: str, columns: list[str], tmp_path: Path
) -> None:
    table = sample().assign(sensitivity="restricted", verification="verified")

    back = read_back(table[["incident_id", *columns, "geometry"]], tmp_path / f"out.{end}")
    # FlatGeobuf has an order of its own.
    back = back.sort_values("incident_id", ignore_index=True)

    assert set(back["sensitivity"]) == {"restricted"}
    assert back["incident_id"].tolist() == table["incident_id"].tolist()
    assert set(back["status"]) == {"located"}
    assert not [name for name in back if str(name).startswith("native_")]
    for name in columns:
        assert back[name].astype("str").equals(table[name].astype("str"))


def test_words_of_others_are_not_taken_for_ours(tmp_path: Path) -> None:
    path = tmp_path / "others.csv"
    cells = {"incident_id": "1", "verification": "seen by us", "lon": "36", "lat": "33",
             "date": "2024-01-28"}  # fmt: skip
    pd.DataFrame([cells]).to_csv(path, index=False)

    read = geo.read_incidents(path)

    assert read["native_verification"].tolist() == ["seen by us"]
    assert read["date_start"].tolist() == [pd.Timestamp("2024-01-28")]


def test_a_column_without_values_does_not_have_to_be_there(tmp_path: Path) -> None:
    table = sample().assign(reason=pd.Series(None, index=range(4), dtype="str"), method="given")

    back = read_back(table, tmp_path / "out.kml")

    assert back["reason"].isna().all()
    assert back["method"].tolist() == ["given"] * 4


def test_areas_of_a_geopackage_come_back(tmp_path: Path) -> None:
    table = sample()

    first = read_back(table, tmp_path / "first.gpkg")
    second = read_back(first, tmp_path / "second.gpkg")

    for back in (first, second):
        assert back["footprint"].geom_equals_exact(table["footprint"], 1e-9).tolist() == [
            False, True, False, False,
        ]  # fmt: skip
        assert back["footprint"].notna().sum() == 1
    assert "footprints" in pyogrio.list_layers(tmp_path / "second.gpkg")[:, 0]


def test_tables_of_two_providers_name_both(tmp_path: Path) -> None:
    events, deaths = (geo.read_incidents(table(5)) for table in (_acled, ged_table_of))
    both = gpd.GeoDataFrame(pd.concat([events, deaths], ignore_index=True), crs=4326)

    for order in (both, both.iloc[::-1].reset_index(drop=True)):
        with pytest.warns(RestrictedRowsWarning, match="rows of ACLED events"):
            geo.write(order, tmp_path / "out.geojson")
    with pytest.warns(RestrictedRowsWarning):
        geo.write(both, tmp_path / "out.ucdp.csv")
    text = (tmp_path / "out.geojson").read_text(encoding="utf-8")
    assert "ACLED" in text
    assert "UCDP" in text
    cells = csv_table(tmp_path / "out.ucdp.csv")
    assert cells["id"].tolist() == both["incident_id"].tolist()


def _acled(rows: int) -> pd.DataFrame:
    return acled_table(2025, rows)


def ged_table_of(rows: int) -> pd.DataFrame:
    return ged_table(49, rows)


def test_a_line_from_180_degrees_leaves_no_point_behind() -> None:
    table = gpd.GeoDataFrame(
        {"incident_id": ["a"], "border_lon": [179.0], "border_lat": [1.0]},
        geometry=gpd.points_from_xy([-180.0], [0.0]), crs=4326,
    )  # fmt: skip

    links = next(one for one in incident_layers(table) if one.name == "border_links").table

    assert [line.geom_type for line in links.geometry] == ["LineString"]
    assert links.total_bounds.tolist() == [179.0, 0.0, 180.0, 1.0]


def test_a_table_without_a_crs_is_refused(tmp_path: Path) -> None:
    bare = gpd.GeoDataFrame(sample().drop(columns="geometry"), geometry=[POINT] * 4)

    with pytest.raises(SchemaError, match="write: the geometries have no CRS"):
        geo.write(bare, tmp_path / "out.geojson")
    with pytest.raises(SchemaError, match="layers: roads: the geometries have no CRS"):
        geo.write(sample(), tmp_path / "out.gpkg", layers={"roads": bare})
    assert not list(tmp_path.iterdir())


def test_an_actor_whose_name_has_a_semicolon_stays_one() -> None:
    actors = '[{"name":"Army; 3rd brigade"},{"name":"B"}]'

    like = acled_like(sample().iloc[:1].assign(actors=actors))

    assert like["actor1"].tolist() == ["Army; 3rd brigade"]
    assert like["actor2"].tolist() == ["B"]


def test_codes_of_time_are_as_coarse_as_the_dates() -> None:
    days = pd.to_datetime(["2024-01-28", "2024-01-28", "2024-02-01", "2024-01-01", "2024-01-01"])
    ends = pd.to_datetime(["2024-01-28", "2024-02-03", "2024-02-29", "2024-04-30", "2024-01-20"])
    table = gpd.GeoDataFrame(
        {"incident_id": list("abcde"), "date_start": days.astype("datetime64[s]"),
         "date_end": ends.astype("datetime64[s]"),
         "date_precision": ["day", "week", "month", "range", "range"]},
        geometry=gpd.points_from_xy([36.0] * 5, [33.0] * 5), crs=4326,
    )  # fmt: skip

    like_acled, like_ucdp = acled_like(table), ucdp_like(table)

    assert like_acled["time_precision"].tolist() == [1, 2, 3, 3, 3]
    assert like_acled["event_date"].tolist() == [
        "2024-01-28", "2024-01-31", "2024-02-15", "2024-03-01", "2024-01-10",
    ]  # fmt: skip
    assert like_ucdp["date_prec"].tolist() == [1, 3, 4, 5, 4]
    assert like_ucdp["date_start"].str[:10].tolist() == [f"{day:%Y-%m-%d}" for day in days]
    read = geo.read_incidents(like_acled, profile="acled")
    assert (read["date_start"] <= table["date_start"]).tolist() == [True, True, True, False, True]


def test_what_is_unverified_stays_so_in_columns_like_those_of_ucdp(tmp_path: Path) -> None:
    table = sample().assign(
        verification=pd.Series(["verified", "corroborated", "unverified", None], dtype="str")
    )
    geo.write(table, tmp_path / "out.ucdp.csv")

    back = geo.read_incidents(tmp_path / "out.ucdp.csv", profile="ucdp_ged")

    assert back["verification"].tolist() == [
        "corroborated", "corroborated", "unverified", "unverified",
    ]  # fmt: skip


def test_tags_of_ours_tell_how_sure_each_row_is(tmp_path: Path) -> None:
    table = sample()

    back = read_back(table, tmp_path / "out.hxl.csv")

    for name in ("uncertainty_m", "precision", "date_precision"):
        assert back[name].tolist() == table[name].tolist()


def test_tags_of_ours_tell_what_is_doubted(tmp_path: Path) -> None:
    table = sample().assign(
        status=["suspicious", "ambiguous", "located", "located"],
        method=["name", "name", "given", "description"],
        reason=["two places", "of that name", "it says so", "by the coast"],
        fatalities_low=pd.array([1, None, 0, None], "Int64"),
        fatalities_high=pd.array([5, None, 2, None], "Int64"),
        verification=["disputed", "corroborated", "withdrawn", "verified"],
        sensitivity=["restricted", "private", "public", "public"],
    )

    back = read_back(table, tmp_path / "out.hxl.csv")

    for name in ("status", "method", "reason", "verification", "sensitivity"):
        assert back[name].tolist() == table[name].tolist()
    for name in ("fatalities_low", "fatalities_best", "fatalities_high"):
        assert back[name].astype("Int64").equals(table[name])


@pytest.mark.parametrize("end", ["csv", "hxl.csv", "native.csv"])
def test_a_sign_that_makes_a_file_binary_is_left_out(end: str, tmp_path: Path) -> None:
    title = sample()["title"].where(sample()["incident_id"] != "a", "a\0b")
    table = sample().assign(title=title, **{"native_place\0": "c\0d"})
    path = tmp_path / f"out.{end}"

    geo.write(table, path)

    assert b"\0" not in path.read_bytes()
    if end == "native.csv":
        assert set(csv_table(path)["place"]) == {"cd"}
    else:
        assert geo.read_incidents(path)["title"][0] == "ab"


def test_instants_of_a_workbook_keep_their_milliseconds(tmp_path: Path) -> None:
    instants = ["2024-01-28T02:30:00.123Z", "2024-01-28T11:59:59.999600Z", "2024-01-28", None]
    table = sample().assign(
        time_utc=pd.to_datetime(instants, utc=True, format="ISO8601").astype("datetime64[us, UTC]")
    )

    back = read_back(table, tmp_path / "out.xlsx")

    assert back["time_utc"].dt.strftime("%T.%f").tolist()[:3] == [
        "02:30:00.123000", "12:00:00.000000", "00:00:00.000000",
    ]  # fmt: skip


def mixed_with_own() -> gpd.GeoDataFrame:
    """Join rows of ACLED with rows that no provider gave, in turns."""
    rows = pd.concat([_read_acled(2), sample()], ignore_index=True).iloc[[0, 2, 1, 3, 4, 5]]
    return gpd.GeoDataFrame(rows, crs=4326)


def _read_acled(rows: int) -> gpd.GeoDataFrame:
    return geo.read_incidents(_acled(rows))


def test_rows_of_no_provider_stand_beside_those_of_one(tmp_path: Path) -> None:
    table = mixed_with_own()

    with pytest.warns(RestrictedRowsWarning):
        geo.write(table, tmp_path / "out.acled.csv")

    cells = csv_table(tmp_path / "out.acled.csv")
    assert cells["event_id_cnty"].tolist() == table["incident_id"].tolist()
    native = _acled(2).astype(object)
    theirs = cells.iloc[[0, 2]].reset_index(drop=True)
    assert theirs[native.columns].fillna("").equals(native.fillna(""))
    own = cells.iloc[[1, 3, 4, 5]]
    assert own["event_type"].tolist() == acled_like(sample())["event_type"].tolist()
    assert own["notes"].tolist() == sample()["title"].tolist()
    # What only rows of the provider tell is empty in the others.
    assert own["timestamp"].isna().all()


def test_rows_without_cells_of_their_own_are_told(tmp_path: Path) -> None:
    table = mixed_with_own().drop(columns="native_Flag")

    with (
        pytest.warns(RestrictedRowsWarning),
        pytest.raises(WriteError, match=r"native: 4 rows have no native_\* cells, such as row 2;"),
    ):
        geo.write(table, tmp_path / "out.native.csv")

    assert not list(tmp_path.iterdir())


def test_a_province_in_two_hands_is_counted_by_hand() -> None:
    table = gpd.GeoDataFrame(
        {"incident_id": list("abcd"), "admin1_code": ["SAH-00", "SAH-00", "SAH-00", "JO-MA"],
         "country_a3": ["ESH", "MAR", "MAR", "JOR"]},
        geometry=[None] * 4, crs=4326,
    )  # fmt: skip

    for known, expected in (
        (table, {"ESH": 1, "MAR": 2, "JOR": 1}),
        # Who does not say whose it is counts in the whole of the province.
        (table.drop(columns="country_a3"), {"ESH": 3, "MAR": 3, "JOR": 1}),
    ):
        counts = next(one for one in incident_layers(known) if one.name == "admin_counts").table
        assert dict(zip(counts["country_a3"], counts["incidents"], strict=True)) == expected
