"""Parts of a text that tell of different things: briefs with a label, items of a list."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from geo.grammar.sentences import Span

__all__ = ["Section", "split_sections"]

_BULLET = re.compile(r"[-*•–]\s+")
_NAME = r"[^\W\d_a-z][\w'’.-]*(?:[ ](?:(?:of|the|and|de|del|la)[ ])?[^\W\d_a-z][\w'’-]*){0,3}"
# A label also begins a paragraph on the line below: "NIGER: …" and then "BENIN: …".
_PARAGRAPH = re.compile(rf"\S(?:[^\n]|\n(?!\s*\n)(?!\s*[-*•–]\s)(?!{_NAME}:\s))*")
_LABEL = re.compile(
    rf"(?:[-*•–]\s+)?(?P<label>{_NAME})(?::\s+|(?:\s*[—–]|\s+-|\.)\s+(?=[\"“'‘]?[^\W_a-z]))"
)
_LEAST_ITEMS = 2


@dataclass(frozen=True)
class Section:
    """A stretch of a text; `label` names its place, or is None."""

    span: Span
    label: Span | None = None


def split_sections(text: str, is_place: Callable[[str], bool]) -> list[Section]:
    r"""Parts of a text: each labelled paragraph or item of a list by itself, the rest together.

    One labelled paragraph alone is a report with its dateline.

    Parameters
    ----------
    text
        The whole text.
    is_place
        Whether a name is known as that of a place.

    Examples
    --------
    >>> text = "PERU: A bus crashed.\n\nCHILE: A mine caved in."
    >>> [section.label.of(text) for section in split_sections(text, str.isupper)]
    ['PERU', 'CHILE']
    """
    paragraphs = [Span(*match.span()) for match in _PARAGRAPH.finditer(text)]
    labels = {one: _label(text, one, is_place) for one in paragraphs}
    bullets = {one for one in paragraphs if _BULLET.match(text, one.start, one.end)}
    labelled = [one for one in paragraphs if labels[one]]
    if len(labelled) < _LEAST_ITEMS and len(bullets) < _LEAST_ITEMS:
        return [Section(Span(0, len(text)))]
    sections: list[Section] = []
    for paragraph in paragraphs:
        label = labels[paragraph]
        if len(labelled) >= _LEAST_ITEMS and label:
            sections.append(Section(Span(label.end(), paragraph.end), Span(*label.span("label"))))
        elif paragraph in bullets or not sections or _is_closed(sections[-1], bullets):
            sections.append(Section(paragraph))
        else:
            last = sections[-1]
            sections[-1] = Section(Span(last.span.start, paragraph.end), last.label)
    return sections


def _label(text: str, one: Span, is_place: Callable[[str], bool]) -> re.Match[str] | None:
    found = _LABEL.match(text, one.start, one.end)
    return found if found and is_place(found["label"]) else None


def _is_closed(section: Section, bullets: set[Span]) -> bool:
    """Whether what follows belongs to another part: an item of a list is one paragraph."""
    return section.span in bullets
