"""A million synthetic incidents in one file: ten years, round three thousand places.

python maps/gallery/million.py OUT.html
"""

import sys

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

import layers

COUNT = 1_000_000
SEED = 2024
DAYS = 3_653
FIRST_DAY = np.datetime64("2014-01-01")
KINDS = ("battle", "explosion", "violence_against_civilians", "protest", "riot", "strategic")
#: Radius in metres that holds the true point, and the share of the incidents that it is for.
PRECISIONS = {"exact": (100.0, 0.2), "site": (1_000.0, 0.3), "settlement": (4_000.0, 0.5)}
WEST_SOUTH, EAST_NORTH = (35.5, 30.5), (47.5, 37.0)
REGIONS, PLACES = 40, 3_000
#: How far places lie from the middle of their region, and incidents from their place, in degrees.
REGION_DEG, PLACE_DEG = 0.7, 0.05


def invent(count: int) -> gpd.GeoDataFrame:
    """Incidents round places of very different size, most of them in waves of some months."""
    random = np.random.default_rng(SEED)
    regions = random.uniform(WEST_SOUTH, EAST_NORTH, (REGIONS, 2))
    places = random.normal(regions[random.integers(0, REGIONS, PLACES)], REGION_DEG)
    weights = random.pareto(1.6, PLACES) + 0.05
    place = random.choice(PLACES, count, p=weights / weights.sum())
    wave = random.integers(0, DAYS, PLACES)[place] + random.normal(0, 240, count)
    days = FIRST_DAY + np.mod(wave, DAYS).astype("timedelta64[D]")
    precision = random.choice(
        list(PRECISIONS), count, p=[share for _, share in PRECISIONS.values()]
    )
    radius_m = {name: radius_m for name, (radius_m, _) in PRECISIONS.items()}
    return gpd.GeoDataFrame(
        {
            "incident_id": np.char.mod("synthetic:%d", np.arange(count)),
            "kind": np.array(KINDS)[random.zipf(1.6, count) % len(KINDS)],
            "date_start": days.astype("datetime64[s]"),
            "date_end": days.astype("datetime64[s]"),
            "date_precision": "day",
            "precision": precision,
            "uncertainty_m": pd.Series(precision).map(radius_m).to_numpy(),
        },
        geometry=shapely.points(places[place] + random.normal(0, PLACE_DEG, (count, 2))),
        crs="EPSG:4326",
    )


def draw(count: int = COUNT) -> layers.Map:
    """Invent the incidents and draw every one of them."""
    return layers.map_incidents(
        invent(count),
        title="A million incidents in one file",
        provenance="Synthetic: no incident of this map has happened",
    )


if __name__ == "__main__":
    draw().save(sys.argv[1])
