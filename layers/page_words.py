"""The sentences of a page as the block that its viewer reads."""

import json
from collections.abc import Mapping

from layers.place_names import translated_countries
from layers.words import Build, Words

__all__ = ["words_block"]


def words_block(words: Words, names: Mapping[str, str], build: Build = "short") -> str:
    """The element that carries the sentences; it stands before the viewer, which reads it first.

    Parameters
    ----------
    words
        Words of the page.
    names
        Names in the language of the page, beside those of countries, by those of Python.
    build
        Whose sentences they are.
    """
    found = words.for_viewer(build)
    told = {**names, **translated_countries(found["locale"]), **found["names"]}
    text = json.dumps(found | {"names": told}, ensure_ascii=False, separators=(",", ":"))
    text = text.replace("<", "\\u003c")
    return f'<script type="application/json" id="im-words">{text}</script>'
