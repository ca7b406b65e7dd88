"""What a map adds by itself, what it opens on, and what its layers share."""

import json
import re
from typing import Any

import folium
import geopandas as gpd
import pytest
import shapely

import layers
from geo.errors import PlaceNotFoundError, SchemaError
from geo.reference import views
from tests.layers import small_world
from tests.layers.decoder import blocks


def opening(map_: folium.Map) -> dict[str, Any]:
    """Options that the viewer's shell is opened with."""
    html = map_.get_root().render()
    found = re.search(r"incidentmap\.open\(map_1, Object\.assign\((\{.*?\}), \{layers: ", html)
    assert found
    return json.loads(found[1])


def panel(map_: folium.Map) -> list[tuple[str, str, bool]]:
    """Name, group and state of each entry of the layer panel."""
    entries = re.findall(r"Object\.assign\((\{[^{}]*\}), \{layer: ", map_.get_root().render())
    found = [json.loads(entry) for entry in entries]
    return [(entry["name"], entry["group"], entry["visible"]) for entry in found]


def test_the_default_map_shows_what_the_columns_allow(incidents: gpd.GeoDataFrame) -> None:
    assert panel(layers.map_incidents(incidents)) == [
        ("Built in", "background", True),
        ("Country borders", "reference", True),
        ("Points and clusters", "incidents", True),
        ("Provinces", "reference", True),
        ("Uncertainty areas", "incidents", True),
        ("Links to nearest border", "reference", False),
        ("Place names", "reference", True),
    ]
    points = incidents[["incident_id", "geometry"]]
    groups = {group for _, group, _ in panel(layers.map_incidents(points))}
    assert groups == {"background", "incidents", "reference"}


def test_layers_of_one_table_share_one_block(incidents: gpd.GeoDataFrame) -> None:
    apart = layers.Map(layers.UncertaintyLayer(incidents), layers.IncidentLayer(incidents))
    # Three worlds and their faces, labels, the columns of the incidents, their texts, the method.
    assert len(blocks(apart.get_root().render())) == 8


@pytest.mark.parametrize("max_size_mb", [25, 1e-3])
def test_other_incidents_with_equal_columns_are_a_table_of_their_own(
    incidents: gpd.GeoDataFrame, max_size_mb: float
) -> None:
    others = incidents.assign(incident_id="other:" + incidents["incident_id"])
    both = (layers.IncidentLayer(incidents), layers.IncidentLayer(others))
    html = layers.Map(*both, max_size_mb=max_size_mb).get_root().render()
    assert html.count(f"Incidents: {len(incidents)}. ") == 2


def test_a_ground_that_was_given_is_not_doubled(incidents: gpd.GeoDataFrame) -> None:
    map_ = layers.Map(layers.CountryLayer(incidents, name="Ground"))
    layers.IncidentLayer(incidents).add_to(map_)
    names = [name for name, group, _ in panel(map_) if group != "reference"]
    assert names == ["Ground", "Points and clusters"]


def test_countries_of_the_table_stand_out_else_those_of_the_incidents(
    incidents: gpd.GeoDataFrame,
) -> None:
    def highlight(map_: folium.Map) -> list[str]:
        return json.loads(re.search(r'"highlight":(\[.*?\])', map_.get_root().render())[1])

    jordan = incidents[incidents["country_a3"] == "JOR"]
    assert highlight(layers.Map(layers.CountryLayer(jordan))) == ["JOR"]
    assert highlight(layers.Map(layers.IncidentLayer(incidents))) == ["IRQ", "JOR", "SYR"]
    assert highlight(layers.Map()) == []


def test_labels_can_be_left_out() -> None:
    html = layers.Map(layers.CountryLayer(labels=False)).get_root().render()
    assert len(blocks(html)) == 5  # the worlds and their faces, the method
    assert '"labels":false' in html


def test_the_map_opens_on_the_incidents(incidents: gpd.GeoDataFrame) -> None:
    points = incidents.drop(columns="uncertainty_m")
    west, south, east, north = points.total_bounds
    assert opening(layers.map_incidents(points))["bounds"] == [[south, west], [north, east]]


@pytest.mark.parametrize("whole", ["country", "water"])
def test_the_map_opens_on_the_ground_in_which_incidents_may_lie(whole: str) -> None:
    table = gpd.GeoDataFrame(
        {"incident_id": ["a", "b"], "uncertainty_m": [171_000.0, 800_000.0]},
        geometry=[shapely.Point(38, 33), shapely.Point(38, 33)],
        crs="EPSG:4326",
    )
    table["precision"] = ["admin1", whole]
    (south, west), (north, east) = opening(layers.map_incidents(table))["bounds"]
    assert (west, south, east, north) == pytest.approx((36.1, 31.4, 39.9, 34.6), abs=0.1)


def test_a_view_that_was_asked_for_is_kept(incidents: gpd.GeoDataFrame) -> None:
    there = layers.map_incidents(incidents, location=[33.3, 38.7], zoom_start=12)
    assert opening(there)["bounds"] is None
    fitted = layers.map_incidents(incidents)
    fitted.fit_bounds([[30, 30], [40, 40]])
    assert opening(fitted)["bounds"] is None


def test_a_map_without_points_keeps_the_whole_world(incidents: gpd.GeoDataFrame) -> None:
    incidents.geometry = [None] * len(incidents)
    options = opening(layers.map_incidents(incidents))
    assert options["bounds"] is None


def test_borders_alone_are_opened_on() -> None:
    map_ = layers.Map(layers.BorderLayer(small_world.borders()))
    assert opening(map_)["bounds"] is not None


def test_words_reach_the_shell(incidents: gpd.GeoDataFrame) -> None:
    map_ = layers.map_incidents(incidents, title="T", provenance="P", language="ar")
    options = opening(map_)
    assert (options["title"], options["provenance"]) == ("T", "P")
    assert (options["language"], options["dir"]) == ("ar", "rtl")
    assert options["attribution"] == ["Small world", "Small gazetteer, CC BY 4.0"]
    assert opening(layers.Map())["title"] == "Incident map"


DE_FACTO = {"name": "default", "country": None}
BY_IRAQ = {"name": "IQ", "country": "Iraq"}


def test_borders_follow_the_worldview_of_the_incidents(incidents: gpd.GeoDataFrame) -> None:
    assert opening(layers.Map())["worldview"] == {"borders": DE_FACTO, "incidents": None}
    incidents["worldview"] = "IQ"
    joined = {"borders": BY_IRAQ, "incidents": BY_IRAQ}
    assert opening(layers.map_incidents(incidents))["worldview"] == joined
    own = opening(layers.map_incidents(incidents, worldview="default"))["worldview"]
    assert own == {"borders": DE_FACTO, "incidents": BY_IRAQ}
    given = layers.Map(layers.CountryLayer(worldview="IQ"))
    assert opening(given)["worldview"] == {"borders": BY_IRAQ, "incidents": None}


def test_a_worldview_that_nobody_knows_is_named_beside_the_borders_drawn(
    incidents: gpd.GeoDataFrame,
) -> None:
    incidents["worldview"] = "mine"
    found = opening(layers.map_incidents(incidents))["worldview"]
    assert found == {"borders": DE_FACTO, "incidents": {"name": "mine", "country": None}}
    table = views.worldviews().query("worldview == 'IQ'").drop(columns="worldview")
    mine = views.read_worldview(table, name="mine")
    found = opening(layers.map_incidents(incidents, worldview=mine))["worldview"]
    assert found["borders"] == found["incidents"]


def test_a_misspelt_worldview_is_refused_at_once(incidents: gpd.GeoDataFrame) -> None:
    with pytest.raises(PlaceNotFoundError, match="known are default, IQ"):
        layers.map_incidents(incidents, worldview="qi")


def test_disputed_areas_are_named_with_who_holds_and_claims_them() -> None:
    html = layers.Map().get_root().render()
    strip = small_world.ATOMS.index(small_world.STRIP)
    expected = (
        f'"disputes":[{{"areas":{{"{strip}":"Northern Strip"}},"claimants":["Iraq"],'
        '"holder":"Syria"}]'
    )
    assert expected in html


def test_leaflet_knows_the_finest_zoom() -> None:
    assert '"maxZoom": 19' in layers.Map().get_root().render()
    assert '"maxZoom": 12' in layers.Map(max_zoom=12).get_root().render()


def test_switches_of_folium_come_before_leaflet() -> None:
    html = layers.Map(no_touch=True).get_root().render()
    assert html.index("var L_NO_TOUCH = true;") < html.index("window.L = {}")
    assert "L_DISABLE_3D" not in html


def test_a_title_can_be_changed_until_the_map_is_drawn() -> None:
    map_ = layers.Map(title="Title at first")
    map_.title = "after"
    html = map_.get_root().render()
    assert "<title>after</title>" in html
    assert "Title at first" not in html


@pytest.mark.parametrize("options", [{"crs": "EPSG3857});run("}, {"position": "x}</style>"}])
def test_options_that_are_no_names_are_refused(options: dict[str, str]) -> None:
    with pytest.raises(ValueError, match="expected a name such as EPSG3857"):
        layers.Map(**options)


def test_a_control_for_zooming_can_be_asked_for() -> None:
    html = layers.Map(zoom_control="bottomleft").get_root().render()
    assert 'L.control.zoom({"position":"bottomleft"}).addTo(map_1);' in html


def test_layers_can_be_kept_in_front() -> None:
    group = folium.FeatureGroup(name="Notes")
    map_ = layers.Map(group)
    map_.keep_in_front(group)
    html = map_.get_root().render()
    assert "feature_group_2.bringToFront();" in html
    assert "$(" not in html


def test_foreign_layers_stand_in_the_panel() -> None:
    map_ = layers.Map(folium.FeatureGroup(name="Notes", show=False))
    assert ("Notes", "reference", False) in panel(map_)


def test_inputs_are_left_alone(incidents: gpd.GeoDataFrame, unchanged: Any) -> None:
    with unchanged(incidents):
        layers.map_incidents(incidents).get_root().render()
        layers.Map(layers.CountryLayer(incidents)).get_root().render()


def test_a_layer_without_its_columns_says_which(incidents: gpd.GeoDataFrame) -> None:
    points = incidents[["incident_id", "geometry"]]
    with pytest.raises(SchemaError, match="BorderLinkLayer needs the columns border_pair, "):
        layers.BorderLinkLayer(points)
    with pytest.raises(SchemaError, match="UncertaintyLayer needs the column uncertainty_m"):
        layers.UncertaintyLayer(points)
    with pytest.raises(SchemaError, match="CountryLayer needs the column country_a3"):
        layers.CountryLayer(points)


def test_our_map_inside_another_figure_is_refused_in_words() -> None:
    figure = folium.Figure()
    figure.add_child(layers.Map())
    with pytest.raises(TypeError, match=r"use folium\.Map with our layers"):
        figure.render()


def test_one_point_is_a_map() -> None:
    table = gpd.GeoDataFrame(
        {"incident_id": ["a"]}, geometry=[shapely.Point(38.703, 33.306)], crs="EPSG:4326"
    )
    assert opening(layers.map_incidents(table))["bounds"] == [[33.306, 38.703], [33.306, 38.703]]


def test_a_layer_without_a_name_is_called_what_it_is() -> None:
    map_ = layers.Map()
    folium.FeatureGroup().add_to(map_)
    assert ("Feature group", "reference", True) in panel(map_)
