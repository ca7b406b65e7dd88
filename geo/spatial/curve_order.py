"""Order of points along a Hilbert curve: what follows each other lies close together.

The curve runs over a square of longitude and latitude, quarter by quarter.
"""

from typing import no_type_check

import numpy as np
import numpy.typing as npt

from geo.geodesy import Floats
from geo.spatial.compiling import compiled

__all__ = ["cell_numbers", "curve_order", "fill_order"]

# Cells of 0.09 degrees of longitude and half as much latitude; two rounds of sorting.
_BITS = 12
_CELLS = 1 << _BITS


def cell_numbers(lon_deg: Floats, lat_deg: Floats, *, bits: int) -> npt.NDArray[np.int64]:
    """Numbers along the curve of the cells that points lie in.

    Parameters
    ----------
    lon_deg, lat_deg
        WGS 84, within 180 and 90 degrees.
    bits
        The square has 2 ** bits cells along each side.
    """
    cells = 1 << bits
    x = ((lon_deg + 180.0) / 360.0 * cells).astype(np.int64) % cells
    y = np.minimum(((lat_deg + 90.0) / 180.0 * cells).astype(np.int64), cells - 1)
    number = np.zeros(len(x), dtype=np.int64)
    for bit in reversed(range(bits)):
        right, upper = (x >> bit) & 1, (y >> bit) & 1
        number = 4 * number + ((3 * right) ^ upper)
        turned = upper == 0
        mirrored = np.where(turned & (right == 1), cells - 1, 0)
        x, y = x ^ mirrored, y ^ mirrored
        x, y = np.where(turned, y, x), np.where(turned, x, y)
    return number


def curve_order(lon_deg: Floats, lat_deg: Floats) -> npt.NDArray[np.int64]:
    """Positions of points along a Hilbert curve over longitude and latitude.

    Points of one cell keep their order. Uses a compiled loop.

    Parameters
    ----------
    lon_deg, lat_deg
        WGS 84, finite.
    """
    order, spare = np.empty((2, len(lon_deg)), dtype=np.int64)
    compiled(fill_order)(lon_deg, lat_deg, order, spare)
    return order


@no_type_check
def fill_order(
    lon_deg: Floats, lat_deg: Floats, order: npt.NDArray[np.int64], spare: npt.NDArray[np.int64]
) -> None:
    """Sort positions by cell: first by the lower half of the bits, then by the upper half."""
    total = len(lon_deg)
    key = np.empty(total, dtype=np.int32)
    ends = np.zeros((2, _CELLS + 1), dtype=np.int64)
    for i in range(total):
        cell = _cell(float(lon_deg[i]), float(lat_deg[i]))
        key[i] = cell
        ends[0, cell % _CELLS + 1] += 1
        ends[1, cell // _CELLS + 1] += 1
    for k in range(_CELLS):
        ends[0, k + 1] += ends[0, k]
        ends[1, k + 1] += ends[1, k]
    for i in range(total):
        digit = int(key[i]) % _CELLS
        spare[ends[0, digit]] = i
        ends[0, digit] += 1
    for k in range(total):
        i = int(spare[k])
        digit = int(key[i]) // _CELLS
        order[ends[1, digit]] = i
        ends[1, digit] += 1


@no_type_check
def _cell(lon_deg: float, lat_deg: float) -> int:
    """Number of a point's cell along the Hilbert curve."""
    x = int((lon_deg + 180.0) / 360.0 * _CELLS) % _CELLS
    y = min(max(int((lat_deg + 90.0) / 180.0 * _CELLS), 0), _CELLS - 1)
    number, side = 0, _CELLS >> 1
    while side > 0:
        right, upper = (x & side) > 0, (y & side) > 0
        number = 4 * number + (3 if right else 0) ^ (1 if upper else 0)
        if not upper:
            if right:
                x, y = _CELLS - 1 - x, _CELLS - 1 - y
            x, y = y, x
        side >>= 1
    return number
