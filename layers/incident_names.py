"""Who is named by incidents: actors and sources, as columns to filter by."""

import json
from collections import Counter
from collections.abc import Callable, Sequence
from urllib.parse import urlsplit

import numpy as np
import numpy.typing as npt
import pandas as pd

from layers.payload import Column, dictionary

__all__ = ["encode_names"]

#: Rarer names are counted together: a list of thousands is no filter.
_MOST_NAMES = 15
#: Rows may name several; if too many different groups occur, fewer names are told apart.
_MOST_GROUPS = 4096
Names = dict[str, list[str | None]]


def encode_names(rows: pd.DataFrame) -> tuple[dict[str, Column], Names]:
    """Columns of the actors and the sources of an incident table, and what their words stand for.

    Each word lists places in the names, such as "0 3"; a last name of None stands for all others,
    and for those of restricted rows, which a reader must ask for.

    Parameters
    ----------
    rows
        Incident table in the order of the incident block; `actors` and
        `sources` are JSON lists of objects, and `sensitivity` may be there.

    Examples
    --------
    >>> table = pd.DataFrame({"actors": ['[{"name":"A"},{"name":"B"}]', None, '[{"name":"A"}]']})
    >>> encode_names(table)[1]
    {'actor': ['A', 'B']}
    """
    columns: dict[str, Column] = {}
    names: Names = {}
    open_rows = ~_restricted(rows)
    for facet, source, name_of in (("actor", "actors", _actor), ("source", "sources", _source)):
        if source not in rows:
            continue
        # Most rows repeat the texts of others, and each text is read once.
        codes, different = pd.factorize(rows[source].astype("str"))
        named = [_names(text, name_of) for text in different]
        counts = Counter[str]()
        for name_list, number in zip(
            named, np.bincount(codes[(codes >= 0) & open_rows], minlength=len(named)), strict=True
        ):
            if number:
                counts.update(dict.fromkeys(name_list, int(number)))
        if not counts:
            continue
        words, told = _words(named, counts)
        held = ~open_rows & np.array([*map(bool, named), False])[codes]
        if held.any() and told[-1] is not None:
            told = [*told, None]
        names[facet] = told
        kept = np.where(held, len(words) + 1, np.where(codes < 0, len(words), codes))
        columns[f"{facet}_names"] = dictionary(
            pd.Series([*words, "", str(len(told) - 1)], dtype="str").take(kept)
        )
    return columns, names


def _restricted(rows: pd.DataFrame) -> npt.NDArray[np.bool_]:
    if "sensitivity" not in rows:
        return np.zeros(len(rows), dtype=np.bool_)
    return rows["sensitivity"].isin(["restricted", "private"]).to_numpy(dtype=np.bool_)


def _words(
    named: Sequence[Sequence[str]], counts: Counter[str]
) -> tuple[list[str], list[str | None]]:
    ranked = sorted(counts, key=lambda name: (-counts[name], name))
    most = _MOST_NAMES
    while True:
        place = {name: i for i, name in enumerate(ranked[:most])}
        words = [
            " ".join(map(str, sorted({place.get(name, most) for name in each}))) for each in named
        ]
        if len(set(words)) <= _MOST_GROUPS or most == 1:
            return words, [*ranked[:most], *([None] if len(ranked) > most else [])]
        most //= 2


def _names(text: object, name_of: Callable[[dict[str, object]], str | None]) -> list[str]:
    found = (name_of(entry) for entry in json.loads(str(text)))
    return sorted({name for name in found if name})


def _actor(actor: dict[str, object]) -> str | None:
    name = actor.get("name")
    return str(name).strip() if name else None


def _source(source: dict[str, object]) -> str | None:
    """The publisher, or else the host of the address."""
    if source.get("publisher"):
        return str(source["publisher"]).strip()
    try:
        host = urlsplit(str(source.get("url") or "")).hostname
    except ValueError:
        return None
    return host.removeprefix("www.") if host else None
