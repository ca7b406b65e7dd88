"""Places the mentions of one text together."""

import sys
from collections.abc import Iterable, Sequence

import geopandas as gpd
import numpy as np
import pandas as pd

from geo.errors import SchemaError
from geo.gazetteer.user_places import all_places
from geo.geocoding.answers import COLUMNS_PLACED, resolution_answer
from geo.geocoding.mentions.document_answers import document_resolution
from geo.geocoding.mentions.mentions_in_text import names_of_text, told_by
from geo.geocoding.wording import quoted
from geo.schema import CRS

__all__ = ["resolve_mentions"]


def resolve_mentions(
    text: str, mentions: pd.DataFrame | Iterable[tuple[int, int]]
) -> gpd.GeoDataFrame:
    """Place the names of one text, offline; each helps to tell which places the others mean.

    Every name that is known gets its likeliest place, with a radius that is wide where others are
    nearly as likely. What counts is what stands beside a name ("Paris, Texas", "Georgian town of
    Gori"), the country, province and nearness of the other names of the text, the dateline
    ("LONDON, Ont. (Agency) -"), and how prominent a place is. Equal names mean one place. A name
    that nobody knows leaves the others as they are.

    Parameters
    ----------
    text
        The whole text.
    mentions
        Where the names stand: pairs of start and end, as of a slice, or a table with the columns
        `start` and `end`.

    Returns
    -------
    geopandas.GeoDataFrame
        EPSG:4326, a row for each mention: `start`, `end`, `name`, and the columns of `geo.geocode`:
        `place`, `place_id`, `uncertainty_m` (metres), `precision`, `method`, `score` (probability
        of this place among those of the name), `reason`, `candidates`, `status`, `country_a3`.
        Other columns and the index of a table stay.

    Raises
    ------
    SchemaError
        The text is none, the columns are missing, or a mention is no slice of the text.

    Notes
    -----
    A logit over named features; the weights were fitted as `docs/accuracy.md` tells.

    Examples
    --------
    >>> text = "A fire in Paris, Texas; crews came from Dallas."
    >>> found = resolve_mentions(text, [(10, 15), (17, 22), (40, 46)])
    >>> found[["name", "country_a3"]].values.tolist()
    [['Paris', 'USA'], ['Texas', 'USA'], ['Dallas', 'USA']]
    """
    if not isinstance(text, str):
        raise SchemaError(f"resolve_mentions: the text is {type(text).__name__}; expected str.")
    table = _table(mentions)
    spans = _spans(text, table)
    told = [told_by(text, start, end) for start, end in spans]
    names, _ = names_of_text(text, told, all_places())
    answers = {one: resolution_answer(document_resolution(name)) for one, name in names.items()}
    rows = pd.DataFrame([answers[one] for one in told], columns=[*COLUMNS_PLACED, "geometry"])
    found = table.assign(name=[text[start:end] for start, end in spans])
    found = found.assign(**{column: rows[column].to_numpy() for column in COLUMNS_PLACED})
    return gpd.GeoDataFrame(found, geometry=list(rows["geometry"]), crs=CRS)


def _table(mentions: pd.DataFrame | Iterable[tuple[int, int]]) -> pd.DataFrame:
    if not isinstance(mentions, pd.DataFrame):
        return pd.DataFrame(_pairs(mentions), columns=["start", "end"], dtype="int64")
    missing = {"start", "end"} - set(mentions.columns)
    if missing:
        raise SchemaError(
            f"resolve_mentions needs the columns start and end; {', '.join(sorted(missing))} "
            "is not there."
        )
    return mentions.copy()


def _pairs(mentions: Iterable[object]) -> list[tuple[int, int]]:
    pairs = []
    for number, mention in enumerate(mentions):
        if not isinstance(mention, Sequence) or isinstance(mention, str) or len(mention) != 2:
            raise SchemaError(
                f"resolve_mentions: mention {number} is {quoted(str(mention))}; expected a pair of "
                "start and end."
            )
        start, end = mention
        pairs.append((_place(start, number), _place(end, number)))
    return pairs


def _place(value: object, number: int) -> int:
    """A place in a text; pandas makes floats of whole numbers where one is missing."""
    whole = int(value) if isinstance(value, float) and value.is_integer() else value
    if isinstance(whole, int | np.integer) and not isinstance(whole, bool):
        place = int(whole)
        if abs(place) <= sys.maxsize:
            return place
    raise SchemaError(
        f"resolve_mentions: mention {number} has {quoted(str(value))}; expected the number of a "
        "character, as of a slice."
    )


def _spans(text: str, table: pd.DataFrame) -> Sequence[tuple[int, int]]:
    spans = [
        (_place(start, number), _place(end, number))
        for number, (start, end) in enumerate(zip(table["start"], table["end"], strict=True))
    ]
    for number, (start, end) in enumerate(spans):
        if not 0 <= start < end <= len(text):
            raise SchemaError(
                f"resolve_mentions: mention {number} is {start} to {end}; expected a slice of the "
                f"text, which has {len(text):,} characters."
            )
    return spans
