"""Files that were made to do harm, and bytes of all kinds: a table, or one clear sentence."""

import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings, strategies as st

import geo
from geo.errors import GeoError, ReadError
from geo.tables.files import SUFFIXES

CSV_LIKE = st.text(alphabet=st.sampled_from(list('ab,;\t"\n\r 1٣é.-/|')), max_size=200)
JSON_LIKE = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=6), inner, max_size=4)
    ),
    max_leaves=20,
)


def read(path: Path) -> int:
    """Rows that come out; errors of ours count as none."""
    try:
        table = geo.read_incidents(path)
    except GeoError:
        return 0
    geo.validate(table)
    return len(table)


@given(content=st.binary(max_size=300), suffix=st.sampled_from(SUFFIXES))
@example(content=b"PK\x05\x06" + b"\0" * 18, suffix=".zip")
@example(content=b"SQLite format 3\0" + b"\0" * 100, suffix=".gpkg")
@example(content=b"\x00\x00\x27\x0a", suffix=".shp")
@example(content=b"PAR1PAR1", suffix=".parquet")
@example(content=b"\xff\xfe\x00", suffix=".csv")
@example(content=b'{"type":"FeatureCollection","features":[{}]}', suffix=".json")
@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_bytes_are_a_table_or_an_error_of_ours(
    tmp_path: Path, content: bytes, suffix: str
) -> None:
    path = tmp_path / f"sent{suffix}"
    path.write_bytes(content)

    read(path)


@given(text=CSV_LIKE)
@example(text='place\n"\n')
@example(text="place\n\r\r\n")
@settings(
    deadline=None, max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_rows_in_are_rows_out(tmp_path: Path, text: str) -> None:
    path = tmp_path / "sent.csv"
    body = text.replace('"', "").replace("\r", "")
    path.write_text(f"place,killed,date\n{body}\n", encoding="utf-8", newline="")

    try:
        table = geo.read_incidents(path, profile="plain")
    except ReadError:
        return

    header = 1
    assert len(table) + header == sum(line != "" for line in f"place\n{body}".split("\n"))


@given(document=JSON_LIKE)
@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_json_is_a_table_or_an_error_of_ours(tmp_path: Path, document: object) -> None:
    import json

    path = tmp_path / "sent.json"
    path.write_text(json.dumps({"features": [document]} if document else document))

    read(path)


@pytest.mark.parametrize("cut", [0.1, 0.5, 0.9, 0.99])
@pytest.mark.parametrize("suffix", [".gpkg", ".parquet", ".geojson", ".zip", ".xlsx"])
def test_cut_files_are_a_table_or_an_error_of_ours(tmp_path: Path, suffix: str, cut: float) -> None:
    import geopandas as gpd
    import xlsxwriter

    whole, path = tmp_path / f"whole{suffix}", tmp_path / f"sent{suffix}"
    points = gpd.GeoDataFrame(
        {"place": ["Amman"] * 50}, geometry=gpd.points_from_xy([36.0] * 50, [32.0] * 50), crs=4326
    )
    if suffix == ".parquet":
        points.to_parquet(whole)
    elif suffix == ".xlsx":
        book = xlsxwriter.Workbook(whole)
        book.add_worksheet().write_column(0, 0, ["place", *points["place"]])
        book.close()
    elif suffix == ".zip":
        with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("table.csv", "place\n" + "Amman\n" * 50)
    else:
        points.to_file(whole)
    content = whole.read_bytes()
    path.write_bytes(content[: int(len(content) * cut)])

    read(path)


def test_bombs_are_refused_before_they_are_unpacked(tmp_path: Path) -> None:
    for name, member in (("bomb.zip", "table.csv"), ("bomb.xlsx", "xl/worksheets/sheet1.xml")):
        path = tmp_path / name
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr(member, b"0" * 60_000_000)
        assert path.stat().st_size < 100_000
        with pytest.raises(ReadError, match=r"would unpack from [\d,]+ to 60,000,000 bytes"):
            geo.read_incidents(path)


def test_a_member_that_is_larger_than_it_says_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "lies.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("table.csv", b"place\n" + b"Amman\n" * 10_000)
    size = (60_006).to_bytes(4, "little")
    path.write_bytes(path.read_bytes().replace(size, (600).to_bytes(4, "little")))

    with pytest.raises(ReadError, match="cannot be unpacked"):
        geo.read_incidents(path)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (",".join(f"c{n}" for n in range(10_000)) + "\n1\n", "10,000 columns; at most 4,096"),
        ("place,note\nAmman," + "x" * 2_000_000 + "\n", "a cell of 2,000,000 bytes"),
        ("place,note\nAmman," + "x" * 20_000_000 + "\nA,B\n", "broken CSV"),
    ],
)
def test_tables_out_of_all_bounds_are_refused(tmp_path: Path, content: str, words: str) -> None:
    path = tmp_path / "sent.csv"
    path.write_text(content)

    with pytest.raises(ReadError, match=words):
        geo.read_incidents(path)
