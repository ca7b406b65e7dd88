"""The viewer stays small: a page carries no more of it than it uses."""

import geopandas as gpd
import pytest

import layers
from layers import viewer_files, viewer_scripts

pytestmark = pytest.mark.usefixtures("_small_world")

#: Bytes of a page of incidents: the modules of Leaflet and the viewer, minified.
MOST_BYTES = 260_000
PLAIN = ["incident_id", "kind", "date_start", "date_end", "geometry"]


def test_a_page_of_incidents_carries_a_small_viewer(incidents: gpd.GeoDataFrame) -> None:
    scripts = viewer_scripts.scripts_of(layers.map_incidents(incidents[PLAIN]).get_root())
    assert scripts == [viewer_files.read("leaflet_slim.js"), viewer_files.read("page.js")]
    assert sum(len(script.encode()) for script in scripts) <= MOST_BYTES


def test_what_results_are_drawn_with_stands_in_their_parts(incidents: gpd.GeoDataFrame) -> None:
    whole = layers.map_incidents(incidents[PLAIN]).get_root().render()
    density = viewer_files.read("part_density.js")
    assert density not in whole
    with_density = layers.map_incidents(incidents[PLAIN])
    layers.DensityLayer(incidents, bandwidth_m=20_000).add_to(with_density)
    assert density in with_density.get_root().render()
