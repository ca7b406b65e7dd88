"""Stable names: the random identifiers of folium's elements, renamed by order of appearance."""

import re
from collections.abc import Iterable

from branca.element import Element

from layers.element_tree import elements

__all__ = ["rename"]

_RANDOM_ID = re.compile(r"(?<![0-9a-f])[0-9a-f]{32}(?![0-9a-f])")


def rename(parts: Iterable[str], root: Element) -> list[str]:
    """Texts of a page in which the first identifier is called 1, the next 2, and so on.

    Only identifiers of elements of the tree are renamed: a checksum in the user's words stays.

    Parameters
    ----------
    parts
        Texts in their order on the page.
    root
        Top of the tree that was rendered.
    """
    known = {element._id for element in elements(root)}  # noqa: SLF001  (branca has no accessor)
    numbers: dict[str, str] = {}

    def number(match: re.Match[str]) -> str:
        found = match.group()
        return numbers.setdefault(found, str(len(numbers) + 1)) if found in known else found

    return [_RANDOM_ID.sub(number, part) for part in parts]
