"""A week of earthquakes from the feed of the USGS, as marks or counted by hexagons.

python maps/gallery/earthquakes.py OUT.html
"""

import sys
from pathlib import Path

import geo
import layers

FEED = Path(__file__).parents[2] / "data" / "samples" / "usgs-week-2018-02.geojson"


def draw() -> layers.Map:
    """Read the feed and count the quakes by hexagons of 120 km, beside the marks."""
    quakes = geo.read_incidents(FEED).pipe(geo.add_countries)
    map_ = layers.map_incidents(
        quakes, title="A week of earthquakes", provenance="USGS, public domain"
    )
    layers.HexLayer(quakes, resolution=3, show=False).add_to(map_)
    return map_


if __name__ == "__main__":
    draw().save(sys.argv[1])
