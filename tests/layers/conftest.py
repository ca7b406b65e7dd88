"""The small world in place of the shipped files, and stand-ins for the built viewer.

The packages under test are imported late: typeguard has to be there first.
"""

import json
from pathlib import Path

import geopandas as gpd
import pytest

from tests.layers import incident_tables, small_world

_VIEWER = {
    "leaflet.js": "window.L = {}; 'whole';",
    "leaflet_slim.js": "window.L = {}; 'slim';",
    "page.js": "window.incidentmap = {};",
    "page.css": ".folium-map{}",
    "plugin.js": "window.incidentmap = {};",
    "plugin.css": ".leaflet-container{}",
    "review.js": "incidentmap.openReview = () => {};",
    "review.css": ".im-review{}",
}
_PARTS = ("popup", "icon", "fontawesome", "cluster", "heat", "fullscreen", "minimap", "scale")
_VIEWER |= {
    f"part_{part}.js": f"/* part {part} */"
    for part in (
        *("borderLinks", "borders", "choropleth", "clusterHulls", "compare", "density"),
        *("hexes", "pairLinks", "rings", "sites"),
    )
}
_VIEWER |= {f"compat_{part}.{kind}": f"/* {part} */" for part in _PARTS for kind in ("js", "css")}

_WORDS = Path(__file__).parents[2] / "maps" / "viewer" / "src" / "words"
_ENGLISH, _ARABIC = (
    json.loads((_WORDS / f"{language}.json").read_text("utf-8")) for language in ("en", "ar")
)
# The build gives each sentence a short key; here each keeps its own.
_SAID = [key for key in _ENGLISH["say"] if not key.startswith("page.")]
_KEYS = {key: key for key in _SAID}
_VIEWER["words_en.json"] = json.dumps(_ENGLISH | {"short": _KEYS, "review": _KEYS})
_VIEWER["words_ar.json"] = json.dumps(_ARABIC)


@pytest.fixture(scope="session")
def world_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return small_world.build(tmp_path_factory.mktemp("world"))


@pytest.fixture(autouse=True)
def _small_world(world_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INCIDENTMAP_DATA", str(world_folder))


@pytest.fixture(autouse=True)
def _stand_in_viewer(monkeypatch: pytest.MonkeyPatch) -> None:
    from layers import viewer_files

    monkeypatch.setattr(viewer_files, "read", _VIEWER.__getitem__)


@pytest.fixture
def incidents() -> gpd.GeoDataFrame:
    return incident_tables.realistic()
