"""Names that are nearly the one that was asked for: other transliterations, slips of the pen.

Candidates are the names whose skeleton of consonants is the same, or one consonant away; what
remains is compared letter by letter. A gazetteer without an index of its names, as users bring
them, is searched among the names with the same beginning.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import starmap
from typing import TYPE_CHECKING

from geo.gazetteer.name_index import CODE_BYTES, code_of
from geo.gazetteer.place_file import PlaceFile
from geo.grammar.name_sounds import SYMBOLS, skeleton, sounding, without_articles

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

__all__ = ["NearName", "near_names"]

# Names that sound alike are no farther apart; nothing better lies one consonant away.
_SOUNDS_ALIKE = 0.15
# What a letter more or less costs, and the most that it adds by changing the sound: another
# consonant costs both.
_LETTER, _SLIP = 0.15, 0.6
# Names that are compared in full, the nearest by letters first: of the same skeleton, of others.
_COMPARED, _COMPARED_APART = 40, 12
_LONGEST = 80
_SHARED_BEGINNING = 2
_MOST_LIVE_KEYS = 50_000
# Allowed cost by the number of sounds of a name.
_ALLOWED = (0.0, 0.0, 0.25, 0.4, 0.85, 1.15, 1.35, 1.35, 1.8, 1.8)
_ALLOWED_LONG = 2.4
_ALL_BITS = 8 * CODE_BYTES


@dataclass(frozen=True)
class NearName:
    """A name near another one.

    `distance` counts letters that are added, left out, exchanged or swapped, articles aside; `cost`
    also knows what transliterations exchange; `share` is the cost as a share of what is allowed.
    """

    key: str
    cost: float
    share: float
    distance: int


class _Asked:
    """The name that was asked for, in all ways in which it is compared."""

    def __init__(self, key: str) -> None:
        from rapidfuzz.distance import OSA  # noqa: PLC0415  # exact names never need it

        self.key = key
        self.bare = without_articles(key)
        self.skeleton = skeleton(key)
        self.sounding = sounding(key)
        sounds = len(self.sounding)
        self.allowed = _ALLOWED[sounds] if sounds < len(_ALLOWED) else _ALLOWED_LONG
        self._digits = _digits(key)
        self._apart = OSA.distance

    def compare(self, key: str, bones: int | None) -> NearName | None:
        """What a name is to this one; None where it is too far away.

        `bones` is the distance of the skeletons where it is known.
        """
        letters = self._apart(self.bare, without_articles(key))
        if _LETTER * letters > self.allowed or _digits(key) != self._digits:
            return None
        if bones is None or len(self.skeleton) >= CODE_BYTES:
            bones = self._apart(self.skeleton, skeleton(key), score_cutoff=3)
        sounds = self._apart(self.sounding, sounding(key), score_cutoff=5)
        cost = min(0.5 * (sounds + bones), _SLIP * letters) + _LETTER * letters
        return NearName(key, cost, cost / self.allowed, letters) if cost <= self.allowed else None

    def nearest(self, keys: Sequence[str], *, most: int, apart: int) -> list[str]:
        """At most so many keys that are at most so many letters apart, the nearest first."""
        from rapidfuzz import process  # noqa: PLC0415

        found = process.extract(
            self.key, keys, scorer=self._apart, score_cutoff=apart, limit=most, processor=None
        )
        return [key for key, _, _ in found]


def near_names(key: str, files: Sequence[PlaceFile]) -> list[NearName]:
    """Names near a name, the nearest first; the name itself may be among them.

    Parameters
    ----------
    key
        Name as `normalise_name` gives it.
    files
        Gazetteers to search.
    """
    asked = _Asked(key)
    if not key or len(key) > _LONGEST or asked.allowed <= 0:
        return []
    found = _alike(asked, files)
    is_alike = min((near.cost for near in found), default=9.0) <= _SOUNDS_ALIKE
    if not is_alike and asked.allowed >= _LETTER + _SLIP:
        known = {near.key for near in found}
        found += [near for near in _one_apart(asked, files) if near.key not in known]
    return sorted(found, key=lambda near: (near.cost, near.distance, near.key))


def _alike(asked: _Asked, files: Sequence[PlaceFile]) -> list[NearName]:
    """Names of the same consonants; of files without an index, of the same beginning."""
    code = code_of(asked.key)
    indexed = [file.names for file in files if file.names is not None]
    groups = [(index, number) for index in indexed if (number := index.group_of(code)) is not None]
    keys = list(dict.fromkeys(key for index, number in groups for key in index.keys_of([number])))
    if len(keys) > _COMPARED:
        keys = asked.nearest(keys, most=_COMPARED, apart=len(asked.key))
    found = _compared(asked, keys, 0)
    live = [key for file in files if file.names is None for key in _live_keys(asked.key, file)]
    return found + _compared(asked, _slips(asked, live), None)


def _one_apart(asked: _Asked, files: Sequence[PlaceFile]) -> list[NearName]:
    """Names whose consonants differ by one."""
    import numpy as np  # noqa: PLC0415

    codes = _neighbour_codes(asked.skeleton)
    keys: list[str] = []
    for index in (file.names for file in files if file.names is not None):
        known = np.frombuffer(index.codes, dtype=np.uint64)
        at = np.minimum(np.searchsorted(known, codes), len(known) - 1)
        keys += index.keys_of(at[known[at] == codes].tolist())
    return _compared(asked, _slips(asked, keys), 1)


def _slips(asked: _Asked, keys: Sequence[str]) -> Iterable[str]:
    apart = 1 + len(asked.key) // 5
    return dict.fromkeys(asked.nearest(keys, most=_COMPARED_APART, apart=apart))


def _compared(asked: _Asked, keys: Iterable[str], bones: int | None) -> list[NearName]:
    compared = starmap(asked.compare, ((key, bones) for key in keys))
    return [near for near in compared if near is not None]


def _live_keys(key: str, file: PlaceFile) -> list[str]:
    start = key[:_SHARED_BEGINNING]
    return file.keys_between(start, f"{start}\U0010ffff", limit=_MOST_LIVE_KEYS)


def _digits(key: str) -> str:
    return "" if key.isalpha() else "".join(filter(str.isdecimal, key))


def _neighbour_codes(symbols: bytes) -> "npt.NDArray[np.uint64]":
    """Codes of all skeletons that one change makes of a skeleton: of one symbol, or two swapped."""
    import numpy as np  # noqa: PLC0415

    whole = symbols[: CODE_BYTES + 1]
    code = int.from_bytes(whole[:CODE_BYTES].ljust(CODE_BYTES, b"\x00"), "big")
    swapped = (
        whole[:at] + bytes((whole[at + 1], whole[at])) + whole[at + 2 :]
        for at in range(len(whole) - 1)
    )
    shortened = (whole[:at] + whole[at + 1 :] for at in range(len(whole)))
    changed = {
        int.from_bytes(one[:CODE_BYTES].ljust(CODE_BYTES, b"\x00"), "big")
        for one in (*swapped, *shortened)
        if one
    }
    for at in range(min(len(whole) + 1, CODE_BYTES)):
        shift = _ALL_BITS - 8 * (at + 1)
        behind = code & ((1 << shift + 8) - 1)
        before = code - behind
        # The symbol in place of one, and pushed in before it.
        bases = (before | behind & ((1 << shift) - 1), before | behind >> 8)
        changed.update(base | symbol << shift for base in bases for symbol in SYMBOLS)
    changed.discard(code)
    return np.sort(np.fromiter(changed, dtype=np.uint64, count=len(changed)))
