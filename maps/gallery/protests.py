"""A wave of protests, counted by region: an invented spring in Peru.

python maps/gallery/protests.py OUT.html
"""

import sys
from pathlib import Path

import geo
import layers

TABLE = Path(__file__).parent / "inputs" / "protests.csv"


def draw() -> layers.Map:
    """Place the table by its names of towns and colour the regions by their number of protests."""
    protests = geo.geocode(geo.read_incidents(TABLE)).pipe(geo.add_countries)
    map_ = layers.map_incidents(
        protests, title="Ten weeks of protest", provenance="Invented for this example"
    )
    layers.ChoroplethLayer(protests, name="By region").add_to(map_)
    return map_


if __name__ == "__main__":
    draw().save(sys.argv[1])
