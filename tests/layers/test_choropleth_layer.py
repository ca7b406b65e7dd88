"""What a map of counts or rates hands to the viewer, and what it refuses."""

import json
import re
from typing import Any

import geopandas as gpd
import pandas as pd
import pytest

import layers
from geo.errors import SchemaError
from layers.incident_columns import encode_incidents
from tests.layers.decoder import blocks


def options(layer: layers.ChoroplethLayer) -> dict[str, Any]:
    html = layers.Map(layer).get_root().render()
    found = re.search(r'incidentmap\.choropleth\("(im-\w+)",(\{.*\})\);', html)
    assert found
    assert found[1] in blocks(html)
    return json.loads(found[2])


def test_counts_are_left_to_the_viewer(incidents: gpd.GeoDataFrame) -> None:
    found = options(layers.ChoroplethLayer(incidents))
    assert (found["by"], found["population"], found["minCount"]) == ("province", None, 1)


def test_units_are_cut_from_the_ground_of_the_map(incidents: gpd.GeoDataFrame) -> None:
    map_ = layers.Map(layers.ChoroplethLayer(incidents, by="country"))
    html = map_.get_root().render()
    ground = re.search(r"incidentmap\.countries\((\[[^]]*\])", html)
    assert ground
    assert f'"ground":{ground[1]}' in html


@pytest.mark.parametrize("as_column", [False, True])
def test_rates_need_the_people_of_each_unit(
    incidents: gpd.GeoDataFrame, *, as_column: bool
) -> None:
    people = {"JOR": 11_300_000.0, "SYR": 22_000_000.0}
    population: Any = pd.Series(people)
    if as_column:
        incidents["people"] = incidents["country_a3"].map(people)
        population = "people"
    layer = layers.ChoroplethLayer(incidents, by="country", population=population)
    assert layer.layer_name == "Rate by country"
    found = options(layer)
    assert found["population"] == people
    assert (found["per"], found["minCount"]) == (100_000, 5)


@pytest.mark.parametrize("number", [0, -5, float("inf")])
def test_people_are_counted_above_zero(incidents: gpd.GeoDataFrame, number: float) -> None:
    with pytest.raises(SchemaError, match="population of JOR is"):
        layers.ChoroplethLayer(incidents, by="country", population=pd.Series({"JOR": number}))


def test_what_is_missing_is_named(incidents: gpd.GeoDataFrame) -> None:
    with pytest.raises(SchemaError, match="admin1_code"):
        layers.ChoroplethLayer(incidents.drop(columns="admin1_code"))
    with pytest.raises(SchemaError, match="give the populations as a series"):
        layers.ChoroplethLayer(encode_incidents(incidents, by="test"), population="people")
