"""ACLED: three vintages, sea events, updates and deletions."""

import json
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd
import pytest

import geo
from geo.profiles.acled import Acled
from geo.profiles.registry import find_profile, recognise
from geo.reading.checks import check_rows
from geo.reading.incidents import read_table
from geo.reading.report import describe_reading
from geo.tables.raw import RawTable
from tests.provider_files import ACLED_DATES, ACLED_EVENTS, acled_table

ROWS = 700
VINTAGES = (2022, 2024, 2025)
SEA = {"country": "Mediterranean Sea", "iso": "0", "admin1": None, "location": "Mediterranean Sea"}


def written(table: pd.DataFrame, folder: Path, name: str = "acled.csv") -> Path:
    path = folder / name
    table.to_csv(path, index=False)
    return path


@pytest.fixture(scope="module")
def planted() -> pd.DataFrame:
    """Two thousand rows with five events at sea and four countries that are wrong."""
    table = acled_table(2024, 2_000)
    at_sea = pd.DataFrame([SEA] * 5, index=range(100, 105))
    table.loc[at_sea.index, at_sea.columns] = at_sea
    table.loc[at_sea.index, "iso3"] = None
    table.loc[at_sea.index, "latitude"] = "34.0"
    table.loc[at_sea.index, "longitude"] = "30.0"
    # Points in another country than the country column and the ISO code both say.
    table.loc[[200, 201, 202, 203], ["latitude", "longitude"]] = ["52.5200", "13.4050"]
    return table.drop(columns="iso3")


@pytest.fixture(scope="module")
def incidents(planted: pd.DataFrame) -> gpd.GeoDataFrame:
    return geo.read_incidents(planted)


def test_decimal_commas_of_a_spreadsheet_are_degrees(tmp_path: Path) -> None:
    table = acled_table(2024, 20)
    path = tmp_path / "acled.csv"
    table.assign(
        latitude=table["latitude"].str.replace(".", ","),
        longitude=table["longitude"].str.replace(".", ","),
    ).to_csv(path, index=False, sep=";")

    incidents = geo.read_incidents(path)

    assert incidents.geometry.x.tolist() == table["longitude"].astype(float).tolist()
    assert incidents["status"].eq("located").all()


def test_coordinates_off_the_earth_are_in_doubt_before_and_after_geocoding() -> None:
    table = acled_table(2024, 20)
    table.loc[3, "latitude"] = "91.5"

    incidents = geo.read_incidents(table)
    placed = geo.geocode(incidents)

    assert (incidents.loc[3, "status"], incidents.loc[3, "geometry"]) == ("suspicious", None)
    assert placed.loc[3, "status"] == "suspicious"
    assert "91.5" in placed.loc[3, "reason"]
    assert set(placed["status"].drop(3)) == {"located"}


@pytest.mark.parametrize("vintage", VINTAGES)
def test_every_vintage_is_recognised_and_read(vintage: int, tmp_path: Path) -> None:
    table = acled_table(vintage, ROWS)

    incidents = geo.read_incidents(written(table, tmp_path))

    geo.validate(incidents)
    days = pd.to_datetime(table["event_date"], format=ACLED_DATES[vintage])
    exact = table["time_precision"] == "1"
    assert (incidents["date_start"][exact] == days[exact]).all()
    assert (incidents["status"] == "located").all()
    assert incidents["native_notes"].tolist() == table["notes"].tolist()
    roles = {actor.get("role") for cell in incidents["actors"] for actor in json.loads(cell)}
    assert roles >= {"rebel group", "civilians"}


def test_counts_are_those_of_pandas(planted: pd.DataFrame, incidents: gpd.GeoDataFrame) -> None:
    kinds = dict(
        zip(
            [kind for kind, _ in ACLED_EVENTS],
            ["battle", "protest", "explosion", "riot", "violence_against_civilians", "strategic"],
            strict=True,
        )
    )
    expected = planted["event_type"].map(kinds).value_counts().to_dict()

    assert incidents["kind"].value_counts().to_dict() == expected
    assert incidents["fatalities_best"].sum() == planted["fatalities"].astype(int).sum()
    assert len(incidents) == len(planted)
    weekly = incidents.groupby(["admin1", incidents["date_start"].dt.to_period("W")]).size()
    assert weekly.sum() == incidents["admin1"].notna().sum()


def test_precision_becomes_class_and_radius(incidents: gpd.GeoDataFrame) -> None:
    by_grade = incidents[incidents["sea"].isna()].groupby("native_geo_precision")

    assert {grade: set(part["precision"]) for grade, part in by_grade} == {
        "1": {"settlement"},
        "2": {"vicinity"},
        "3": {"admin1"},
    }
    radii = {grade: part["uncertainty_m"] for grade, part in by_grade}
    assert set(radii["1"]) == {5_000.0}
    assert set(radii["2"]) == {25_000.0}
    # Of the province that the point lies in, and of no other.
    assert radii["3"].nunique() >= 4
    assert radii["3"].between(10_000, 200_000).all()


def test_what_is_known_to_the_week_or_month_spans_days(incidents: gpd.GeoDataFrame) -> None:
    days = (incidents["date_end"] - incidents["date_start"]).dt.days
    spans = days.groupby(incidents["date_precision"]).unique()

    assert {name: list(span) for name, span in spans.items()} == {
        "day": [0],
        "week": [6],
        "month": [30],
    }
    week = incidents[incidents["date_precision"] == "week"].iloc[0]
    assert week["date_note"] == "Known to the week only; 2024-01-02 stands for it"


def test_events_at_sea_have_a_sea_and_no_country(incidents: gpd.GeoDataFrame) -> None:
    at_sea = incidents.loc[100:104]

    assert set(at_sea["sea"]) == {"Mediterranean Sea"}
    assert at_sea["country"].isna().all()
    assert at_sea["country_a3"].isna().all()
    joined = geo.add_coast(geo.add_countries(at_sea.drop(columns="sea")))
    assert joined["country_a3"].isna().all()
    assert joined["coast_distance_m"].between(100_000, 600_000).all()
    assert incidents["sea"].notna().sum() == 5


def test_the_planted_countries_are_found_and_no_others(incidents: gpd.GeoDataFrame) -> None:
    found = check_rows(incidents, places_at_point=False)

    assert found["row"].tolist() == [200, 201, 202, 203]
    assert set(found["check"]) == {"country"}
    assert found["what"].str.contains("the coordinates lie in Germany").all()
    # It is said once.
    assert Acled().checks(incidents).empty


def test_an_iso_code_against_the_country_is_told_and_not_repaired() -> None:
    table = acled_table(2024, 3)
    table.loc[1, "country"] = "Jordan"
    table.loc[2, "year"] = "1999"

    incidents = geo.read_incidents(table, day_first=True)

    assert incidents.loc[1, "country"] == "Jordan"
    assert pd.isna(incidents.loc[1, "country_a3"])
    assert incidents.loc[1, "reason"] == "country “Jordan” is JOR, but its ISO code is SYR"
    found = Acled().checks(incidents)
    assert found[["row", "check"]].to_numpy().tolist() == [[1, "country code"], [2, "year"]]


def test_dates_whose_order_nobody_knows_stay_unread() -> None:
    table = acled_table(2025, 6)
    table["event_date"] = "03-04-2024"

    open_order = geo.read_incidents(table)
    decided = geo.read_incidents(table, day_first=True)

    assert open_order["date_start"].isna().all()
    assert open_order["reason"].str.contains("event_date “03-04-2024” is not understood").all()
    assert set(decided["date_start"][decided["date_precision"] == "day"]) == {
        pd.Timestamp("2024-04-03")
    }


def test_the_native_table_comes_back(planted: pd.DataFrame, incidents: gpd.GeoDataFrame) -> None:
    pd.testing.assert_frame_equal(Acled().native(incidents), planted)


def test_a_second_file_updates_and_deletes(tmp_path: Path) -> None:
    first, second = acled_table(2025, 50), acled_table(2025, 20, first=40)
    # Two of the ten that both have are edited later, one was edited before.
    for row, stamp in ((0, "1800000000"), (1, "1800000000"), (2, "1600000000")):
        second.loc[row, ["fatalities", "timestamp"]] = ["99", stamp]
    old, new = (geo.read_incidents(table) for table in (first, second))
    deleted = [str(first.loc[5, "event_id_cnty"])]

    update = geo.update_incidents(old, new, deleted=deleted)

    assert update.summary() == "+10 ~2 -1"
    geo.validate(update.incidents)
    changes = update.changes.set_index("incident_id")["change"]
    assert changes.value_counts().to_dict() == {
        "added": 10, "unchanged": 7, "changed": 2, "older": 1, "removed": 1,
    }  # fmt: skip
    killed = update.incidents.set_index("incident_id")["fatalities_best"]
    assert (killed == 99).sum() == 2
    assert deleted[0] not in killed.index
    again = geo.update_incidents(update.incidents, new, deleted=deleted)
    assert again.summary() == "+0 ~0 -0"
    pd.testing.assert_frame_equal(again.incidents, update.incidents)
    del tmp_path


def test_updates_do_not_change_their_inputs(unchanged: Any) -> None:
    old, new = (geo.read_incidents(acled_table(2025, 5, first=n)) for n in (0, 3))

    with unchanged(old, new):
        geo.update_incidents(old, new, deleted=["SYR0"])


@pytest.mark.parametrize("newest", [0, 1])
def test_of_an_event_that_stands_twice_the_newest_edit_counts(newest: int) -> None:
    old = geo.read_incidents(acled_table(2025, 4))
    row = acled_table(2025, 1)
    twice = pd.concat([row, row, acled_table(2025, 1, first=9)], ignore_index=True)
    twice.loc[0, ["fatalities", "timestamp"]] = ["70", "1800000000"]
    twice.loc[1, ["fatalities", "timestamp"]] = ["71", "1800000000"]
    twice.loc[newest, "timestamp"] = "1800000009"

    update = geo.update_incidents(old, geo.read_incidents(twice))

    assert update.summary() == "+1 ~1 -0"
    assert update.repeated == (str(row.loc[0, "event_id_cnty"]),)
    assert update.incidents["fatalities_best"][0] == 70 + newest
    # A table that got them from elsewhere is mended as well.
    again = geo.update_incidents(geo.read_incidents(twice), old)
    assert len(again.incidents) == 5
    geo.validate(again.incidents)


def test_the_report_tells_identifiers_that_stand_twice() -> None:
    row = acled_table(2025, 1)

    checks = describe_reading(read_table(pd.concat([row, row], ignore_index=True)))["checks"]

    assert checks == [
        {"row": 2, "check": "identifier", "what": "the identifier “SYR0” stands in row 1 already"}
    ]


def test_a_table_with_an_identifier_twice_is_refused() -> None:
    table = geo.read_incidents(acled_table(2025, 2))
    twice = table.assign(incident_id="a")

    with pytest.raises(geo.errors.SchemaError, match="'a' occurs more than once in the new"):
        geo.update_incidents(table, twice)


def test_hotspots_run_with_and_without_the_vague(incidents: gpd.GeoDataFrame) -> None:
    sharp = incidents[incidents["native_geo_precision"] != "3"]
    cells = [geo.count_by_hexagon(part, resolution=3, study_area=2) for part in (incidents, sharp)]
    found = [
        geo.find_hotspots(cell, part, draws=0)["hotspot"].value_counts()
        for cell, part in zip(cells, (incidents, sharp), strict=True)
    ]

    # What is known to the province only counts beside, and moves no hotspot.
    assert cells[0]["coarse_count"].sum() > cells[1]["coarse_count"].sum()
    assert found[0].to_dict() == found[1].to_dict()


def test_rows_must_not_be_passed_on() -> None:
    profile = find_profile("acled")

    assert not profile.redistributable
    assert "acleddata.com" in profile.attribution


def test_a_file_without_the_columns_is_none(tmp_path: Path) -> None:
    table = acled_table(2025, 3).drop(columns=["geo_precision", "latitude"])
    path = written(table, tmp_path)

    assert recognise(RawTable(table)) is None
    with pytest.raises(geo.errors.SchemaError, match=r"lacks the columns latitude, geo_precision"):
        geo.read_incidents(path, profile="acled")


def test_headers_in_capitals_and_any_order_are_the_same() -> None:
    table = acled_table(2024, 20)
    shouting = table[table.columns[::-1]].rename(columns=str.upper)

    one, other = geo.read_incidents(table), geo.read_incidents(shouting)

    own = [name for name in one.columns if not name.startswith("native_")]
    pd.testing.assert_frame_equal(one[own], other[own])
