"""How one place text is answered, step by step, for people to read."""

import json
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import Any

from geo.gazetteer.user_places import all_places
from geo.geocoding.answering import Relative, answer_query
from geo.geocoding.coordinates.cells import parse_coordinates
from geo.geocoding.names.context import PlaceQuery, context_of, name_parts
from geo.geocoding.names.matches import find_exact, find_near
from geo.geocoding.names.near_name import letters_apart
from geo.geocoding.wording import LONGEST_TEXT, quoted
from geo.grammar.descriptions import parse_description
from geo.grammar.location_tree import Named
from geo.grammar.name_sounds import skeleton, sounding
from geo.grammar.names import normalise_name
from geo.grammar.place_forms import name_forms

__all__ = ["answer_lines", "explain_place"]

_WIDTH = 12
_KEPT_CANDIDATES = 5


def explain_place(text: str, *, country: str = "", relative: Relative = "place") -> str:
    """What a text is read as, which places were weighed, and what was answered.

    Parameters
    ----------
    text
        A place as somebody wrote it.
    country
        Name or ISO 3166-1 alpha-3 code of the country that is stated beside it.
    relative
        Where the point of a description goes.

    Examples
    --------
    >>> print(explain_place("Bachmut, Ukraine").splitlines()[1])
    read as     a name: “Bachmut”, in “Ukraine”
    """
    query = PlaceQuery(text.strip(), country.strip())
    answer = answer_query(query, all_places(), relative=relative)
    lines = [quoted(text), *_reading(query), *answer_lines(answer, candidates=_KEPT_CANDIDATES)]
    return "\n".join(lines)


def answer_lines(answer: dict[str, Any], *, candidates: int = 0) -> list[str]:
    """An answer, as `answer_query` gives it, in lines for people.

    Parameters
    ----------
    answer
        Columns of the answer with its geometry.
    candidates
        How many other places to list at most.
    """
    lines = [_line("status", f"{answer['status']} ({answer['method']})")]
    point = answer["geometry"]
    if answer["place"]:
        of = f" in {answer['country_a3']}" if answer["country_a3"] else ""
        lines.append(_line("place", f"{answer['place']}{of}, {answer['place_id'] or 'no id'}"))
    if point is not None:
        within = f"within {answer['uncertainty_m']:,.0f} m, {answer['precision']}"
        lines.append(_line("lat, lon", f"{point.y:.5f}, {point.x:.5f}; {within}"))
    if answer["score"] is not None:
        lines.append(_line("score", f"{answer['score']:.2f}"))
    lines.append(_line("because", answer["reason"]))
    listed = json.loads(answer["candidates"] or "[]")[:candidates]
    return lines + [_line("candidate", _candidate(one)) for one in listed]


def _line(label: str, words: str) -> str:
    return f"{label:<{_WIDTH}}{words}"


def _candidate(one: dict[str, Any]) -> str:
    at = f"{one['lat']:.5f}, {one['lon']:.5f}"
    of = f" in {one['country_a3']}" if one["country_a3"] else ""
    if "name" not in one:
        return f"{at}{of}"
    return f"{one['name']}{of}, {one['place_id']}, {at}, weight {one['weight']:.2f}"


def _reading(query: PlaceQuery) -> Iterator[str]:
    if len(query.text) > LONGEST_TEXT or not query.text:
        return
    found = parse_coordinates(query.text)
    if found is not None:
        yield _line("read as", f"coordinates in the notation {found.notation}")
        return
    description = parse_description(query.text)
    if description is not None and not isinstance(description, Named):
        yield _line("read as", _told(description))
        return
    yield from _name_reading(query)


def _name_reading(query: PlaceQuery) -> Iterator[str]:
    parts = name_parts(query.text)
    if not parts:
        return
    name, *rest = parts
    around = "".join(f", in {quoted(part)}" for part in (*rest, query.country) if part)
    yield _line("read as", f"a name: {quoted(name)}{around}")
    gazetteer = all_places()
    context = context_of(query, rest, gazetteer)
    yield _line("looked for", ", ".join(quoted(form) for form in name_forms(name)))
    if find_exact(name, gazetteer, context.allows):
        return
    key = normalise_name(name)
    sounds = f"sounds like {sounding(key)}, {len(skeleton(key))} consonants"
    yield _line("not found", f"then for names near it: {sounds}")
    near = find_near(name, gazetteer, context.allows)[:_KEPT_CANDIDATES]
    for one in near:
        apart = f"{letters_apart(one)}, {one.share:.0%} of what is tolerated"
        yield _line("near", f"{one.place.name} in {one.place.country_a3} as {one.name}: {apart}")


def _told(part: object) -> str:
    """A part of a description with its parts: Near(place: Rukban, relation: near)."""
    if isinstance(part, Named):
        return ", ".join(part.names)
    if is_dataclass(part):
        said = ((one.name, getattr(part, one.name)) for one in fields(part))
        inside = ", ".join(f"{name}: {_told(value)}" for name, value in said if value is not None)
        return f"{type(part).__name__}({inside})"
    if isinstance(part, tuple):
        return " and ".join(map(_told, part))
    return f"{part:g}" if isinstance(part, float) else str(part)
