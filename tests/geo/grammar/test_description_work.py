"""No text of some hundred characters keeps the grammar of descriptions busy."""

import re
import subprocess
import sys

import pytest
from hypothesis import given, settings, strategies as st

_LONGEST = 300
_TEXTS = 200
_LIMIT_S = 60.0
# Parses each line; a pattern that tries all ways to read one never comes back.
_PARSE = """
import sys
from geo.grammar.descriptions import parse_description
for line in sys.stdin.read().split("\\n"):
    parse_description(line)
print("done")
"""
_WORDS = [
    *re.findall(
        r"\S+",
        "between and to of from with near in on at the a an about around just half way midway "
        "5 20 km miles hours drive border borders frontier side line lines area region zone "
        "Jordan Syria Homs north south-east western N road highway river coast off outside "
        "along outskirts inland within radius more less than up some few hundred not far part "
        "central towards right lying town city village port remote contact front tri state "
        "point into inside across - – / , ( ) ' 's .",
    ),
    *("side of", "border with", "border between", "in the", "on the road to", "km from"),
]
_SOUPS = st.lists(st.sampled_from(_WORDS), min_size=1, max_size=40).map(" ".join)
# A few words over and over: what can be read in two ways is read in two ways each time.
_CHANTS = st.builds(
    lambda words, glue, last: f"{(glue.join(words) + glue) * 40:.270}{last}",
    st.lists(st.sampled_from(_WORDS), min_size=1, max_size=5),
    st.sampled_from((" ", ", ", "")),
    st.sampled_from(("", " near Homs", " border", "Qurx")),
)


def _parse_all(texts: list[str]) -> str:
    done = subprocess.run(
        [sys.executable, "-c", _PARSE],
        input="\n".join(text[:_LONGEST] for text in texts),
        capture_output=True,
        encoding="utf-8",
        timeout=_LIMIT_S,
        check=False,
    )
    return done.stdout.strip() or done.stderr


@pytest.mark.parametrize(
    "text",
    [
        "Abc - border " * 20 + "Qu(",
        "border / - " * 26,
        "Jordan's / border " * 15 + "Qu(",
        "between " + ", " * 20 + "Qurx near Homs",
        "about about 5 km " * 15 + ", near Homs",
        "near a side of b and c border " * 9,
        "between a and " * 22,
        "border of " * 30,
        "a-b " * 75,
        "on the road from a to " * 14,
        "1 km of " * 38,
        "near a, " * 38,
    ],
)
def test_words_that_can_be_read_in_many_ways_are_read_at_once(text: str) -> None:
    assert _parse_all([text]) == "done"


@settings(max_examples=4, deadline=None)
@given(st.lists(_SOUPS | _CHANTS, min_size=_TEXTS, max_size=_TEXTS))
def test_no_soup_of_the_words_of_the_grammar_takes_long(texts: list[str]) -> None:
    assert _parse_all(texts) == "done"
