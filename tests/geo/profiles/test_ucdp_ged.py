"""UCDP GED: both forms, precision, checks that need nothing else, round trip."""

import json

import geopandas as gpd
import pandas as pd
import pytest

import geo
from geo.profiles.ucdp_ged import UcdpGed
from geo.reading.incidents import read_table
from geo.reading.report import describe_reading
from geo.tables.raw import RawTable
from tests.provider_files import ged_table

ROWS = 210
SWAPPED, TOLLS, PARTS = 15, (22, 30), 41


@pytest.fixture(scope="module", params=[42, 49])
def planted(request: pytest.FixtureRequest) -> pd.DataFrame:
    table = ged_table(request.param, ROWS)
    swap = table.loc[SWAPPED, ["longitude", "latitude"]].tolist()
    table.loc[SWAPPED, ["latitude", "longitude"]] = swap
    table.loc[TOLLS[0], "low"] = "90"
    table.loc[TOLLS[1], "high"] = "0"
    table.loc[PARTS, "deaths_unknown"] = "7"
    return table


@pytest.fixture(scope="module")
def incidents(planted: pd.DataFrame) -> gpd.GeoDataFrame:
    return geo.read_incidents(planted)


def test_both_forms_are_valid_incidents(incidents: gpd.GeoDataFrame) -> None:
    geo.validate(incidents)

    assert len(incidents) == ROWS
    assert (incidents["status"] == "located").sum() == ROWS - 1


def test_a_radius_of_the_provider_is_not_called_an_assumed_kilometre(
    incidents: gpd.GeoDataFrame,
) -> None:
    silent = incidents[incidents["reason"].isna() & incidents["status"].eq("located")]

    placed = geo.geocode(silent)

    assert len(placed) > ROWS // 2
    assert set(placed["reason"]) == {"The coordinates were given"}
    assert placed["uncertainty_m"].equals(silent["uncertainty_m"])


def test_the_swap_is_proposed_and_waits(incidents: gpd.GeoDataFrame, planted: pd.DataFrame) -> None:
    row = incidents.loc[SWAPPED]

    assert (row["status"], row["method"], row["precision"]) == ("suspicious", "given", "none")
    assert row["geometry"] is None
    assert "latitude and longitude seem exchanged; geom_wkt gives longitude" in row["reason"]
    assert row["native_latitude"] == planted.loc[SWAPPED, "latitude"]
    # No name of the row leads past what contradicts itself; an editor's word does.
    after = geo.geocode(incidents).loc[SWAPPED]
    assert after.geometry is None
    assert (after["status"], after["method"], after["reason"]) == tuple(
        row[["status", "method", "reason"]]
    )
    assert pd.isna(after["uncertainty_m"])
    said = pd.DataFrame({"incident_id": [row["incident_id"]], "place": ["Baghdad"]})
    assert geo.geocode(incidents, overrides=said).loc[SWAPPED, "place"] == "Baghdad"
    report = describe_reading(read_table(planted))
    assert (report["mapped"], report["unmapped"]) == (len(planted) - 1, 1)


def test_the_checks_find_what_was_planted_and_no_more(incidents: gpd.GeoDataFrame) -> None:
    found = UcdpGed().checks(incidents)

    assert found.groupby("check")["row"].agg(list).to_dict() == {
        "swap": [SWAPPED],
        "priogrid_gid": [SWAPPED],
        "low, best, high": list(TOLLS),
        "parts of best": [PARTS],
    }


def test_the_grid_formula_is_that_of_prio() -> None:
    # Kabul: row 249 from the south, column 498 from the west.
    table = ged_table(49, 1)
    kabul = {"latitude": "34.53", "longitude": "69.17", "geom_wkt": "POINT (69.17 34.53)"}
    kabul |= {"country": "Afghanistan", "country_id": "700"}
    for name, value in (kabul | {"priogrid_gid": "179779"}).items():
        table.loc[0, name] = value
    other = table.assign(priogrid_gid="179780")

    assert geo.read_incidents(table).loc[0, "status"] == "located"
    off = geo.read_incidents(other).loc[0]
    assert off["status"] == "suspicious"
    assert off["reason"] == "priogrid_gid 179780 is not the cell of the point, 179779"
    assert off["geometry"].coords[0] == (69.17, 34.53)


def test_contradictory_tolls_keep_the_best_alone(incidents: gpd.GeoDataFrame) -> None:
    rows = incidents.loc[list(TOLLS)]

    assert rows["fatalities_best"].tolist() == [
        int(best) for best in incidents.loc[list(TOLLS), "native_best"]
    ]
    assert rows[["fatalities_low", "fatalities_high"]].isna().all(axis=None)
    assert rows["reason"].str.contains("do not rise").all()
    assert incidents["fatalities_low"].notna().sum() == ROWS - 2


def test_precision_codes_become_classes_and_radii(incidents: gpd.GeoDataFrame) -> None:
    sound = incidents.drop(index=SWAPPED)
    classes = sound.groupby("native_where_prec")["precision"].unique()
    radius_m = sound.groupby("native_where_prec")["uncertainty_m"]

    assert {code: list(found) for code, found in classes.items()} == {
        "1": ["exact"], "2": ["vicinity"], "3": ["admin2"], "4": ["admin1"], "5": ["vicinity"],
        "6": ["country"], "7": ["water"],
    }  # fmt: skip
    assert radius_m.max()[["1", "2", "5", "7"]].tolist() == [1_000, 25_000, 100_000, 50_000]
    assert radius_m.max()["3"] <= 30_000
    # A country's own radius, not one for all.
    assert radius_m.nunique()["6"] == 3
    assert radius_m.min()["6"] > 200_000


def test_centres_of_countries_are_in_no_hotspot(incidents: gpd.GeoDataFrame) -> None:
    cells = geo.count_by_hexagon(incidents, resolution=3, study_area=1)

    placed = incidents["precision"].isin(["exact", "vicinity", "admin2", "water"])
    assert cells["count"].sum() <= placed.sum()
    assert cells["coarse_count"].sum() >= (incidents["precision"] == "country").sum()


def test_dates_span_what_they_say(incidents: gpd.GeoDataFrame) -> None:
    days = (incidents["date_end"] - incidents["date_start"]).dt.days
    spans = days.groupby(incidents["date_precision"]).unique()

    assert {name: list(span) for name, span in spans.items()} == {
        "day": [0], "range": [4], "week": [6], "month": [29], "year": [200],
    }  # fmt: skip
    assert incidents.loc[0, "date_start"] == pd.Timestamp("2024-01-01")


def test_sources_are_split_and_ragged_lists_keep_the_publishers(
    incidents: gpd.GeoDataFrame,
) -> None:
    one_text, ragged, whole = (json.loads(incidents.loc[row, "sources"]) for row in (0, 1, 4))

    assert one_text == [{"publisher": "Invented Agency, 3 January 2024, Clashes near town"}]
    assert [list(source) for source in ragged] == [["published", "publisher"]] * 2
    assert whole[1] == {"published": "2024-01-04", "publisher": "Daily Example", "quote": "Two"}
    assert incidents["native_number_of_sources"].isin(["-1", "2"]).all()


def test_open_checks_of_candidate_events_stay_unverified() -> None:
    found = [UcdpGed().recognise(RawTable(ged_table(columns, 14))) for columns in (42, 49)]
    assert [one and one.reason.endswith("candidate events") for one in found] == [False, True]

    incidents = geo.read_incidents(ged_table(49, 14))

    unverified = incidents["verification"] == "unverified"
    assert incidents.index[unverified].tolist() == [0, 7]


def test_the_native_table_comes_back(planted: pd.DataFrame, incidents: gpd.GeoDataFrame) -> None:
    pd.testing.assert_frame_equal(UcdpGed().native(incidents), planted)


def test_clusters_in_space_and_time_run(incidents: gpd.GeoDataFrame) -> None:
    found = geo.add_clusters(incidents, distance_m=50_000, days=400, min_incidents=3)

    assert found["cluster"].notna().any()
