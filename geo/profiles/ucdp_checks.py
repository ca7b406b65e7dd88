"""What the columns of UCDP GED say of each other: checks that need nothing else."""

import numpy as np
import pandas as pd

from geo.profiles.native_cells import NativeCells

__all__ = ["death_notes", "grid_notes", "parts_notes", "swap_notes"]

_PARTS = ("deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown")
_POINT = r"(?i)^\s*POINT\s*\(\s*(?P<lon>[-+.\dE]+)\s+(?P<lat>[-+.\dE]+)\s*\)\s*$"
# Digits that the text of the point drops.
_SAME_DEG = 1e-4
_CELLS_PER_ROW = 720


def swap_notes(cells: NativeCells) -> "pd.Series[str]":
    """A proposal for each row whose `geom_wkt` says that latitude and longitude are exchanged.

    The cell of the PRIO grid has to agree where it is given.
    """
    lon, lat = cells.degrees("longitude"), cells.degrees("latitude")
    said = cells.text("geom_wkt").str.extract(_POINT)
    wkt_lon, wkt_lat = (pd.to_numeric(said[one], errors="coerce") for one in ("lon", "lat"))
    is_other = (wkt_lon - lon).abs().gt(_SAME_DEG) | (wkt_lat - lat).abs().gt(_SAME_DEG)
    exchanged = is_other & (wkt_lon - lat).abs().le(_SAME_DEG) & (wkt_lat - lon).abs().le(_SAME_DEG)
    gid = cells.number("priogrid_gid")
    agreed = gid.isna() | (gid == _gid(wkt_lon, wkt_lat))
    point = wkt_lon.astype("str") + ", latitude " + wkt_lat.astype("str")
    swapped = "latitude and longitude seem exchanged; geom_wkt gives longitude " + point
    other = "latitude and longitude differ from geom_wkt, which gives longitude " + point
    return other.where(is_other).mask(exchanged & agreed, swapped)


def grid_notes(cells: NativeCells) -> "pd.Series[str]":
    """A note for each row whose point lies in another cell of the PRIO grid than it says."""
    lon, lat = cells.degrees("longitude"), cells.degrees("latitude")
    gid = cells.number("priogrid_gid")
    own = _gid(lon, lat)
    # A point on the line between two cells may count to either.
    near = [_gid(lon + east, lat + north) for east in (-1e-6, 1e-6) for north in (-1e-6, 1e-6)]
    fits = np.logical_or.reduce([gid == one for one in near])
    wrong = gid.notna() & own.notna() & ~fits
    cell = own.astype("Int64").astype("str")
    return (
        "priogrid_gid " + cells.text("priogrid_gid") + " is not the cell of the point, " + cell
    ).where(wrong)


def death_notes(cells: NativeCells) -> "pd.Series[str]":
    """A note for each row whose low, best and high do not rise."""
    low, best, high = (cells.number(one) for one in ("low", "best", "high"))
    wrong = (low > best) | (best > high) | (low > high)
    low_text, best_text, high_text = (cells.text(one) for one in ("low", "best", "high"))
    said = "low " + low_text + ", best " + best_text + ", high " + high_text + " do not rise"
    return said.where(wrong)


def parts_notes(cells: NativeCells) -> "pd.Series[str]":
    """A note for each row whose parts do not sum to the best estimate."""
    best = cells.number("best")
    total = sum((cells.number(one) for one in _PARTS), start=pd.Series(0.0, index=cells.index))
    wrong = best.notna() & total.notna() & (total != best)
    summed = total.astype("Int64").astype("str")
    return ("the parts sum to " + summed + ", but best is " + cells.text("best")).where(wrong)


def _gid(lon: "pd.Series[float]", lat: "pd.Series[float]") -> "pd.Series[float]":
    """Number of the cell of half a degree: in rows from the south, each from the west."""
    row, column = (lat + 90) * 2 // 1, (lon + 180) * 2 // 1
    return row * _CELLS_PER_ROW + column + 1
