"""worldviews.parquet: exceptions from the default worldview, each with a published source.

`worldviews.csv` is ours. An exception names what it is about by the columns of the atoms, not by
their numbers, so that the table outlives a new cut. Here it is only checked against the atoms.
"""

import pandas as pd

from geo.reference.view_tables import COLUMNS, SELECTORS, checked
from products import Build, Product, check, own_table

# These must be there; what else is, is a gift.
_WANTED = ("default", "UA", "RU", "IN", "PK", "CN", "MA", "PS")

PRODUCT = Product(
    name="worldviews.parquet",
    title="Points of view: who holds what by whose map, and since when",
    licence="MIT",
    attribution="incidentmap contributors",
    vintage="Laws, resolutions and maps until April 2024; each row names its own",
    own_files=("worldviews.csv",),
    needs=("atoms.parquet",),
)


def build(run: Build) -> None:
    """Check the table and write it."""
    table = own_table("worldviews.csv", columns=COLUMNS)
    atoms = pd.read_parquet(run.path("atoms.parquet"), columns=["holder", *SELECTORS[1:]])
    arrays = {name: atoms[name].to_numpy(dtype=object) for name in SELECTORS[1:]}
    holder = atoms["holder"].fillna("").to_numpy(dtype=object)
    numbered = table.set_axis(table.index + 2)
    checked(numbered, {"country_a3": holder, **arrays}, source="worldviews.csv")
    views = table["worldview"].unique().tolist()
    check(views[: len(_WANTED)] == list(_WANTED), f"worldviews.csv: views are {views}")
    check((table["source"] != "").all(), "worldviews.csv: an exception without source")
    check((table["place"] != "").all(), "worldviews.csv: an exception without place")
    later = table["worldview"] == "default"
    check((table.loc[later, "valid_until"] != "").all(), "worldviews.csv: default is who holds it")
    run.write(table, PRODUCT.name)
