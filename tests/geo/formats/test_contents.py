"""What each format says beyond the rows: shapes after RFC 7946, styles, tags, terms."""

import csv
import json
import warnings
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd
import pytest
import python_calamine
import shapely

import geo
from geo.errors import RestrictedRowsWarning, WriteError
from geo.exporting import describe
from geo.formats.about import About
from geo.formats.cell_texts import formula_safe
from geo.formats.event_columns import acled_like, ucdp_like
from geo.formats.hxl import HXL_TAGS
from geo.formats.registry import FORMATS
from geo.schema import COLUMNS
from tests.geo.formats.sample import sample

MEMBERS = {"type", "bbox", "incidentmap", "features"}
ACLED = {
    "event_id_cnty": "SYR1", "event_date": "2024-01-28", "event_type": "Battles",
    "latitude": "33.3", "longitude": "38.7", "geo_precision": "1", "notes": "=1+1",
}  # fmt: skip


def geojson(table: gpd.GeoDataFrame, folder: Path, **options: Any) -> dict[str, Any]:
    geo.write(table, folder / "out.geojson", **options)
    document: dict[str, Any] = json.loads((folder / "out.geojson").read_text(encoding="utf-8"))
    return document


def lines(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.reader(stream))


def acled() -> gpd.GeoDataFrame:
    return geo.read_incidents(pd.DataFrame([ACLED]), profile="acled")


def test_geojson_has_the_members_of_rfc_7946_and_one_of_ours(tmp_path: Path) -> None:
    document = geojson(sample(), tmp_path)

    assert set(document) == MEMBERS
    assert document["type"] == "FeatureCollection"
    assert [feature["id"] for feature in document["features"]] == ["a", "b", "c", "d"]
    for feature in document["features"]:
        assert set(feature) == {"type", "id", "geometry", "properties"}
        assert feature["type"] == "Feature"
    about = document["incidentmap"]
    assert about["worldview"] == ["default"]
    assert about["columns"]["date_end"] == COLUMNS["date_end"].meaning
    assert "ODbL-1.0" in about["licence"]


def test_the_box_lies_about_180_where_the_places_do(tmp_path: Path) -> None:
    fiji = gpd.GeoDataFrame(geometry=gpd.points_from_xy([177, -178], [-20, -16]), crs=4326)
    wide = gpd.GeoDataFrame(geometry=gpd.points_from_xy([-100, 100], [0, 10]), crs=4326)

    assert geojson(fiji, tmp_path)["bbox"] == [177, -20, -178, -16]
    assert geojson(wide, tmp_path)["bbox"] == [100, 0, -100, 10]
    assert geojson(wide.iloc[:1], tmp_path)["bbox"] == [-100, 0, -100, 0]
    assert "bbox" not in geojson(wide.iloc[:0], tmp_path)


def test_what_crosses_180_is_cut_and_rings_turn_left(tmp_path: Path) -> None:
    clockwise = shapely.Polygon([(179, 0), (179, 1), (182, 1), (182, 0)])
    table = gpd.GeoDataFrame(geometry=[clockwise], crs=4326)

    shape = shapely.from_geojson(json.dumps(geojson(table, tmp_path)["features"][0]["geometry"]))

    assert shape.geom_type == "MultiPolygon"
    assert shape.area == pytest.approx(3)
    assert shape.bounds == (-180, 0, 180, 1)
    assert all(part.exterior.is_ccw for part in shape.geoms)


def test_numbers_that_json_does_not_know_are_null(tmp_path: Path) -> None:
    table = gpd.GeoDataFrame(
        {
            "n": [float("inf"), -0.0],
            "sources": ['[{"a":NaN,\n"b":1e999,"c":[Infinity]}]', "[]"],
            "category": pd.Categorical(["x", "y"]),
            "listed": [["a", 1], {"b": None}],
        },
        geometry=[None, shapely.Point()],
        crs=4326,
    )

    first, second = geojson(table, tmp_path)["features"]

    assert first["properties"] == {
        "n": None, "sources": [{"a": None, "b": None, "c": [None]}], "category": "x",
        "listed": '["a",1]',
    }  # fmt: skip
    assert second["properties"]["n"] == 0
    assert second["geometry"] is None


def test_a_small_radius_is_not_rounded_to_nothing(tmp_path: Path) -> None:
    table = sample().assign(uncertainty_m=[0.001, 0.06, 12.34, None])

    said = [one["properties"]["uncertainty_m"] for one in geojson(table, tmp_path)["features"]]

    assert said == [0.001, 0.1, 12.3, None]


def test_a_text_sequence_separates_as_gdal_expects(tmp_path: Path) -> None:
    for end, mark in ((".geojsons", "\x1e"), (".geojsonl", "")):
        path = tmp_path / f"out{end}"
        geo.write(sample(), path)
        first, second, *_ = path.read_text(encoding="utf-8").split("\n")
        assert first.startswith(mark + '{"type":"Feature","incidentmap":{')
        assert second.startswith(mark + '{"type":"Feature","id":"b"')


def test_simplestyle_is_added_where_it_is_asked_for(tmp_path: Path) -> None:
    styled = geojson(sample(), tmp_path, simplestyle=True)["features"][0]["properties"]

    assert (styled["marker-color"], styled["marker-size"]) == ("#DE571A", "large")
    assert "marker-color" not in geojson(sample(), tmp_path)["features"][0]["properties"]


def test_colours_of_the_user_s_stay(tmp_path: Path) -> None:
    table = sample().assign(**{"marker-color": "#123456"})

    features = geojson(table, tmp_path, simplestyle=True)["features"]

    assert {one["properties"]["marker-color"] for one in features} == {"#123456"}
    assert "marker-size" in features[0]["properties"]


def test_sources_with_numbers_that_json_lacks_stay_sources(tmp_path: Path) -> None:
    table = sample().assign(
        sources=['[{"publisher":"A","n":NaN}]', '[{"publisher":"B"}]', None, "[]"]
    )

    geo.write(table, tmp_path / "out.gpkg")

    names = gpd.read_file(tmp_path / "out.gpkg", layer="sources")["publisher"].tolist()
    assert names == ["A", "B"]


def test_hxl_has_its_tags_in_the_second_line_and_no_formula(tmp_path: Path) -> None:
    geo.write(sample(), tmp_path / "out.hxl.csv")

    header, tags, *rows = lines(tmp_path / "out.hxl.csv")

    assert tags == [HXL_TAGS[name] for name in header]
    assert dict(zip(header, rows[1], strict=True))["title"] == "'=cmd|'/c calc'!A1"
    assert dict(zip(header, rows[1], strict=True))["publisher"] == "AFP; AP"


def test_formulas_are_prefixed_only_where_no_round_trip_is_promised(tmp_path: Path) -> None:
    formula = "=cmd|'/c calc'!A1"
    geo.write(sample(), tmp_path / "out.csv")
    geo.write(sample(), tmp_path / "safe.csv", excel_safe=True)
    geo.write(sample(), tmp_path / "out.xlsx")
    book = python_calamine.CalamineWorkbook.from_path(str(tmp_path / "out.xlsx"))

    assert formula in lines(tmp_path / "out.csv")[2]
    assert "'" + formula in lines(tmp_path / "safe.csv")[2]
    assert "'" + formula in book.get_sheet_by_name("incidents").to_python()[2]
    assert book.sheet_names == ["incidents", "sources", "dictionary", "about"]
    assert book.get_sheet_by_name("sources").to_python()[1][:2] == ["a", "AFP"]


def test_no_blank_and_no_width_hides_a_formula() -> None:
    blanks = ("", " ", "\0", "\N{NO-BREAK SPACE}", "\N{IDEOGRAPHIC SPACE}", "\ufeff", "\u202e")
    signs = "=+-@\uff1d\uff0b\uff0d\uff20"
    run = [*(blank + sign + "A1" for blank in blanks for sign in signs), "\tA", "\rA", "\nA"]
    plain = ["Homs", " Homs", "-3.5", "+4e3", "a=1", "3-4", "'=1", ""]

    assert formula_safe(pd.Series(run, dtype="str")).tolist() == ["'" + text for text in run]
    assert formula_safe(pd.Series(plain, dtype="str")).tolist() == plain


def test_columns_like_those_of_acled_and_ucdp() -> None:
    table = sample()

    like_acled, like_ucdp = acled_like(table), ucdp_like(table)

    types = like_acled["event_type"].tolist()
    assert types == ["Explosions/Remote violence", "Battles", "Protests", "Storm"]
    assert like_acled["time_precision"].tolist() == [1, 2, 3, 3]
    assert like_acled.loc[0, ["actor1", "actor2", "source"]].tolist() == ["A group", "", "AFP"]
    assert like_ucdp["where_prec"].tolist() == [1, 2, 6, 7]
    assert like_ucdp.loc[1, "date_end"] == "2024-01-31 00:00:00.000"
    assert like_ucdp.loc[1, "geom_wkt"] == "POINT (40.285 33.038)"


def test_columns_like_acled_s_are_read_as_acled_s(tmp_path: Path) -> None:
    table = sample()
    geo.write(table, tmp_path / "out.acled.csv")

    back = geo.read_incidents(tmp_path / "out.acled.csv", profile="acled")

    assert back["incident_id"].tolist() == table["incident_id"].tolist()
    assert back["kind"].tolist()[:3] == table["kind"].tolist()[:3]
    assert back.geometry.geom_equals_exact(table.geometry, 1e-6).all()


@pytest.mark.parametrize("name", ["acled", "native"])
def test_a_provider_s_own_rows_are_written_as_they_were_read(tmp_path: Path, name: str) -> None:
    with pytest.warns(RestrictedRowsWarning):
        geo.write(acled(), tmp_path / "out.csv", file_format=name)

    assert lines(tmp_path / "out.csv") == [list(ACLED), list(ACLED.values())]


def test_rows_that_must_not_be_passed_on_are_told(tmp_path: Path) -> None:
    with pytest.warns(
        RestrictedRowsWarning, match=r"out.geojson holds rows of ACLED events, whose"
    ):
        document = geojson(acled(), tmp_path)

    assert "ACLED" in document["incidentmap"]["attribution"][0]
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        geojson(acled().drop(columns=["native_geo_precision"]), tmp_path)


def test_the_terms_of_rows_are_told_whatever_else_is_said(tmp_path: Path) -> None:
    own = gpd.GeoDataFrame({"n": [1]}, geometry=gpd.points_from_xy([1], [2]), crs=4326)
    for table, more in ((acled(), {"about": About()}), (own, {"layers": {"theirs": acled()}})):
        with pytest.warns(RestrictedRowsWarning, match=r"out\.gpkg holds rows of ACLED events, "):
            geo.write(table, tmp_path / "out.gpkg", **more)


def test_the_run_is_told_in_each_format_that_has_a_place_for_it(tmp_path: Path) -> None:
    about = describe(sample(), run={"command": "made by a test"})
    for name, one in FORMATS.items():
        path = tmp_path / f"out{one.suffixes[0]}"
        if name == "native":
            continue
        geo.write(sample(), path, about=about)
        is_told = b"made by a test" in path.read_bytes()
        assert is_told or name == "xlsx" or any("says of itself" in loss for loss in one.loses), (
            name
        )
    sheet = python_calamine.CalamineWorkbook.from_path(str(tmp_path / "out.xlsx"))
    assert ["run: command", "made by a test"] in sheet.get_sheet_by_name("about").to_python()


def test_an_option_of_another_format_is_refused(tmp_path: Path) -> None:
    with pytest.raises(WriteError, match=r"CSV .* has no use for simplestyle"):
        geo.write(sample(), tmp_path / "out.csv", simplestyle=True)
    with pytest.raises(WriteError, match=r"unknown format 'shp'; expected geojson, .* or native"):
        geo.write(sample(), tmp_path / "out.csv", file_format="shp")
    with pytest.raises(WriteError, match="no native_"):
        geo.write(sample().drop(columns="native_Flag"), tmp_path / "out.native.csv")


def test_the_last_cells_of_priogrid_reach_to_the_pole_and_to_180() -> None:
    edge = gpd.GeoDataFrame(geometry=gpd.points_from_xy([-180, 180, 180], [-90, 0, 90]), crs=4326)

    assert ucdp_like(edge)["priogrid_gid"].tolist() == [1, 180 * 720 + 720, 360 * 720]


def test_kinds_of_others_have_the_plain_style_of_kml(tmp_path: Path) -> None:
    points = gpd.points_from_xy([1, 2, 3], [1, 2, 3])
    geo.write(
        gpd.GeoDataFrame({"kind": ["my kind", "battle", None]}, geometry=points, crs=4326),
        tmp_path / "out.kml",
    )

    text = (tmp_path / "out.kml").read_text(encoding="utf-8")
    styles = [part.partition("<")[0] for part in text.split("<styleUrl>")[1:]]
    assert styles == ["#other", "#battle", "#other"]


def test_a_workbook_says_what_its_degrees_are(tmp_path: Path) -> None:
    geo.write(sample(), tmp_path / "out.xlsx")

    sheets = python_calamine.CalamineWorkbook.from_path(str(tmp_path / "out.xlsx"))
    meanings = dict(sheets.get_sheet_by_name("dictionary").to_python()[1:])

    assert meanings["lon"] == "longitude of the best single point in degrees, WGS 84"
