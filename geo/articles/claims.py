"""Who says what of an incident: stated, claimed, accused, denied."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from geo.articles.locations import Location, Locator
from geo.articles.triggers import Trigger, find_triggers
from geo.grammar.proper_names import name_at, name_before
from geo.grammar.sentences import Span, split_sentences

__all__ = ["Claim", "find_claims", "scoped_to"]

_NAME_NEXT = r"(?:the\s+|a\s+)?(?=[^\W\d_a-z])"
_PATTERNS = {
    "accused": (
        rf"\b(?:accus(?:ed|es|ing)|blam(?:ed|es|ing))\s+{_NAME_NEXT}",
        rf"\b(?:traces|hallmarks|signature|fingerprints)\s+of\s+{_NAME_NEXT}",
        rf"\bheld\s+{_NAME_NEXT}",
        rf"\b(?:carried out|launched|staged)\s+by\s+{_NAME_NEXT}",
    ),
    "claimed": (
        r"\bclaim(?:ed|s|ing)\s+(?:responsibility|credit)\b",
        r"\bclaim(?:ed|s|ing)\s+(?:the|this|it|to have)\b",
    ),
    "denied": (
        r"\bden(?:ied|ies|ying)\s+(?:it|any|all|the|having|that|responsibility|involvement)\b",
        r"\breject(?:ed|s)\s+the\s+(?:accusations?|charges?|claims?|allegations?)\b",
    ),
    "stated": (r"\bannounc(?:ed|es|ing)\b",),
}
_CUES = {attribution: re.compile("|".join(patterns)) for attribution, patterns in _PATTERNS.items()}
# Where the subject of a verb begins: the sentence, a clause, or a quote before it.
_CLAUSE = re.compile(r"[,;:]\s+(?:and\s+|but\s+)?|[”\"]\s*|\b(?:and|but|while|who|that)\s+")
_SPEECH = re.compile(r"\s+(?:said|says|commented|stated|told|added|declared|wrote|insisted)\b")
_ARTICLE = re.compile(r"(?:The|A|An|the|a|an)\s+")
_GROUP = re.compile(r"\s+(?:group|movement|militia|gang|network|organi[sz]ation|party)$")
_AUXILIARY = re.compile(r"\s+(?:have|has|had|also|later|again|immediately|quickly|repeatedly)$")
# "No group has claimed it" claims nothing.
_NOBODY = re.compile(r"(?:no|none|nobody|neither)\b", re.IGNORECASE)
_NOT_SAID = re.compile(r"(?:\bnot|\bnever|n['’]t|\byet\s+to)\s+(?:\w+\s+)?$")
# Where somebody speaks is not who speaks.
_SPEAKS_IN = re.compile(r"\s+(?:in|at|from|near|outside)\s+(?=[^\W\d_a-z])")
_LONGEST_SUBJECT_WORDS = 6


@dataclass(frozen=True)
class Claim:
    """What somebody says of somebody: `by` says that `name` did it, or did not.

    `trigger` is the incident that the sentence speaks of; with a count it is a sum of incidents.
    """

    span: Span
    sentence: int
    name: str
    attribution: str
    by: str
    trigger: Trigger | None
    places: tuple[Location, ...]

    @property
    def is_aggregate(self) -> bool:
        """Whether it speaks of many incidents at once, such as "more than 150 attacks"."""
        trigger = self.trigger
        return trigger is not None and (bool(trigger.count) or trigger.is_plural)


def find_claims(text: str, locator: Locator) -> list[Claim]:
    """Claims of an article, in its order."""
    claims: list[Claim] = []
    for number, sentence in enumerate(split_sentences(text)):
        for name, attribution, by in _said(text, sentence, claims):
            triggers = find_triggers(text, within=sentence)
            located = locator.locate(sentence)
            places = tuple(place for place in located if place.role == "event")
            trigger = triggers[0] if triggers else None
            claims.append(Claim(sentence, number, name, attribution, by, trigger, places))
    return claims


def _said(text: str, sentence: Span, before: list[Claim]) -> Iterator[tuple[str, str, str]]:
    """Who did it, in which way it is said, and who says so."""
    for attribution, cue in _CUES.items():
        for match in cue.finditer(text, sentence.start, sentence.end):
            before_cue = Span(sentence.start, match.start())
            if _NOT_SAID.search(before_cue.of(text)):
                continue
            if attribution == "accused" and (speech := _last_speech(text, before_cue)):
                before_cue = Span(sentence.start, speech.start())
            subject = _subject(text, before_cue)
            name = subject
            if attribution == "accused":
                named = name_at(text, match.end(), sentence.end)
                name, subject = named.of(text) if named else "", subject or "the article"
            elif attribution == "denied" and match[0].endswith((" it", " the", " that")):
                name = _last_accused(before)
            elif attribution == "stated":
                name = _first_name(text, sentence) or subject
            if name and subject and not _NOBODY.match(subject):
                yield _GROUP.sub("", name), attribution, subject


def _first_name(text: str, sentence: Span) -> str:
    """Name with which a sentence begins: who does what the sentence states."""
    article = _ARTICLE.match(text, sentence.start, sentence.end)
    name = name_at(text, article.end() if article else sentence.start, sentence.end)
    return name.of(text) if name and len(name.of(text).split()) > 1 else ""


def _last_accused(claims: list[Claim]) -> str:
    accused = (claim.name for claim in reversed(claims) if claim.attribution == "accused")
    return next(accused, "")


def _last_speech(text: str, before: Span) -> re.Match[str] | None:
    """Last verb of speech: who "commented that the raid had traces of X" accuses X."""
    return max(
        _SPEECH.finditer(text, before.start, before.end),
        key=lambda match: match.start(),
        default=None,
    )


def _subject(text: str, before: Span) -> str:
    """Subject of the verb that follows a stretch."""
    starts = [match.end() for match in _CLAUSE.finditer(text, before.start, before.end)]
    start = max([before.start, *(one for one in starts if text[one : before.end].strip())])
    clause = _AUXILIARY.sub("", text[start : before.end].strip())
    article = _ARTICLE.match(clause)
    words = clause[article.end() :] if article else clause
    if words and len(words.split()) <= _LONGEST_SUBJECT_WORDS and words[0].isupper():
        return _GROUP.sub("", words)
    if len(words.split()) <= _LONGEST_SUBJECT_WORDS and _SPEAKS_IN.search(words):
        return words
    name = name_before(text, start, before.end)
    return _GROUP.sub("", name.of(text)) if name else ""


def scoped_to(claims: list[Claim], sentences: set[int], place: Location | None) -> Iterator[Claim]:
    """Claims made where an incident is told, about no other place."""
    return (claim for claim in claims if claim.sentence in sentences and _same_place(claim, place))


def _same_place(claim: Claim, place: Location | None) -> bool:
    return place is None or not claim.places or any(map(place.agrees_with, claim.places))
