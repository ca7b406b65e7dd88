"""Whose land each face is and what each line divides, in the eyes of a worldview."""

import hashlib
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from geo import shipped
from geo.errors import ShippedDataError
from geo.reference import views
from geo.reference.atoms import atoms, province_attributes
from layers.arcs import Arcs
from layers.place_names import country_names

__all__ = ["Lines", "Politics", "disputes", "politics"]

_Words = npt.NDArray[np.object_]


@dataclass(frozen=True)
class Lines:
    """What arcs are, one word each; None where it does not apply.

    Parameters
    ----------
    kind
        One of coast, border, claim (edge of a disputed area that is no border), province, and inner
        (two parts of one province).
    border_pair, status
        Of borders alone.
    """

    kind: _Words
    border_pair: _Words
    status: _Words


@dataclass(frozen=True, eq=False)
class Politics:
    """Atoms and their lines in the eyes of a worldview.

    Parameters
    ----------
    key
        Equal where the picture is equal.
    country_a3, admin1_code
        Of each atom, in the order of `atoms.parquet`; None where nobody holds it.
    pair, status
        Of each line of `atom_arcs.parquet`; None where it is no border.
    """

    key: str
    country_a3: _Words
    admin1_code: _Words
    pair: _Words
    status: _Words

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Politics) and self.key == other.key

    def __hash__(self) -> int:
        return hash(self.key)

    def lines(self, arcs: Arcs) -> Lines:
        """What the arcs of a level are.

        Raises
        ------
        ShippedDataError
            The arcs were made from other atoms.
        """
        keys, rows, kinds = _neighbours(shipped.folder())
        row = np.full(len(arcs.left), -1)
        on_land = arcs.right >= 0
        wanted = _key(arcs.left[on_land], arcs.right[on_land])
        at = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
        if (keys[at] != wanted).any():
            raise ShippedDataError(
                f"{shipped.folder()}: arcs_low.parquet and arcs_medium.parquet belong to another "
                f"atoms.parquet than the one beside them. {shipped.repair()}"
            )
        row[on_land] = rows[at]
        # The last entry answers for -1, a coast.
        coast = np.array([None], dtype=object)
        pair, status = (np.append(words, coast)[row] for words in (self.pair, self.status))
        kind = np.append(kinds, np.array(["coast"], dtype=object))[row]
        province = kind == "province"
        same = self.admin1_code[arcs.left] == self.admin1_code[arcs.right]
        kind[~province & (row >= 0)] = "claim"
        kind[province & same] = "inner"
        kind[pd.notna(pair)] = "border"
        return Lines(kind, pair, status)


def politics(worldview: str | views.Worldview) -> Politics:
    """Atoms and lines in the eyes of a worldview.

    Parameters
    ----------
    worldview
        Its name, or one of your own.
    """
    return _politics(shipped.folder(), views.view(worldview))


def disputes() -> list[dict[str, Any]]:
    """Disputed land by holder and claimants, whatever the worldview.

    Returns
    -------
    list[dict]
        `holder` and `claimants` are names of countries, `note` is a sentence or empty, `areas` maps
        the number of the atom to the name of the area.
    """
    table = atoms().table
    rows = table[(table["surface"] == "land") & (table["status"] != "undisputed")]
    names = _area_names(rows)
    groups: dict[tuple[str, str], dict[str, str]] = defaultdict(dict)
    columns = (rows[name].fillna("") for name in ("holder", "claims", "claimed_by"))
    for row, name, held, claims, claimed_by in zip(rows.index, names, *columns, strict=True):
        # Where several states hold a part each, the holder is none of the claimants.
        holder = held if held in claims.split("|") else ""
        groups[holder, claimed_by][str(row)] = name
    return [
        {
            "holder": _name(holder) if holder else None,
            "claimants": [_name(code) for code in claimed_by.split("|") if code],
            "areas": areas,
        }
        for (holder, claimed_by), areas in groups.items()
    ]


def _name(code: str) -> str:
    return country_names([code])[code]


def _area_names(rows: pd.DataFrame) -> "pd.Series[str]":
    """What each disputed atom is called: its own area, its whole country, or its province."""
    land = atoms().table.query("surface == 'land'")
    whole = ~rows["holder"].isin(land["holder"][~land.index.isin(rows.index)])
    country = rows["holder"].map(_name, na_action="ignore").where(whole)
    province = rows["admin1_code"].map(province_attributes().set_index("admin1_code")["admin1"])
    area = rows["area"].where(rows["area"] != "")
    return area.fillna(country).fillna(province).fillna(rows["admin1_code"])


@cache
def _politics(_folder: Path, view: views.Worldview) -> Politics:
    # The folder is there for the cache.
    country, pairs = _words(views.holders(view)), views.line_pairs(view)
    words = "|".join(map(str, [*country, *pairs.pair, *pairs.status]))
    return Politics(
        key=hashlib.sha256(words.encode()).hexdigest(),
        country_a3=country,
        admin1_code=_words(views.admin1_codes(view)),
        pair=_words(pairs.pair),
        status=_words(pairs.status),
    )


def _words(values: npt.ArrayLike) -> _Words:
    words = np.array(values, dtype=object)
    words[pd.isna(words) | (words == "")] = None
    return words


def _key(left: npt.NDArray[np.int32], right: npt.NDArray[np.int32]) -> npt.NDArray[np.int64]:
    """One number for two atoms, whichever is on the left."""
    low, high = np.minimum(left, right), np.maximum(left, right)
    return low.astype(np.int64) << 32 | high


@cache
def _neighbours(_folder: Path) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.intp], _Words]:
    """Keys of the atoms that meet, sorted, with one of their lines; the kinds of all lines."""
    arcs = atoms().arcs
    left, right = (arcs[side].to_numpy() for side in ("left", "right"))
    keys, rows = np.unique(_key(left, right), return_index=True)
    return keys, rows, arcs["kind"].to_numpy(dtype=object)
