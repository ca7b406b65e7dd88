"""Provinces or countries coloured by the number or the rate of their incidents."""

from typing import Literal

import geopandas as gpd
import numpy as np
import pandas as pd

from geo.errors import SchemaError
from geo.schema import require
from layers import arcs
from layers.ground import ground_of, worldview_of
from layers.incident_columns import IncidentBlocks, encode_incidents
from layers.viewer_layer import Drawing, ViewerLayer

__all__ = ["ChoroplethLayer"]

Unit = Literal["country", "province"]

_CODES: dict[Unit, str] = {"country": "country_a3", "province": "admin1_code"}
_PER = 100_000
#: Rates of fewer incidents jump with each single one.
_LEAST_FOR_RATES = 5


class ChoroplethLayer(ViewerLayer):
    """Provinces or countries by the number of incidents that the map shows, or by their rate.

    The viewer counts, so the colours follow the time window and all filters. Incidents known only
    to a country are in no province; the legend says how many they are.

    Parameters
    ----------
    table
        Incident table, EPSG:4326; needs `incident_id`, and `admin1_code` or `country_a3`, as
        `geo.add_countries` adds them. What `encode_incidents` made of a table may be given to
        several layers.
    by
        Units to count in.
    population
        People by the code of the unit (a series), or the column of the table that holds the people
        of the unit of each row. With it the layer draws incidents per 100 000 people.
    min_count
        Units with fewer incidents are hatched, not coloured; 1, or 5 where rates are drawn.
    name
        Name in layer controls.
    show
        Whether the layer is on when the map opens. Of several such layers one is shown at a time.

    Raises
    ------
    SchemaError
        The table lacks a column, a column holds what it must not, or a population is not positive.

    Examples
    --------
    >>> import geopandas, pandas, shapely
    >>> table = geopandas.GeoDataFrame(
    ...     {"incident_id": ["a"], "country_a3": ["JOR"]},
    ...     geometry=[shapely.Point(38.703, 33.306)],
    ...     crs="EPSG:4326",
    ... )
    >>> rates = ChoroplethLayer(table, by="country", population=pandas.Series({"JOR": 11_300_000}))
    >>> rates.layer_name
    'Rate by country'
    """

    viewer_function = "choropleth"
    viewer_parts = ("choropleth",)
    group = "summary"

    def __init__(
        self,
        table: gpd.GeoDataFrame | IncidentBlocks,
        *,
        by: Unit = "province",
        population: str | pd.Series | None = None,
        min_count: int | None = None,
        name: str | None = None,
        show: bool = True,
    ) -> None:
        if by not in _CODES:
            raise ValueError(f"by is {by!r}; expected country or province.")
        what = "Count" if population is None else "Rate"
        super().__init__(name=name or f"{what} by {by}", show=show)
        self.by = by
        self.population = _people(table, _CODES[by], population)
        rated = population is not None
        self.min_count = min_count or (_LEAST_FOR_RATES if rated else 1)
        self.incidents = encode_incidents(table, by="ChoroplethLayer", needs=(_CODES[by],))

    def drawing(self) -> Drawing:
        """Columns of the incidents, shared with their marks, and the ground that units lie in."""
        root = self.get_root()
        ground = ground_of(root, worldview_of(root))
        block = self.incidents.columns
        options = {
            "by": self.by,
            "population": self.population,
            "per": _PER,
            "minCount": self.min_count,
            "ground": [world.id for world in ground.worlds],
            "faces": ground.faces.id,
        }
        return Drawing([block, *ground.blocks], [block.id, options])

    def shipped_files(self) -> tuple[str, ...]:
        """Shipped files that the units are drawn from."""
        return (*arcs.SHIPPED, "provinces.parquet")


def _people(
    table: gpd.GeoDataFrame | IncidentBlocks, code: str, population: str | pd.Series | None
) -> dict[str, float] | None:
    """People by code of the unit; units whose number is not known are left out."""
    if population is None:
        return None
    if isinstance(population, str):
        population = _column_of(table, code, population)
    people = population.dropna().astype(np.float64)
    by_unit = {str(unit): float(number) for unit, number in people.items()}
    wrong = [unit for unit, number in by_unit.items() if not 0 < number < np.inf]
    if wrong:
        raise SchemaError(
            f"ChoroplethLayer: the population of {wrong[0]} is {by_unit[wrong[0]]:g}; expected a "
            "number of people above 0, or nothing where it is not known."
        )
    return by_unit


def _column_of(
    table: gpd.GeoDataFrame | IncidentBlocks, code: str, population: str
) -> "pd.Series[float]":
    """People by code, from the rows of an incident table."""
    if isinstance(table, IncidentBlocks):
        raise SchemaError(
            f"ChoroplethLayer: the table is encoded, so its column {population} cannot be read; "
            "give the populations as a series by code."
        )
    require(table, (code, population), by="ChoroplethLayer")
    rows = table[[code, population]].dropna().drop_duplicates(code)
    return pd.Series(rows[population].to_numpy(), index=rows[code])
