"""Codes that no provider has, and cells whose formula failed, are told row by row."""

import pandas as pd
import pytest

import geo
from geo.profiles.native_cells import NativeCells
from geo.profiles.registry import find_profile
from geo.reading.incidents import read_table
from geo.reading.report import describe_reading
from geo.tables.cells import has_unread_cells
from tests.provider_files import acled_table, ged_table, gtd_table

TABLES = {"acled": acled_table(2024, 12), "ucdp_ged": ged_table(49, 12), "gtd": gtd_table(12)}


@pytest.mark.parametrize(
    ("profile", "column", "cell", "said"),
    [
        ("ucdp_ged", "type_of_violence", "4", "type_of_violence “4” is not understood"),
        ("ucdp_ged", "where_prec", "9", "“9” is not understood: it is none of 1, 2, 3, 4, 5, 6, 7"),
        ("ucdp_ged", "where_prec", "9", "4, 5, 6, 7, 25 km is assumed"),
        ("ucdp_ged", "event_clarity", "7", "event_clarity “7” is not understood: it is none of 1"),
        ("ucdp_ged", "country_id", "99999", "country_id “99999” is not understood, the name of"),
        ("ucdp_ged", "date_prec", "0", "date_prec “0” is not understood"),
        ("ucdp_ged", "best", "-3", "best “-3” is not a number of people"),
        ("ucdp_ged", "where_prec", "", "where_prec is empty, 25 km is assumed"),
        ("ucdp_ged", "id", "#N/A", "the identifier “#N/A” is an error of a spreadsheet"),
        ("acled", "geo_precision", "4", "geo_precision “4” is not understood"),
        ("acled", "geo_precision", "4", "none of 1, 2, 3, 25 km is assumed"),
        ("acled", "event_type", "Picnics", "event_type “Picnics” is not understood"),
        ("gtd", "attacktype1", "12", "attacktype1 “12” is not understood"),
        ("gtd", "specificity", "8", "none of 1, 2, 3, 4, 5, 25 km is assumed"),
        ("gtd", "specificity", "", "specificity is empty, 25 km is assumed"),
        ("gtd", "eventid", "#DIV/0!", "the identifier “#DIV/0!” is an error of a spreadsheet"),
        ("gtd", "nkill", "-3", "nkill “-3” is not a number of people"),
    ],
)
def test_a_code_that_does_not_exist_is_told(
    profile: str, column: str, cell: str, said: str
) -> None:
    table = TABLES[profile].copy()
    table.loc[0, column] = cell or None

    reading = read_table(table)
    row = reading.incidents.iloc[0]

    assert reading.conversion.profile is not None
    assert reading.conversion.profile.name == profile
    assert said in row["reason"]
    told = {problem["row"]: problem["what"] for problem in describe_reading(reading)["problems"]}
    assert said in told[1]
    assert row["uncertainty_m"] >= 1_000
    assert "#" not in row["incident_id"]
    geo.validate(reading.incidents)


@pytest.mark.parametrize("name", TABLES)
def test_what_a_provider_does_write_is_in_no_doubt(name: str) -> None:
    table = TABLES[name]

    read = find_profile(name).to_incidents(read_table(table).raw)

    assert not has_unread_cells(read["reason"]).any()
    assert NativeCells(table).missing(find_profile(name).facts.needed) == []


def test_negative_numbers_of_the_gtd_mean_that_nobody_knows() -> None:
    table = TABLES["gtd"].copy()
    table.loc[0, ["nkill", "nwound"]] = ["-9", "-99"]

    row = geo.read_incidents(table).iloc[0]

    assert row[["fatalities_best", "injured"]].isna().all()
    assert pd.isna(row["reason"]) or "number of people" not in row["reason"]


def test_a_plain_table_tells_broken_identifiers_too() -> None:
    table = pd.DataFrame({"id": ["#REF!", "b"], "place": ["Amman", "Irbid"]})

    read = geo.read_incidents(table)

    assert read["incident_id"][1] == "b"
    assert len(read["incident_id"][0]) == 12
    assert read["reason"][0] == "the identifier “#REF!” is an error of a spreadsheet"
