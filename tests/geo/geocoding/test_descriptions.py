import statistics
from collections import defaultdict

import geopandas as gpd
import pandas as pd
import pytest
import shapely
from hypothesis import given, settings, strategies as st

import geo
from geo.geodesy import geod
from geo.grammar.bearings import parse_bearing
from geo.grammar.descriptions import parse_description
from geo.grammar.distances import parse_distance
from geo.grammar.location_tree import (
    Along,
    Apposition,
    Between,
    BorderZone,
    Inland,
    Named,
    Near,
    Offset,
    Part,
    Towards,
)
from tests.described_cases import Case, cases


def place(*names: str) -> Named:
    return Named(names)


def metres_apart(one: shapely.Point, other: shapely.Point) -> float:
    return float(geod().inv(one.x, one.y, other.x, other.y)[2])


def located(*texts: str) -> gpd.GeoDataFrame:
    return geo.geocode(pd.DataFrame({"place_text": list(texts)}))


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("near Rukban, Jordan", Near(place("Rukban", "Jordan"), "near")),
        ("in the vicinity of Mosul", Near(place("Mosul"), "near")),
        ("Kabul area", Near(place("Kabul"), "near")),
        ("just outside of Kabul", Near(place("Kabul"), "outside")),
        ("on the outskirts of Homs", Near(place("Homs"), "outskirts")),
        ("off the coast of Yemen", Near(place("Yemen"), "off")),
        ("off Hodeidah", Near(place("Hodeidah"), "off")),
        ("the north of Mali", Part(place("Mali"), parse_bearing("north"))),
        ("north-eastern Mali", Part(place("Mali"), parse_bearing("northeast"))),
        ("eastern outskirts of Bakhmut", Part(place("Bakhmut"), parse_bearing("east"))),
        ("central Aleppo", Part(place("Aleppo"), None)),
        ("the centre of Kabul", Part(place("Kabul"), None)),
        ("south of Gao", Towards(place("Gao"), parse_bearing("south"))),
        ("between Homs and Hama", Between(place("Homs"), place("Hama"))),
        ("halfway between Homs, Syria and Hama", Between(place("Homs", "Syria"), place("Hama"))),
        ("on the road from Damascus to Homs", Along(place("Damascus"), place("Homs"))),
        ("along the Damascus-Homs highway", Along(place("Damascus"), place("Homs"))),
        (
            "Bangui–Bouar road, Central African Republic",
            Along(
                place("Bangui", "Central African Republic"),
                place("Bouar", "Central African Republic"),
            ),
        ),
        ("along the Euphrates", Along(place("Euphrates"), None)),
        ("near the Syrian border", BorderZone(("Syrian",))),
        ("in Jordan near the Syrian border", BorderZone(("Syrian",), place("Jordan"))),
        ("in Jordan near the border with Syria", BorderZone(("Syria",), place("Jordan"))),
        ("on or near the Iraq-Syria border", BorderZone(("Iraq", "Syria"))),
        ("the Iraq-Syria border area", BorderZone(("Iraq", "Syria"))),
        ("border between Thailand and Myanmar", BorderZone(("Thailand", "Myanmar"))),
        ("Rafah, near the Egyptian border", BorderZone(("Egyptian",), place("Rafah"))),
        (
            "10 km from the Syrian border in Jordan",
            BorderZone(("Syrian",), place("Jordan"), parse_distance("10 km")),
        ),
        (
            "30 km inside Syria from the Turkish border",
            Inland(place("Syria"), "Turkish", parse_distance("30 km")),
        ),
        ("Tower 22", place("Tower 22")),
        ("West Bank", place("West Bank")),
        ("North Kivu", place("North Kivu")),
        ("Guinea-Bissau", place("Guinea-Bissau")),
        ("at the Rafah crossing", place("Rafah crossing")),
    ],
)
def test_descriptions_are_read_as_trees(text: str, tree: object) -> None:
    assert parse_description(text) == tree


@pytest.mark.parametrize(
    ("text", "names", "metres", "azimuth"),
    [
        ("20 km north of Gwoza, Borno, Nigeria", ("Gwoza", "Borno", "Nigeria"), 20_000, 0),
        ("about 20 km NNW of Gao", ("Gao",), 20_000, 337.5),
        ("Gwoza, 20 km north", ("Gwoza",), 20_000, 0),
        ("10 miles southwest of Gao", ("Gao",), 16_093.44, 225),
        ("20 nautical miles west of Hodeidah", ("Hodeidah",), 37_040, 270),
        ("two hours' drive east of Gao", ("Gao",), 75_000, 90),
        ("half a mile S of Gao", ("Gao",), 804.672, 180),
        ("25 kilometers from Bocaranga on the Ndim axis", ("Bocaranga",), 25_000, None),
    ],
)
def test_offsets(text: str, names: tuple[str, ...], metres: float, azimuth: float | None) -> None:
    tree = parse_description(text)

    assert isinstance(tree, Offset)
    (distance, bearing) = tree.legs[0]
    assert tree.place.names == names
    assert distance.metres == pytest.approx(metres)
    assert (bearing.azimuth_deg if bearing else None) == azimuth


def test_a_name_with_a_gloss_keeps_both() -> None:
    tree = parse_description("Gobara, 15km Northwest of Gwoza")

    assert isinstance(tree, Apposition)
    assert tree.place == place("Gobara")
    assert isinstance(tree.gloss, Offset)


def test_directions_leave_a_sector_open() -> None:
    widths = [parse_bearing(word) for word in ("north", "northeast", "north-northeast")]

    assert [width.error_deg for width in widths if width] == [45.0, 22.5, 11.25]
    assert parse_bearing("norther") is None


@given(st.text(max_size=350))
@settings(max_examples=300)
def test_no_text_breaks_the_grammar(text: str) -> None:
    parse_description(text)


def test_the_point_lies_at_the_stated_offset() -> None:
    rows = located("Maiduguri, Nigeria", "20 km east of Maiduguri, Nigeria")

    assert metres_apart(*rows.geometry) == pytest.approx(20_000, abs=1)
    assert rows["method"].tolist() == ["name", "region"]
    assert rows["footprint"].isna().tolist() == [True, False]
    assert shapely.covers(rows["footprint"].iloc[1], rows.geometry.iloc[1])


def test_the_point_stays_in_the_country_that_the_text_names() -> None:
    # 20 km east of Gwoza the land is Cameroon's.
    named, bare = located("20 km east of Gwoza, Nigeria", "20 km east of Gwoza").itertuples()

    assert named.country_a3 == "NGA"
    assert metres_apart(named.geometry, bare.geometry) > 500
    assert bare.country_a3 == "CMR"


def test_the_anchor_can_be_the_point() -> None:
    text = "20 km east of Gwoza, Nigeria"
    table = pd.DataFrame({"place_text": [text]})
    town = located("Gwoza, Nigeria").geometry.iloc[0]
    physical = geo.geocode(table).iloc[0]
    coded = geo.geocode(table, relative="anchor").iloc[0]

    assert coded["geometry"].equals(town)
    assert coded["uncertainty_m"] > metres_apart(town, physical["geometry"])


def test_a_border_zone_lies_on_the_right_side() -> None:
    row = located("in Jordan near the Syrian border").iloc[0]
    near = geo.add_borders(located("in Jordan near the Syrian border"), between=("JOR", "SYR"))
    country = geo.add_countries(located("in Jordan near the Syrian border"))

    assert country["country_a3"].iloc[0] == "JOR"
    assert near["border_distance_m"].iloc[0] < 20_500
    assert shapely.covers(row["footprint"], shapely.Point(38.703, 33.306))
    assert not shapely.covers(row["footprint"], shapely.Point(36.3, 33.5))


def test_a_border_tells_which_of_two_namesakes_is_meant() -> None:
    row = located("Rafah, near the Egyptian border").iloc[0]

    assert row["country_a3"] == "PSE"


def test_off_the_coast_is_at_sea() -> None:
    rows = geo.add_countries(
        located("off Hodeidah, Yemen", "5 nautical miles off the coast of Aden")
    )

    assert (rows["surface"] != "land").all()
    assert rows["precision"].tolist() == ["water", "water"]


def test_names_that_sound_like_descriptions_stay_names() -> None:
    rows = located("North Kivu", "West Bank", "Northern Territory, Australia")

    assert rows["method"].tolist() == ["name"] * 3


@pytest.mark.parametrize(
    ("text", "kilometres"),
    [("2,500 km east of Moscow", 2_500), ("20 000 m north of Kyiv", 20), ("3,5 km S of Homs", 3.5)],
)
def test_commas_of_thousands_and_of_decimals(text: str, kilometres: float) -> None:
    tree = parse_description(text)

    assert isinstance(tree, Offset)
    assert tree.legs[0][0].metres == pytest.approx(kilometres * 1_000)


def test_a_side_of_the_coast_counts() -> None:
    west, south, north = located(
        "off the west coast of Ireland",
        "off the southern coast of Ireland",
        "20 km off the north coast of Cyprus",
    ).geometry

    assert west.x < -9
    assert south.y < 52.5
    assert north.y > 35.3


def test_rivers_come_before_countries_of_the_name() -> None:
    rows = located("on the banks of the Niger", "along the Jordan", "along the Lebanon")

    assert rows["place"].fillna("").tolist() == ["Niger River", "Jordan River", ""]


def test_distances_from_areas_are_not_guessed() -> None:
    rows = located("20 km north of Syria", "south of Lebanon", "50 km from Anbar Governorate")

    assert rows["status"].tolist() == ["unlocated"] * 3
    assert rows["reason"].str.contains("is an area").all()


@pytest.mark.parametrize(
    "text",
    ["1", "12,5", "the", "Hospital", "near the hospital", "outside the city", "\x07Homs", "camp"],
)
def test_what_names_no_place_stays_unlocated(text: str) -> None:
    row = located(text).iloc[0]

    assert row["status"] == "unlocated"
    assert "is no name of a place" in row["reason"]


def test_what_nobody_knows_stays_unlocated_with_the_reason() -> None:
    rows = located("20 km north of Xyzzyton", "near the Martian border")

    assert rows["status"].tolist() == ["unlocated"] * 2
    assert rows["reason"].str.contains("Xyzzyton|Martian").all()


@pytest.fixture(scope="module")
def answered() -> list[tuple[Case, pd.Series]]:
    made = cases()
    rows = located(*(case.text for case in made))
    return list(zip(made, (row for _, row in rows.iterrows()), strict=True))


def test_the_suite_is_large_and_wide(answered: list[tuple[Case, pd.Series]]) -> None:
    localities = {case.locality for case, _ in answered}

    assert len(answered) >= 200
    assert len(localities) == 13
    assert all(
        row["status"] == "located" or "but what it describes lies in" in row["reason"]
        for _, row in answered
    )
    assert sum(row["status"] == "located" for _, row in answered) > 0.98 * len(answered)


def test_stated_distances_are_met(answered: list[tuple[Case, pd.Series]]) -> None:
    errors = [
        metres_apart(shapely.Point(case.lon, case.lat), row["geometry"]) / case.stated_m
        for case, row in answered
        if case.stated_m
    ]

    assert statistics.median(errors) <= 0.15


def test_the_truth_lies_within_footprint_or_radius(
    answered: list[tuple[Case, pd.Series]],
) -> None:
    held = defaultdict(list)
    for case, row in answered:
        truth = shapely.Point(case.lon, case.lat)
        inside = shapely.covers(row["footprint"], truth)
        near = metres_apart(truth, row["geometry"]) <= row["uncertainty_m"]
        held[case.locality].append(bool(inside or near))

    assert statistics.mean(hit for hits in held.values() for hit in hits) >= 0.85
    assert all(statistics.mean(hits) >= 0.85 for hits in held.values())
