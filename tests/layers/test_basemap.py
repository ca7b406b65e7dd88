"""Each range of zoom gets a whole world, precise where the incidents are."""

from collections import defaultdict
from typing import Any

import numpy as np
import pandas as pd
import pytest
import shapely

from layers.basemap import Focus, face_block, focus_on, worlds
from layers.politics import politics
from tests.layers import small_world
from tests.layers.decoder import unpack

IN_MAFRAQ_BY_THE_BORDERS = np.array([[39.9, 32.9]])
FACES = {cell: face for face, cell in enumerate(small_world.ATOMS) if cell != small_world.SEA}
VERTICES = {level: steps + 2 for level, steps in small_world.STEPS.items()}


def decode(focus: Focus) -> Any:
    return [unpack(block.base64) for block in worlds(focus, politics("default"))]


def face_polygons(columns: dict[str, list[Any]]) -> Any:
    """Faces stitched from the arcs of a block, as the viewer does it."""
    ends = np.cumsum(columns["arc_length"])
    xy = np.column_stack([columns["x"], columns["y"]])
    lines = defaultdict(list)
    for left, right, arc in zip(
        columns["left"], columns["right"], np.split(xy, ends[:-1]), strict=True
    ):
        for face in {left, right} - {-1}:
            lines[face].append(shapely.LineString(arc))
    return {face: list(shapely.polygonize(arcs).geoms) for face, arcs in lines.items()}


def levels(columns: dict[str, list[Any]]) -> Any:
    names = {count: level for level, count in VERTICES.items()}
    return [names[count] for count in columns["arc_length"]]


@pytest.mark.parametrize("points", [np.empty((0, 2)), IN_MAFRAQ_BY_THE_BORDERS])
def test_every_face_closes_in_every_world(points: Any) -> None:
    for _, columns in decode(focus_on(points)):
        polygons = face_polygons(columns)
        assert set(polygons) == set(FACES.values())
        assert all(len(parts) == 1 for parts in polygons.values())


def test_worlds_cover_all_zooms() -> None:
    metas = [meta for meta, _ in decode(Focus())]
    assert [(meta["level"], meta["min_zoom"]) for meta in metas] == [
        ("low", 0),
        ("medium", 5),
        ("full", 9),
    ]
    assert metas[0]["max_zoom"] == 4
    assert metas[1]["max_zoom"] == 8


def test_faces_have_their_country_and_province() -> None:
    _, faces = unpack(face_block(politics("default")).base64)
    by_atom = zip(faces["admin1_code"], faces["country_a3"], strict=True)
    found = dict(zip(small_world.ATOMS, by_atom, strict=True))
    assert found == small_world.PROVINCES | {
        small_world.STRIP: ("SY-HI", "SYR"),
        small_world.SEA: ("JO-AM", "JOR"),
    }


def test_the_sea_is_left_to_the_sea() -> None:
    for _, world in decode(Focus()):
        assert small_world.ATOMS.index(small_world.SEA) not in {*world["left"], *world["right"]}
        assert -1 not in world["left"]
        kinds = {
            kind for kind, right in zip(world["kind"], world["right"], strict=True) if right < 0
        }
        assert kinds == {"coast"}


def test_detail_is_spent_on_faces_near_incidents_only() -> None:
    low, medium, full = (columns for _, columns in decode(focus_on(IN_MAFRAQ_BY_THE_BORDERS)))
    assert set(levels(low)) == {"low"}
    assert set(levels(medium)) == {"medium"}
    sides = zip(full["left"], full["right"], levels(full), strict=True)
    near = {FACES[cell] for cell in ((1, 0), (1, 1), (2, 0), (2, 1))}
    for left, right, level in sides:
        assert (level == "full") == bool({left, right} & near)


def test_without_incidents_all_is_coarse() -> None:
    assert {level for _, columns in decode(Focus()) for level in levels(columns)} == {"low"}


def test_arcs_that_do_not_fit_stay_coarser() -> None:
    one_face = 4 * VERTICES["full"]
    focus = focus_on(IN_MAFRAQ_BY_THE_BORDERS, max_vertices=one_face)
    assert len(focus.near) == 1


def test_vertices_near_incidents_keep_their_place_to_a_millionth_of_a_degree() -> None:
    *_, (_, columns) = decode(focus_on(IN_MAFRAQ_BY_THE_BORDERS))
    vertices = set(zip(columns["x"], columns["y"], strict=True))
    for line in small_world.borders().geometry.explode().cx[38.5:, :]:
        for x, y in shapely.get_coordinates(line):
            assert (round(x * 1e6), round(y * 1e6)) in vertices


def test_an_incident_at_the_date_line_is_near_what_lies_behind_it() -> None:
    west, east = focus_on(np.array([[-179.99, 33.0]])), focus_on(np.array([[179.99, 33.0]]))
    assert west.near == east.near == frozenset()


def test_what_surrounds_points_at_the_date_line_is_not_the_world() -> None:
    assert not focus_on(np.array([[179.0, 33.0], [-179.0, 33.0]])).around


def test_order_of_points_does_not_matter() -> None:
    points = np.array([[37.0, 32.0], [39.9, 32.9], [41.0, 34.0]])
    assert focus_on(points) == focus_on(points[::-1])


@pytest.mark.parametrize("points", [[[38.703, 33.306]], [[179.9, -16.8], [-179.9, -16.8]]])
def test_shipped_faces_close_in_every_world(
    points: list[list[float]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("INCIDENTMAP_DATA")
    for _, columns in decode(focus_on(np.array(points))):
        after = np.cumsum(columns["arc_length"])
        corners = np.concatenate([after - columns["arc_length"], after - 1])
        ends = pd.DataFrame({name: np.array(columns[name])[corners] for name in "xy"})
        sides = pd.concat([ends.assign(face=columns[side] * 2) for side in ("left", "right")])
        # Rings are closed where each face has an even number of arc ends at each node.
        assert (sides[sides["face"] >= 0].value_counts() % 2 == 0).all()
