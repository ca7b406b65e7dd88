"""One article as a file holds it, before it becomes a row."""

import datetime as dt
import re
from dataclasses import dataclass
from html.parser import HTMLParser

__all__ = ["BLOCKS", "Parsed", "day_of", "plain_text", "text_of_markup"]

# Control characters, and marks that turn the direction of the text round them.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b\u202a-\u202e\u2066-\u2069\ufeff]"
)
_DAY = re.compile(r"(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2})")
#: Elements of HTML that stand on lines of their own.
BLOCKS = frozenset({"p", "div", "br", "li", "h1", "h2", "h3", "h4", "tr", "blockquote", "section"})
_SILENT = frozenset({"script", "style", "template", "noscript"})
_BLANK_LINES = re.compile(r"[ \t]*\n[ \t]*(?:\n[ \t]*)+")


@dataclass(frozen=True)
class Parsed:
    """Text of an article and what its file says of it; empty where it says nothing."""

    text: str
    title: str = ""
    author: str = ""
    url: str = ""
    publisher: str = ""
    published: dt.date | None = None


def plain_text(text: str) -> str:
    r"""Text without control characters and direction overrides, with `\n` as line ends."""
    return _INVISIBLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def day_of(text: str | None) -> dt.date | None:
    """Civil day of a date or an instant in ISO 8601, as it is written.

    Examples
    --------
    >>> day_of("2024-01-28T23:30:00+02:00").isoformat()
    '2024-01-28'
    """
    match = _DAY.match(text.strip()) if text else None
    if match is None:
        return None
    try:
        return dt.date(int(match["year"]), int(match["month"]), int(match["day"]))
    except ValueError:
        return None


def text_of_markup(markup: str) -> str:
    r"""Text of a piece of HTML, one paragraph to a block.

    Examples
    --------
    >>> text_of_markup("<p>Fire in <b>Accra</b>.</p><script>x()</script><p>Four died.</p>")
    'Fire in Accra.\n\nFour died.'
    """
    reader = _TextReader()
    reader.feed(markup)
    reader.close()
    return _BLANK_LINES.sub("\n\n", "".join(reader.parts)).strip()


class _TextReader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        del attrs
        self._silent += tag in _SILENT
        if tag in BLOCKS:
            self.parts.append("\n\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT and self._silent:
            self._silent -= 1
        if tag in BLOCKS:
            self.parts.append("\n\n")

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.parts.append(data)
