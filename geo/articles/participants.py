"""What kind an attack is, by those who take part in it."""

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from geo.articles.triggers import Trigger
from geo.grammar.sentences import Span

__all__ = ["kind_of"]


def kind_of(text: str, trigger: Trigger, told: Iterable[Span]) -> str:
    """Kind of an incident; where its trigger says little, the words around it decide.

    Examples
    --------
    >>> from geo.articles.triggers import find_triggers
    >>> text = "The attack killed nine fishermen."
    >>> kind_of(text, find_triggers(text)[0], [Span(0, len(text))])
    'violence_against_civilians'
    """
    if not (trigger.is_weak and trigger.family == "violence"):
        return trigger.kind
    words = " ".join(span.of(text) for span in told)
    for kind, pattern, unless in _rules():
        if pattern.search(words) and not (unless and unless.search(words)):
            return kind
    return trigger.kind


@cache
def _rules() -> tuple[tuple[str, re.Pattern[str], re.Pattern[str] | None], ...]:
    text = Path(__file__).with_name("participants.toml").read_text(encoding="utf-8")
    return tuple(
        (
            rule["kind"],
            _any_of(rule["words"]),
            _any_of(rule["unless"]) if "unless" in rule else None,
        )
        for rule in tomllib.loads(text)["rule"]
    )


def _any_of(words: list[str]) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(words)})\b", re.IGNORECASE)
