"""Mentions of the same incident, told again, become one."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from geo.articles.locations import Location, sharpest
from geo.articles.mentions import Mention
from geo.articles.triggers import Trigger
from geo.grammar.dates_in_text import DateMention
from geo.grammar.sentences import Span
from geo.grammar.tolls import Toll

__all__ = ["Story", "tell_stories"]

_ANY = "any"
# News comes first: what the opening sentences tell needs no date.
_OPENING_SENTENCES = 3


@dataclass
class Story:
    """Mentions that speak of one incident, in the order of the text.

    `trigger` is the most telling one, `date` the first that is known, `place` the sharpest.
    """

    trigger: Trigger
    date: DateMention | None = None
    place: Location | None = None
    mentions: list[Mention] = field(default_factory=list)

    def add(self, mention: Mention) -> None:
        """Take up one more mention."""
        self.mentions.append(mention)
        if mention.trigger is not None:
            self.trigger = min(self.trigger, mention.trigger, key=_telling)
        if self.date is None or (not self.date.is_known and mention.date and mention.date.is_known):
            self.date = mention.date
        self.place = sharpest(place for place in (self.place, *mention.places) if place)

    @property
    def tolls(self) -> list[Toll]:
        """All tolls, in the order of the text."""
        return [toll for mention in self.mentions for toll in mention.tolls]

    def fits(self, mention: Mention) -> bool:
        """Whether a mention can speak of this incident."""
        if mention.trigger is not None:
            families = {self.trigger.family, mention.trigger.family}
            if len(families - {_ANY}) > 1:
                return False
        return _dates_agree(self.date, mention.date) and self._places_agree(mention)

    def _places_agree(self, mention: Mention) -> bool:
        return self.place is None or mention.place is None or self.place.agrees_with(mention.place)


def _telling(trigger: Trigger) -> tuple[bool, bool, Span]:
    return trigger.is_weak, not trigger.is_real, trigger.span


def tell_stories(mentions: Sequence[Mention]) -> list[Story]:
    """Incidents that the mentions tell, in the order of the text.

    What is past, unreal, counted by the dozen, or tells neither when nor where is no incident.
    """
    stories: list[Story] = []
    told: Story | None = None
    for mention in mentions:
        if mention.trigger is None:
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
        elif mention.trigger.is_real:
            told = Story(mention.trigger)
            told.add(mention)
            stories.append(told)
    return [story for story in stories if _is_incident(story)]


def _go_on(told: Story | None, mention: Mention) -> Story | None:
    """Add what a sentence without a trigger goes on to say; None when the incident is over."""
    if told is None or mention.sentence - told.mentions[-1].sentence > 1:
        return None
    if mention.is_background:
        return None
    if not told.fits(mention):
        # It may speak of people hurt elsewhere; of another country or day it goes on no more.
        mention = replace(mention, places=())
    if not told.fits(mention):
        return None
    told.add(mention)
    return told


def _is_generic(mention: Mention, trigger: Trigger) -> bool:
    """Several incidents at once, without a day of their own."""
    dated = mention.date is not None and mention.date.is_known
    return bool(trigger.count) or (trigger.is_plural and trigger.is_weak and not dated)


def _closeness(story: Story, mention: Mention) -> tuple[int, int]:
    same_place = (
        story.place is not None
        and mention.place is not None
        and story.place.place_id == mention.place.place_id
    )
    return int(same_place), story.mentions[-1].sentence


def _dates_agree(one: DateMention | None, other: DateMention | None) -> bool:
    if one is None or other is None or one.date is None or other.date is None:
        return True
    return one.date.start <= other.date.end and other.date.start <= one.date.end


def _is_incident(story: Story) -> bool:
    date, place = story.date, story.place
    has_date = date is not None and (date.date is None or date.is_known)
    if story.trigger.family == _ANY:
        return False
    if has_date:
        return place is not None or bool(story.tolls)
    opens = story.mentions[0].sentence < _OPENING_SENTENCES
    return opens and place is not None and bool(story.tolls)
