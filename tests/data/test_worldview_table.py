"""The shipped worldviews are the table beside the recipes, and fit the shipped atoms."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from geo import shipped
from geo.reference.views import holders, read_worldview

SOURCE = Path(__file__).parents[2] / "data" / "sources" / "worldviews.csv"


def test_the_shipped_table_is_the_source() -> None:
    table = pd.read_csv(SOURCE, dtype=str, keep_default_na=False)

    assert pd.read_parquet(shipped.path("worldviews.parquet")).to_dict() == table.to_dict()


def test_every_row_gives_land_or_sea_to_its_holder() -> None:
    table = pd.read_csv(SOURCE, dtype=str, keep_default_na=False)
    for number in range(len(table)):
        row = table.iloc[[number]].assign(valid_from="", valid_until="")
        own = read_worldview(row, name="one row")

        assert (holders(own) == row["holder"].iloc[0]).any(), row["place"].iloc[0]
