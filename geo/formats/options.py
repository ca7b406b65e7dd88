"""What a writer can be asked for beyond the table."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypedDict

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd

__all__ = ["Options", "WriteOptions"]


class WriteOptions(TypedDict, total=False):
    """The fields of `Options`, as keywords."""

    simplestyle: bool
    excel_safe: bool
    layers: Mapping[str, gpd.GeoDataFrame]


@dataclass(frozen=True)
class Options:
    """What a writer can be asked for beyond the table.

    Parameters
    ----------
    simplestyle
        GeoJSON: whether features carry the colours of their kinds, as simplestyle 1.1 names them.
    excel_safe
        CSV: whether texts that a spreadsheet would run as formulas begin with an apostrophe.
    layers
        GeoPackage: further layers by name, such as `sites`.
    native
        Columns of ACLED, UCDP and `native`: the provider's own table, where rows are its.
    native_rows
        Which rows are the provider's; all by default.
    file_name
        Name that the file will have, where its content names it.
    """

    simplestyle: bool = False
    excel_safe: bool = False
    layers: Mapping[str, gpd.GeoDataFrame] = field(default_factory=dict)
    native: pd.DataFrame | None = None
    native_rows: npt.NDArray[np.bool_] | None = None
    file_name: str = ""

    def asked_for(self) -> set[str]:
        """Names of the fields that ask for something."""
        asked = {
            "simplestyle": self.simplestyle,
            "excel_safe": self.excel_safe,
            "layers": bool(self.layers),
            "native": self.native is not None,
        }
        return {name for name, is_asked in asked.items() if is_asked}
