"""The forms in which a text states how many people were killed and injured."""

import re
import tomllib
from functools import cache
from pathlib import Path

from geo.grammar.any_case import any_case
from geo.grammar.counts import NUMBER
from geo.grammar.dates import MONTHS

__all__ = ["LOWER_BOUNDS", "UPPER_BOUNDS", "people_words", "telltales", "toll_patterns"]

_LOWER = "at least|more than|over|no fewer than|no less than|not fewer than|upwards of"
_UPPER = "up to|as many as|fewer than|less than"
#: Words before a figure that make it the lowest or the highest one.
LOWER_BOUNDS, UPPER_BOUNDS = tuple(_LOWER.split("|")), tuple(_UPPER.split("|"))
_ABOUT = "some|about|around|nearly|almost|roughly|approximately|a total of|all|another|a further"
_FIGURE = (
    rf"(?:(?P<bound>{_LOWER}|{_UPPER}|{_ABOUT})\s+)?"
    rf"(?:between\s+(?P<low>{NUMBER})\s+and\s+(?P<high>{NUMBER})"
    rf"|(?P<from>{NUMBER})(?:\s+to\s+|(?<=\d)\s*[-–]\s*(?=\d))(?P<to>{NUMBER})"
    rf"|(?P<number>{NUMBER}))(?!['’]s\b)(?!-)"
)
_LINKS = "and|but|were|was|that|which|who|in|since|as|when|after"
_GAP = rf"(?!(?:{_LINKS}|(?!an?\b){NUMBER})\b)"
_WORD = r"[\w'’-]+"
_ASIDE_WORDS = r"aged|including|among them|most of them|all of them|[\w-]+ of (?:them|whom)"
_IN_THEIR = r"(?:\s+in\s+their\s+(?:\w+\s+)?(?:\d0s|\w+ies|teens))?"
_ASIDE = rf"{_IN_THEIR}(?:,\s+(?:{_ASIDE_WORDS})\b[^,.]{{1,60}},)?"
# Where they were stands before what befell them: "ten residents of a home in Murcia, Spain, died".
_WHERE = (
    rf"(?:,?\s+(?:in|at|near|from|outside)(?:\s+{_GAP}{_WORD}){{1,6}}?"
    rf"(?:,\s+[^,.;]{{1,40}},)?)"
)
_NOT_PEOPLE = "km|per cent|percent|%|million|billion|jobs|seats|goals|years|days|months|hours|homes"
_STANDS = (
    "stood at|stands at|rose|risen|rises|climbed|passed|reached|exceeded|jumped|grown|increased"
    "|fell|is|was|of|to|at"
)
_BE = (
    r"(?:\s+(?:have|has|had)\s+(?:been\s+)?"
    r"|\s+(?:(?:have|has|had)\s+been|were|was|are|is|being|been|lay|lie)\s+|\s+)"
    r"(?:(?:also|reportedly|later|then|either|now|themselves|since|all|both|\w+ly|known to have"
    r"|believed to have|said to have|confirmed to have)\s+){0,2}"
)
_WAS = r"\s+(?:was|were|has been|have been|had been|is|are)\s+(?:(?:\w+ly|found)\s+)?"
_OF_THEMSELVES = (
    r"(?:died|drowned|perished|suffocated|lost\s+(?:his|her)\s+life"
    r"|(?:fell|plunged|plummeted|jumped)\s+to\s+(?:his|her)\s+death)"
)
# Who died in hospital is no patient.
_NOT_THERE = r"(?<!\sin\shospital)"
# "A woman in her 30s was shot dead", "a teenager who died".
_AGED = r"(?:\s+in\s+(?:his|her)\s+(?:\w+\s+)?(?:\d0s|\w+ies))?"
_MONTH = rf"(?:{'|'.join(MONTHS)})\b"
_NAMES = {
    "killed": ("killed", "kill", "death_toll", "the_dead"),
    "injured": ("injured", "injure", "injury_toll", "the_injured"),
}


@cache
def telltales() -> dict[str, re.Pattern[str]]:
    """Whether a stretch says that anybody was killed, or injured; most say nothing of it.

    These and `toll_patterns` run over a text that is `lowered`.
    """
    words = _words()
    return {
        harm: any_case(rf"\b(?:{'|'.join(words[name] for name in names)})\b")
        for harm, names in _NAMES.items()
    }


@cache
def people_words() -> re.Pattern[str]:
    """Words for people; they run over a text in any case."""
    return re.compile(rf"\b{_words()['people']}\b", re.IGNORECASE)


@cache
def toll_patterns() -> dict[str, tuple[re.Pattern[str], ...]]:
    """Patterns by harm; those without the group `number` speak of one person."""
    found = {}
    for harm in _NAMES:
        rules = [*_counted(harm), *_single(harm)]
        if harm == "killed":
            rules += _deadly()
        found[harm] = tuple(any_case(rf"(?<![\w-]){rule}(?!\w)") for rule in rules)
    return found


def _counted(harm: str) -> list[str]:
    past, active, toll, called = (_words()[name] for name in _NAMES[harm])
    people = _words()["people"]
    some = rf"(?!\s+of\s+(?:the|them|those|these|its|their)\b)(?:\s+{_GAP}{_WORD}){{0,8}}?"
    of_all = rf"\s+of\s+(?:the|its|their)\s+{NUMBER}(?:\s+{_GAP}{_WORD}){{0,4}}?"
    # "49 of its soldiers", but not "two of the victims".
    of_own = rf"\s+of\s+(?:its|their)(?:\s+{_GAP}{_WORD}){{0,2}}?\s+{people}"
    of_whom = rf"(?:\s+of\s+(?:whom|them)|{of_all}|{of_own})"
    # "five soldiers and three civilians", but not "killed 13 and 40 injured".
    someone = rf"(?:\s+{_GAP}{_WORD}){{0,2}}?\s+{people}(?:\s+of(?:\s+{_GAP}{_WORD}){{1,4}}?)?"
    also = (
        rf"(?:(?:\s+{_GAP}{_WORD}){{0,3}}?\s+{people}\s+and\s+(?:(?:his|her|their)\s+)?(?P<more>{NUMBER})"
        rf"(?:\s+{_GAP}{_WORD}){{0,2}}?\s+{people})?"
    )
    not_hurt = r"(?!\s+(?:were|was|are|had|have|injured|wounded|hurt)\b)"
    until = r"(?:(?!(?:and|but|while)\b)[\w'’-]+,?\s+){0,12}?"
    victims = rf"(?:the\s+lives\s+of\s+)?{_FIGURE}(?!\s*(?:{_NOT_PEOPLE})){also}{not_hurt}"
    return [
        rf"{_FIGURE}(?:{some}{_ASIDE}{also}|{of_whom}|{someone}{_WHERE}){_BE}{past}",
        rf"{active}\s+{victims}",
        rf"{toll}\s+{until}(?:{_STANDS})\s+(?:to\s+|at\s+)?(?!an?\s){_FIGURE}(?!\s+{_MONTH})",
        rf"(?:left|leaving|leaves)\s+{_FIGURE}{some}\s+{past}",
        rf"{_FIGURE}(?:\s+(?:[\w-]+ed|more))?\s+{called}",
    ]


def _single(harm: str) -> list[str]:
    """One person, without a number."""
    past, people = _words()[harm], _words()["people"]
    # "An unknown number of residents" is no one person.
    word = rf"[“\"'‘]?{_WORD}[”\"'’]?"
    who = rf"(?!\s+(?:[\w-]+\s+)?(?:number|group|crowd)\s+of\b)(?:\s+{word}){{0,4}}?\s+{people}"
    there = rf"(?:\s+(?:at|in|from|of|near)(?:\s+{_GAP}{_WORD}){{1,4}}?)?"
    # "A convent burned down and a nun died" injures nobody.
    alone = (
        rf"(?:\s+(?:has|had))?\s+(?:(?:later|since)\s+)?{_OF_THEMSELVES}"
        if harm == "killed"
        else r"(?!)"
    )
    until = r"[^.;]{1,60}?\s+and\s+"
    aged = rf"{_AGED}(?:,?\s+who)?" if harm == "killed" else _AGED
    not_there = _NOT_THERE if harm == "killed" else ""
    # Who drives is one, and there is no other.
    driver = (
        rf"the\s+(?:{_GAP}{_WORD}\s+){{0,2}}?(?:driver|pilot|captain|motorcyclist|cyclist|rider)"
        rf"(?:{_WAS}{past}|{alone}){not_there}"
    )
    harmed = [
        rf"(?:injured|wounded|injuring|wounding)\s+an?\s+(?:{_GAP}{_WORD}\s+){{0,3}}?{people}",
        # "Thirteen with serious injuries".
        rf"{_FIGURE}(?:\s+{_GAP}{_WORD}){{0,3}}?\s+with\s+(?:[\w-]+\s+){{0,3}}?(?:injuries|wounds|burns)",
    ]
    other = rf"(?:another|a\s+second|a\s+third)(?:\s+{people})?(?:{_WAS}|\s+){past}"
    # "The mayor of Lice, in the south-east, was found murdered."
    officer = (
        r"the\s+(?:(?:deputy|former)\s+)?(?:mayor|governor|head|chief|chairman|leader)\s+of"
        rf"\s[^.;]{{1,60}}?{_WAS}{past}{not_there}"
    )
    return [
        *(harmed if harm == "injured" else [officer]),
        driver,
        other,
        rf"(?:an?|another){who}{there}(?:,\s[^,.]{{1,40}},)?{aged}(?:{_WAS}{past}|{alone}){not_there}",
        rf"(?:an?|another|one){who}\s+(?:was|were)\s+{until}(?:later\s+)?{past}{not_there}",
    ]


def _deadly() -> list[str]:
    people = _words()["people"]
    one = rf"an?\s+(?:(?!(?:and|or|with)\b){_WORD}\s+){{0,4}}?{people}"
    struck = r"(?:stabbed|beat|hacked|shot|burned|trampled|crushed)"
    slain = r"shot\s+dead|killed|gunned\s+down|killing|murdered|lynched|beheaded"
    return [
        rf"(?:{slain})\s+{one}(?!\s+and\s+(?:{NUMBER})\b)",
        rf"(?:bodies|remains|corpses)\s+of\s+{_FIGURE}(?:\s+{_GAP}{_WORD})?",
        rf"(?:the|a)\s+(?:body|remains|corpse)\s+of\s+{one}",
        rf"an?\s+(?:{_GAP}{_WORD}\s+){{0,3}}?{people}['’]s\s+(?:body|remains)",
        rf"{struck}\s+{one}\s+(?:to\s+death|dead)",
        rf"{struck}\s+{_FIGURE}(?:\s+{_GAP}{_WORD}){{0,4}}?\s+(?:to\s+death|dead)",
    ]


@cache
def _words() -> dict[str, str]:
    text = Path(__file__).with_name("harm_words.toml").read_text(encoding="utf-8")
    tables: dict[str, list[str]] = tomllib.loads(text)
    return {
        name: "(?:" + "|".join(word.replace(" ", r"\s+") for word in words) + ")"
        for name, words in tables.items()
    }
