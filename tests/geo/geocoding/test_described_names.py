"""Names that hold words of the grammar, and parts of countries that are names of provinces."""

import geopandas as gpd
import pandas as pd
import pytest

import geo
from geo.geocoding.coordinates.position_checks import country_at
from geo.geocoding.descriptions.border_zones import neighbours
from geo.grammar.bound_names import bound, unbound
from geo.grammar.descriptions import parse_description
from geo.grammar.location_tree import Between, BorderZone, Inland, Named, Near, Part


def located(*texts: str) -> gpd.GeoDataFrame:
    return geo.geocode(pd.DataFrame({"place_text": list(texts)}))


# Words that say a province or another place of that name, or a country of two names.
_OTHERS = frozenset({"northern Cyprus", "northern Ireland", "northern Solomon Islands"})
# Two countries of one name.
_NAMESAKES = frozenset({"MAF", "SXM"})
# Their land is no farther across than the distance.
_SMALL = frozenset({"GIB", "MAC", "MCO", "SMR", "VAT"})


def test_every_country_keeps_its_name_in_every_form() -> None:
    for name in geo.countries()["country"]:
        if "(" in name:
            continue
        said = Named((name,))
        assert parse_description(f"in {name} near the border with Mali") == BorderZone(
            ("Mali",), said
        )
        assert parse_description(f"in Mali near the border with the {name}") == BorderZone(
            (name,), Named(("Mali",))
        )
        assert parse_description(f"off the coast of the {name}") == Near(said, "off")
        inland = parse_description(f"10 km inside Mali from {name}")
        assert isinstance(inland, Inland)
        assert inland.neighbour == name
        part = parse_description(f"northern {name}")
        if f"northern {name}" not in _OTHERS:
            assert isinstance(part, Part)
            assert part.place == said


def test_countries_with_long_names_are_found_in_every_form() -> None:
    countries = geo.countries()
    names = dict(zip(countries["country_a3"], countries["country"], strict=True))
    expected: dict[str, set[str]] = {}
    for code, name in names.items():
        if code in _NAMESAKES or " " not in name:
            continue
        if f"northern {name}" not in _OTHERS:
            expected[f"northern {name}"] = {code}
        others = [other for other in neighbours(code) if other not in _NAMESAKES]
        for other in others[:1]:
            expected[f"in {name} near the border with {names[other]}"] = {code}
            expected[f"in the {name} near the border with the {names[other]}"] = {code}
            expected[f"the {name}-{names[other]} border"] = {code, other}
            if code not in _SMALL:
                expected[f"10 km inside {name} from {names[other]}"] = {code}

    rows = located(*expected)

    wrong = [
        (text, code, why)
        for text, code, why, status, point in zip(
            expected,
            rows["country_a3"],
            rows["reason"],
            rows["status"],
            rows.geometry,
            strict=True,
        )
        if status != "located"
        or country_at(point.x, point.y) not in expected[text] | {None}
        or not (pd.isna(code) or code in expected[text])
    ]
    assert wrong == []


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        (
            "in Mexico near the border with the United States",
            BorderZone(("United States",), Named(("Mexico",))),
        ),
        (
            "Angola-Democratic Republic of the Congo border",
            BorderZone(("Angola", "Democratic Republic of the Congo")),
        ),
        (
            "between Bosnia and Herzegovina and Croatia",
            Between(Named(("Bosnia and Herzegovina",)), Named(("Croatia",))),
        ),
        ("off the coast of Ivory Coast", Near(Named(("Ivory Coast",)), "off")),
        ("near Trinidad and Tobago", Near(Named(("Trinidad and Tobago",)), "near")),
        ("the sea off North Korea", Near(Named(("North Korea",)), "off")),
        ("the Guinea-Bissau-Senegal border", BorderZone(("Guinea-Bissau", "Senegal"))),
    ],
)
def test_names_stay_whole(text: str, tree: object) -> None:
    assert parse_description(text) == tree


def test_binding_is_undone() -> None:
    text = "from Bosnia-Herzegovina to the central african republic"

    assert bound(text) != text
    assert unbound(bound(text)) == text


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Cameroon's Far North", "Far North"),
        ("in Cameroon's Far North near the Nigerian border", "Far North"),
        ("western Area", "Western Area"),
        ("northern ireland", "Northern Ireland"),
        ("western sahara", "Western Sahara"),
    ],
)
def test_the_name_of_a_province_counts_before_a_part(text: str, place: str) -> None:
    row = located(text).iloc[0]

    assert row["status"] == "located"
    assert row["place"] == place


def test_western_sahara_is_no_part_of_the_desert() -> None:
    row = located("in Western Sahara near the border with Mauritania").iloc[0]

    assert country_at(row.geometry.x, row.geometry.y) == "ESH"


def test_a_part_of_a_country_counts_before_a_second_name() -> None:
    rows = located("northern Solomon Islands", "northern Mali")

    assert rows["country_a3"].tolist() == ["SLB", "MLI"]
    assert rows["place"].tolist() == ["Solomon Islands", "Mali"]
