"""Countries by code and official name, in columns, in texts and in a user's own places."""

from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import geo
from geo.gazetteer.places import shipped_gazetteer
from geo.geocoding.names.candidates import find_country
from geo.tables.place_sets import install_places


def placed(text: str, country: str = "") -> "pd.Series[Any]":
    """Row of one place, geocoded."""
    return geo.geocode(pd.DataFrame([{"place_text": text, "country": country}])).iloc[0]


def test_every_code_and_name_of_a_country_is_understood() -> None:
    known = geo.countries()
    gazetteer = shipped_gazetteer()

    for column in ("country_a3", "country_a2", "country"):
        said = known.loc[known[column].notna() & (known["country_a3"] != "XSP"), column]
        found = [find_country(name, gazetteer) for name in said]
        codes = [place.country_a3 if place else None for place in found]
        assert codes == known.loc[said.index, "country_a3"].tolist()
        assert len(said) >= 249


@pytest.mark.parametrize(
    ("text", "country", "code"),
    [
        ("London", "CAN", "CAN"),
        ("London, CAN", "", "CAN"),
        ("Beni", "COD", "COD"),
        ("Santiago", "DO", "DOM"),
        ("DRC", "", "COD"),
        ("Los Angeles, CA", "", "USA"),
        ("Kabul, Islamic Republic of Afghanistan", "", "AFG"),
    ],
)
def test_codes_and_official_names_narrow_a_search(text: str, country: str, code: str) -> None:
    row = placed(text, country)

    assert (row["country_a3"], row["status"]) == (code, "located")


@pytest.mark.parametrize("text", ["Bakhmut", "20 km north of Homs", "33.3, 44.4"])
def test_a_country_that_is_not_understood_is_in_doubt(text: str) -> None:
    row = placed(text, "Atlantis")

    assert row["status"] == "suspicious"
    assert row["reason"].startswith("No country or province named “Atlantis” is known.")


@pytest.mark.parametrize(
    ("text", "country", "other"),
    [("Bakhmut, Russia", "", "Bakhmut in UKR"), ("Kabul, Ukraine", "", "Kabul in AFG"),
     ("Kramtorsk", "Poland", "Kramatorsk in UKR")],
)  # fmt: skip
def test_a_town_of_another_country_is_in_doubt(text: str, country: str, other: str) -> None:
    row = placed(text, country)

    assert row["status"] == "suspicious"
    assert row["reason"].startswith(f"{other} may be meant")


def test_the_country_of_an_own_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INCIDENTMAP_PLACES", str(tmp_path / "places"))
    file = tmp_path / "mine.csv"
    file.write_text("name,lon,lat,country\nQxyzzy,29.4,0.5,COD\nZyxxq,29.4,0.5,Atlantis\n")

    faults: list[str] = []
    install_places(file, on_fault=lambda fault: faults.append(fault.reason))

    assert placed("Qxyzzy")["country_a3"] == "COD"
    assert len(faults) == 1
    assert "no country named 'Atlantis' is known" in faults[0]


@pytest.mark.parametrize(
    ("text", "code"),
    [("10 km east of Goma", "RWA"), ("10 km north of Ciudad Juárez", "USA"),
     ("50 km north of Kharkiv", "RUS"), ("20 km north of Homs", "SYR"), ("near Goma", "COD"),
     ("15 km east of Uvira, DRC", "COD")],
)  # fmt: skip
def test_a_described_place_lies_in_the_country_of_its_point(text: str, code: str) -> None:
    row = placed(text)

    assert (row["country_a3"], row["status"]) == (code, "located")


def test_what_lies_outside_the_stated_country_is_in_doubt() -> None:
    row = placed("10 km east of Goma", "COD")

    assert row["status"] == "suspicious"
    assert "lies in RWA" in row["reason"]


def test_the_country_of_a_description_does_not_stay_against_its_shares() -> None:
    table = geo.geocode(pd.DataFrame({"place_text": ["10 km east of Goma"]}))

    row = geo.add_countries(table.assign(country_a3="COD")).iloc[0]

    assert (row["country_a3"], row["status"]) == ("RWA", "located")


@pytest.mark.parametrize(
    ("text", "place"),
    [("Bakhmut [Ukraine]", "Bakhmut"), ("Bakhmut - Ukraine", "Bakhmut"),
     ("Bakhmut Ukraine", "Bakhmut"),
     ("possibly Bakhmut", "Bakhmut"), ("Helmand's Sangin district", "Sang"),
     ("in Bakhmut", "Bakhmut"),
     ("Damascus دمشق", "Damascus"), ("Bakhmut/Artemivsk", "Bakhmut"),
     ("Bakhmut (Ukraine)", "Bakhmut"),
     ("the city of Kandahar in Afghanistan", "Kandahār")],
)  # fmt: skip
def test_ordinary_forms_of_cells_are_read(text: str, place: str) -> None:
    row = placed(text)

    assert row["status"] == "located"
    assert place in row["place"]
