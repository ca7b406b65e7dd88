"""What a KML file of ours says of its columns, before its first placemark."""

from pathlib import Path
from xml.parsers import expat  # refuses every document type, see below

__all__ = ["kml_columns"]

_CHUNK = 1 << 16
# A head as long as this is none of ours.
_LONGEST = 1 << 22
_MARK, _COLUMN = "schema_version", "column "


def kml_columns(path: Path) -> dict[str, str] | None:
    """Columns of a KML file of ours: name in the file to the column's own.

    Parameters
    ----------
    path
        KML document.

    Returns
    -------
    dict or None
        In the order of the table that was written; None where the file is not ours.
    """
    head, read = _Head(), 0
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = head.refuse
    parser.StartElementHandler = head.start
    parser.EndElementHandler = head.end
    parser.CharacterDataHandler = head.characters
    try:
        with path.open("rb") as stream:
            while not head.is_done and read < _LONGEST and (chunk := stream.read(_CHUNK)):
                parser.Parse(chunk)
                read += len(chunk)
    except expat.ExpatError:
        return None
    return head.columns if head.is_ours else None


class _Head:
    """Names in the data of a document, up to its first placemark."""

    def __init__(self) -> None:
        self.columns: dict[str, str] = {}
        self.is_ours = False
        self.is_done = False
        self._name = ""
        self._called: list[str] | None = None

    def refuse(self, *_: object) -> None:
        # Without a document type there are no entities that could grow.
        raise expat.ExpatError

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if self.is_done or tag == "Placemark":
            self.is_done = True
        elif tag == "Data":
            self._name = attributes.get("name", "")
            self.is_ours = self.is_ours or self._name == _MARK
            if self._name.startswith(_COLUMN):
                name = self._name.removeprefix(_COLUMN)
                self.columns[name] = name
        elif tag == "displayName" and self._name.startswith(_COLUMN):
            self._called = []

    def end(self, tag: str) -> None:
        if tag == "displayName" and self._called is not None and not self.is_done:
            self.columns[self._name.removeprefix(_COLUMN)] = "".join(self._called)
        self._called = None

    def characters(self, text: str) -> None:
        if self._called is not None:
            self._called.append(text)
