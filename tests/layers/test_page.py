"""One renderer: the same bytes by every way, twice, and nothing runs that is not meant to."""

import base64
import hashlib
import html as html_module
import io
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import folium
import geopandas as gpd
import pytest

import layers
from geo.errors import WriteError
from layers.page import Page
from tests.layers.decoder import blocks

EXECUTED = re.compile(r"<script>(.*?)</script>", re.DOTALL)


def crowded(incidents: gpd.GeoDataFrame) -> Any:
    """A map with elements of folium beside ours."""
    map_ = layers.map_incidents(incidents, title="January")
    group = folium.FeatureGroup(name="Notes").add_to(map_)
    folium.Marker([33, 38], tooltip="here").add_to(group)
    folium.Circle([33, 38], radius=9_000).add_to(map_)
    shapes = {"type": "FeatureCollection", "features": [_feature()]}
    folium.GeoJson(shapes, tooltip=folium.GeoJsonTooltip(["name"])).add_to(map_)
    folium.LayerControl().add_to(map_)
    return map_


def _feature() -> Any:
    point = {"type": "Point", "coordinates": [38, 33]}
    return {"type": "Feature", "properties": {"name": "x"}, "geometry": point}


def policy(html: str) -> Any:
    return re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', html)[1]


def allowed(code: str) -> Any:
    digest = base64.b64encode(hashlib.sha256(code.encode()).digest()).decode()
    return f"'sha256-{digest}'"


def test_rendering_twice_and_building_twice_give_the_same_bytes(
    incidents: gpd.GeoDataFrame,
) -> None:
    map_ = crowded(incidents)
    first = map_.get_root().render()
    assert map_.get_root().render() == first
    assert crowded(incidents).get_root().render() == first


#: Digests of a page in English, in Arabic, and with its incidents grouped.
MAKE_PAGES = """
import hashlib, layers
from layers import size_budget, viewer_files
from tests.layers import conftest, incident_tables
viewer_files.read = conftest._VIEWER.__getitem__
size_budget._LEAST_MB = 0
for options in ({}, {"language": "ar"}, {"max_size_mb": 0}):
    html = layers.map_incidents(incident_tables.realistic(), **options).get_root().render()
    print(hashlib.sha256(html.encode()).hexdigest(), "Grouped into cells." in html)
"""


def test_another_process_makes_the_same_bytes(world_folder: Path) -> None:
    first, second = (
        subprocess.run(
            [sys.executable, "-c", MAKE_PAGES],
            env=os.environ | {"PYTHONHASHSEED": seed, "INCIDENTMAP_DATA": str(world_folder)},
            cwd=Path(layers.__file__).parents[1],
            capture_output=True,
            check=True,
            text=True,
        ).stdout.split()
        for seed in ("1", "2")
    )
    assert first == second
    assert first[1::2] == ["False", "False", "True"]
    assert len(set(first[::2])) == 3


def test_saving_and_the_notebook_show_what_rendering_shows(
    incidents: gpd.GeoDataFrame, tmp_path: Path
) -> None:
    map_ = layers.map_incidents(incidents)
    rendered = map_.get_root().render()
    map_.save(tmp_path / "map.html")
    map_.get_root().save(str(tmp_path / "root.html"))
    stream = io.BytesIO()
    map_.save(stream, close_file=False)
    assert (tmp_path / "map.html").read_text(encoding="utf-8") == rendered
    assert (tmp_path / "root.html").read_text(encoding="utf-8") == rendered
    assert stream.getvalue().decode() == rendered
    frame = map_._repr_html_()
    assert html_module.unescape(re.search(r'srcdoc="([^"]*)"', frame)[1]) == rendered


def test_rendering_leaves_the_map_as_it_was(incidents: gpd.GeoDataFrame) -> None:
    map_ = crowded(incidents)
    before = map_.to_json()
    map_.get_root().render()
    assert map_.to_json() == before


def test_every_inline_script_is_allowed_by_its_hash_and_no_other(
    incidents: gpd.GeoDataFrame,
) -> None:
    html = crowded(incidents).get_root().render()
    scripts = EXECUTED.findall(html)
    sources = re.search(r"script-src ([^;]*)", policy(html))[1].split()
    assert sorted(set(sources)) == sorted({allowed(code) for code in scripts})
    sentences = 1
    assert len(re.findall(r"<script", html)) == len(scripts) + len(blocks(html)) + sentences


def test_the_policy_closes_everything_else(incidents: gpd.GeoDataFrame) -> None:
    directives = dict(
        part.split(" ", 1)
        for part in policy(layers.map_incidents(incidents).get_root().render()).split("; ")
    )
    directives.pop("script-src")
    assert directives == {
        "default-src": "'none'",
        "base-uri": "'none'",
        "form-action": "'none'",
        "style-src": "'unsafe-inline'",
        "img-src": "data: blob:",
        "font-src": "data:",
    }


def test_each_layer_stands_in_a_script_of_its_own(incidents: gpd.GeoDataFrame) -> None:
    scripts = EXECUTED.findall(crowded(incidents).get_root().render())
    for name in ("country_layer", "incident_layer", "feature_group", "circle", "geo_json"):
        assert sum(f"var {name}_" in code for code in scripts) == 1
    marker = next(code for code in scripts if "var marker_" in code)
    assert "var feature_group_" in marker


def test_a_title_cannot_turn_the_words_round_it(incidents: gpd.GeoDataFrame) -> None:
    html = layers.map_incidents(incidents, title="a\u202eb\u2067c").get_root().render()
    assert "<title>abc</title>" in html
    assert "<noscript><h1>abc</h1>" in html


def test_a_checksum_in_the_users_words_is_not_renamed(incidents: gpd.GeoDataFrame) -> None:
    checksum = hashlib.md5(b"evidence", usedforsecurity=False).hexdigest()
    html = layers.map_incidents(incidents, title=checksum).get_root().render()
    assert f"<title>{checksum}</title>" in html
    assert f'"title":"{checksum}"' in html


def test_no_random_identifier_is_left(incidents: gpd.GeoDataFrame) -> None:
    html = crowded(incidents).get_root().render()
    assert not re.search(r"_[0-9a-f]{32}\b", html)


@pytest.mark.parametrize(("language", "direction"), [("en", "ltr"), ("ar-JO", "rtl")])
def test_the_document_says_its_language_and_can_be_zoomed(language: str, direction: str) -> None:
    html = layers.Map(language=language).get_root().render()
    assert f'<html lang="{language}" dir="{direction}">' in html
    assert "user-scalable" not in html
    assert "maximum-scale" not in html


def test_without_scripts_title_counts_and_licences_can_be_read(incidents: gpd.GeoDataFrame) -> None:
    html = layers.map_incidents(incidents, title="January").get_root().render()
    words = re.search(r"<noscript>(.*?)</noscript>", html)[1]
    assert "<h1>January</h1>" in words
    assert "Incidents: 40. On the map: 36." in words
    assert "Small gazetteer, CC BY 4.0" in words


def test_a_script_in_the_body_is_not_allowed_to_run() -> None:
    page = Page()
    page.html.add_child(folium.Element("<script>stolen()</script>"))
    page.script.add_child(folium.Element("meant()"))
    page.header.add_child(folium.Element('<script type="text/javascript">first()</script>'))
    sources = policy(page.render())
    assert allowed("first()") in sources
    assert allowed("stolen()") not in sources
    assert allowed("meant()") in sources


def test_a_file_appears_whole_or_not_at_all(incidents: gpd.GeoDataFrame, tmp_path: Path) -> None:
    path = tmp_path / "map.html"
    path.write_text("before", encoding="utf-8")
    map_ = layers.map_incidents(incidents)
    folium.TileLayer("https://tile.example/{z}/{x}/{y}.png", attr="Example").add_to(map_)
    with pytest.raises(layers.errors.OnlineAssetError):
        map_.save(path)
    assert path.read_text(encoding="utf-8") == "before"
    assert [entry.name for entry in tmp_path.iterdir()] == ["map.html"]


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(WriteError, match=r"missing/map\.html: cannot be written"):
        layers.Map().save(tmp_path / "missing" / "map.html")


def test_the_skeleton_of_the_page(incidents: gpd.GeoDataFrame, snapshot: Any) -> None:
    html = (
        layers.map_incidents(incidents, title="January", provenance="Invented").get_root().render()
    )
    html = re.sub(r"(?<=>)[A-Za-z0-9+/=]{80,}(?=</script>)", "…", html)
    names = {
        name: f"im-{number}" for number, name in enumerate(re.findall(r"im-[0-9a-f]{12}", html))
    }
    html = re.sub(r"im-[0-9a-f]{12}", lambda found: names[found[0]], html)
    html = re.sub(r'(?<=id="im-words">).*?(?=</script>)', "…", html)
    assert re.sub(r"sha256-[A-Za-z0-9+/]{43}=", "sha256-…", html) == snapshot
