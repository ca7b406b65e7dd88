"""XML of strangers as plain nodes.

Expat is driven directly, so that a document type is refused when it begins: without one there are
no entities, and so none that grow, that read files, or that ask servers. This is what defusedxml
does with `forbid_dtd`; the library itself would wrap the same parser.
"""

from dataclasses import dataclass, field
from xml.parsers import expat  # refuses every document type, see above

from geo.errors import ReadError

__all__ = ["XmlNode", "parse_xml"]

# No feed nests so deep; a file that does wants to exhaust the memory of whoever walks it.
_DEEPEST = 100
_SEPARATOR = " "


@dataclass
class XmlNode:
    """Element of a document.

    Parameters
    ----------
    space
        Address of its namespace; empty where it has none.
    name
        Its name without prefix.
    attributes
        Its attributes; those with a namespace are left out.
    """

    space: str
    name: str
    attributes: dict[str, str]
    children: "list[XmlNode]" = field(default_factory=list)
    pieces: list[str] = field(default_factory=list)

    @property
    def text(self) -> str | None:
        """Its own text without outer spaces; None where it is empty."""
        return "".join(self.pieces).strip() or None

    def walk(self) -> "list[XmlNode]":
        """The element and all below it, in their order."""
        return [self, *(node for child in self.children for node in child.walk())]

    def all_of(self, name: str) -> "list[XmlNode]":
        """Children of a name."""
        return [child for child in self.children if child.name == name]

    def text_of(self, name: str) -> str | None:
        """Text of the first child of a name; None where there is none."""
        return next((child.text for child in self.all_of(name)), None)


def parse_xml(content: bytes, origin: str) -> XmlNode:
    """Root of a document.

    Raises
    ------
    ReadError
        It is no XML, is nested absurdly deep, or has a document type.

    Examples
    --------
    >>> parse_xml(b"<rss><item>Flood</item></rss>", "feed.xml").text_of("item")
    'Flood'
    """
    builder = _Builder(origin)
    parser = expat.ParserCreate(namespace_separator=_SEPARATOR)
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = builder.refuse
    parser.StartElementHandler = builder.start
    parser.EndElementHandler = builder.end
    parser.CharacterDataHandler = builder.characters
    try:
        parser.Parse(content, True)  # noqa: FBT003  # expat knows no names of arguments
    except expat.ExpatError as error:
        raise ReadError(
            f"{origin}: broken XML at line {error.lineno}, column {error.offset + 1} "
            f"({expat.ErrorString(error.code)}); expected a feed (RSS, Atom) or an alert (CAP)."
        ) from error
    except (LookupError, ValueError) as error:
        raise ReadError(
            f"{origin}: XML in an unknown encoding ({error}); save it as UTF-8."
        ) from error
    return builder.root


class _Builder:
    """Nodes as the parser meets them."""

    root: XmlNode

    def __init__(self, origin: str) -> None:
        self._origin = origin
        self._open: list[XmlNode] = []

    def refuse(self, *_: object) -> None:
        raise ReadError(
            f"{self._origin}: has a document type (<!DOCTYPE), which feeds and alerts never need "
            "and which can make a reader open other files; remove it if you trust the file."
        )

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if len(self._open) >= _DEEPEST:
            raise ReadError(f"{self._origin}: XML nested more than {_DEEPEST} deep, as no feed is.")
        space, _, local = name.rpartition(_SEPARATOR)
        plain = {key: value for key, value in attributes.items() if _SEPARATOR not in key}
        node = XmlNode(space, local, plain)
        if self._open:
            self._open[-1].children.append(node)
        else:
            self.root = node
        self._open.append(node)

    def end(self, _: str) -> None:
        self._open.pop()

    def characters(self, text: str) -> None:
        self._open[-1].pieces.append(text)
