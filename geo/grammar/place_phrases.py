"""Phrases of running text that say where something happened; no data needed."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from geo.grammar.dates import MONTHS
from geo.grammar.proper_names import name_at
from geo.grammar.sentences import Span

__all__ = ["BorderPhrase", "NamePhrase", "PlacePhrase", "find_place_phrases"]

_DIRECTION = (
    r"(?:north|south|east|west|north-?east|north-?west|south-?east|south-?west|central)(?:ern)?"
)
_KIND = (
    r"(?:capital|city|town|village|district|province|state|region|port|port city|island|suburb"
    r"|county|governorate|municipality|prefecture|neighbou?rhood|market|valley|peninsula"
    r"|cent(?:re|er)"
    r"|outskirts|heart|streets|quarters?|coast|camp|refugee camp|square|highlands|hills"
    r"|department|commune|borough|oblast"
    r"|area|suburbs?|hamlet|settlement|archipelago|territory|resort|enclave|stronghold|township"
    r"|canton|atoll)"
)
_PLACE_VERB = (
    r"(?:struck|hit|hits|strikes|shook|rocked|jolted|battered|swept|flooded|lashed|devastated"
    r"|rattled|raided|stormed"
    r"|shelled|bombed|bombarded|pounded|gripped|slammed|destroyed|razed|engulfed|ravaged"
    r"|inundated|besieged|approached"
    r"|reached|overran|convulsed|captured|recaptured|retook|seized|attacked|targeted|submerged"
    r"|blanketed|paraly[sz]ed|buffeted|hammered)"
)
_SHARE = r"(?:[Mm]ost|[Mm]uch|[Pp]arts|[Hh]alf|[Aa]reas|[Dd]istricts|[Ss]uburbs|[Oo]utskirts)"
_DEED = (
    r"(?:Control|control|[Cc]apture|[Ff]all|[Ss]iege|[Bb]ombing|[Ss]helling|[Bb]ombardment|[Ss]torming|[Mm]ayor"
    r"|[Gg]overnor)"
)
_CAPITAL_NEXT = r"(?=[^\W\d_a-z])"
_PREPOSITION = r"(?:near|close|outside|off|around|in|at|on|across|inside|into|between|from|to|and)"
# What leads up to a name; the name itself is read by its capitals.
_LEAD = re.compile(
    rf"\b(?:(?:{_PLACE_VERB}\s+)?(?P<relation>[Nn]ear|[Cc]lose to|[Oo]utside|[Oo]ff|[Aa]round"
    rf"|[Ii]n|[Aa]t|[Oo]n|[Aa]cross|inside|into|through|over)|{_PLACE_VERB}"
    rf"|(?:{_SHARE}|{_DEED})\s+of)\s+"
    rf"(?:the\s+|an?\s+)?"
    rf"(?:(?!(?:{_KIND}"
    rf"|{_PREPOSITION})\b)[a-z-]+\s+){{0,2}}?(?:(?P<adjective>[^\W\d_a-z]\w+)(?:['’]s\s+"
    rf"|\s+(?:[a-z-]+\s+)?(?=(?P<kind>{_KIND})\s+of\b)))?"
    rf"(?:(?!(?:{_KIND}"
    rf"|{_PREPOSITION})\b)[a-z-]+\s+){{0,3}}?(?:(?P<part>{_DIRECTION})\s+(?:of\s+)?)?"
    rf"(?:{_KIND}\s+(?:of\s+)?(?:the\s+)?)?{_CAPITAL_NEXT}"
)
_KIND_OF = re.compile(rf"\b{_KIND}s?\s+of\s+(?:the\s+)?{_CAPITAL_NEXT}")
_BETWEEN = re.compile(rf"\bbetween\s+(?:the\s+)?(?:{_KIND}s?\s+of\s+)?{_CAPITAL_NEXT}")
_AND = re.compile(rf"\s+and\s+(?:the\s+)?{_CAPITAL_NEXT}")
_OFFSET = re.compile(
    r"\b(?P<number>\d+(?:\.\d+)?)\s*(?P<unit>km|kilomet(?:er|re)s?|nautical\s+miles?|nm|miles?|mi)\s*(?:\([^)]*\)\s*)?"
    rf"(?:to\s+the\s+)?(?P<direction>{_DIRECTION})?\s*(?:of|from)\s+(?:the\s+)?"
    rf"(?:[^\W\d_a-z]\w+['’]s\s+(?:[a-z]+\s+)?(?={_KIND}\s+of\b))?(?:{_KIND}\s+of\s+)?"
    rf"{_CAPITAL_NEXT}"
)
_KIND_AFTER = re.compile(rf"\s+{_KIND}\b")
_NEXT = re.compile(
    rf"(?:,\s+(?:(?:(?:just|right)\s+)?(?:in|on|near|outside)\s+)?"
    rf"|\s+in\s+)(?:the\s+)?(?:(?:far\s+)?(?:{_DIRECTION})\s+(?:of\s+)?(?:the\s+)?"
    rf"|(?!(?:which|where|who|when|and|but"
    rf"|killing)\b)[a-z]+\s+)?(?:{_KIND}\s+of\s+)?{_CAPITAL_NEXT}"
)
# "The Haitian capital", "Peru's capital, Lima"; "Mali's capital city" too.
_CAPITAL_AFTER = re.compile(r"(?:['’]s)?\s+capital(?:\s+city)?\b(?!\s+of\b)")
_CAPITAL_NAMED = re.compile(rf",?\s+(?:of\s+)?{_CAPITAL_NEXT}")
# "The Arctic line" leads there, or not.
_OF_A_LINE = re.compile(r"\s+(?:line|route|express|flight|service)\b")
_CAPITAL_OF = re.compile(r"\bcapital(?:\s+city)?\s+of\s+(?:the\s+)?$")
# A hospital or an airport need not lie in the town of its name: "Pearson airport in Toronto".
_FACILITY_AFTER = re.compile(
    r"\s+(?:(?:international|general|central|military|nuclear)\s+)?(?:airport|airfield|air\s?base|hospital"
    r"|stadium|university|prison|power\s+(?:plant|station)|refinery|mosque|cathedral|church|temple"
    r"|monastery|shrine)\b"
)
_ALSO = re.compile(rf"(?:,|,?\s+(?P<last>and))\s+(?:the\s+)?(?:{_KIND}s?\s+of\s+)?{_CAPITAL_NEXT}")
_AROUND_ALL = re.compile(
    rf"(?:\s+[a-z]+)?(?:,\s+both)?\s+(?:in|of)\s+(?:the\s+)?(?:{_DIRECTION}\s+(?:of\s+)?)?"
    rf"(?:[^\W\d_a-z]\w+\s+)?(?:{_KIND}\s+of\s+)?{_CAPITAL_NEXT}"
)
_OF_NEXT = re.compile(rf"\s+of\s+(?:the\s+)?{_CAPITAL_NEXT}")
_WHOSE = re.compile(r"(?P<owner>.+?)['’]s\s+(?P<owned>[^\W\d_].*)", re.DOTALL)
_ONE_NAME = re.compile(
    r"(?:King|Queen|Bishop|Land|Lee|Devil|Hell|St\.? \w+|Saint \w+|Prince|Martha|Abbott?)['’]s\b"
)
# Two names that are one.
_PAIRED = re.compile(
    r"(?:Jammu\s+and\s+Kashmir|Bosnia\s+and\s+Herzegovina|Trinidad\s+and\s+Tobago"
    r"|Antigua\s+and\s+Barbuda"
    r"|Tyne\s+and\s+Wear|Newfoundland\s+and\s+Labrador|Saint\s+Kitts\s+and\s+Nevis"
    r"|Andaman\s+and\s+Nicobar"
    r"|Khyber\s+Pakhtunkhwa|Sao\s+Tome\s+and\s+Principe)(?:\s+Islands)?\b"
)
# A country's short name before a noun is an adjective: "the US embassy".
_AS_ADJECTIVE = re.compile(r"(?:US|U\.S\.?|UN|EU|UK|NATO)\b\s+[a-z]")
# What stands behind an outer name that is one; another noun makes it an adjective.
_GOES_ON = re.compile(
    r"\s*(?:$|[^\sa-z]|(?:on|in|at|near|after|late|early|before|during|as|when|where|which|and"
    r"|while|to|by|with|from"
    r"|killing|killed|injuring|wounding|is|was|has|said|says|since|over|that|who|yesterday"
    r"|today|last|this|overnight"
    r"|have|had|were|are|but|for|until|shortly|left|leaving|of|will|would|it|they|two|three"
    r"|between)\b"
    rf"|{_KIND}\b)"
)
_ROUTE = re.compile(
    rf"\b(?:road|motorway|highway|railway|line|track|route|bus|train|flight"
    rf"|expressway)\s+(?:leading\s+)?from\s+{_CAPITAL_NEXT}"
)
_ROUTE_TO = re.compile(rf"\s+to\s+(?:the\s+)?{_CAPITAL_NEXT}")
_CAPITAL = r"[^\W\d_a-z][\w’']*(?:\s+[^\W\d_a-z][\w’']*)?"
_BORDER = re.compile(
    rf"\b(?:near|along|on|at|by|close to|across)\s+(?:the\s+|its\s+)?"
    rf"(?:(?P<one>{_CAPITAL})\s*[-–]\s*(?P<other>{_CAPITAL})\s+(?:border|frontier)"
    rf"|(?:border|frontier)\s+(?:between|of)\s+(?P<first>{_CAPITAL})\s+and\s+(?P<second>{_CAPITAL})"
    rf"|(?:border|frontier)\s+with\s+(?P<with>{_CAPITAL})"
    rf"|(?P<adjective>{_CAPITAL})\s+(?:border|frontier))"
)
_NOT_PLACES = (
    frozenset(MONTHS)
    | frozenset("monday tuesday wednesday thursday friday saturday sunday".split())  # noqa: SIM905
    # What a school, a church or a cemetery may be.
    | frozenset({"christian", "catholic", "protestant", "orthodox", "baptist", "lutheran"})
    | frozenset(
        {"muslim", "islamic", "sunni", "shia", "shiite", "jewish", "hindu", "buddhist", "sikh"}
    )
    | frozenset({"i", "he", "she", "it", "we", "they", "the", "mr", "mrs", "ms", "dr"})
)
# What has members, and no place: "on joining the European Union".
_BODIES = frozenset(
    {
        "european union", "united nations", "african union", "arab league", "islamic state",
        "security council", "red cross", "red crescent", "world bank", "european commission",
    }
)  # fmt: skip
# All other words that lead up to a name put the incident near it.
_RELATIONS = dict.fromkeys(("in", "at", "across", "inside", "into", "through", "over"), "in") | {
    "on": "on"
}
_METRES = {"k": 1_000.0, "m": 1_609.344, "n": 1_852.0}


@dataclass(frozen=True)
class NamePhrase:
    """A named place: `names` from the inside out, as in "in Antakya, Hatay province".

    `relation` is `in`, `on`, `near`, `offset` with its distance in metres, or `between` two names;
    `part` is a direction word that narrows the name, and `adjective` a word of nationality before
    it, or a name: that of the owner, or with a `kind` perhaps that of a part, as in "the Poonch
    district of Kashmir". `listed` are names told together with it, `around` what all of them lie
    in: "in Jaipur and Karauli in Rajasthan".
    """

    span: Span
    names: tuple[str, ...]
    relation: str = "in"
    distance_m: float = 0.0
    part: str = ""
    adjective: str = ""
    kind: str = ""
    listed: tuple[str, ...] = ()
    around: tuple[str, ...] = ()


@dataclass(frozen=True)
class BorderPhrase:
    """A stretch near a border; the sides are names or adjectives of countries.

    One side only means the border of that country with the one that the context gives.
    """

    span: Span
    sides: tuple[str, ...]


PlacePhrase = NamePhrase | BorderPhrase


def find_place_phrases(text: str, *, within: Span | None = None) -> list[PlacePhrase]:
    """Phrases that say where, in their order.

    Examples
    --------
    >>> text = "the attack on Tower 22, a small US outpost in Jordan near the Syrian border"
    >>> for phrase in find_place_phrases(text):
    ...     print(phrase.span.of(text))
    Tower 22
    Jordan
    near the Syrian border
    """
    area = within or Span(0, len(text))
    phrases: list[PlacePhrase] = []
    # A border "between A and B" is more than a place between A and B, and that more than A.
    for find in (_borders, _offsets, _betweens, _names):
        taken = [phrase.span for phrase in phrases]
        phrases += [
            phrase for phrase in find(text, area) if not any(map(phrase.span.overlaps, taken))
        ]
    return sorted(phrases, key=lambda phrase: phrase.span)


def _borders(text: str, area: Span) -> Iterator[BorderPhrase]:
    for match in _BORDER.finditer(text, area.start, area.end):
        sides = tuple(side for side in match.groups() if side)
        yield BorderPhrase(Span(match.start(), match.end()), sides)


def _offsets(text: str, area: Span) -> Iterator[NamePhrase]:
    for match in _OFFSET.finditer(text, area.start, area.end):
        names, end = _chain(text, match.end(), area.end)
        if names:
            distance_m = float(match["number"]) * _METRES[match["unit"][0].casefold()]
            part = (match["direction"] or "").casefold()
            yield NamePhrase(Span(match.start(), end), names, "offset", distance_m, part)


def _betweens(text: str, area: Span) -> Iterator[NamePhrase]:
    for lead, joint in ((_BETWEEN, _AND), (_ROUTE, _ROUTE_TO)):
        for match in lead.finditer(text, area.start, area.end):
            one = name_at(text, match.end(), area.end)
            link = one and joint.match(text, one.end, area.end)
            other = link and name_at(text, link.end(), area.end)
            if one and other and not _is_no_place(one.of(text)):
                span = Span(match.start(), other.end)
                yield NamePhrase(span, (one.of(text), other.of(text)), "between")


def _names(text: str, area: Span) -> Iterator[NamePhrase]:
    position = area.start
    while match := _first_lead(text, position, area.end):
        names, end = _chain(text, match.end(), area.end)
        if names:
            if _CAPITAL_OF.search(match[0]):
                names = (f"{names[0]} capital", *names[1:])
            said = match.groupdict()
            relation = _RELATIONS.get((said.get("relation") or "in").casefold(), "near")
            part, adjective = said.get("part") or "", said.get("adjective") or ""
            span = Span(match.end(), end)
            kind = said.get("kind") or ""
            kind = "" if kind in _HELD_BY_NAME else kind
            if kind:
                span = Span(match.start("adjective"), end)
            listed, around = ((), ()) if len(names) > 1 else _listed(text, end, area.end)
            yield NamePhrase(
                span, names, relation, 0.0, part, adjective, kind, listed=listed, around=around
            )
        position = max(end, match.start() + 1)


def _listed(text: str, start: int, stop: int) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Names that are told together with one before them, and what all of them lie in."""
    names: list[str] = []
    while link := _ALSO.match(text, start, stop):
        name = name_at(text, link.end(), stop)
        if name is None or _is_no_place(name.of(text)):
            return (), ()
        names.append(name.of(text))
        start = name.end
        if link["last"]:
            around = _AROUND_ALL.match(text, start, stop)
            outer = _chain(text, around.end(), stop)[0] if around else ()
            return tuple(names), outer
    return (), ()


def _first_lead(text: str, start: int, end: int) -> re.Match[str] | None:
    found = (pattern.search(text, start, end) for pattern in (_LEAD, _KIND_OF))
    return min(filter(None, found), key=lambda match: match.start(), default=None)


def _chain(text: str, start: int, stop: int) -> tuple[tuple[str, ...], int]:
    """Names that follow one another: town, province, country; "Khilani square" of Baghdad."""
    names: list[str] = []
    end = start
    while found := _name(text, start, stop, is_first=not names):
        end = found.end
        if not names and (capital := _CAPITAL_AFTER.match(text, end, stop)):
            named = _CAPITAL_NAMED.match(text, capital.end(), stop)
            inner_name = named and _name(text, named.end(), stop, is_first=True)
            if named is None or inner_name is None:
                return (f"{found.of(text)} capital",), capital.end()
            start = named.end()
            continue
        if not names and (facility := _FACILITY_AFTER.match(text, end, stop)):
            end = facility.end()
            name = found.of(text)
            names.append(text[found.start : end])
            following = _NEXT.match(text, end, stop)
            if following is None or _name(text, following.end(), stop, is_first=False) is None:
                names.append(name)
                break
            start = following.end()
            continue
        kind = _KIND_AFTER.match(text, end, stop)
        inner = kind and _OF_NEXT.match(text, kind.end(), stop)
        if inner and not names and kind and kind[0].split()[-1] in _HELD_BY_NAME:
            # "The Black Sea port of Odesa" is Odesa.
            start = inner.end()
            continue
        end = kind.end() if kind else end
        names += _owned(text[found.start : end])
        following = inner or _NEXT.match(text, end, stop)
        if following is None:
            break
        start = following.end()
    return tuple(names), end


# Kinds of places that bear the name behind "of"; a district or a province lies in it.
_HELD_BY_NAME = frozenset(
    {"port", "city", "town", "village", "capital", "suburb", "island", "hamlet"}
)


def _name(text: str, start: int, stop: int, *, is_first: bool) -> Span | None:
    """Name at a position, if it can be that of a place; an outer one ends a phrase."""
    if paired := _PAIRED.match(text, start, stop):
        return Span(*paired.span())
    name = name_at(text, start, stop)
    if name is None or _is_no_place(name.of(text)) or _AS_ADJECTIVE.match(text, start, stop):
        return None
    if _OF_A_LINE.match(text, name.end, stop):
        return None
    return name if is_first or _GOES_ON.match(text, name.end, stop) else None


def _owned(name: str) -> list[str]:
    """A name, and the one that it belongs to: "Baghdad's Khilani square"."""
    match = None if _ONE_NAME.match(name) else _WHOSE.fullmatch(name)
    return [match["owned"], match["owner"]] if match else [name]


def _is_no_place(name: str) -> bool:
    if name.casefold() in _BODIES:
        return True
    return name.split(maxsplit=1)[0].casefold().rstrip(".") in _NOT_PLACES
