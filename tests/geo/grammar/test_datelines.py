"""The place where a report was written, before its first sentence."""

import pytest
from hypothesis import given, strategies as st

import geo
from geo.gazetteer.places import shipped_gazetteer
from geo.geocoding.mentions.documents import Told
from geo.geocoding.mentions.mentions_in_text import dateline_of, names_of_text
from geo.grammar.datelines import find_dateline


@pytest.mark.parametrize(
    ("text", "place", "around"),
    [
        ("BAGHDAD, Jan. 28 (Agency) — A bomb went off.", "BAGHDAD", ""),
        ("LONDON (AP): A man was found.", "LONDON", ""),
        ("ATLANTA (AP) An aide was indicted.", "ATLANTA", ""),
        ("KYIV, Ukraine — Drones came at night.", "KYIV", "Ukraine"),
        ("ST. LOUIS – Police named two men.", "ST. LOUIS", ""),
        ("CHARLESTON, W.Va. (AP) -- Volunteers came.", "CHARLESTON", "W.Va."),
        ("FALLS VILLAGE—The board met.", "FALLS VILLAGE", ""),
        ("Hanoi (VNA) – Talks went on.", "Hanoi", ""),
        ("Goma, 3 May 2024 – Shells fell.", "Goma", ""),
        ("Ferry sinks. TRIPOLI, Lebanon (AFP) - Ten are missing.", "TRIPOLI", "Lebanon"),
        ("Town mourns\nHUDSON -- Officials said so.", "HUDSON", ""),
        ("By NAIROBI, Kenya, Apr 5 – Judges met.", "NAIROBI", "Kenya"),
        ("By Ann Ray. BOSTON (Agency) - The owner was held.", "BOSTON", ""),
    ],
)
def test_a_dateline_is_read(text: str, place: str, around: str) -> None:
    found = find_dateline(text)

    assert found is not None
    assert (found.place.of(text), found.around) == (place, around)
    # The report begins with a capital, and with a word of its own.
    assert text[found.end :].lstrip()[0].isupper()
    assert found.end > found.place.end


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Fire in Accra - four dead.",
        "A bomb went off in Baghdad (Iraq) on Monday.",
        "NOTE: the figures are new.",
        "US - Iran talks went on.",
        "Officials said so - twice.",
        f"{'Nothing was told. ' * 30}BAGHDAD (Agency) — A bomb went off.",
    ],
)
def test_what_is_no_dateline_is_not_read(text: str) -> None:
    assert find_dateline(text) is None


@given(st.text(max_size=80), st.sampled_from(["", "OSLO (Agency) — ", "\n", "BERN, May 3 - "]))
def test_any_text_is_searched(text: str, lead: str) -> None:
    found = find_dateline(lead + text)

    if found is not None:
        assert 0 <= found.place.start < found.place.end <= found.end <= len(lead + text)


def resolved(text: str, name: str) -> str:
    """Identifier of the last mention of a name."""
    start = text.rindex(name)
    return str(geo.resolve_mentions(text, [(start, start + len(name))]).loc[0, "place_id"])


def test_a_dateline_tells_where_other_names_lie() -> None:
    said = "A fire in Burlington was out."

    assert resolved(f"DES MOINES (Agency) — {said}", "Burlington") == "geonames:4849826"
    assert resolved(f"MONTPELIER, Vt. — {said}", "Burlington") == "geonames:5234372"
    assert resolved(said, "Burlington") not in {"geonames:4849826", "geonames:5234372"}


def test_a_report_is_written_in_a_town() -> None:
    assert resolved("WASHINGTON (Agency) — Talks went on.", "WASHINGTON") == "geonames:4140963"
    written = resolved("NEW YORK (Agency) — Talks went on.", "NEW YORK")
    assert written == "geonames:5128581"


def test_a_dateline_that_nobody_asked_for_is_not_answered_but_counts_whole() -> None:
    text = "DES MOINES (Agency) — A fire in Burlington was out."
    dateline = Told("DES MOINES")

    names, others = names_of_text(text, [Told("Burlington")], shipped_gazetteer())

    assert dateline_of(text) == dateline
    assert set(names) == {Told("Burlington")}
    (written,) = [name for name in others if name.told == dateline]
    assert written.witness().weight == 1.0
