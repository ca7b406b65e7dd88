"""Mentions of the same incident, told again, become one."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from geo.articles.locations import Location
from geo.articles.mentions import Mention
from geo.articles.triggers import Trigger
from geo.grammar.dates import CivilDate
from geo.grammar.dates_in_text import DateMention
from geo.grammar.sentences import Span
from geo.grammar.tolls import Toll

__all__ = ["Story", "tell_stories"]

_ANY = "any"
# News comes first: what the opening sentences tell needs no date.
_OPENING_SENTENCES = 3
# So far behind an incident another one may be told of the same day.
_SAME_DAY_SENTENCES = 2
_COARSE = frozenset({"country", "admin1"})
_CLEAR = frozenset({"site", "settlement", "vicinity", "admin2"})
_SOON_DAYS = 7
_DROWNS = frozenset({"flood", "storm"})
# What a storm or a quake sets off, and what rioters and attackers set alight, is told with it.
_SETS_OFF = {
    "landslide": frozenset({"flood", "storm", "earthquake"}),
    "volcano": frozenset({"earthquake"}),
    "fire": frozenset({"violence", "protest"}),
}
# What a report of a game may call its scenes.
_PLAYED = frozenset(
    {"battle", "explosion", "storm", "strategic", "accident", "crime", "fire", "other"}
)
# What an epidemic costs is told of a year.
_YEARLY = "disease"
# A truce may be told of without a place.
_STATEMENT = "statement"


@dataclass
class Story:
    """Mentions that speak of one incident, in the order of the text.

    `trigger` is the most telling one, `date` the first that is known, `place` the first that is
    told, or a sharper one inside it.
    """

    trigger: Trigger
    date: DateMention | None = None
    is_said: bool = False
    place: Location | None = None
    mentions: list[Mention] = field(default_factory=list)

    def add(self, mention: Mention) -> None:
        """Take up one more mention."""
        self.mentions.append(mention)
        if mention.trigger is not None:
            self.trigger = min(self.trigger, mention.trigger, key=_telling)
        if mention.date is not None and _is_better_date(self, mention):
            self.date, self.is_said = mention.date, mention.is_said
        for place in mention.places:
            if self.place is None or (_is_inside(place, self.place)):
                self.place = place

    @property
    def tolls(self) -> list[Toll]:
        """All tolls, in the order of the text."""
        return [toll for mention in self.mentions for toll in mention.tolls]

    @property
    def last_sentence(self) -> int:
        """Number of the sentence that told of it last."""
        return self.mentions[-1].sentence

    def fits(self, mention: Mention) -> bool:
        """Whether a mention can speak of this incident."""
        if mention.section != self.mentions[0].section and mention.label is not None:
            return False
        if mention.is_another and not self._is_same_place(mention):
            return False
        if mention.trigger is not None:
            families = {self.trigger.family, mention.trigger.family}
            if len(families - {_ANY}) > 1:
                return False
        one = None if self.is_said else self.date
        other = None if mention.is_said else mention.date
        return _dates_agree(one, other) and self._places_agree(mention)

    def _is_same_place(self, mention: Mention) -> bool:
        one, other = self.place, mention.place
        return one is None or other is None or one.place_id == other.place_id

    def _places_agree(self, mention: Mention) -> bool:
        return self.place is None or mention.place is None or self.place.agrees_with(mention.place)


def _telling(trigger: Trigger) -> tuple[bool, bool, Span]:
    return trigger.is_weak, not trigger.is_real, trigger.span


def _is_better_date(story: Story, mention: Mention) -> bool:
    """Whether a mention dates the incident better than what was told before."""
    if story.date is None or mention.date is None:
        return story.date is None
    if story.is_said and not mention.is_said:
        return mention.date.is_known
    return (not story.date.is_known and mention.date.is_known) or _is_day_of(
        mention.date.date, story.date.date
    )


def _is_day_of(day: CivilDate | None, month: CivilDate | None) -> bool:
    """Whether a day lies in the month that was told before: "this month", then "on Monday"."""
    if day is None or month is None or (day.precision, month.precision) != ("day", "month"):
        return False
    return month.start <= day.start <= month.end


def _is_inside(place: Location, other: Location) -> bool:
    """Whether a place says more exactly where a country or province is meant."""
    return (
        other.precision in _COARSE
        and place.precision != "water"
        and place.sharpness < other.sharpness
        and place.agrees_with(other)
    )


def tell_stories(mentions: Sequence[Mention]) -> list[Story]:
    """Incidents that the mentions tell, in the order of the text.

    What is past, unreal, counted by the dozen, or tells neither when nor where is no incident.
    """
    stories: list[Story] = []
    told: Story | None = None
    for mention in mentions:
        if (
            mention.trigger is None
            or _only_adds(told, mention, mention.trigger)
            or _is_set_off(told, mention, mention.trigger)
        ):
            told = _go_on(told, mention)
            continue
        told = None
        if mention.is_background or _is_generic(mention, mention.trigger):
            continue
        if not (mention.trigger.is_real or mention.trigger.is_definite):
            continue
        fitting = [story for story in stories if story.fits(mention)]
        if fitting:
            told = max(fitting, key=lambda story: _closeness(story, mention))
            told.add(mention)
        elif same := _meant_by(mention, mention.trigger, stories):
            # Where something else happened meanwhile is not its place.
            told = same
            told.add(replace(mention, places=()))
        elif mention.trigger.is_real:
            trigger = _settled(mention.trigger, mention, stories)
            told = Story(trigger)
            told.add(_dated_by_context(replace(mention, trigger=trigger), stories))
            stories.append(told)
    for story in stories:
        _place_by_label(story)
    return [story for story in stories if _is_incident(story)]


def _only_adds(told: Story | None, mention: Mention, trigger: Trigger) -> bool:
    """Whether a stretch with other words, but neither day nor place, goes on about an incident."""
    return (
        told is not None
        and trigger.is_real
        and trigger.family != told.trigger.family
        and mention.date is None
        and not mention.places
        and bool(mention.tolls)
        and not trigger.count
    )


def _is_set_off(told: Story | None, mention: Mention, trigger: Trigger) -> bool:
    """Whether a stretch without a day tells what the incident before it has set off."""
    return (
        told is not None
        and mention.date is None
        and told.trigger.family in _SETS_OFF.get(trigger.family, ())
        and (trigger.family != "fire" or trigger.is_weak)
    )


def _meant_by(mention: Mention, trigger: Trigger, stories: Sequence[Story]) -> Story | None:
    """Incident that "the attack" means where nothing new is told of it but a place."""
    if not trigger.is_definite or mention.date is not None or mention.tolls:
        return None
    same = (
        story
        for story in reversed(stories)
        if story.mentions[0].section == mention.section
        and mention.sentence - story.last_sentence <= _SAME_DAY_SENTENCES
        and story.trigger.family in {trigger.family, _ANY}
    )
    return next(same, None)


def _settled(trigger: Trigger, mention: Mention, stories: Sequence[Story]) -> Trigger:
    """Trigger of a new incident; who drowns, drowns in the flood told before, or in an accident."""
    if trigger.family != _ANY or trigger.kind == "other" or not mention.places:
        return trigger
    same = [one for one in stories if one.mentions[0].section == mention.section]
    if same and same[-1].trigger.family in _DROWNS:
        return replace(trigger, kind=same[-1].trigger.kind, family=same[-1].trigger.family)
    return replace(trigger, family=trigger.kind)


def _dated_by_context(mention: Mention, stories: Sequence[Story]) -> Mention:
    """Mention with the date of the incident told right before, where it has none of its own."""
    before = stories[-1] if stories else None
    if mention.date is not None or before is None or before.date is None or mention.trigger is None:
        return mention
    is_next = (
        before.mentions[0].section == mention.section
        and mention.sentence - before.last_sentence <= _SAME_DAY_SENTENCES
    )
    is_alike = before.trigger.family == mention.trigger.family
    is_placed = mention.place is not None and mention.place.precision in _CLEAR
    if not (is_next and is_alike and is_placed) or before.is_said or before.date.is_ongoing:
        return mention
    note = "The text gives no day of its own; it is that of the incident told before"
    return replace(mention, date=replace(before.date, note=note))


def _place_by_label(story: Story) -> None:
    """The label of a brief places it, where it says nothing sharper within."""
    label = story.mentions[0].label
    if label is not None and (story.place is None or _is_inside(label, story.place)):
        story.place = label


def _go_on(told: Story | None, mention: Mention) -> Story | None:
    """Add what a sentence without a trigger goes on to say; None when the incident is over."""
    if told is None or mention.section != told.mentions[-1].section:
        return None
    if mention.sentence - told.last_sentence > 1:
        return None
    is_beside = mention.sentence == told.last_sentence
    if mention.is_background:
        return told if is_beside else None
    mention = replace(mention, trigger=None)
    if not told.fits(mention):
        # It may speak of people hurt elsewhere; of another country or day it goes on no more.
        mention = replace(mention, places=())
    if not told.fits(mention) and _is_soon_after(told, mention):
        mention = replace(mention, date=None)
    if not told.fits(mention):
        return told if is_beside else None
    told.add(mention)
    return told


def _is_soon_after(told: Story, mention: Mention) -> bool:
    """Whether a stretch with a toll only tells how things stood some days later."""
    if told.date is None or told.date.date is None or mention.date is None or not mention.tolls:
        return False
    later = mention.date.date
    return later is not None and 0 <= (later.start - told.date.date.end).days <= _SOON_DAYS


def _is_generic(mention: Mention, trigger: Trigger) -> bool:
    """Several incidents at once, without a day of their own."""
    dated = mention.date is not None and mention.date.is_known
    if trigger.count.startswith("a ") and dated and mention.tolls:
        # "A wave of raids" that has a day and a toll is told as one.
        return False
    if trigger.count:
        return not (dated and trigger.count.isalpha() and trigger.count in _FEW)
    return trigger.is_plural and trigger.is_weak and not dated


_FEW = frozenset({"two", "three", "four"})


def _closeness(story: Story, mention: Mention) -> tuple[int, int]:
    same_place = (
        story.place is not None
        and mention.place is not None
        and story.place.place_id == mention.place.place_id
    )
    return int(same_place), story.last_sentence


def _dates_agree(one: DateMention | None, other: DateMention | None) -> bool:
    if one is None or other is None or one.date is None or other.date is None:
        return True
    return one.date.start <= other.date.end and other.date.start <= one.date.end


def _is_of_a_game(story: Story) -> bool:
    """Whether words of a fight only tell a game: "Arsenal's attack"."""
    is_figure = story.trigger.is_weak or story.trigger.kind in _PLAYED
    told = [mention for mention in story.mentions if mention.trigger]
    return is_figure and not story.tolls and all(mention.is_game for mention in told)


def _is_incident(story: Story) -> bool:
    date, place = story.date, story.place
    family = story.trigger.family
    # What is told from a day that nobody knows has none.
    is_dated = date is not None and (date.date is not None or date.shift is None)
    has_date = (
        is_dated and date is not None and (date.date is None or date.is_known or family == _YEARLY)
    )
    if family == _ANY or _is_of_a_game(story):
        return False
    if has_date:
        return (
            place is not None
            or bool(story.tolls)
            or (family == _STATEMENT and date is not None and date.date is not None)
        )
    opens = story.mentions[0].sentence < _OPENING_SENTENCES
    return opens and place is not None and bool(story.tolls)
