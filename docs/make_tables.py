"""Write the table of column names into docs/tables.md, from the names that the code knows.

    python docs/make_tables.py

A test compares the page with what this gives.
"""

from pathlib import Path

from geo.schema import COLUMNS
from geo.tables.columns import known_names

PAGE = Path(__file__).parent / "tables.md"
_BEGIN, _END = "<!-- columns: begin -->", "<!-- columns: end -->"
#: What fields are that the incident table has under another name, or in parts.
_MEANINGS = {
    "date": "first day, or an instant",
    "date_end": "last day",
    "coordinates": "a whole position, in any notation",
    "place": "the location as written",
    "lon": "longitude in degrees, WGS 84",
    "lat": "latitude in degrees, WGS 84",
    "publisher": "who published it",
    "url": "where it was published",
    "published": "when it was published, as written",
    "quote": "its words, as written",
    "actor": "who did it, as the source says; several between semicolons",
    "actor2": "who else took part",
    "claimed_by": "who says to have done it",
    "accused": "who is said to have done it",
}


def page() -> str:
    """Text of the page with the table of names."""
    before, _, rest = PAGE.read_text(encoding="utf-8").partition(_BEGIN)
    after = rest.partition(_END)[2]
    return f"{before}{_BEGIN}\n{_table()}{_END}{after}"


def _table() -> str:
    rows = [
        f"| `{field}` | {_MEANINGS.get(field) or COLUMNS[field].meaning} | {', '.join(names)} |\n"
        for field, names in known_names().items()
    ]
    return "| field | holds | names |\n|---|---|---|\n" + "".join(rows)


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
