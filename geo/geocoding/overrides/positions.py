"""Whether the points of overrides lie in the countries that their lines say."""

from collections.abc import Sequence

import geopandas as gpd

from geo.errors import SchemaError
from geo.geocoding.overrides.lines import OverrideLine
from geo.joins.countries import country_conflicts
from geo.schema import CRS

__all__ = ["check_positions"]


def check_positions(lines: Sequence[OverrideLine]) -> None:
    """Refuse lon and lat that lie in another country than their line says, beyond its border.

    Parameters
    ----------
    lines
        What was read.

    Raises
    ------
    SchemaError
        A point lies there.
    """
    # Where the gazetteer has the place, it knows the country.
    given = [
        (line, answer)
        for line in lines
        if (answer := line.answer) and not answer["place_id"] and answer["country_a3"]
    ]
    if not given:
        return
    points = gpd.GeoDataFrame(
        {
            "country_a3": [answer["country_a3"] for _, answer in given],
            "uncertainty_m": [answer["uncertainty_m"] for _, answer in given],
        },
        geometry=[answer["geometry"] for _, answer in given],
        crs=CRS,
    )
    conflicts = country_conflicts(points)
    # A ship off a coast is on the high sea, and may be said to be off that country.
    is_elsewhere = (conflicts["match"] == "certain") & conflicts["country_found_a3"].notna()
    for number, conflict in conflicts[is_elsewhere].iterrows():
        line, answer = given[int(str(number))]
        raise SchemaError(
            f"{line.source}, line {line.number}: lon {answer['geometry'].x}, lat "
            f"{answer['geometry'].y} lie in {conflict['country_found']}, but its country is "
            f"{answer['country_a3']}; correct one of the two."
        )
