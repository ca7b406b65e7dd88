"""Actors and sources as columns to filter by."""

import json
from collections.abc import Sequence

import geopandas as gpd
import pandas as pd
from hypothesis import given, strategies as st

from layers.incident_columns import encode_incidents
from layers.incident_names import encode_names
from layers.payload import pack
from tests.layers.decoder import unpack


def listed(*names: str | None) -> str:
    return json.dumps([{"name": name} for name in names])


def named(texts: Sequence[str | None]) -> list[set[str | None]]:
    """Who is named in each row, as the viewer reads it."""
    columns, names = encode_names(pd.DataFrame({"actors": list(texts)}, dtype="str"))
    if not names:
        return [set() for _ in texts]
    _, rows = unpack(pack(columns, {}).base64)
    return [{names["actor"][int(place)] for place in word.split()} for word in rows["actor_names"]]


def test_rows_name_several_and_the_frequent_come_first() -> None:
    texts = [listed("B"), None, listed("A", "B"), "[]", listed(None, " B ")]
    _, names = encode_names(pd.DataFrame({"actors": texts}))
    assert names == {"actor": ["B", "A"]}
    assert named(texts) == [{"B"}, set(), {"A", "B"}, set(), {"B"}]


def test_sources_are_publishers_or_hosts() -> None:
    sources = [
        json.dumps([{"publisher": "The Invented Times", "url": "https://www.x.example/1"}]),
        json.dumps([{"url": "https://www.news.example/2"}, {"url": "http://[broken"}, {}]),
    ]
    _, names = encode_names(pd.DataFrame({"sources": sources}))
    assert names == {"source": ["The Invented Times", "news.example"]}


def test_rare_names_are_counted_together() -> None:
    texts = [listed(f"Group {i}") for i in range(40) for _ in range(40 - i)]
    _, names = encode_names(pd.DataFrame({"actors": texts}))
    assert names["actor"] == [*(f"Group {i}" for i in range(15)), None]
    assert named(texts)[-1] == {None}


def test_too_many_groups_of_names_tell_fewer_names_apart() -> None:
    texts = [
        listed(*(f"G{place:02d}" for place in range(13) if number >> place & 1))
        for number in range(1, 2**13)
    ]
    columns, names = encode_names(pd.DataFrame({"actors": texts}))
    assert len(columns["actor_names"].choices or ()) <= 4096 + 1
    assert names["actor"][-1] is None


@given(st.lists(st.lists(st.sampled_from("ABCDE")) | st.none(), min_size=1, max_size=30))
def test_every_row_keeps_its_names(rows: list[list[str] | None]) -> None:
    texts = [None if row is None else listed(*row) for row in rows]
    assert named(texts) == [set(row or ()) for row in rows]


def test_a_table_without_names_has_no_such_columns(incidents: gpd.GeoDataFrame) -> None:
    blocks = encode_incidents(incidents, by="test")
    meta, columns = unpack(blocks.columns.base64)
    assert meta["names"] == {"actor": ["A group"], "source": ["The Invented Times"]}
    assert len(columns["actor_names"]) == len(incidents)
    bare = encode_incidents(incidents.drop(columns=["actors", "sources"]), by="test")
    meta, columns = unpack(bare.columns.base64)
    assert meta["names"] == {}
    assert not {"actor_names", "source_names"} & set(columns)


def test_names_of_restricted_rows_stay_among_the_others() -> None:
    table = pd.DataFrame(
        {
            "actors": [listed("A"), listed("A", "Secret"), listed("C"), None, listed("B")],
            "sensitivity": ["public", "restricted", "private", "restricted", None],
        }
    )
    columns, names = encode_names(table)
    assert names == {"actor": ["A", "B", None]}
    _, rows = unpack(pack(columns, {}).base64)
    assert rows["actor_names"] == ["0", "2", "2", "", "1"]
    assert encode_names(table.assign(sensitivity="restricted")) == ({}, {})
