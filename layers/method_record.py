"""How a map was made, as one record: what its method panel tells beside what the page counts."""

import datetime as dt
import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from importlib.metadata import version
from pathlib import Path

import geopandas as gpd
import pandas as pd

from geo import shipped
from geo._about import DISTRIBUTION
from geo.errors import ReadError
from geo.schema import VERSION
from layers.border_lines import LINES, lines_of, vintage
from layers.incident_columns import IncidentBlocks
from layers.payload import Block, pack

__all__ = ["InputFile", "hashed", "method_record"]

#: Name and sha256 of a file that the incidents were read from.
InputFile = tuple[str, str]

_GAZETTEERS = {
    "airports": "airports.sqlite",
    "curated": "curated.sqlite",
    "geonames": "geonames.sqlite",
    "ne": "naturalearth.sqlite",
    "ports": "ports.sqlite",
    "uscensus": "uscensus.sqlite",
}
#: A table of the user's own may name its places in any way.
_MOST_OTHERS = 12
#: Days travel as numbers from here on, as in the columns of the incidents.
_FIRST_DAY = dt.date(1970, 1, 1)
_AREAS, _VIEWS = "atoms.parquet", "worldviews.parquet"
_JOINED = {"country_a3", "worldview"}
_LICENCES = {"LicenseRef-public-domain": "Public domain"}


def hashed(inputs: Iterable[str | Path]) -> tuple[InputFile, ...]:
    """Names and checksums of files; their folders are not told.

    Parameters
    ----------
    inputs
        Paths of files.

    Raises
    ------
    ReadError
        A file is missing or cannot be read.
    """
    return tuple((Path(path).name, _sha256(Path(path))) for path in inputs)


def method_record(
    tables: Sequence[IncidentBlocks],
    drawn: Iterable[str],
    *,
    inputs: Iterable[InputFile] = (),
    made_on: dt.date | None = None,
) -> Block:
    """Record of how a map was made; it names no time of its own, so equal input gives equal bytes.

    Parameters
    ----------
    tables
        Incident tables of the map, each once, before any was grouped.
    drawn
        Shipped files that the layers of the map are drawn from.
    inputs
        What `hashed` made of the files that the incidents were read from.
    made_on
        Day that the record states, if any.

    Returns
    -------
    Block
        Without columns; the record is its `meta`.
    """
    sources = [table.source for table in tables]
    measured = [said for source in sources if (said := lines_of(source.columns)) is not None]
    meta: dict[str, object] = {
        "software": version(DISTRIBUTION),
        "schema": VERSION,
        "total": sum(table.total for table in tables),
        "methods": _methods(sources),
        "unsourced": sum(map(_unsourced, sources)),
        "data": _data(_uses(sources, drawn)),
        "others": _others(sources),
        "fingerprints": [f"{table.columns.id[3:]}{table.texts.id[3:]}" for table in tables],
        "lines": measured[0] if measured else None,
        "inputs": [list(file) for file in inputs],
        "made_on": None if made_on is None else (made_on - _FIRST_DAY).days,
    }
    return pack({}, meta)


def _sha256(path: Path) -> str:
    try:
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError as error:
        raise ReadError(
            f"{path}: cannot be read ({error.strerror}); expected a file that the incidents were "
            "read from. Leave it out of inputs, or correct its path."
        ) from error


def _methods(sources: Iterable[gpd.GeoDataFrame]) -> list[list[object]]:
    """How many rows each method placed, the most first; nothing where no table names methods.

    Rows without a point count as known only to a country, or as not placed; rows with a point and
    no method under the empty word. So the counts add up to all rows.
    """
    tables = list(sources)
    if all("method" not in source for source in tables):
        return []
    counts: Counter[str] = Counter()
    for source in tables:
        unplaced = source.geometry.isna() | source.geometry.is_empty
        words = _texts(source, "method").mask(unplaced, "none")
        words = words.mask(unplaced & (_texts(source, "precision") == "country"), "country")
        counts.update({str(word): int(count) for word, count in words.value_counts().items()})
    return [list(item) for item in sorted(counts.items(), key=lambda item: (-item[1], item[0]))]


def _texts(source: pd.DataFrame, name: str) -> "pd.Series[str]":
    """Texts of a column; empty where it has none, or is missing."""
    if name not in source:
        return pd.Series("", index=source.index, dtype="str")
    return source[name].astype("str").fillna("")


def _unsourced(source: pd.DataFrame) -> int:
    if "sources" not in source:
        return len(source)
    return int((source["sources"].isna() | (source["sources"] == "[]")).sum())


def _prefixes(sources: Iterable[pd.DataFrame]) -> list[str]:
    """Words before the colon of identifiers of places, such as `geonames`."""
    found: set[str] = set()
    for source in sources:
        if "place_id" in source:
            named = (str(word).partition(":") for word in source["place_id"].dropna().unique())
            found.update(name for name, colon, _ in named if colon)
    return sorted(found)


def _uses(sources: Sequence[pd.DataFrame], drawn: Iterable[str]) -> dict[str, set[str]]:
    """Shipped files by what they were used for."""
    uses = {"map": set(drawn), "places": set[str](), "joins": set[str](), "borders": set[str]()}
    known = (_GAZETTEERS.get(prefix) for prefix in _prefixes(sources))
    uses["places"] = {file for file in known if file is not None}
    for source in sources:
        columns = set(source.columns)
        if columns >= _JOINED:
            uses["joins"].add(_AREAS)
            if not source["worldview"].dropna().isin(["default"]).all():
                uses["joins"].add(_VIEWS)
        if lines_of(columns) is not None:
            uses["borders"].add(LINES)
    return uses


def _data(uses: Mapping[str, set[str]]) -> list[dict[str, object]]:
    """Licences of the files by whom they are of, with what they were used for."""
    products = shipped.products()
    rows: dict[tuple[str, str], tuple[dict[str, None], set[str]]] = {}
    for use, files in uses.items():
        for file in sorted(files & products.keys()):
            product = products[file]
            used, vintages = rows.setdefault((product.attribution, product.licence), ({}, set()))
            used[use] = None
            vintages.add(vintage(file))
    return [
        {
            "from": attribution,
            "licence": _LICENCES.get(licence, licence),
            "uses": list(used),
            "as_of": sorted(vintages),
        }
        for (attribution, licence), (used, vintages) in rows.items()
    ]


def _others(sources: Iterable[pd.DataFrame]) -> list[str]:
    """Lists of places that are not shipped, such as sites of the user's own."""
    return [name for name in _prefixes(sources) if name not in _GAZETTEERS][:_MOST_OTHERS]
