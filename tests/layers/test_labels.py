"""Names by rank: capitals, seats, then population, never two within 15 km."""

from typing import Any

import numpy as np

from layers.labels import label_block
from tests.layers.decoder import unpack


def towns(points: Any) -> Any:
    _, columns = unpack(label_block(np.array(points).reshape(-1, 2)).base64)
    rows = zip(columns["text"], columns["kind"], columns["rank"], strict=True)
    return [(text, kind) for text, kind, _ in rows if kind not in {"country", "sea"}]


def test_countries_are_named_whatever_the_incidents() -> None:
    _, columns = unpack(label_block(np.empty((0, 2))).base64)
    found = dict(zip(columns["text"], columns["kind"], strict=True))
    assert {name for name, kind in found.items() if kind == "country"} == {
        "Iraq",
        "Jordan",
        "Syria",
    }
    assert columns["country_a3"][0] == "IRQ"
    assert (columns["lon"][0], columns["lat"][0]) == (4_100_000, 3_300_000)


def test_without_incidents_only_capitals_are_named() -> None:
    assert towns([]) == [("Amman", "capital")]


def test_rank_is_capital_then_seat_then_population() -> None:
    assert towns([[37.5, 32.5]]) == [
        ("Amman", "capital"),
        ("Zarqa", "seat"),
        ("Deraa", "seat"),
        ("Al Walid", "city"),
    ]


def test_a_suburb_gives_way_to_the_city() -> None:
    found = dict(towns([[36.2, 31.9]]))
    assert "Amman" in found
    assert not {"Ar Rusayfah", "Abu Alanda"} & set(found)


def test_towns_far_from_the_incidents_go_without_a_name() -> None:
    assert "Al Walid" not in dict(towns([[36.2, 31.9]]))


def test_large_seas_are_named_in_their_middle() -> None:
    _, columns = unpack(label_block(np.empty((0, 2))).base64)
    at = [number for number, kind in enumerate(columns["kind"]) if kind == "sea"]
    assert [columns["text"][number] for number in at] == ["Square Sea"]
    # The sea is 10 degrees wide and 8 tall: a circle of 4 degrees fits.
    assert abs(columns["rank"][at[0]] / 100 - 4) < 0.2
    assert abs(columns["lat"][at[0]] / 1e5 - 31) < 0.2
