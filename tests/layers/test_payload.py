"""Columns come out of a block as they went in."""

import base64
import gzip
import math
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, strategies as st
from hypothesis.extra import numpy as arrays

from layers.gzip_pieces import gzip_pieces
from layers.payload import (
    MISSING,
    delta,
    dictionary,
    identifiers,
    measures,
    pack,
    plain,
    texts,
)
from tests.layers.decoder import unpack

I32 = st.integers(-(2**31), 2**31 - 1)
WORDS = st.text(st.characters(exclude_categories=["Cs"]))


def round_trip(**columns: Any) -> Any:
    return unpack(pack(columns, {}).base64)[1]


@given(st.lists(I32))
def test_integers_survive_differences_that_wrap(values: Any) -> None:
    assert round_trip(a=delta(values)) == {"a": values}


@given(arrays.arrays(np.float32, st.integers(0, 50)))
def test_numbers_survive_bit_by_bit(values: Any) -> None:
    out = round_trip(a=plain(values, "f32"))["a"]
    assert np.array_equal(np.array(out, dtype=np.float32), values, equal_nan=True)


@given(st.lists(st.none() | WORDS))
def test_words_survive_with_their_gaps(values: Any) -> None:
    assert round_trip(a=dictionary(values)) == {"a": values}


@given(st.lists(st.none() | WORDS | st.lists(st.dictionaries(WORDS, WORDS, max_size=2))))
def test_texts_survive_with_their_gaps(values: Any) -> None:
    assert round_trip(a=texts(values)) == {"a": values}


@given(st.dictionaries(st.sampled_from("abcd"), st.lists(I32, max_size=9)))
def test_columns_of_any_length_stand_side_by_side(columns: dict[str, list[Any]]) -> None:
    assert round_trip(**{name: delta(values) for name, values in columns.items()}) == columns


@pytest.mark.parametrize(("count", "code_type"), [(256, "u8"), (257, "u16"), (65_537, "i32")])
def test_codes_are_as_wide_as_the_number_of_words(count: int, code_type: str) -> None:
    column = dictionary([f"{i:06d}" for i in range(count)])
    assert column.type == code_type
    assert round_trip(a=column)["a"][-1] == f"{count - 1:06d}"


def test_missing_numbers_have_their_own_value() -> None:
    out = round_trip(a=plain([MISSING, 3], "i32"), b=plain([math.nan], "f32"))
    assert out["a"] == [-2147483648, 3]
    assert math.isnan(out["b"][0])


def test_equal_content_is_the_same_block_and_other_content_is_not() -> None:
    block = pack({"a": delta([1, 2])}, {"unit": "day"})
    assert pack({"a": delta([1, 2])}, {"unit": "day"}) == block
    assert pack({"a": delta([1, 3])}, {"unit": "day"}).id != block.id
    assert pack({"a": delta([1, 2])}, {"unit": "week"}).id != block.id


def test_order_of_columns_does_not_change_a_block() -> None:
    a, b = delta([1]), texts(["x"])
    assert pack({"a": a, "b": b}, {}) == pack({"b": b, "a": a}, {})


def test_no_clock_enters_a_block() -> None:
    stamp = base64.b64decode(pack({}, {}).base64)[4:8]
    assert stamp == bytes(4)


def test_a_lone_surrogate_does_not_break_the_block() -> None:
    assert round_trip(a=texts(["a\ud800b"])) == {"a": ["a?b"]}


def test_meta_travels_with_the_columns() -> None:
    assert unpack(pack({}, {"kinds": {"riot": "Riot"}}).base64) == ({"kinds": {"riot": "Riot"}}, {})


@given(st.lists(st.binary(max_size=300), min_size=1, max_size=5))
def test_pieces_make_one_gzip_stream(pieces: list[bytes]) -> None:
    packed = gzip_pieces(pieces)
    assert gzip.decompress(packed) == b"".join(pieces)
    assert packed == gzip_pieces(pieces)


@given(st.lists(WORDS, max_size=6, unique=True))
def test_identifiers_survive_whatever_they_look_like(ids: list[str]) -> None:
    block = pack({"id": identifiers(pd.Series(ids, dtype="str"))}, {})
    assert unpack(block.base64)[1]["id"] == ids


@pytest.mark.parametrize("ids", [["A-7", "A-10"], ["0", "1"], ["x1", "x02"], ["a9", "b9"]])
def test_numbered_identifiers_come_back(ids: list[str]) -> None:
    block = pack({"id": identifiers(pd.Series(ids, dtype="str"))}, {})
    assert unpack(block.base64)[1]["id"] == ids


@given(st.lists(st.none() | st.floats(width=32, allow_nan=False, allow_infinity=False)))
def test_measures_come_back(values: list[float | None]) -> None:
    array = np.array([np.nan if value is None else value for value in values], dtype=np.float64)
    found = unpack(pack({"m": measures(array, "f32")}, {}).base64)[1]["m"]
    np.testing.assert_array_equal(np.array(found, dtype=np.float64), array)
