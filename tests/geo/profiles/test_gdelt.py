"""GDELT: no header, three numbers of columns, FIPS codes, centres of areas."""

import csv
import json
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest

import geo
from geo.errors import SchemaError
from geo.profiles.gdelt import Gdelt
from geo.profiles.gdelt_columns import COLUMNS_BY_COUNT
from geo.profiles.registry import recognise
from geo.tables.raw import RawTable
from tests.provider_files import gdelt_table

ROWS = 360


def raw(columns: int, rows: int = ROWS) -> RawTable:
    return RawTable(gdelt_table(columns, rows), kind="csv", has_header=False)


def write(table: pd.DataFrame, path: Path) -> None:
    # GDELT puts nothing in quotes.
    table.to_csv(path, sep="\t", header=False, index=False, quoting=csv.QUOTE_NONE)


@pytest.fixture(scope="module")
def incidents() -> gpd.GeoDataFrame:
    return Gdelt().to_incidents(raw(61))


@pytest.mark.parametrize("columns", COLUMNS_BY_COUNT)
def test_each_version_is_told_by_its_columns_and_values(columns: int, tmp_path: Path) -> None:
    path = tmp_path / "20240128.export.CSV"
    write(gdelt_table(columns, 40), path)

    incidents = geo.read_incidents(path)

    geo.validate(incidents)
    assert len(incidents) == 40
    assert incidents.loc[1, "place_text"] == "Palmyra, Syria"
    assert incidents.loc[1, "geometry"].coords[0] == (38.2836, 34.5624)
    assert incidents["native_ActionGeo_Lat"].tolist()[:2] == ["34.7268", "34.5624"]


def test_a_row_with_a_cell_too_many_does_not_hide_the_version(tmp_path: Path) -> None:
    path = tmp_path / "20240128.export.CSV"
    write(gdelt_table(61, 40), path)
    lines = path.read_text().splitlines()
    lines[3] += "\textra"
    path.write_text("\n".join(lines))

    incidents = geo.read_incidents(path)

    assert incidents.loc[1, "place_text"] == "Palmyra, Syria"
    assert len(incidents) == 40
    assert incidents.loc[3, "reason"] == "line 4 has 62 cells, the header has 61"
    assert incidents.loc[[3], "geometry"].isna().all()


def test_numbers_of_columns_alone_do_not_make_gdelt() -> None:
    other = pd.DataFrame({f"column_{n}": ["x"] * 5 for n in range(1, 62)}).astype("str")

    assert Gdelt().recognise(RawTable(other, has_header=False)) is None
    with pytest.raises(SchemaError, match="no header and 3 columns"):
        Gdelt().fitted(RawTable(other.iloc[:, :3], origin="x.csv", has_header=False))


def test_files_with_a_header_are_known_too() -> None:
    named = RawTable(gdelt_table(58, 20).set_axis(COLUMNS_BY_COUNT[58], axis=1))

    found = recognise(named)

    assert found is not None
    assert found[0].name == "gdelt"
    unnamed = Gdelt().to_incidents(raw(58, 20))
    pd.testing.assert_frame_equal(found[0].to_incidents(named), unnamed)


def test_country_codes_are_those_of_fips(incidents: gpd.GeoDataFrame) -> None:
    table = Gdelt().to_incidents(raw(61)).assign(fips=gdelt_table(61, ROWS)["column_54"])

    found = table.dropna(subset="fips").groupby("fips")["country_a3"].unique()
    assert {code: list(countries) for code, countries in found.items()} == {
        "GM": ["DEU"], "CH": ["CHN"], "AU": ["AUT"], "AS": ["AUS"], "RS": ["RUS"], "UP": ["UKR"],
        "IZ": ["IRQ"], "SY": ["SYR"], "JO": ["JOR"],
    }  # fmt: skip
    assert incidents.loc[0, "country"] == "Germany"


def test_only_cities_are_points(incidents: gpd.GeoDataFrame) -> None:
    grade = gdelt_table(61, ROWS)["column_52"]
    classes = incidents["precision"].groupby(grade).unique()

    assert {code: list(found) for code, found in classes.items()} == {
        "1": ["country"], "2": ["admin1"], "3": ["settlement"], "4": ["settlement"],
        "5": ["admin1"],
    }  # fmt: skip
    lost = incidents[grade.isna()]
    assert set(lost["status"]) == {"unlocated"}
    assert set(lost["reason"]) == {"No coordinates are given"}
    assert (incidents.loc[incidents["precision"] == "country", "uncertainty_m"] > 100_000).all()


def test_kinds_follow_the_cameo_codes(incidents: gpd.GeoDataFrame) -> None:
    codes = gdelt_table(61, ROWS)["column_27"]
    kinds = incidents["kind"].groupby(codes).unique()

    assert {code: list(found) for code, found in kinds.items()} == {
        "010": ["strategic"], "040": ["strategic"], "140": ["protest"], "1451": ["riot"],
        "180": ["violence_against_civilians"], "190": ["battle"],
        "200": ["violence_against_civilians"],
    }  # fmt: skip
    assert incidents.loc[4, ["subkind", "title"]].tolist() == ["Fight", "Fight, Marib, Yemen"]


def test_late_reports_are_told(incidents: gpd.GeoDataFrame) -> None:
    assert incidents.loc[0, "date_note"] == (
        "Reported on 2024-01-28, 365 days later; the date is reckoned from the text"
    )
    assert pd.isna(incidents.loc[1, "date_note"])


def test_actors_and_sources_are_json(incidents: gpd.GeoDataFrame) -> None:
    actors = [json.loads(cell) for cell in incidents["actors"]]
    sources = [json.loads(cell) for cell in incidents["sources"]]

    assert actors[0] == []
    assert actors[1] == [
        {"attribution": "stated", "by": "GDELT", "name": "POLICE"},
        {"attribution": "stated", "by": "GDELT", "name": 'THE "OTHERS"'},
    ]
    assert sources[0] == [{"publisher": "BBC Monitoring"}]
    assert sources[1] == [
        {"publisher": "Example.org", "url": "https://www.Example.org/news/1?a=1&b=2"}
    ]


def test_a_part_of_a_file_reads_as_the_whole_does(incidents: gpd.GeoDataFrame) -> None:
    whole = gdelt_table(61, ROWS)
    part = RawTable(whole.iloc[100:200].reset_index(drop=True), has_header=False)

    read = Gdelt().to_incidents(part)

    pd.testing.assert_frame_equal(read, incidents.iloc[100:200].reset_index(drop=True))


def test_the_native_table_comes_back(tmp_path: Path) -> None:
    path = tmp_path / "20240128.export.CSV"
    table = gdelt_table(61, 40)
    write(table, path)

    native = Gdelt().native(geo.read_incidents(path))

    assert list(native.columns) == list(COLUMNS_BY_COUNT[61])
    pd.testing.assert_frame_equal(native.set_axis(table.columns, axis=1), table)


def test_exchanged_coordinates_are_doubted_and_others_not() -> None:
    table = gdelt_table(61, 3).set_axis(COLUMNS_BY_COUNT[61], axis=1)
    table["ActionGeo_CountryCode"] = "IZ"
    # Baghdad as it is; exchanged, in Russia; and a wrong country alone.
    table["ActionGeo_Lat"], table["ActionGeo_Long"] = (
        ["33.33", "44.39", "52.52"],
        ["44.39", "33.33", "13.4"],
    )

    read = geo.read_incidents(table)

    assert read["status"].tolist() == ["located", "suspicious", "located"]
    assert read["reason"][1] == (
        "The position does not lie in IRQ; perhaps 33.33, 44.39, which lies in Iraq"
    )
    assert read["candidates"].notna().tolist() == [False, True, False]
    assert read.geometry[1].coords[0] == (33.33, 44.39)
