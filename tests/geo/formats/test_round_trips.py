"""What is written comes back, but for what docs/formats.md says a format cannot hold."""

import datetime as dt
import re
import tempfile
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd
import pytest
import shapely
from hypothesis import Phase, given, settings, strategies as st
from pandas.testing import assert_frame_equal

import geo
from geo.canonical_json import to_json
from geo.formats.registry import FORMATS
from geo.schema import COLUMNS, SENSITIVITIES, VERIFICATIONS, conform
from geo.vocabulary import kinds
from tests.geo.formats.read_back import READERS, restored
from tests.geo.formats.sample import sample
from tests.provider_files import ged_table, geojson, quakes

# Half a unit of the last decimal that is kept.
TOLERANCE = {"uncertainty_m": 0.051, "score": 5.1e-5, "border_bearing_deg": 0.0051}
ROUNDED = (".geojson", ".geojsonl", ".geojsons")
TEXTS_ALONE = (".csv", ".kml", ".xlsx")
TO_MILLISECONDS = (".gpkg", ".fgb", ".xlsx")
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
# A sign, also in full width, behind whatever is not seen; a tab or an end of line alone too.
FORMULA = re.compile(
    r"[\t\r\n]|[\x00-\x20\x7f-\xa0\xad\u1680\u2000-\u200f\u2028-\u202f\u205f-\u2069\u3000\ufeff]*"
    r"[=+\-@\uff1d\uff0b\uff0d\uff20\ufe62\ufe63\ufe66\ufe6b]"
)
NUMBER = re.compile(r"[-+]?(\d+(\.\d*)?|\.\d+)([eE][-+]?\d+)?")

HARD_TEXTS = (
    "=1+1", "-5", "a,b", 'say "hi"', "two\nlines", "two\r\nlines", "\r", "<b>&amp;</b>", "\\",
    "مدينة", "\n=1", " ＋1", " spaced ", "NaN", "null", "12", "2024-01-01", "😀", "a\0b", "\x01",
)  # fmt: skip
texts = (
    st.none()
    | st.text(st.characters(exclude_categories=["Cs"]), max_size=6)
    | st.sampled_from(HARD_TEXTS)
)
days = st.dates(dt.date(1900, 3, 1), dt.date(2200, 1, 1))
numbers = st.none() | st.floats(0.1, 1e6) | st.integers(1, 10**6).map(float)
moments = st.none() | st.datetimes(pd.Timestamp(1901, 1, 1), pd.Timestamp(2200, 1, 1))
corners = st.tuples(st.floats(-179, 178), st.floats(-80, 80))
points = st.none() | corners.map(lambda at: shapely.Point(*at))
areas = st.none() | corners.map(lambda at: shapely.box(*at, at[0] + 1, at[1] + 1))
publishers = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=4)
quotes = {"quote": texts, "start": st.integers(0, 10**6), "end": st.integers(0, 10**6)}
cited = st.fixed_dictionaries({"publisher": publishers}, optional={"url": texts, **quotes})
lists = st.none() | st.lists(cited, max_size=2)
attributions = st.sampled_from(["stated", "claimed", "accused", "denied"])
acting = st.fixed_dictionaries({"name": texts, "attribution": attributions, "by": texts})
rows = st.fixed_dictionaries({
    "title": texts, "kind": st.none() | st.sampled_from(list(kinds())),
    "date_start": st.none() | days, "time_utc": moments, "uncertainty_m": numbers,
    "score": st.none() | st.floats(0, 1), "border_bearing_deg": st.none() | st.floats(0, 360),
    "fatalities_best": st.none() | st.integers(0, 10**9),
    "date_zone": st.none() | st.sampled_from(["UTC", "Asia/Amman", "Pacific/Apia"]),
    "verification": st.none() | st.sampled_from(VERIFICATIONS),
    "sensitivity": st.none() | st.sampled_from(SENSITIVITIES),
    "actors": st.none() | st.lists(acting, max_size=2),
    "sources": lists, "geometry": points, "footprint": areas, "native_Text": texts,
    "native_flag": st.booleans(), "native_number": st.none() | st.floats(-1e12, 1e12),
})  # fmt: skip
tables = st.lists(rows, min_size=1, max_size=4)


def table_of(cells: list[dict[str, Any]]) -> gpd.GeoDataFrame:
    frame = pd.DataFrame(cells, dtype=object)
    frame.insert(0, "incident_id", [f"i{number}" for number in range(len(frame))])
    for name in ("actors", "sources"):
        frame[name] = [None if one is None else to_json(one) for one in frame[name]]
    frame["time_utc"] = pd.to_datetime(frame["time_utc"], utc=True)
    frame["date_start"] = pd.to_datetime(frame["date_start"])
    for name in ("native_Text", "native_flag", "native_number"):
        kind = {"native_Text": "str", "native_flag": "bool", "native_number": "float64"}[name]
        frame[name] = frame[name].astype(kind)
    frame["footprint"] = gpd.GeoSeries(list(frame["footprint"]), crs=4326)
    known = {name: COLUMNS[name].dtype for name in frame if name in COLUMNS}
    shapes = gpd.GeoSeries(list(frame["geometry"]), crs=4326)
    return conform(gpd.GeoDataFrame(frame.astype(known), geometry=shapes))


def expected(table: gpd.GeoDataFrame, end: str) -> gpd.GeoDataFrame:
    """Return what a format can hold of the table."""
    held = table.copy()
    for name in held.columns[held.dtypes.astype(str) == "str"]:
        cells = held[name].map(lambda text: text_in(text, end), na_action="ignore").astype("str")
        held[name] = cells.where(cells != "", None) if end in TEXTS_ALONE else cells
    return held


def text_in(text: str, end: str) -> str:
    if end in {".gpkg", ".fgb", ".csv"}:
        return text.replace("\0", "")
    if end in {".kml", ".xlsx"}:
        text = CONTROL.sub("", text)
    if end == ".xlsx":
        text = re.sub("\r\n?", "\n", text)
        return "'" + text if FORMULA.match(text) and not NUMBER.fullmatch(text) else text
    return text


def assert_equal(back: gpd.GeoDataFrame, held: gpd.GeoDataFrame, end: str) -> None:
    floats = [name for name, kind in held.dtypes.items() if str(kind) == "float64"]
    shapes = ["geometry", "footprint"]
    exact = [name for name in held if name not in {*floats, *shapes, "time_utc"}]
    assert_frame_equal(pd.DataFrame(back[exact]), pd.DataFrame(held[exact]))
    assert back["time_utc"].isna().equals(held["time_utc"].isna())
    apart = (back["time_utc"] - held["time_utc"]).abs().max()
    assert not apart > pd.Timedelta("1ms" if end in TO_MILLISECONDS else 0)
    for name in floats:
        within = TOLERANCE.get(name, 0) if end in ROUNDED else 0
        # Excel keeps 16 digits of a number.
        relative = 1e-15 if end == ".xlsx" else 0
        pd.testing.assert_series_equal(back[name], held[name], atol=within, rtol=relative)
    for name in shapes:
        for one, other in zip(back[name], held[name], strict=True):
            assert (one is None) == (other is None)
            if one is not None:
                assert shapely.hausdorff_distance(one, other) <= 8e-7


@pytest.mark.parametrize("end", READERS)
# Shrinking a table takes minutes and tells no more than its differing column does.
@settings(max_examples=12, phases=[Phase.generate])
@given(cells=tables)
def test_a_table_comes_back(end: str, cells: list[dict[str, Any]]) -> None:
    table = table_of(cells)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"out{end}"
        geo.write(table, path)
        back = restored(READERS[end](path), table)

    assert_equal(back, expected(table, end), end)


@pytest.fixture(scope="module")
def merged(tmp_path_factory: pytest.TempPathFactory) -> gpd.GeoDataFrame:
    """Join rows of two providers with rows of none, each in columns that the others lack."""
    path = tmp_path_factory.mktemp("merged") / "quakes.geojson"
    path.write_bytes(geojson(quakes(2)))
    plain = sample()
    # Measures are rounded, which is not what is proved here.
    plain = plain[[name for name in plain if not str(name).startswith("border_")]]
    parts = [geo.read_incidents(ged_table(49, 2)), geo.read_incidents(path), plain]
    both = conform(gpd.GeoDataFrame(pd.concat(parts, ignore_index=True), crs=4326))
    own = [name for name in both if str(name).startswith("native_")]
    return both.assign(
        **{name: both[name].map(str, na_action="ignore").astype("str") for name in own}
    )


@pytest.mark.parametrize("end", READERS)
def test_rows_of_several_providers_come_back(
    end: str, merged: gpd.GeoDataFrame, tmp_path: Path
) -> None:
    geo.write(merged, tmp_path / f"out{end}")

    back = restored(READERS[end](tmp_path / f"out{end}"), merged)

    assert_equal(back, expected(merged, end), end)


def test_every_format_that_promises_it_is_read_back() -> None:
    promised = {
        suffix for one in FORMATS.values() if one.rounds_trip for suffix in one.suffixes
    } - {".json", ".geoparquet"}

    assert promised == set(READERS)


@pytest.mark.parametrize("end", READERS)
def test_a_table_without_rows_is_written(end: str, tmp_path: Path) -> None:
    nothing = dict.fromkeys((
        "title", "kind", "date_start", "time_utc", "uncertainty_m", "score", "fatalities_best",
        "border_bearing_deg",
        "date_zone", "verification", "sensitivity", "actors", "sources", "geometry", "footprint",
        "native_Text", "native_number",
    ))  # fmt: skip
    table = table_of([nothing | {"native_flag": True}]).iloc[:0]

    geo.write(table, tmp_path / f"out{end}")

    assert len(READERS[end](tmp_path / f"out{end}")) == 0
