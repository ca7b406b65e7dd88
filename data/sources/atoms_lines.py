"""The lines between atoms as arcs: kind, pair of countries, status."""

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

import coverage
import land_sea
from coverage import GRID, NONE, Ints
from products import check, own_table

KINDS = ("border", "sea_border", "claim", "province", "coast", "outer", "cut")
"""Lines between holders on land and at sea; round a disputed part of one holder; between provinces;
between land and sea; the 12 nm limit; the edges of the plane."""


def arcs(atoms: gpd.GeoDataFrame, shore: Ints) -> gpd.GeoDataFrame:
    """All arcs of the coverage, each with the atoms `left` and `right`, the lower first.

    `right` is missing where no atom follows. The names say which two, not which side.
    """
    found = coverage.arcs(_with_cuts(coverage.edges(atoms.geometry.to_numpy()), len(atoms)))
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
    frame["status"] = _statuses(atoms, frame)
    return frame[["left", "right", "kind", "border_pair", "status", "geometry"]]


def _with_cuts(found: coverage.Edges, cut: int) -> coverage.Edges:
    """Name a face beyond the edges of the plane, so that arcs end in its corners."""
    xy = found.vertices[found.ends]
    limit = np.array([180, 90], dtype=np.int64) * int(GRID)
    edge = ((np.abs(xy[:, 0]) == limit) & (xy[:, 0] == xy[:, 1])).any(axis=1)
    faces = found.faces.copy()
    faces[edge & (faces[:, 1] == NONE), 1] = cut
    return coverage.Edges(found.vertices, found.ends, faces)


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


def _statuses(atoms: gpd.GeoDataFrame, frame: pd.DataFrame) -> list[str | None]:
    """Status of each border: the most exact rule of border_status.csv, else from the claims."""
    table = own_table("border_status.csv", columns=["left", "right", "status", "source"])
    rules = {frozenset((row.left, row.right)): row.status for row in table.itertuples(index=False)}
    province = atoms["admin1_code"].tolist()
    holder = atoms["holder"].fillna("").tolist()
    claims = [set(text.split("|")) for text in atoms["claims"]]
    status = atoms["status"].tolist()
    found: list[str | None] = []
    for row in frame.itertuples(index=False):
        if row.kind == "claim":
            found.append("disputed")
            continue
        if row.kind not in ("border", "sea_border"):
            found.append(None)
            continue
        one, other = int(row.left), int(row.right)
        keys = (
            (province[one], province[other]),
            (province[one], holder[other]),
            (holder[one], province[other]),
            (holder[one], holder[other]),
        )
        rule = next((rules[key] for key in map(frozenset, keys) if key in rules), None)
        contested = next(
            (
                status[n]
                for n in (one, other)
                if len(claims[n]) > 1 and set(row.border_pair.split("-")) <= claims[n]
            ),
            None,
        )
        found.append(rule or (_BY_AREA.get(contested) if contested else None) or "international")
    check(len(found) == len(frame), "atom arcs: a line without status")
    return found


_BY_AREA = {"disputed": "disputed", "indefinite": "indefinite", "unclaimed": "disputed"}
