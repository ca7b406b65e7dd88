"""The text of Markdown: its marks are no words."""

import re

from geo.articles.parsed import Parsed, day_of

__all__ = ["read_markdown"]

_FRONT = re.compile(r"\A---\n(?P<lines>.{0,5000}?)\n---\n", re.DOTALL)
_CODE = re.compile(r"^(?:```|~~~).*?^(?:```|~~~)\s*$", re.DOTALL | re.MULTILINE)
# An address may hold one pair of brackets itself.
_ADDRESS = r"\((?:[^()\n]|\([^()\n]{0,200}\)){0,2000}\)"
_IMAGE = re.compile(rf"!\[(?P<words>[^\]\n]{{0,300}})\]{_ADDRESS}")
_LINK = re.compile(rf"\[(?P<words>[^\]\n]{{1,300}})\]{_ADDRESS}")
_FOOTNOTE = re.compile(r"\[\^[^\]\n]{1,50}\]:?")
_HEADING = re.compile(r"^#{1,6}[ \t]+(?P<words>[^\n]+?)[ \t#]*$", re.MULTILINE)
_STRONG = re.compile(
    r"(?<![\w*])(?P<mark>\*\*|__|\*|_)(?=\S)(?P<words>[^*_\n]{1,500}?)(?<=\S)(?P=mark)(?![\w*])"
)
_QUOTE = re.compile(r"^>[ \t]?", re.MULTILINE)


def read_markdown(text: str) -> Parsed:
    r"""Article of a Markdown file; its front matter may say title, author and date.

    Examples
    --------
    >>> read_markdown("# Fire in Accra\n\nFour **died** [there](http://a.b).").text.strip()
    'Fire in Accra\n\nFour died there.'
    """
    front = _FRONT.match(text)
    said = dict(_pairs(front["lines"])) if front else {}
    body = text[front.end() :] if front else text
    heading = _HEADING.search(body)
    body = _FOOTNOTE.sub("", _QUOTE.sub("", _CODE.sub("", body)))
    for pattern in (_IMAGE, _LINK, _HEADING, _STRONG):
        body = pattern.sub(lambda match: match["words"], body)
    title = said.get("title") or (heading["words"].strip() if heading else "")
    return Parsed(
        text=body.strip("\n") + "\n",
        title=title,
        author=said.get("author", ""),
        url=said.get("url", ""),
        published=day_of(said.get("date")),
    )


def _pairs(lines: str) -> list[tuple[str, str]]:
    pairs = (line.partition(":") for line in lines.split("\n"))
    return [
        (key.strip().lower(), value.strip().strip("\"'"))
        for key, _, value in pairs
        if value.strip()
    ]
