"""Loops of the area index: where a walk crosses edges, and what lies at its end.

All coordinates are counted in units of 1e-7 degree and are multiples of 2**-16 unit, so that
differences are exact and a product tells its rounding error. Every point of the plane is taken to
lie a hair to the north of where it is, and a much smaller hair to the east: then no vertex lies on
a walk, no point on an edge, and each rule below has one answer.

From a point the walk goes along its parallel to the western side of its cell, and along that side
to the cell's south-western corner, the reference. What lies at the point is what lies at the
reference, plus what each crossed edge adds: the label on its near side less that on its far side.
"""

from typing import Any, no_type_check

import numpy as np
import numpy.typing as npt

__all__ = [
    "children_of",
    "crossings",
    "first_of_areas",
    "label_of_faces",
    "left_of",
    "row_crossings",
    "touched",
]

Array = npt.NDArray[Any]

NOWHERE = -1
UNITS = 1e7
CELL = 2_500_000.0
COLUMNS = 1440
ROWS = 720
WEST = -1_800_000_000.0
SOUTH = -900_000_000.0
#: A split cell has this many columns and rows.
FANOUT = 4
#: Points that are looked up together.
BATCH = 256

#: Adding and taking away this number leaves a multiple of 2**-16.
ROUNDER = 103_079_215_104.0
_STEP = 2.0**-16
# Half a step more than the corner of the world, and the number of cells in a unit: what rounding
# adds or takes away in a product of both never reaches the next cell.
_WEST_BEYOND = 1_800_000_000.0 + _STEP / 2
_SOUTH_BEYOND = 900_000_000.0 + _STEP / 2
_PER_UNIT = 4e-7
# Dekker's factor: cuts a double into two halves of 26 bits.
_SPLITTER = 134_217_729.0


@no_type_check
def left_of(x1: float, y1: float, x2: float, y2: float, px: float, py: float) -> bool:
    """Whether a point lies to the left of the line through an edge."""
    along = (x2 - x1) * (py - y1)
    across = (y2 - y1) * (px - x1)
    # Rounding keeps order: products that differ once rounded differ the same way.
    if along != across:
        return along > across
    return _left_by_a_hair(x2 - x1, y2 - y1, px - x1, py - y1)


@no_type_check
def _left_by_a_hair(dx: float, dy: float, px: float, py: float) -> bool:
    along = _rounding_error(dx, py)
    across = _rounding_error(dy, px)
    if along != across:
        return along > across
    if dx != 0.0:
        return dx > 0.0
    return dy < 0.0


@no_type_check
def _rounding_error(a: float, b: float) -> float:
    """Exact product less the rounded product."""
    scaled = _SPLITTER * a
    a_high = scaled - (scaled - a)
    a_low = a - a_high
    scaled = _SPLITTER * b
    b_high = scaled - (scaled - b)
    b_low = b - b_high
    return ((a_high * b_high - a * b) + a_high * b_low + a_low * b_high) + a_low * b_low


@no_type_check
def crossings(
    vertices: Array, start: int, count: int, px: float, py: float, rx: float, ry: float
) -> int:
    """Crossings from right to left less those from left to right, walking from reference to point.

    `count` edges follow each other from vertex `start`.
    """
    total = 0
    x1 = float(vertices[start, 0])
    y1 = float(vertices[start, 1])
    north1 = y1 > py
    east1 = x1 > rx
    for i in range(start + 1, start + count + 1):
        x2 = float(vertices[i, 0])
        y2 = float(vertices[i, 1])
        north2 = y2 > py
        east2 = x2 > rx
        if north1 != north2:
            total += left_of(x1, y1, x2, y2, px, py)
            # The corner lies to the west of most edges.
            total -= north2 if east1 and east2 else left_of(x1, y1, x2, y2, rx, py)
        if east1 != east2:
            total += left_of(x1, y1, x2, y2, rx, py)
            total -= left_of(x1, y1, x2, y2, rx, ry)
        x1 = x2
        y1 = y2
        north1 = north2
        east1 = east2
    return total


@no_type_check
def _in_units(lon_deg: float, lat_deg: float) -> tuple[float, float]:
    """Point on the index's grid; the second value is NaN for no place on earth."""
    if not abs(lon_deg) <= 180.0:
        lon_deg = (lon_deg + 180.0) % 360.0 - 180.0
    x = (lon_deg * UNITS + ROUNDER) - ROUNDER
    y = (lat_deg * UNITS + ROUNDER) - ROUNDER
    # The last meridian and the pole have no cell beyond them.
    if x >= -WEST:
        x = -WEST - _STEP
    if y >= -SOUTH:
        y = -SOUTH - _STEP
    return x, y


@no_type_check
def _leaves_at(  # noqa: PLR0913, PLR0917  # numba takes arrays, not objects
    lon_deg: Array,
    lat_deg: Array,
    batch: tuple[int, int],
    cells: Array,
    splits: Array,
    found: Array,
    waiting: Array,
    place: Array,
) -> int:
    """Answer the points of a batch whose cells have no edges, and list the others.

    Each step is taken for all points before the next one, so that the processor waits for many
    entries at once. `waiting` gets point and run, `place` the point and its cell's corner.
    """
    first, last = batch
    count = 0
    for k in range(first, last):
        lon = float(lon_deg[k])
        lat = float(lat_deg[k])
        if not (abs(lat) <= 90.0 and abs(lon) < 1e9):
            found[k] = NOWHERE
            continue
        x, y = _in_units(lon, lat)
        row = int((y + _SOUTH_BEYOND) * _PER_UNIT)
        column = int((x + _WEST_BEYOND) * _PER_UNIT)
        entry = int(cells[row, column])
        found[k] = entry
        waiting[count, 0] = k
        count += entry < NOWHERE
    for j in range(count):
        k = int(waiting[j, 0])
        x, y = _in_units(float(lon_deg[k]), float(lat_deg[k]))
        waiting[j, 1] = found[k]
        place[j, 0] = x
        place[j, 1] = y
        place[j, 2] = WEST + int((x + _WEST_BEYOND) * _PER_UNIT) * CELL
        place[j, 3] = SOUTH + int((y + _SOUTH_BEYOND) * _PER_UNIT) * CELL
    width = CELL
    while _descend(count, width / FANOUT, splits, waiting, place):
        width /= FANOUT
    leaves = 0
    for j in range(count):
        k = int(waiting[j, 0])
        entry = int(waiting[j, 1])
        found[k] = entry
        waiting[leaves, 0] = k
        waiting[leaves, 1] = (-2 - entry) >> 1
        for i in range(4):
            place[leaves, i] = place[j, i]
        leaves += entry < NOWHERE
    return leaves


@no_type_check
def _descend(count: int, width: float, splits: Array, waiting: Array, place: Array) -> bool:
    """Go from split cells to their children; whether there were any."""
    any_split = False
    for j in range(count):
        entry = int(waiting[j, 1])
        if entry & 1 == 0 and entry < NOWHERE:
            any_split = True
            west = float(place[j, 2])
            south = float(place[j, 3])
            column = int((float(place[j, 0]) - west) / width)
            row = int((float(place[j, 1]) - south) / width)
            waiting[j, 1] = int(splits[(-2 - entry) >> 1, row * FANOUT + column])
            place[j, 2] = west + column * width
            place[j, 3] = south + row * width
    return any_split


@no_type_check
def _fetch(count: int, runs: Array, vertices: Array, waiting: Array) -> None:
    """Read the ends of each leaf's first run, so that they are at hand when it is walked."""
    for j in range(count):
        run = int(waiting[j, 1])
        start = int(runs[run, 1])
        waiting[j, 2] = vertices[start, 0]
        waiting[j, 3] = vertices[start + abs(int(runs[run, 2])), 0]


@no_type_check
def label_of_faces(
    lon_deg: Array,
    lat_deg: Array,
    cells: Array,
    splits: Array,
    runs: Array,
    vertices: Array,
    found: Array,
) -> None:
    """Label of the face of a coverage at each point."""
    size = min(len(lon_deg), BATCH)
    waiting = np.empty((size, 4), dtype=np.int64)
    place = np.empty((size, 4), dtype=np.float64)
    for first in range(0, len(lon_deg), BATCH):
        batch = (first, min(first + BATCH, len(lon_deg)))
        count = _leaves_at(lon_deg, lat_deg, batch, cells, splits, found, waiting, place)
        _fetch(count, runs, vertices, waiting)
        for j in range(count):
            run = int(waiting[j, 1])
            label = int(runs[run, 0])
            more = True
            while more:
                edges = int(runs[run, 2])
                more = edges < 0
                label += int(runs[run, 3]) * crossings(
                    vertices,
                    int(runs[run, 1]),
                    abs(edges),
                    float(place[j, 0]),
                    float(place[j, 1]),
                    float(place[j, 2]),
                    float(place[j, 3]),
                )
                run += 1
            found[int(waiting[j, 0])] = label


@no_type_check
def first_of_areas(
    lon_deg: Array,
    lat_deg: Array,
    cells: Array,
    splits: Array,
    runs: Array,
    vertices: Array,
    found: Array,
) -> None:
    """First area that holds each point; tags of runs tell whether it holds the corner."""
    size = min(len(lon_deg), BATCH)
    waiting = np.empty((size, 4), dtype=np.int64)
    place = np.empty((size, 4), dtype=np.float64)
    for first in range(0, len(lon_deg), BATCH):
        batch = (first, min(first + BATCH, len(lon_deg)))
        count = _leaves_at(lon_deg, lat_deg, batch, cells, splits, found, waiting, place)
        _fetch(count, runs, vertices, waiting)
        for j in range(count):
            run = int(waiting[j, 1])
            area = int(runs[run, 0])
            inside = 0
            more = True
            while more:
                edges = int(runs[run, 2])
                more = edges < 0
                tag = int(runs[run, 3])
                inside += crossings(
                    vertices,
                    int(runs[run, 1]),
                    abs(edges),
                    float(place[j, 0]),
                    float(place[j, 1]),
                    float(place[j, 2]),
                    float(place[j, 3]),
                )
                run += 1
                if not more or int(runs[run, 3]) != tag:
                    if (inside + tag) & 1 == 1:
                        area = tag >> 1
                        break
                    inside = 0
            found[int(waiting[j, 0])] = area


@no_type_check
def children_of(
    vertices: Array, group_first: Array, runs: Array, corner: Array, width: float, sums: Array
) -> None:
    """What the edges of each group of runs add between a cell's corner and its children's corners.

    `runs` are start, count and weight, `corner` the cell's corner for each group.
    """
    for group in range(len(group_first) - 1):
        west = float(corner[group, 0])
        south = float(corner[group, 1])
        for child in range(FANOUT * FANOUT):
            x = west + (child % FANOUT) * width
            y = south + (child // FANOUT) * width
            total = 0
            for run in range(int(group_first[group]), int(group_first[group + 1])):
                start = int(runs[run, 0])
                total += int(runs[run, 2]) * crossings(
                    vertices, start, int(runs[run, 1]), x, y, west, south
                )
            sums[group, child] = total


@no_type_check
def row_crossings(vertices: Array, edges: Array, rows: Array, columns: Array) -> None:
    """First column whose reference lies to the east of an edge where it crosses a row's side."""
    for k in range(len(edges)):
        i = int(edges[k])
        x1 = float(vertices[i, 0])
        y1 = float(vertices[i, 1])
        x2 = float(vertices[i + 1, 0])
        y2 = float(vertices[i + 1, 1])
        y = SOUTH + int(rows[k]) * CELL
        guess = x1 + (x2 - x1) * ((y - y1) / (y2 - y1))
        column = min(max(int((guess - WEST) / CELL), 0), COLUMNS)
        upwards = y2 > y1
        while column > 0 and upwards != left_of(x1, y1, x2, y2, WEST + (column - 1) * CELL, y):
            column -= 1
        while column < COLUMNS and upwards == left_of(x1, y1, x2, y2, WEST + column * CELL, y):
            column += 1
        columns[k] = column


@no_type_check
def touched(  # noqa: PLR0913, PLR0917  # numba takes arrays, not objects
    vertices: Array,
    runs: Array,
    corner: Array,
    width: float,
    columns: int,
    rows: int,
    keys: Array,
    found: Array,
) -> int:
    """Cells that each edge meets; gives their number, and lists them as far as the arrays reach.

    `runs` are start and count; `corner` the corner of the area that is cut, for each run. `found`
    gets run, cell and first vertex, `keys` the order of the cells.
    """
    total = 0
    for run in range(len(runs)):
        west = float(corner[run, 0])
        south = float(corner[run, 1])
        start = int(runs[run, 0])
        for i in range(start, start + int(runs[run, 1])):
            x1 = float(vertices[i, 0])
            y1 = float(vertices[i, 1])
            x2 = float(vertices[i + 1, 0])
            y2 = float(vertices[i + 1, 1])
            first_column = max(int((min(x1, x2) - west) / width), 0)
            last_column = min(int((max(x1, x2) - west) / width), columns - 1)
            first_row = max(int((min(y1, y2) - south) / width), 0)
            last_row = min(int((max(y1, y2) - south) / width), rows - 1)
            for row in range(first_row, last_row + 1):
                for column in range(first_column, last_column + 1):
                    box_west = west + column * width
                    box_south = south + row * width
                    if _meets(x1, y1, x2, y2, box_west, box_south, width):
                        if total < len(keys):
                            keys[total] = row * columns + column
                            found[total, 0] = run
                            found[total, 1] = i
                        total += 1
    return total


@no_type_check
def _meets(
    x1: float, y1: float, x2: float, y2: float, west: float, south: float, width: float
) -> bool:
    """Whether an edge can be crossed by a walk inside a box."""
    east = west + width
    north = south + width
    if max(x1, x2) <= west or min(x1, x2) >= east:
        return False
    if max(y1, y2) <= south or min(y1, y2) >= north:
        return False
    side = left_of(x1, y1, x2, y2, west, south)
    return (
        side != left_of(x1, y1, x2, y2, east, south)
        or side != left_of(x1, y1, x2, y2, west, north)
        or side != left_of(x1, y1, x2, y2, east, north)
    )
