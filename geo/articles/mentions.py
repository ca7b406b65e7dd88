"""What each stretch of an article says of an incident: kind, date, place, toll."""

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from geo.articles.event_dates import comparison_start, event_date, link_shift, resolve_shift
from geo.articles.locations import Location, Locator
from geo.articles.sections import split_sections
from geo.articles.triggers import (
    Trigger,
    deadly_means,
    find_triggers,
    speaks_of_games,
    speaks_of_habit,
)
from geo.grammar.counts import NUMBER
from geo.grammar.datelines import find_dateline
from geo.grammar.dates import CivilDate
from geo.grammar.dates_in_text import DateMention, find_dates
from geo.grammar.sentences import Span, split_sentences
from geo.grammar.tolls import Toll, find_tolls

__all__ = ["Anchor", "Mention", "find_mentions"]

_COUNTED = rf"(?:{NUMBER}|several|some|a few)\s+(?:days?|weeks?|months?|years?|hours?)"
# Words that lead from one event to another one that explains it.
_LINK = re.compile(
    rf",?\s+(?:(?:only\s+|just\s+)?(?:{_COUNTED}|hours|minutes|days|weeks|shortly)\s+(?:after"
    rf"|before)|after|following"
    r"|because of|before|amid|in response to|in retaliation for|in the wake of"
    r"|since(?=\s+(?:the|an?|it|they|its)\s))\s+"
    r"(?!(?:the\s+)?(?:dawn|daybreak|sunrise|noon|midday|midnight|dusk|sunset|dark|nightfall"
    r"|being|\d))",
    re.IGNORECASE,
)
_JOINT = re.compile(r"(?:;|,?\s+(?:and|while|whereas|but))\s+")
# What came some days before is another incident, of which no day is told: "days after tremors".
_LONG_BEFORE = re.compile(r"(?<!\w )\b(?:days|weeks|months|years)\s+after\s+$", re.IGNORECASE)
_LEADING = re.compile(rf"(?:{_COUNTED}|hours|minutes|days|weeks|shortly|soon)", re.IGNORECASE)
# Place and date of the report, not of what it tells: "SANTIAGO, 19 July 2024 - ".
_DATELINE = re.compile(r"\s*[^\W\d_a-z]{2}[^\n]{0,60}?(?:\s+[-–—]|\s?[—:])\s+(?=\S)")
# Lines about the report itself.
_ABOUT_THE_REPORT = re.compile(
    r"(?:published|updated|posted|by|photo|image|source|reporting)\b[:\s]", re.IGNORECASE
)
# Sums over a time, not one incident.
_SUMMED = re.compile(
    r"\b(?:so far\s+)?this\s+(?:year|winter|summer|season|month)\b|\bin all of\b|\bto date\b"
    r"|\bin \d{4} alone\b",
    re.IGNORECASE,
)
_NTH = re.compile(
    r"\b(?:second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|latest|\d+(?:st|nd|rd|th))"
    r"\s+(?:[\w-]+\s+){0,5}$",
    re.IGNORECASE,
)
#: What lies further back than this is background, not news; a month without a day sooner.
_NEWS_DAYS, _NEWS_DAYS_OF_A_MONTH = 60, 31
# What has gone on for longer is a sum of incidents; an epidemic is not.
_LONGEST_DAYS = {"disease": 500}
_LONGEST_OTHER_DAYS = 14
_COUNTED_SINCE = re.compile(r"\s+(?:[\w-]+\s+){0,3}?since\b")
# The sentences of a lead.
_LEAD_SENTENCES = 2
# One who dies may have died in bed.
_SEVERAL = 2
_WIDE = frozenset({"country", "admin1"})
# What befalls or is done by a whole country.
_OF_COUNTRIES = frozenset(
    {"statement", "disease", "earthquake", "flood", "storm", "volcano", "landslide"}
)
# Words that begin the report of another incident.
_ANOTHER = re.compile(
    r"\W*(?:on the same|the same|elsewhere|in a separate|separately|meanwhile|in another"
    r"|another|a second|also on|hours"
    r"|(?:two|three|four|five|six|several|some)\s+(?:more|other|further)"
    r"|in (?:the )?(?:neighbou?ring|nearby)|half a world|across the (?:border|frontier|river)"
    r"|days?\s+later|a day later)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Anchor:
    """Day to which the dates of an article refer, and where it comes from."""

    day: dt.date | None
    basis: str
    is_publication: bool = True


@dataclass(frozen=True)
class Mention:
    """One stretch of an article that speaks of an incident.

    Without a trigger it only goes on about the incident before it. `elsewhere` are places that are
    not where it happened. `is_said` says that the date is only that of a statement, `is_sum` that
    the stretch counts many incidents, `is_another` that it begins to tell of one more, `is_game`
    that its paragraph reports a game. `section` and `sentence` are numbers, the latter within its
    section.
    """

    span: Span
    trigger: Trigger | None
    date: DateMention | None
    places: tuple[Location, ...]
    tolls: tuple[Toll, ...]
    is_background: bool
    elsewhere: tuple[Location, ...] = ()
    is_said: bool = False
    is_sum: bool = False
    is_another: bool = False
    is_game: bool = False
    section: int = 0
    sentence: int = 0
    label: Location | None = None

    @property
    def place(self) -> Location | None:
        """Sharpest place of the stretch."""
        return self.places[0] if self.places else None


def find_mentions(text: str, anchor: Anchor, locator: Locator) -> list[Mention]:
    """Mentions of incidents in an article, in its order.

    A sentence falls into stretches at words such as "after" that lead to another event. What a
    stretch does not say of its incident, the stretches before it without a trigger may say.
    """
    mentions: list[Mention] = []
    sentences = list(_told_sentences(text))
    for number, section in enumerate(split_sections(text, locator.is_place)):
        label = locator.label(section.label) if section.label else None
        inside = [
            one
            for one in sentences
            if one.start < section.span.end and section.span.start < one.end
        ]
        told: CivilDate | None = None
        before: Mention | None = None
        for order, sentence in enumerate(inside):
            start = max(sentence.start, section.span.start)
            within = Span(start, min(sentence.end, section.span.end))
            reader = _Reader(text, anchor, locator, within, label)
            for mention in reader.mentions(told):
                found = replace(mention, section=number, sentence=order, label=label)
                if before is not None:
                    found = _goes_on(found, before)
                mentions.append(found)
                told = _told(found, told)
            before = mentions[-1] if mentions else None
    return mentions


def _goes_on(mention: Mention, before: Mention) -> Mention:
    """Mention with the day, and the place, of a lead that tells it without a word for it.

    "Soldiers rammed the palace gates in La Paz on Monday. The president spoke of a coup."
    """
    trigger, day = mention.trigger, before.date
    is_next = before.sentence == mention.sentence - 1 and before.sentence < _LEAD_SENTENCES
    if trigger is None or not is_next or before.trigger is not None or before.is_background:
        return mention
    is_news = trigger.is_real and not (trigger.is_weak or trigger.is_definite or trigger.count)
    if is_news and mention.date is not None and not (mention.places or mention.is_background):
        # It has its own day, and happened where the lead was.
        return replace(mention, places=before.places)
    if day is None or day.date is None or day.date.precision != "day" or before.is_said:
        return mention
    if not is_news or mention.date is not None or mention.is_background:
        return mention
    note = "The text gives no day of its own; it is that of the sentence before"
    places = mention.places or before.places
    return replace(mention, date=replace(day, note=note), places=places)


def _told(mention: Mention, before: CivilDate | None) -> CivilDate | None:
    """Date from which "the same night" is told."""
    date = mention.date
    if date is None or date.date is None or not date.is_known or mention.is_background:
        return before
    return before if mention.is_said and before else date.date


class _Reader:
    """Reads the stretches of one sentence."""

    def __init__(
        self, text: str, anchor: Anchor, locator: Locator, sentence: Span, label: Location | None
    ) -> None:
        self._text, self._anchor, self._locator = text, anchor, locator
        self._sentence = sentence
        self._found: dict[Span, list[Trigger]] = {}
        # What a country's name heads lies in it.
        self._around = label.name if label and label.precision in _WIDE else ""

    def mentions(self, told: CivilDate | None) -> list[Mention]:
        """Mentions of the sentence; `told` is the date told before."""
        found: list[Mention] = []
        silent: list[Mention] = []
        last: Mention | None = None
        stretches = (
            (clause, link, [one for one in clauses if one != clause])
            for stretch, link in _stretches(self._text, self._sentence)
            for clauses in [list(self._clauses(stretch))]
            for clause in clauses
        )
        for stretch, link, beside in stretches:
            mention = self._mention(stretch, link, told, beside)
            if last is not None and last.is_background and mention.date is None:
                mention = replace(mention, is_background=True)
            last = mention
            told = _told(mention, told)
            if mention.trigger is None:
                silent.append(mention)
            else:
                found.append(_completed(mention, silent))
                silent = []
        return _dated_by_saying(found) + silent

    def _clauses(self, stretch: Span) -> Iterator[Span]:
        """Clauses that each tell an incident of their own: "… in Quetta and … near Peshawar"."""
        words = [one.span.start for one in self._triggers(stretch)]
        joints = [
            Span(*match.span())
            for match in _JOINT.finditer(self._text, *stretch)
            if words and words[0] < match.start() < words[-1]
        ]
        starts = [stretch.start, *(joint.end for joint in joints)]
        pieces = list(map(Span, starts, [*(joint.start for joint in joints), stretch.end]))
        told = [self._told(piece) for piece in pieces] if joints else []
        first = 0
        for number in range(1, len(pieces)):
            if _is_whole(told[number:]) and _is_whole(told[first:number]):
                yield Span(pieces[first].start, pieces[number - 1].end)
                first = number
        yield Span(pieces[first].start, stretch.end)

    def _told(self, piece: Span) -> tuple[bool, bool, bool]:
        """What a piece has of all that makes an incident: a word, a place, and a day or a toll."""
        triggers = self._triggers(piece)
        places = self._locator.locate(piece, self._sentence, None, self._around)
        return (
            any(one.is_real and not one.is_definite for one in triggers),
            any(one.role == "event" for one in places),
            bool(find_tolls(self._text, within=piece) or self._dates(piece)),
        )

    def _mention(
        self, stretch: Span, link: Span | None, told: CivilDate | None, beside: Sequence[Span]
    ) -> Mention:
        text = self._text
        dates = self._dates(stretch)
        if cut := comparison_start(text, stretch, dates):
            stretch = Span(stretch.start, cut)
            dates = [one for one in dates if one.span.end <= cut]
        triggers = self._triggers(stretch)
        trigger = _main_trigger(triggers)
        best = event_date(text, stretch, trigger, dates)
        date = self._linked(link, told) or self._shared(beside, told)
        if best is not None:
            date = resolve_shift(best.mention, told)
        first = min((one.span.start for one in triggers), default=None)
        places = self._locator.locate(stretch, self._sentence, first, self._around)
        here = [one for one in places if one.role == "event"]
        if not here and trigger is not None and trigger.is_real:
            is_wide = trigger.family in _OF_COUNTRIES
            here = self._locator.named(stretch, self._sentence, wide=is_wide)
        is_sum = self._is_sum(stretch, trigger, date)
        tolls = tuple(self._tolls(stretch, date))
        if not triggers and _tells_of_dead(date, here, tolls):
            trigger = deadly_means(text, stretch)
        return Mention(
            span=stretch,
            trigger=trigger,
            date=date,
            places=tuple(here),
            tolls=tolls,
            is_background=is_sum
            or (best is None and link is not None and bool(_LONG_BEFORE.search(link.of(text))))
            or (date is not None and _is_past(date, self._anchor.day)),
            elsewhere=tuple(one for one in places if one.role != "event"),
            is_said=best is not None and best.is_said,
            is_sum=is_sum,
            is_another=_begins_another(text, self._sentence, stretch, trigger, date),
            is_game=trigger is not None and speaks_of_games(text, _paragraph(text, stretch)),
        )

    def _triggers(self, stretch: Span) -> Sequence[Trigger]:
        if stretch not in self._found:
            self._found[stretch] = find_triggers(self._text, within=stretch)
        return self._found[stretch]

    def _dates(self, stretch: Span) -> list[DateMention]:
        return find_dates(
            self._text,
            published=self._anchor.day,
            basis=self._anchor.basis,
            may_follow=not self._anchor.is_publication,
            within=stretch,
        )

    def _tolls(self, stretch: Span, date: DateMention | None) -> Iterator[Toll]:
        """Tolls of a stretch, but for those of a longer time than its incident took."""
        for toll in find_tolls(self._text, within=stretch):
            is_summed = _COUNTED_SINCE.match(self._text, toll.span.end, stretch.end)
            if not is_summed or date is None or date.is_ongoing:
                yield toll

    def _linked(self, link: Span | None, told: CivilDate | None) -> DateMention | None:
        """Date that the words leading to a stretch tell: "a week after"."""
        if link is None or told is None:
            return None
        words = link.of(self._text)
        shift = link_shift(words, begins=link.start == self._sentence.start)
        note = f"The text says “{' '.join(words.split())}”"
        return resolve_shift(DateMention(link, None, note, shift), told) if shift else None

    def _shared(self, clauses: Sequence[Span], told: CivilDate | None) -> DateMention | None:
        """Date of the clauses beside one that has none: "… in Goma and … in Bukavu on Sunday"."""
        found = (event_date(self._text, one, None, self._dates(one)) for one in clauses)
        best = next((one for one in found if one and not one.is_said), None)
        return resolve_shift(best.mention, told) if best else None

    def _is_sum(self, stretch: Span, trigger: Trigger | None, date: DateMention | None) -> bool:
        """Whether a stretch speaks of many incidents over a time."""
        is_day = date is not None and date.date is not None and date.date.precision == "day"
        family = trigger.family if trigger else ""
        if not is_day and speaks_of_habit(self._text, stretch):
            return True
        if date is not None and date.is_ongoing and date.date is not None:
            days = (date.date.end - date.date.start).days
            return days > _LONGEST_DAYS.get(family, _LONGEST_OTHER_DAYS)
        if is_day or family in _LONGEST_DAYS:
            return False
        summed = _SUMMED.search(self._text, stretch.start, stretch.end)
        # "For the third time this month" tells of one, and how many came before it.
        return summed is not None and not _NTH.search(self._text, stretch.start, summed.start())


def _tells_of_dead(
    date: DateMention | None, places: Sequence[Location], tolls: Sequence[Toll]
) -> bool:
    """Whether a stretch tells of several dead on a day, in a place that it names."""
    is_day = date is not None and date.date is not None and date.date.precision == "day"
    is_placed = bool(places) and places[0].precision not in _WIDE
    dead = max((toll.best for toll in tolls if toll.harm == "killed"), default=0)
    return is_day and is_placed and dead >= _SEVERAL


def _is_whole(told: Sequence[tuple[bool, bool, bool]]) -> bool:
    """Whether pieces together have all that makes an incident."""
    return all(map(any, zip(*told, strict=True)))


def _begins_another(
    text: str, sentence: Span, stretch: Span, trigger: Trigger | None, date: DateMention | None
) -> bool:
    if trigger is None or trigger.is_definite:
        return False
    begins = stretch.start == sentence.start and _ANOTHER.match(text, stretch.start, stretch.end)
    return bool(begins) or (date is not None and date.shift == (0, "day"))


def _paragraph(text: str, stretch: Span) -> Span:
    start = text.rfind("\n\n", 0, stretch.start) + 1
    end = text.find("\n\n", stretch.end)
    return Span(start, len(text) if end < 0 else end)


def _told_sentences(text: str) -> Iterator[Span]:
    """Sentences that tell something, without datelines and lines about the report."""
    dateline_end = line.end if (line := find_dateline(text)) else 0
    for sentence in split_sentences(text):
        if _ABOUT_THE_REPORT.match(text, sentence.start, sentence.end):
            continue
        dateline = _DATELINE.match(text, sentence.start, sentence.end)
        start = dateline.end() if dateline and text[sentence.start :][:2].isupper() else None
        if start is None and sentence.start < dateline_end < sentence.end:
            start = dateline_end
        yield sentence if start is None else Span(start, sentence.end)


def _completed(mention: Mention, silent: Sequence[Mention]) -> Mention:
    """Mention with the date, places and tolls of silent stretches where it has none itself."""
    others = [other for other in silent if not other.is_background]
    dated = next((other for other in others if other.date), None)
    if mention.date is None and dated is not None:
        mention = replace(mention, date=dated.date, is_said=dated.is_said)
    return replace(
        mention,
        places=_places(mention, others),
        tolls=mention.tolls or tuple(toll for other in others for toll in other.tolls),
    )


def _dated_by_saying(found: list[Mention]) -> list[Mention]:
    """Mentions of a sentence, the first with the day on which it was said behind the others.

    "Rebels took the town after two days of clashes, residents said on Sunday."
    """
    said = next((one.date for one in found[1:] if one.is_said), None)
    if said is None or found[0].date is not None:
        return found
    return [replace(found[0], date=said, is_said=True), *found[1:]]


def _places(mention: Mention, others: Sequence[Mention]) -> tuple[Location, ...]:
    """Places of a mention; where it names none, or but an ocean, those of the others first."""
    if any(not place.is_ocean for place in mention.places):
        return mention.places
    return (*(place for other in others for place in other.places), *mention.places)


def _stretches(text: str, sentence: Span) -> Iterator[tuple[Span, Span | None]]:
    """Stretches of a sentence, each with the words that lead to it."""
    start: int = sentence.start
    link: Span | None = None
    for match in _LINK.finditer(text, sentence.start, sentence.end):
        if start == sentence.start and _LEADING.fullmatch(text, start, match.start()):
            # "Hours before it took effect, ..."
            start, link = match.end(), Span(start, match.end())
            continue
        yield Span(start, match.start()), link
        start, link = match.end(), Span(*match.span())
    yield Span(start, sentence.end), link


def _main_trigger(triggers: Sequence[Trigger]) -> Trigger | None:
    """Real before unreal, telling before weak, then the first."""
    return min(triggers, key=lambda one: (not one.is_real, one.is_weak, one.span), default=None)


def _is_past(date: DateMention, day: dt.date | None) -> bool:
    if date.date is None:
        return date.shift is not None and date.shift[0] < 0 and date.shift[1] != "day"
    if day is None:
        return date.date.precision == "year"
    days = (day - date.date.end).days
    is_vague = date.date.precision in ("month", "year")
    return days > (_NEWS_DAYS_OF_A_MONTH if is_vague else _NEWS_DAYS)
