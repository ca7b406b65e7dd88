"""A flood and the clinics near it: an invented season in Mozambique.

python maps/gallery/flood.py OUT.html
"""

import sys
from pathlib import Path

import pandas as pd

import geo
import layers

INPUTS = Path(__file__).parent / "inputs"
RINGS_M = (10_000, 25_000, 50_000)


def draw() -> layers.Map:
    """Place the reports, and count them in rings round the clinics."""
    reports = geo.geocode(geo.read_incidents(INPUTS / "flood.csv")).pipe(geo.add_countries)
    clinics = geo.geocode(pd.read_csv(INPUTS / "clinics.csv"), place="town")
    map_ = layers.map_incidents(
        reports, title="Flood along the rivers", provenance="Invented for this example"
    )
    layers.SiteLayer(clinics, name="Clinics").add_to(map_)
    layers.RingLayer(clinics, distances_m=RINGS_M, incidents=reports).add_to(map_)
    return map_


if __name__ == "__main__":
    draw().save(sys.argv[1])
