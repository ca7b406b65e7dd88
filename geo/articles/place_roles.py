"""What a place that a text names is to its incident: where it happened, or something else."""

import re

from geo.grammar.sentences import Span

__all__ = ["ROLES", "place_role"]

#: `event`: where it happened. `speaker`: where those are who speak of it. `elsewhere`: where
#: somebody was, went or came from. `felt`: how far it was noticed.
ROLES = ("event", "speaker", "elsewhere", "felt")
_IN = r"\s+(?:in|at|from|of)\s+(?:the\s+)?(?:[\w'’-]+\s+)?(?:(?:capital|city|town)\s+(?:of\s+)?)?$"
_SPEAKER = re.compile(
    r"\b(?:ministers?|spokes\w+|officials|analysts?|experts?|diplomats?|forecasters?"
    r"|scientists?|authorities|monitors?"
    r"|correspondents?|seismologists?|meteorologists?|geologists?|researchers?|president|based"
    r"|lawyers?|governments?)"
    r"(?:\s+(?:here|there|said))?" + _IN
)
# Houses, where something may happen too: they speak where somebody says so.
_HOUSE = re.compile(
    r"\b(?:ministry|ministries|courts?|parliament|congress|embassy|consulate|agency"
    r"|headquarters|bureau|institute"
    r"|university|mayors?|governors?|office|charity|organi[sz]ation|staff|observatory|cent(?:re|er))(?:\s+(?:here|there))?"
    + _IN
)
_MOVE = (
    r"(?:visit(?:ing|ed|s)?|trips?|tour(?:ing)?|travel(?:led|ing|s)?|fl(?:ew|ying|own)|flight"
    r"|arriv(?:ed|ing)"
    r"|return(?:ed|ing)?|met|meeting|meet|summit|talks|negotiations|conference|festival|agreed"
    r"|signed|brokered|arrested"
    r"|detained|captured|caught|fled|bound|headed|heading|exile|born|raised|educated|trained"
    r"|headquartered|way|sent"
    r"|refuge|testified|speaking|filmed|interview|lives?|living|stationed|attend(?:ed|ing)?"
    r"|crossed|evacuated"
    r"|moved|extradited|deported|tried|jailed|imprisoned|buried|funeral|spread"
    r"|(?:went|way|drove|return|back) home)"
)
_ELSEWHERE = re.compile(
    rf"\b{_MOVE}\b(?:\s+[\w-]+){{0,3}}?\s+(?:in|at|to|from|for|near|towards?|via|into|outside"
    rf"|on)\s+(?:the\s+)?(?:[a-z]+\s+)?$"
    r"|\b(?:treated|taken|flown|brought|rushed|died)\b[^.;]{0,40}\bhospitals?\s+(?:in"
    r"|at)\s+(?:the\s+)?$"
    r"|\b(?:who|which)\s+(?:was|is|were|has been|had been)\s+(?:\w+\s+){0,2}(?:in|at"
    r"|from)\s+(?:the\s+)?$"
    r"|[^\W\d_a-z]\w+,?\s+(?:was|is)\s+(?:\w+\s+)?in\s+(?:the\s+)?$"
    r"|\bborder\s+from\s+$"
)
# Who has a name of several words and speaks: "the World Health Organization in Geneva said".
_SAID_IN = re.compile(r"\b(?:said|announced|told\s+\w+)\s+(?:in|at)\s+(?:the\s+)?$")
_NAMED_SPEAKER = re.compile(r"(?:[^\W\d_a-z][\w.'’-]+\s+){2,}(?:in|at)\s+(?:the\s+)?$")
_SAYS_AT_ONCE = re.compile(r"\s+(?:said|says|told|warned|called|condemned|added)\b")
_FELT = re.compile(r"\bfelt\b[^.;]{0,40}$")
_FELT_THERE = re.compile(r"\s+(?:(?:have|has|had|also|who)\s+){0,2}felt\b")
_SAYS = (
    r"(?:said|says|told|vowed|promised|called|condemned|warned|ordered|announced|denied|voted"
    r"|urged|declared|accused"
    r"|pledged|wrote|spoke|heard|insisted|criticised|criticized|praised|offered|agreed"
    r"|resigned|welcomed|blamed)\b"
)
_SENTENCE_IN = re.compile(r"\W*(?:In|At|From)\s+(?:the\s+)?(?:[a-z]+\s+)?$")
_THEN_SAYS = re.compile(rf"[^.;]{{0,140}}?\b{_SAYS}")
_NOW_SAYS = re.compile(rf"[^.;]{{0,30}}?\b{_SAYS}")
_REACH = 90


def place_role(text: str, sentence: Span, place: Span, *, trigger: int | None = None) -> str:
    """What a place is to the incident that its sentence speaks of, one of `ROLES`.

    Parameters
    ----------
    text
        The whole text.
    sentence
        Sentence in which the place stands.
    place
        Where it stands, without the word that leads up to it.
    trigger
        Where the first word stands that speaks of an incident; None where there is none.

    Examples
    --------
    >>> text = "In Geneva, officials said that it happened."
    >>> place_role(text, Span(0, len(text)), Span(3, 9))
    'speaker'
    """
    before = text[max(sentence.start, place.start - _REACH) : place.start]
    if _FELT.search(before) or _FELT_THERE.match(text, place.end, sentence.end):
        return "felt"
    if _ELSEWHERE.search(before):
        return "elsewhere"
    if (
        _SPEAKER.search(before)
        or _SAID_IN.search(before)
        or (_NAMED_SPEAKER.search(before) and _SAYS_AT_ONCE.match(text, place.end, sentence.end))
    ):
        return "speaker"
    if _HOUSE.search(before) and _NOW_SAYS.match(text, place.end, sentence.end):
        return "speaker"
    if _SENTENCE_IN.fullmatch(text, sentence.start, place.start):
        end = sentence.end if trigger is None or trigger < place.end else trigger
        if _THEN_SAYS.match(text, place.end, end):
            return "speaker"
    return "event"
