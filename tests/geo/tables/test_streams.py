"""Files in batches: the same rows as in one piece, and GeoParquet of any size."""

from pathlib import Path

import geopandas as gpd
import pandas as pd
import pyarrow.parquet as pq
import pytest
from geopandas.testing import assert_geodataframe_equal

import geo
from geo.errors import ReadError
from geo.reading import streams
from geo.reading.identifier_ledger import IdentifierLedger
from geo.reading.incidents import read_table
from geo.reading.options import ReadOptions
from geo.reading.parquet_stream import stream_to_parquet
from geo.reading.summaries import summarise
from tests.provider_files import acled_table


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Some blocks of rows, the last of which tells the order of day and month."""
    monkeypatch.setattr(streams, "_BLOCK", 1_024)
    lines = ["place,date,lon,lat,killed,note"]
    for n in range(400):
        lon, lat = f"{30 + n / 100:.2f}", f"{30 + n % 7}.25"
        lines.append(f'Town {n},0{n % 9 + 1}/03/2024,{lon},{lat},{n % 5},"a ""note"""')
    lines[200] += ",one too many"
    lines[300] = "Short,05/03/2024"
    lines.append('"Last",28/03/2024,35.93,31.95,x,')
    file = tmp_path / "table.csv"
    file.write_text("\n".join(lines))
    return file


def test_batches_are_the_table_in_parts(path: Path) -> None:
    batches = list(geo.read_batches(path))
    whole = geo.read_incidents(path)

    assert len(batches) > 3
    joined = pd.concat(batches)
    assert joined["incident_id"].is_unique
    assert_geodataframe_equal(gpd.GeoDataFrame(joined), whole)
    assert joined["date_start"].dt.month.dropna().unique().tolist() == [3]


def test_a_stream_becomes_geoparquet_and_counts_its_rows(path: Path, tmp_path: Path) -> None:
    target = tmp_path / "out.parquet"
    rows: list[int] = []

    written = stream_to_parquet(path, target, on_rows=rows.append)

    assert (written.rows, written.rejected, sum(rows)) == (401, 1, 401)
    assert written.mapped + written.unmapped + written.rejected == written.rows
    table = gpd.read_parquet(target)
    assert table.geometry.notna().sum() == written.mapped
    assert str(table.crs.to_epsg()) == "4326"
    assert pq.read_schema(target).field("date_start").type == "date32[day]"
    assert len(geo.read_incidents(target)) == written.rows
    first = target.read_bytes()
    stream_to_parquet(path, target)
    assert target.read_bytes() == first


def test_a_stream_that_breaks_leaves_nothing_behind(tmp_path: Path) -> None:
    source, target = tmp_path / "table.csv", tmp_path / "out.parquet"
    source.write_text("place,note\nAmman," + "x" * 1_200_000 + "\n")

    with pytest.raises(ReadError, match="a cell of 1,200,000 bytes"):
        stream_to_parquet(source, target, ReadOptions())
    assert sorted(tmp_path.iterdir()) == [source]


def test_identifiers_differ_in_all_of_a_file() -> None:
    ledger = IdentifierLedger()
    batches = [["a", "b", "a-2"], ["a", "b-2", "c"], ["a", "b", "a-4", "a"]]

    given = [ledger.unique(pd.Series(batch, dtype="str")).tolist() for batch in batches]

    names = [name for batch in given for name in batch]
    assert len(names) == len(set(names))
    assert given[0] == ["a", "b", "a-2"]
    assert given[1] == ["a-3", "b-2", "c"]


def _dated(name: str, days: list[str]) -> str:
    """Table of a provider whose dates are these."""
    if name == "acled":
        table = acled_table(2025, len(days)).assign(event_date=days, time_precision="1")
        return table.to_csv(index=False)
    heads = {
        "plain": "id,date,lat,lon",
        "hxl": "#event+id,#date+occurred,#geo+lat,#geo+lon",
        "ushahidi": "#,INCIDENT DATE,LATITUDE,LONGITUDE,INCIDENT TITLE",
    }
    rows = [f"{n},{day},33.3123,44.3123" for n, day in enumerate(days)]
    end = ",A report" if name == "ushahidi" else ""
    return "\n".join([heads[name], *(row + end for row in rows)])


@pytest.mark.parametrize("name", ["plain", "acled", "hxl", "ushahidi"])
def test_all_dates_of_a_file_tell_their_order(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(streams, "_BLOCK", 2_048)
    path = tmp_path / "table.csv"
    between = ["03/04/2024"] * 300
    months = {}
    for said, days in {
        "late": [*between, "28/04/2024"],
        "against each other": ["05/26/2024", *between, "26/05/2024"],
    }.items():
        path.write_text(_dated(name, days))
        batches = list(geo.read_batches(path))
        whole = geo.read_incidents(path)
        assert len(batches) > 1
        assert_geodataframe_equal(gpd.GeoDataFrame(pd.concat(batches)), whole)
        months[said] = set(whole["date_start"].dt.month.dropna())

    assert months == {"late": {4}, "against each other": {5}}


def test_identifiers_that_occur_again_are_numbered_as_in_one_piece(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(streams, "_BLOCK", 1_024)
    path = tmp_path / "table.csv"
    rows = ["DUP,Amman", "DUP,Amman", *(f"{n},Irbid" for n in range(600)), *[",Aqaba"] * 4]
    path.write_text("\n".join(["id,place", *rows, "DUP,Amman", "DUP,Zarqa"]))

    batches = list(geo.read_batches(path))

    joined = pd.concat(batches)["incident_id"].tolist()
    assert len(batches) > 1
    assert joined == geo.read_incidents(path)["incident_id"].tolist()
    assert [joined[n] for n in (0, 1, -2, -1)] == ["DUP", "DUP-2", "DUP-3", "DUP-4"]


def test_a_stream_knows_what_is_to_be_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(streams, "_BLOCK", 2_048)
    path = tmp_path / "table.csv"
    path.write_text(_dated("acled", ["03/04/2024"] * 60).rstrip() + ",one too many\n")

    summary = stream_to_parquet(path, tmp_path / "out.parquet").summary

    assert summary == summarise(read_table(path))
    assert summary is not None
    assert (summary.undecided, summary.rejected) == (59, 1)
