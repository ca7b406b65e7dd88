"""Identifiers that differ in all batches of a file."""

import numpy as np
import numpy.typing as npt
import pandas as pd

__all__ = ["IdentifierLedger"]


class IdentifierLedger:
    """Keeps eight bytes of each identifier that was given, and numbers those that occur again."""

    def __init__(self) -> None:
        # Sorted runs, each less than half as long as the one before.
        self._runs: list[npt.NDArray[np.uint64]] = []
        self._numbers: dict[str, int] = {}

    def unique(self, stated: "pd.Series[str]") -> "pd.Series[str]":
        """Identifiers that no earlier row has; a repeat gets the next number that is free.

        Parameters
        ----------
        stated
            Identifiers of a batch, as its rows state them.

        Examples
        --------
        >>> ledger = IdentifierLedger()
        >>> first = ledger.unique(pd.Series(["a", "b"], dtype="str"))
        >>> ledger.unique(pd.Series(["a", "c", "a"], dtype="str")).tolist()
        ['a-2', 'c', 'a-3']
        """
        names = stated.to_numpy(dtype=object).copy()
        digests = _digests(names)
        again = self._are_given(digests) | pd.Series(digests).duplicated().to_numpy()
        if again.any():
            taken = set(names)
            for row in np.flatnonzero(again):
                names[row] = self._numbered(names[row], taken)
            digests = _digests(names)
        self._keep(np.sort(digests))
        return pd.Series(names, index=stated.index, dtype="str")

    def _numbered(self, name: str, taken: set[str]) -> str:
        number = self._numbers.get(name, 1)
        while True:
            number += 1
            numbered = f"{name}-{number}"
            if numbered in taken:
                continue
            if not self._are_given(_digests(np.array([numbered], dtype=object))).any():
                break
        self._numbers[name] = number
        taken.add(numbered)
        return numbered

    def _keep(self, run: npt.NDArray[np.uint64]) -> None:
        while self._runs and len(self._runs[-1]) <= 2 * len(run):
            run = np.sort(np.concatenate([self._runs.pop(), run]), kind="stable")
        self._runs.append(run)

    def _are_given(self, digests: npt.NDArray[np.uint64]) -> npt.NDArray[np.bool_]:
        found = np.zeros(len(digests), dtype=bool)
        for run in filter(len, self._runs):
            places = np.minimum(np.searchsorted(run, digests), len(run) - 1)
            found |= run[places] == digests
        return found


def _digests(names: npt.NDArray[np.object_]) -> npt.NDArray[np.uint64]:
    return pd.util.hash_array(names, categorize=False)
