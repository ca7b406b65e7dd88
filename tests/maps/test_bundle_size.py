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
    names = ["leaflet_slim.js", "page.js", "part_compare.js"]
    scripts = viewer_scripts.scripts_of(layers.map_incidents(incidents[PLAIN]).get_root())
    assert scripts == [viewer_files.read(name) for name in names]
    with_borders = viewer_scripts.scripts_of(layers.map_incidents(incidents).get_root())
    assert set(with_borders) - set(scripts) == {viewer_files.read("part_borderLinks.js")}
    assert sum(len(script.encode()) for script in with_borders) <= MOST_BYTES


def test_periods_are_compared_where_there_are_several_days(incidents: gpd.GeoDataFrame) -> None:
    compare = viewer_files.read("part_compare.js")
    dates = incidents["date_start"]
    a_day = incidents[dates.isna() | (dates == dates.min())]
    assert len(a_day) > 1
    for table, compares in ((a_day, False), (incidents[dates.isna()], False), (incidents, True)):
        whole = layers.map_incidents(table[PLAIN]).get_root().render()
        assert (compare in whole) == compares


def test_what_results_are_drawn_with_stands_in_their_parts(incidents: gpd.GeoDataFrame) -> None:
    whole = layers.map_incidents(incidents[PLAIN]).get_root().render()
    density = viewer_files.read("part_density.js")
    assert density not in whole
    with_density = layers.map_incidents(incidents[PLAIN])
    layers.DensityLayer(incidents, bandwidth_m=20_000).add_to(with_density)
    assert density in with_density.get_root().render()
