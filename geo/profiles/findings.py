"""What a check finds in a table: rows, the name of the check, and a sentence."""

from typing import Any

import pandas as pd

__all__ = ["Findings"]


class Findings:
    """Findings that are gathered check by check."""

    def __init__(self) -> None:
        self._parts: list[pd.DataFrame] = []

    def add(self, check: str, what: "pd.Series[Any]") -> None:
        """Add a sentence for each row that has one; rows with null are sound.

        Examples
        --------
        >>> findings = Findings()
        >>> findings.add("toll", pd.Series(["low is above best", None], dtype="str"))
        >>> findings.table().values.tolist()
        [[0, 'toll', 'low is above best']]
        """
        said = what.dropna()
        if len(said):
            self._parts.append(
                pd.DataFrame({"row": said.index, "check": check, "what": said.to_numpy()})
            )

    def table(self) -> pd.DataFrame:
        """All findings in the order of the checks: `row`, `check`, `what`."""
        if not self._parts:
            return pd.DataFrame(
                {"row": pd.Index([], dtype="int64"), "check": [], "what": []}
            ).astype({"check": "str", "what": "str"})
        return pd.concat(self._parts, ignore_index=True).astype({"check": "str", "what": "str"})
