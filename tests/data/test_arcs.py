"""The drawing layers: every atom on land closes at both levels, and these fit the precise lines."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow.parquet as pq
import pytest
import shapely

LEVELS = ("low", "medium")
SMALL_ISLAND_DEG2 = 0.02
UNITS_PER_DEGREE = 1e6
#: Steps of the atoms' vertices in one step of these.
STEPS = 10

each_level = pytest.mark.parametrize("level", LEVELS)
Lines = npt.NDArray[np.object_]


def _path(name: str) -> str:
    from geo import shipped

    return str(shipped.path(name))


@pytest.fixture(scope="module")
def levels() -> dict[str, pd.DataFrame]:
    return {level: pq.read_table(_path(f"arcs_{level}.parquet")).to_pandas() for level in LEVELS}


@pytest.fixture(scope="module")
def lands() -> set[int]:
    surface = pd.read_parquet(_path("atoms.parquet"), columns=["surface"])["surface"]
    return set(np.flatnonzero(surface == "land").tolist())


@pytest.fixture(scope="module")
def precise(lands: set[int]) -> pd.DataFrame:
    """The lines between two atoms on land, with their ends in 1e-6 degree."""
    arcs = pd.read_parquet(_path("atom_arcs.parquet"))
    inner = arcs[arcs["left"].isin(lands) & arcs["right"].isin(lands)]
    vertices = np.load(_path("atom_vertices.npy"), mmap_mode="r")
    ends = [inner["start"], inner["start"] + inner["count"] - 1]
    xy = np.hstack([(vertices[at] + STEPS // 2) // STEPS for at in ends])
    frame = pd.DataFrame(xy, columns=["x1", "y1", "x2", "y2"])
    return frame.assign(left=inner["left"].to_numpy(), right=inner["right"].to_numpy())


def _rows(ends: pd.DataFrame) -> set[tuple[object, ...]]:
    """Open lines by their two ends and sides, in no direction."""
    opened = ends[(ends["x1"] != ends["x2"]) | (ends["y1"] != ends["y2"])]
    columns = ("x1", "y1", "x2", "y2", "left", "right")
    return {
        (*sorted([(x1, y1), (x2, y2)]), *sorted([left, right]))
        for x1, y1, x2, y2, left, right in opened[list(columns)].itertuples(index=False)
    }


def _ends(arcs: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "x1": [xs[0] for xs in arcs["x"]],
            "y1": [ys[0] for ys in arcs["y"]],
            "x2": [xs[-1] for xs in arcs["x"]],
            "y2": [ys[-1] for ys in arcs["y"]],
            "left": arcs["left"].to_numpy(),
            "right": arcs["right"].to_numpy(),
        }
    )


def _lines(arcs: pd.DataFrame) -> Lines:
    pairs = zip(arcs["x"], arcs["y"], strict=True)
    lines = [shapely.LineString(np.column_stack(xy) / UNITS_PER_DEGREE) for xy in pairs]
    return np.array(lines, dtype=object)


@each_level
def test_schema(levels: dict[str, pd.DataFrame], lands: set[int], level: str) -> None:
    arcs = levels[level]
    assert list(arcs.columns) == ["left", "right", "x", "y"]
    assert set(arcs["left"]) | set(arcs["right"]) == lands | {-1}
    assert (arcs["left"] >= 0).all()
    assert (arcs["left"] != arcs["right"]).all()
    assert (arcs["x"].map(len) == arcs["y"].map(len)).all()
    assert (arcs["x"].map(len) >= 2).all()


@each_level
def test_every_atom_on_land_closes(
    levels: dict[str, pd.DataFrame], lands: set[int], level: str
) -> None:
    ends = _ends(levels[level])
    both = pd.concat([ends.assign(face=ends[side]) for side in ("left", "right")])
    first = both[["face", "x1", "y1"]].set_axis(["face", "x", "y"], axis=1)
    last = both[["face", "x2", "y2"]].set_axis(["face", "x", "y"], axis=1)
    uses = pd.concat([first, last]).query("face >= 0").groupby(["face", "x", "y"]).size()
    assert (uses % 2 == 0).all()
    assert set(uses.index.get_level_values("face")) == lands


@each_level
def test_lines_between_two_atoms_have_the_ends_of_the_precise_ones(
    levels: dict[str, pd.DataFrame], precise: pd.DataFrame, level: str
) -> None:
    inner = levels[level].query("right >= 0")
    assert _rows(_ends(inner)) == _rows(precise)
    pairs = {frozenset(sides) for sides in inner[["left", "right"]].to_numpy().tolist()}
    assert pairs == {frozenset(sides) for sides in precise[["left", "right"]].to_numpy().tolist()}


def test_levels_get_lighter(levels: dict[str, pd.DataFrame]) -> None:
    low, medium = (levels[level]["x"].map(len).sum() for level in LEVELS)
    full = len(np.load(_path("atom_vertices.npy"), mmap_mode="r"))
    assert low < medium / 3
    assert medium < full / 4


def test_low_drops_only_small_islands(levels: dict[str, pd.DataFrame]) -> None:
    def islands(level: str, least_deg2: float) -> pd.Series[int]:
        arcs = levels[level].query("right < 0")
        lines = _lines(arcs)
        ring = shapely.is_closed(lines) & (shapely.get_num_coordinates(lines) > 3)
        area = shapely.area([shapely.Polygon(line) for line in lines[ring]])
        return arcs["left"][ring][area >= least_deg2].value_counts()

    large = islands("medium", 2 * SMALL_ISLAND_DEG2)
    kept = islands("low", 0).reindex(large.index, fill_value=0)
    assert (kept >= large).all()
    assert islands("low", 0).sum() < islands("medium", 0).sum() / 1.5


@each_level
def test_cuts_at_the_edge_of_the_map_are_straight(
    levels: dict[str, pd.DataFrame], level: str
) -> None:
    whole = 180 * UNITS_PER_DEGREE
    xs = levels[level]["x"]
    on_edge = xs.map(lambda values: bool((np.abs(values) == whole).any()))
    touching = list(xs[on_edge])
    cuts = [values for values in touching if (np.abs(values) == whole).all()]
    assert cuts
    # Coasts end at the edge; none runs along it.
    rest = [values for values in touching if not (np.abs(values) == whole).all()]
    along = [(np.abs(values[1:]) == whole) & (np.abs(values[:-1]) == whole) for values in rest]
    assert not any(flags.any() for flags in along)
