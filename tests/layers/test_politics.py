"""What the lines of the map divide, and whose the land is, in the eyes of a worldview."""

from collections import Counter
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from geo.errors import ShippedDataError
from geo.reference import views
from geo.reference.atoms import atoms
from layers.arcs import LEVELS, store
from layers.politics import Politics, disputes, politics
from tests.layers import small_world

STRIP = small_world.ATOMS.index(small_world.STRIP)


def kinds(found: Politics) -> Counter[tuple[str, str | None, str | None]]:
    arcs = store("low")
    lines = found.lines(arcs.take(np.ones(len(arcs.left), dtype=bool)))
    return Counter(zip(lines.kind, lines.border_pair, lines.status, strict=True))


def test_lines_are_coasts_borders_claims_or_provinces() -> None:
    assert kinds(politics("default")) == {
        ("border", "JOR-SYR", "international"): 2,
        ("border", "IRQ-JOR", "international"): 1,
        ("border", "IRQ-SYR", "international"): 1,
        ("province", None, None): 3,
        ("claim", None, None): 1,
        ("coast", None, None): 12,
    }


def test_another_holder_moves_the_border() -> None:
    by_iraq = politics("IQ")
    assert (by_iraq.country_a3[STRIP], by_iraq.admin1_code[STRIP]) == ("IRQ", "IQ-NI")
    found = kinds(by_iraq)
    assert found["border", "IRQ-SYR", "disputed"] == 1
    assert found["claim", None, None] == 0


def test_a_border_that_a_view_does_not_know_stays_as_a_claim() -> None:
    table = pd.DataFrame({"country_a3": ["JOR"], "holder": ["SYR"]})
    found = kinds(politics(views.read_worldview(table, name="one country")))
    assert not {pair for _, pair, _ in found} & {"JOR-SYR", "IRQ-JOR"}
    # Along SY-DI and SY-HI, once borders; and round the strip.
    assert found["claim", None, None] == 3


def test_views_that_draw_the_same_are_the_same() -> None:
    table = views.worldviews().query("worldview == 'IQ'").drop(columns="worldview")
    assert politics(views.read_worldview(table, name="mine")) == politics("IQ")
    assert politics("default") != politics("IQ")


def test_levels_made_from_other_atoms_are_refused() -> None:
    arcs = store("low")
    found = arcs.take(arcs.right >= 0)
    with pytest.raises(ShippedDataError, match="belong to another"):
        politics("default").lines(replace(found, left=found.left + 1))


def test_claims_do_not_depend_on_the_view() -> None:
    assert disputes() == [
        {
            "holder": "Syria",
            "claimants": ["Iraq"],
            "areas": {str(STRIP): small_world.STRIP_NAME},
        }
    ]


@pytest.fixture
def _shipped_world(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("INCIDENTMAP_DATA")


@pytest.mark.usefixtures("_shipped_world")
def test_levels_of_the_shipped_world_meet_at_the_same_nodes() -> None:
    open_ends = {}
    for level in LEVELS:
        arcs = store(level)
        inner = arcs.take(arcs.right >= 0)
        after = np.cumsum(inner.length)
        first, last = after - inner.length, after - 1
        ends = [np.column_stack([inner.x[at], inner.y[at]]) for at in (first, last)]
        sides = np.sort(np.column_stack([inner.left, inner.right]), axis=1)
        rows = np.hstack([*ends, sides])
        rows = rows[(ends[0] != ends[1]).any(axis=1)]
        open_ends[level] = {(*sorted([tuple(a[:2]), tuple(a[2:4])]), *a[4:]) for a in rows.tolist()}
    assert open_ends["low"] == open_ends["medium"] == open_ends["full"]


@pytest.mark.usefixtures("_shipped_world")
def test_precise_lines_are_the_lines_of_the_joins() -> None:
    arcs = store("full")
    found = arcs.take(np.ones(len(arcs.left), dtype=bool))
    vertices = atoms().vertices
    drawn = np.column_stack([found.x, found.y])[: found.length[0]]
    start = int(arcs.start[0])
    assert np.abs(drawn * 10 - vertices[start : start + len(drawn)]).max() <= 5


@pytest.mark.usefixtures("_shipped_world")
def test_crimea_is_drawn_as_each_side_sees_it() -> None:
    table = atoms().table
    crimea = table.index[table["admin1_code"].eq("UA-43") & table["surface"].eq("land")]
    assert set(politics("default").country_a3[crimea]) == {"RUS"}
    assert set(politics("UA").country_a3[crimea]) == {"UKR"}
    named = [dispute for dispute in disputes() if str(crimea[0]) in dispute["areas"]]
    assert [(one["holder"], one["claimants"]) for one in named] == [("Russia", ["Ukraine"])]
