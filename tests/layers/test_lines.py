"""Border lines in a block, and what a table of lines must have."""

from collections.abc import Callable
from typing import Any

import pytest
import shapely

from geo.errors import SchemaError
from layers.border_layer import BorderLayer
from layers.line_columns import encode_lines
from tests.layers import small_world
from tests.layers.decoder import unpack


def test_lines_survive_with_their_pair_and_name() -> None:
    table = small_world.borders()
    _, columns = unpack(encode_lines(table, by="test").base64)
    assert columns["border_pair"] == table["border_pair"].tolist()
    assert columns["name"][1] == "Iraq–Syria border"
    assert sum(columns["line_length"]) == len(columns["x"]) == len(columns["y"])
    parts, rows = shapely.get_parts(table.geometry.array, return_index=True)
    assert columns["row"] == rows.tolist()
    assert columns["line_length"] == shapely.get_num_coordinates(parts).tolist()
    first = shapely.get_coordinates(parts[0])[0]
    assert (columns["x"][0] / 1e6, columns["y"][0] / 1e6) == pytest.approx(tuple(first))


def test_input_is_left_alone(unchanged: Any) -> None:
    table = small_world.borders()
    with unchanged(table):
        BorderLayer(table)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda table: table.drop(columns="status"), "BorderLayer needs the column status"),
        (lambda table: table.to_crs(3857), r"use table.to_crs\(4326\)"),
        (lambda table: table.set_geometry(table.buffer(1)), "expected lines"),
    ],
)
@pytest.mark.filterwarnings("ignore:Geometry is in a geographic CRS")
def test_what_is_wrong_with_a_table_is_said(change: Callable[[Any], Any], message: str) -> None:
    with pytest.raises(SchemaError, match=message):
        BorderLayer(change(small_world.borders()))


def test_a_map_of_borders_alone_opens_on_them() -> None:
    (south, west), (north, east) = BorderLayer(small_world.borders()).get_bounds()
    assert south < 33 <= north
    assert west < 38 < east
