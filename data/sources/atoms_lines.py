"""The lines between atoms as arcs: kind, pair of countries, status."""

from collections.abc import Iterator

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

import atoms_errors
import border_status
import land_sea
import topology
from products import own_table
from topology import GRID, NONE, Ints

KINDS = ("border", "sea_border", "claim", "province", "coast", "outer", "cut")
"""Lines between holders on land and at sea; round a disputed part of one holder; between provinces;
between land and sea; the 12 nm limit; the edges of the plane."""


def arcs(atoms: gpd.GeoDataFrame, shore: Ints) -> gpd.GeoDataFrame:
    """All arcs of the coverage, each with the atoms `left` and `right`, the lower first.

    `right` is missing where no atom follows. The names say which two, not which side.
    """
    found = topology.arcs(_with_cuts(topology.edges(atoms.geometry.to_numpy()), len(atoms)))
    left, right = found.faces.T
    cut = right == len(atoms)
    right = np.where(cut, NONE, right)
    frame = gpd.GeoDataFrame(
        {
            "left": left.astype(np.int32),
            "right": pd.array(right, dtype="Int32"),
            "kind": _kinds(atoms, left, right, cut),
        },
        geometry=found.lines,
        crs="EPSG:4326",
    )
    frame["right"] = frame["right"].mask(right == NONE)
    is_border = (frame["kind"] == "border").to_numpy()
    frame["border_pair"] = _pairs(atoms, left, right, frame["kind"])
    land = (atoms["surface"] == "land").to_numpy()
    dry = land[left[is_border]] & land[right[is_border]]
    shore_lines = shapely.linestrings(shore.reshape(-1, 2, 2) / GRID)
    wet_pairs = set(own_table("sea_pairs.csv", columns=["border_pair", "reason"])["border_pair"])
    sea = frame["border_pair"][is_border].isin(wet_pairs).to_numpy() | land_sea.lies_at_sea(
        found.lines[is_border], frame["border_pair"][is_border], dry, shore_lines
    )
    kind = frame["kind"].to_numpy(dtype=object)
    kind[np.flatnonzero(is_border)[sea]] = "sea_border"
    frame["kind"] = kind
    frame = _with_status(atoms, frame)
    frame["error_m"] = atoms_errors.error_m(atoms, frame)
    return frame[
        ["left", "right", "kind", "border_pair", "status", "source", "error_m", "geometry"]
    ]


def _with_cuts(found: topology.Edges, cut: int) -> topology.Edges:
    """Name a face beyond the edges of the plane, so that arcs end in its corners."""
    xy = found.vertices[found.ends]
    limit = np.array([180, 90], dtype=np.int64) * int(GRID)
    edge = ((np.abs(xy[:, 0]) == limit) & (xy[:, 0] == xy[:, 1])).any(axis=1)
    faces = found.faces.copy()
    faces[edge & (faces[:, 1] == NONE), 1] = cut
    return topology.Edges(found.vertices, found.ends, faces)


def _kinds(atoms: gpd.GeoDataFrame, left: Ints, right: Ints, cut: np.ndarray) -> list[str]:
    land = (atoms["surface"] == "land").tolist()
    holder = atoms["holder"].fillna("").tolist()
    claims = atoms["claims"].tolist()
    place = list(zip(atoms["admin1_code"], atoms["area"], strict=True))
    kinds = []
    for one, other, is_cut in zip(left.tolist(), right.tolist(), cut.tolist(), strict=True):
        if is_cut:
            kinds.append("cut")
        elif other == NONE:
            kinds.append("coast" if land[one] else "outer")
        elif holder[one] != holder[other]:
            kinds.append("border")
        elif claims[one] != claims[other]:
            kinds.append("claim")
        elif place[one] != place[other]:
            kinds.append("province")
        else:
            kinds.append("coast")
    return kinds


def _pairs(atoms: gpd.GeoDataFrame, left: Ints, right: Ints, kinds: pd.Series) -> list[str | None]:
    """Two holders in alphabetical order; where nobody holds one side, its claimants."""
    holder = atoms["holder"].fillna("").tolist()
    claims = atoms["claims"].tolist()
    pairs: list[str | None] = []
    for one, other, kind in zip(left.tolist(), right.tolist(), kinds, strict=True):
        if kind != "border":
            pairs.append(None)
        elif holder[one] and holder[other]:
            pairs.append("-".join(sorted((holder[one], holder[other]))))
        else:
            nobody = one if not holder[one] else other
            pairs.append("-".join(sorted(claims[nobody].split("|"))))
    return pairs


def _with_status(atoms: gpd.GeoDataFrame, frame: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Add status and source: those of the most exact rule of border_status.csv, else the claims'.

    A province line that a rule names is the edge of a disputed part.
    """
    rules = border_status.rules()
    sides = _Sides(atoms)
    rows = []
    for row in frame.itertuples(index=False):
        kind, status, source = row.kind, None, ""
        if kind in ("border", "sea_border", "claim", "province"):
            one, other = int(row.left), int(row.right)
            rule = next((rules[key] for key in sides.keys(one, other) if key in rules), None)
            if rule:
                status, source = rule
                kind = "claim" if kind == "province" else kind
            elif kind == "claim":
                status, source = "disputed", sides.dispute(one, other)
            elif kind != "province":
                status, source = sides.contested(one, other, row.border_pair)
        rows.append((kind, status, source))
    columns = list(zip(*rows, strict=True))
    return frame.assign(kind=columns[0], status=columns[1], source=columns[2])


class _Sides:
    """What the atoms on the two sides of a line say about it."""

    def __init__(self, atoms: gpd.GeoDataFrame) -> None:
        self._province = atoms["admin1_code"].tolist()
        self._area = atoms["area"].tolist()
        self._holder = atoms["holder"].fillna("").tolist()
        self._claims = [set(text.split("|")) for text in atoms["claims"]]
        self._status = atoms["status"].tolist()
        self._source = atoms["source"].tolist()

    def keys(self, one: int, other: int) -> Iterator[frozenset[str]]:
        """Names of the two sides, the most exact first."""
        if self._area[one] != self._area[other]:
            for here, there in ((one, other), (other, one)):
                if self._area[here]:
                    yield frozenset((self._area[here], self._holder[there]))
        for first in (self._province, self._holder):
            for second in (self._province, self._holder):
                yield frozenset((first[one], second[other]))

    def contested(self, one: int, other: int, pair: str) -> tuple[str, str]:
        """Status and source of a border, disputed where both states claim the ground beside it."""
        # Among the holders of one disputed area may be one that is no claimant (XSP).
        shared = self._claims[one] == self._claims[other]
        for n in (one, other):
            inside = shared or set(pair.split("-")) <= self._claims[n]
            if len(self._claims[n]) > 1 and inside:
                return _BY_AREA.get(self._status[n], "international"), self._source[n]
        return "international", ""

    def dispute(self, one: int, other: int) -> str:
        """Source of the dispute on the side that has more claimants."""
        wider = one if len(self._claims[one]) > len(self._claims[other]) else other
        return str(self._source[wider] or self._source[one] or self._source[other])


_BY_AREA = {"disputed": "disputed", "indefinite": "indefinite", "unclaimed": "disputed"}
