"""What a layer of results hands to the viewer."""

import json
import re
from typing import Any, NamedTuple

import layers
from tests.layers.decoder import blocks, unpack


class Handed(NamedTuple):
    """Meta and columns of a layer's own block, the id of its incidents, its name."""

    meta: dict[str, Any]
    columns: dict[str, list[Any]]
    incidents: str | None
    name: str


def handed(layer: Any, function: str) -> Handed:
    """Draw a layer on a map, and read what stands in the page."""
    html = layers.Map(layer).get_root().render()
    call = re.search(rf'incidentmap\.{function}\("(im-\w+)",("im-\w+"|null),(\{{.*?\}})\);', html)
    assert call, "the page does not draw the layer"
    found = blocks(html)
    incidents = json.loads(call[2])
    assert incidents is None or incidents in found
    return Handed(*unpack(found[call[1]]), incidents, json.loads(call[3])["name"])
