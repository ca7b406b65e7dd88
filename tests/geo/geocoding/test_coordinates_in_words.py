"""Coordinates that stand in a cell together with names and other words."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import example, given, settings, strategies as st
from typeguard import suppress_type_checks

import geo
from geo.errors import SchemaError
from geo.grammar.encodable import encodable, encodable_texts
from geo.grammar.position_words import read_among_words

TOWER_22 = (38.703, 33.306)

BESIDE = [
    "33.306, 38.703, Jordan", "33.306,38.703,Jordan", "33.306;38.703;Jordan",
    "33.306/38.703 Jordan", "33.306 N 38.703 E (Jordan)", "33.306 N 38.703 E Jordan",
    "33.306N,38.703E, Jordan",
    "Jordan 33.306, 38.703", "Jordan: 33.306, 38.703", "Jordan - 33.306, 38.703",
    "Jordan – 33.306, 38.703", "(33.306, 38.703) Jordan", "Jordan [33.306, 38.703]",
    "Rukban 33.306, 38.703", "Rukban, Jordan 33.306, 38.703", "Rukban (33.306, 38.703), Jordan",
    "Tower 22 (33.306, 38.703), Jordan", "Tower 22: 33.306, 38.703", "33.306, 38.703, Tower 22",
    "33.306, 38.703 (Rukban camp, Jordan)", "33.306, 38.703, near Rukban",
    "GPS: 33.306, 38.703", "coordinates 33.306 38.703", "approx. 33.306, 38.703", "~33.306, 38.703",
    "33.306, 38.703 (approx.)", "33.306 38.703 JOR", "33,306 38,703 Jordan",
    "Jordan lat: 33.306, lon: 38.703", "Jordan 33°18'21.6\"N 38°42'10.8\"E",
    "331821.6N 0384210.8E Jordan", "٣٣٫٣٠٦ شمالا ٣٨٫٧٠٣ شرقا الأردن", "geo:33.306,38.703 Rukban",
    "Rukban https://www.google.com/maps?q=33.306,38.703", "33.306, 38.703\nJordan",
    "at 33.306, 38.703", "38.703 E, 33.306 N, Jordan", "Hinterkaifeck Yard 33.306, 38.703",
]  # fmt: skip


@pytest.mark.parametrize("text", BESIDE, ids=range(len(BESIDE)))
def test_coordinates_are_read_beside_words(text: str) -> None:
    found = geo.parse_coordinates(text)

    assert found is not None
    assert found.fault is None
    assert (found.lon_deg, found.lat_deg) == pytest.approx(TOWER_22, abs=1e-6)


@pytest.mark.parametrize(
    ("text", "lon", "lat"),
    [
        ("37SDS7246485504 Jordan", 38.7042, 33.3083),
        ("MGRS 37S DS 72464 85504 (Jordan)", 38.7042, 33.3083),
        ("Jordan, UTM zone 37S 472464 3685504", 38.7042, 33.3083),
        ("8G5G8P4F+XX, Egypt", 30.72494, 33.30744),
        ("South Sudan 6.5, 31.5", 31.5, 6.5),
        ("39.0, 125.7, North Korea", 125.7, 39.0),
        ("39.0 125.7 North Korea", 125.7, 39.0),
        ("32.1, -83.5, Georgia", -83.5, 32.1),
        ("41.7, 44.8, Georgia", 44.8, 41.7),
        ("Cape Town -33.92, 18.42", 18.42, -33.92),
        ("Gulf of Aden 12.5, 47.5", 47.5, 12.5),
        ("31.9, 35.2 West Bank", 35.2, 31.9),
        ("Donbas 48.0, 38.0", 38.0, 48.0),
    ],
)
def test_other_notations_and_names_beside_them(text: str, lon: float, lat: float) -> None:
    found = geo.parse_coordinates(text)

    assert found is not None
    assert found.fault is None or "8G5G" in text
    assert (found.lon_deg, found.lat_deg) == pytest.approx((lon, lat), abs=1e-4)


@pytest.mark.parametrize(
    ("text", "words", "proposals"),
    [
        ("38.703, 33.306, Jordan", "not lie in JOR", ((38.703, 33.306),)),
        ("Jordan 33.306, -38.703", "not lie in JOR", ((38.703, 33.306),)),
        ("-33.306, 38.703 (Jordan)", "not lie in JOR", ((38.703, 33.306),)),
        ("33.306, 38.703, Brazil", "not lie in BRA", ()),
        ("33.306, 38.703, Aleppo", "“Aleppo” beside them lies ", ()),
        ("37.161, 36.2, Aleppo", "“Aleppo” beside them lies ", ((37.161, 36.2),)),
        ("33N 38N, Jordan", "both are latitudes", ((38.0, 33.0),)),
        ("12.05, 13.30 Homs", "“Homs” beside them lies ", ()),
    ],
)
def test_words_that_contradict_are_told(
    text: str, words: str, proposals: tuple[tuple[float, float], ...]
) -> None:
    found = geo.parse_coordinates(text)

    assert found is not None
    assert words in (found.fault or "")
    assert found.proposals == proposals


def test_a_country_beside_them_settles_the_band() -> None:
    found = geo.parse_coordinates("37S 472464 3685504, Jordan")

    assert found is not None
    assert found.fault is None
    assert "the country “Jordan” settles it" in (found.note or "")


def test_what_the_names_say_is_told() -> None:
    agreed = geo.parse_coordinates("Tower 22 (33.306, 38.703)")
    unknown = geo.parse_coordinates("Hinterkaifeck Yard 33.306, 38.703")

    assert agreed is not None
    assert agreed.note == "“Tower 22” beside them agrees"
    assert unknown is not None
    assert unknown.note == "nobody knows “Hinterkaifeck Yard” beside them"


NOT_READ = [
    "Highway 10, 25", "Tower 22 33.306, 38.703", "2 rue X, 75001 Paris", "killed 3, 5 injured",
    "12 Main Street, 33801", "Homs 34.730, 36.720, 500.5", "12.05, 13.30 Hinterkaifeck",
    "12,345 6,789 Hinterkaifeck", "31.9 N 35.2 West Bank", "10 km, 33.306, 38.703",
    "33.306, 38.703 and 33.5, 38.9", "from 33.306, 38.703 to 33.5, 38.9", "near 33.306, 38.703",
    "5 km north of 33.306, 38.703", "Rukban, near 33.306, 38.703", "12 CAR 12 34 Homs",
    "Route 66, 12 34 killed", "33, 38, Jordan", "33.306 38.703 12 Jordan", "v1.234, 5.678.9 Homs",
    "20 km N of Rukban (33.306, 38.703)", "x" * 280 + " 33.306, 38.703 and more words",
]  # fmt: skip


@pytest.mark.parametrize("text", NOT_READ, ids=range(len(NOT_READ)))
def test_numbers_in_words_are_no_coordinates(text: str) -> None:
    assert geo.parse_coordinates(text) is None


def test_a_dash_with_spaces_is_no_minus() -> None:
    found = geo.parse_coordinates("Hinterkaifeck - 33.306, 38.703")
    minus = geo.parse_coordinates("Hinterkaifeck -33.306, 38.703")

    assert found is not None
    assert minus is not None
    assert (found.lat_deg, minus.lat_deg) == (33.306, -33.306)


def placed(*texts: str, country: str = "") -> pd.DataFrame:
    return geo.geocode(pd.DataFrame({"place_text": texts, "country": country}))


def test_near_coordinates_is_a_vicinity() -> None:
    (row,) = placed("near 33.306, 38.703").to_dict("records")

    assert (row["status"], row["precision"], row["method"]) == ("located", "vicinity", "region")
    assert (row["geometry"].x, row["geometry"].y) == TOWER_22
    assert row["uncertainty_m"] >= 8_000
    assert pd.isna(row["place_id"])


@pytest.mark.parametrize(
    ("text", "lon", "lat"),
    [
        ("5 km north of 33.306, 38.703", 38.703, 33.3511),
        ("5 km north of 33.306 N 38.703 E", 38.703, 33.3511),
        ("10 km east of 37SDS7246485504", 38.8116, 33.3083),
        ("5 km north of Rukban (33.306, 38.703)", 38.703, 33.3511),
        ("between 33.306, 38.703 and 33.5, 38.9", 38.8014, 33.403),
        ("2 km from 33.306, 38.703", 38.703, 33.306),
    ],
)
def test_descriptions_count_from_coordinates(text: str, lon: float, lat: float) -> None:
    (row,) = placed(text).to_dict("records")

    assert row["method"] == "region"
    assert (row["geometry"].x, row["geometry"].y) == pytest.approx((lon, lat), abs=2e-4)


def test_descriptions_do_not_count_from_doubtful_coordinates() -> None:
    (row,) = placed("5 km north of 98.7, 33.3").to_dict("records")

    assert row["status"] == "unlocated"
    assert "“98.7, 33.3” is in doubt: longitude 33.3, latitude 98.7" in row["reason"]


@pytest.mark.parametrize(
    "text",
    [
        "\ud800", "Ho\ud800ms", "\udfff, Syria"[:1], "\x00", "\x1b[31m",
        "\u202e\u2066abc\u2069 123",
        "x" * 100_000, "1" * 100_000, "33.3, " * 20_000, "💥💥", "12345", "3.14", "-",
        "'; DROP TABLE p;--",
        "<img src=x onerror=alert(1)>", "%00%ff", "NaN", "{{7*7}}", "\ufffd\ufffd",
        "https://maps.app.goo.gl/abc", "a\ufffeb",
    ],
    ids=range(21),
)  # fmt: skip
def test_bad_input_is_unlocated_with_a_reason(text: str) -> None:
    table = pd.DataFrame({"place_text": pd.Series([text], dtype=object)})

    row = geo.geocode(table).iloc[0]

    assert (row["status"], row["geometry"]) == ("unlocated", None)
    assert len(row["reason"]) > 10


def test_broken_text_in_any_column_is_carried() -> None:
    table = pd.DataFrame(
        {
            "place_text": ["Tower 22"],
            "country": ["Jor\ud800dan"],
            "title": ["\udc00"],
            "n": ["\ud801"],
        },
        dtype=object,
    )

    assert geo.geocode(table)["title"].tolist() == ["\ufffd"]
    assert geo.read_incidents(table)["native_n"].tolist() == ["\ufffd"]


def test_text_that_can_be_encoded_stays() -> None:
    table = pd.DataFrame({"n": [1], "t": ["Homs"]})

    assert encodable_texts(table) is table
    assert encodable("\ud83d\ude00") == "😀"


@pytest.mark.parametrize("text", [None, 5, b"Homs"])
def test_a_search_for_no_text_is_told(text: object) -> None:
    with suppress_type_checks(), pytest.raises(SchemaError, match=r"search: text is .*; expected"):
        geo.search(text)  # type: ignore[arg-type]


CELLS = st.one_of(
    st.text(max_size=40),
    st.text(st.characters(), max_size=40),
    st.lists(
        st.sampled_from(
            ["33.306", "38.703", ",", " ", "N", "E", "-", "Jordan", "near ", "(", ")", "\ud800",
             "°", "37S", "5 km north of ", ";", "'", "Homs", "between ", " and ", "331822N", "https://a/?q="]
        ),
        max_size=9,
    ).map("".join),
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(CELLS)
@example("\ud800")
@example("33.306, 38.703 \udfff")
def test_no_text_breaks_the_reading(text: str) -> None:
    found = geo.parse_coordinates(text)

    assert found == geo.parse_coordinates(text) or "nan" in repr(found)
    assert repr(read_among_words(text)) == repr(read_among_words(text))


@settings(max_examples=30, deadline=None)
@given(CELLS)
@example("Ho\ud800ms")
def test_no_text_breaks_a_search(text: str) -> None:
    pd.testing.assert_frame_equal(geo.search(text), geo.search(text))


@settings(max_examples=15, deadline=None)
@given(st.lists(CELLS, min_size=1, max_size=4), st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(texts: list[str], chance: object) -> None:
    table = pd.DataFrame({"place_text": pd.Series(texts, dtype=object)})
    mixed = table.sample(frac=1, random_state=chance.randrange(1000))  # type: ignore[attr-defined]

    there, here = geo.geocode(table), geo.geocode(mixed).sort_index()

    assert there["reason"].notna().all()
    pd.testing.assert_frame_equal(pd.DataFrame(there), pd.DataFrame(here))


@pytest.mark.parametrize(
    ("text", "country", "status"),
    [
        ("33.306, 38.703", "Iraq", "suspicious"),
        ("33.306, 38.703, Iraq", "", "suspicious"),
        ("33.306, 38.703", "Jordan", "located"),
        # To the digits given it may lie in either.
        ("33, 38.7", "Iraq", "located"),
        # At sea, in the waters of nobody else.
        ("12.6, 45.0", "Yemen", "located"),
    ],
)
def test_ten_kilometres_over_the_border_are_no_agreement(
    text: str, country: str, status: str
) -> None:
    row = geo.geocode(pd.DataFrame({"place_text": [text], "country": [country]})).iloc[0]

    assert row["status"] == status
