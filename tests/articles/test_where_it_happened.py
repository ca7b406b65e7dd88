"""Where an incident happened, as texts of all kinds say it."""

import json
from typing import Any

import pandas as pd
import pytest

import geo


def incidents_of(text: str) -> list[dict[Any, Any]]:
    articles = pd.DataFrame(
        {
            "article_id": ["a"],
            "publisher": ["note"],
            "published": pd.to_datetime(["2025-06-10"]).as_unit("s"),
            "sha256": [""],
            "text": [text],
        }
    )
    return geo.extract_incidents(articles).to_dict("records")


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("A bomb in the Haitian capital killed three people on Sunday.", "Port-au-Prince"),
        ("A bomb in Haiti's capital killed three people on Sunday.", "Port-au-Prince"),
        ("A bomb in Peru's capital Lima killed three people on Sunday.", "Lima"),
        ("A fire in the capital of Ghana killed three people on Sunday.", "Accra"),
        ("A bomb near Mogadishu's Lido beach killed three people on Sunday.", "Mogadishu"),
        ("A bomb at Toronto's Pearson airport killed three people on Sunday.", "Toronto"),
        ("A wildfire burned most of Lahaina in Hawaii on Sunday.", "Lahaina"),
        (
            "A fire on Sunday killed ten residents of a nursing home in Jhansi, India.",
            "Jhānsi",
        ),
        (
            (
                "A bomb killed two soldiers in Mali on Sunday, the World Health Organization in "
                "Geneva said."
            ),
            "Mali",
        ),
        (
            "A bus crash in Ghana killed nine people on Sunday. The Kumasi Workers' Party mourned.",
            "Ghana",
        ),
    ],
)
def test_it_is_placed_where_it_happened(text: str, place: str) -> None:
    (row,) = incidents_of(text)

    assert row["place"] == place


def test_who_felt_a_quake_was_not_where_it_struck() -> None:
    text = "A magnitude 7.1 earthquake struck Tonga on Sunday. People in Nuku'alofa had felt it."

    assert [row["place"] for row in incidents_of(text)] == ["Tonga"]


def test_the_attack_that_is_known_happened_at_no_other_place() -> None:
    text = (
        "Gunmen killed nine pilgrims in Reasi in India on Sunday. The attack came as a minister "
        "was sworn in in New Delhi."
    )

    assert [row["place"] for row in incidents_of(text)] == ["Reasi"]


@pytest.mark.parametrize(
    ("text", "place", "other"),
    [
        ("Floods killed 12 people in Jaipur and Karauli in Rajasthan on Sunday.", "Jaipur", "Kar"),
        ("Air strikes on Idlib and Aleppo killed 12 people on Sunday.", "Idlib", "Aleppo"),
    ],
)
def test_one_toll_over_two_places_counts_once(text: str, place: str, other: str) -> None:
    (row,) = incidents_of(text)

    assert (row["place"], row["fatalities_best"]) == (place, 12)
    assert f"told together with {other}" in row["reason"]


def test_what_all_of_a_list_lie_in_places_the_first() -> None:
    text = "Drones hit the towns of Valencia and Montalban in Venezuela on Sunday, wounding five."

    (row,) = incidents_of(text)

    assert row["country_a3"] == "VEN"


def test_two_more_blasts_elsewhere_are_another_incident() -> None:
    text = (
        "Missiles struck Kharkiv in Ukraine on Sunday and killed seven people. "
        "Two more missiles hit the railway in Liubotyn."
    )

    assert next(row["fatalities_best"] for row in incidents_of(text)) == 7
    assert [row["place"] for row in incidents_of(text)] == ["Kharkiv", "Liubotyn"]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Forest fires in Chile have killed 51 people since Friday, police said.", "2025-06-06"),
        (
            "Korea mourned on Monday those who died when a jet crashed in Seoul on Sunday.",
            "2025-06-08",
        ),
        (
            "Cali, June 9 - A bomb in Bogota killed seven people on Sunday.",
            "2025-06-08",
        ),
        (
            "Soldiers rammed the palace gates in La Paz on Sunday. The president spoke of a coup.",
            "2025-06-08",
        ),
        (
            "A fire in Maui killed 36 people on Sunday, up from six on Friday.",
            "2025-06-08",
        ),
    ],
)
def test_the_day_is_that_of_the_incident(text: str, day: str) -> None:
    (row,) = incidents_of(text)

    assert row["date_start"].date().isoformat() == day


def test_what_came_days_before_is_background() -> None:
    text = (
        "An earthquake in Herat killed one person on Sunday, days after tremors killed more than "
        "2,000 people there."
    )

    (row,) = incidents_of(text)

    assert row["fatalities_best"] == 1


def test_several_dead_are_told_without_a_word_for_how() -> None:
    text = "A bus went off a mountain road near Quito on Sunday and eleven passengers died."

    (row,) = incidents_of(text)

    assert (row["kind"], row["fatalities_best"]) == ("accident", 11)
    assert incidents_of("A former minister died in Quito on Sunday in his car.") == []


def test_a_landslide_of_a_storm_is_told_with_it() -> None:
    text = (
        "A cyclone ripped through Malawi on Sunday and killed 109 people. The city of Blantyre "
        "recorded 85 of the deaths, most in mudslides. The storm had formed off Australia in May."
    )

    (row,) = incidents_of(text)

    assert (row["kind"], row["place"], row["fatalities_best"]) == ("storm", "Blantyre", 109)
    assert {one["fact"] for one in json.loads(row["sources"])} >= {"incident", "place", "toll"}
