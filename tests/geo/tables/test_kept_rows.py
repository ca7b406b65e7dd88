"""Rows of another length, lines that are no JSON, shapes that are no points: nothing is lost."""

import json
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest
import shapely

import geo
from geo.errors import ReadError
from geo.reading import streams
from geo.reading.incidents import read_table
from geo.reading.parquet_stream import stream_to_parquet
from geo.reading.report import describe_reading
from tests.provider_files import gdelt_table

RAGGED = """place,date,lat,lon
Amman,2024-01-02,31.95,35.93
Homs, Syria,2024-01-02,34.73,36.72
Irbid,2024-01-03
Zarqa,2024-01-04,32.06,36.09
"""
BEYOND = "native_beyond_columns"


def own(table: gpd.GeoDataFrame) -> pd.DataFrame:
    names = [name for name in table.columns if name.startswith("native_")]
    return pd.DataFrame(table[names])


def test_cells_beyond_the_header_are_kept_and_written_back(tmp_path: Path) -> None:
    path, again = tmp_path / "rows.csv", tmp_path / "again.native.csv"
    path.write_text(RAGGED, encoding="utf-8")

    table = geo.read_incidents(path)
    geo.write(table, again)
    back = geo.read_incidents(again)

    assert table[BEYOND].fillna("").tolist() == ["", '["36.72"]', "", ""]
    assert back["status"].tolist() == ["located", "unlocated", "unlocated", "located"]
    assert back["reason"][1] == "line 3 has 5 cells, the header has 4"
    pd.testing.assert_frame_equal(own(back), own(table))


def test_cells_beyond_the_header_are_no_formulas(tmp_path: Path) -> None:
    path, again = tmp_path / "rows.csv", tmp_path / "again.native.csv"
    path.write_text(RAGGED.replace("36.72", "=1+1"), encoding="utf-8")

    geo.write(geo.read_incidents(path), again, excel_safe=True)

    assert "34.73,'=1+1" in again.read_text(encoding="utf-8")


def test_a_row_that_is_too_short_says_so(tmp_path: Path) -> None:
    path = tmp_path / "rows.csv"
    path.write_text(RAGGED, encoding="utf-8")

    problems = describe_reading(read_table(path))["problems"]

    assert {one["row"]: one["what"] for one in problems} == {
        3: "line 3 has 5 cells, the header has 4",
        4: "line 4 is truncated: it has 2 of 4 cells, the others are taken as empty",
    }


def test_a_truncated_row_of_gdelt_says_so(tmp_path: Path) -> None:
    path = tmp_path / "20240129000000.export.CSV"
    text = gdelt_table(61, 4).to_csv(sep="\t", header=False, index=False)
    path.write_text(text.rstrip("\n")[: text.rstrip("\n").rfind("\t")], encoding="utf-8")

    table = geo.read_incidents(path, profile="gdelt")

    assert len(table) == 4
    assert table["reason"][3].startswith("line 4 is truncated: it has 60 of 61 cells")
    assert not table["reason"][:3].str.contains("truncated").eq(other=True).any()


def test_cells_beyond_the_header_reach_a_stream_late(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(streams, "_BLOCK", 1_024)
    path, target = tmp_path / "rows.csv", tmp_path / "rows.parquet"
    sound = RAGGED.splitlines()[1]
    path.write_text("\n".join([RAGGED.splitlines()[0], *[sound] * 400, f"{sound},more"]))

    written = stream_to_parquet(path, target)
    table = gpd.read_parquet(target)

    assert (written.rows, written.rejected, len(table)) == (401, 1, 401)
    assert table[BEYOND].dropna().to_dict() == {400: '["more"]'}


def test_a_broken_line_of_json_is_one_rejected_row(tmp_path: Path) -> None:
    path, again = tmp_path / "rows.ndjson", tmp_path / "again.native.csv"
    sound = [json.dumps({"place": name, "killed": "1"}) for name in ("Amman", "Irbid", "Zarqa")]
    lines = [sound[0], "", '{"place": "Homs", "kil', "[1]", sound[1], f"{sound[2]}"]
    path.write_text("\n".join(lines), encoding="utf-8")

    reading = read_table(path)
    report, table = describe_reading(reading), reading.incidents

    assert [report[name] for name in ("rows", "mapped", "unmapped", "rejected")] == [5, 3, 0, 2]
    assert [one["row"] for one in report["problems"]] == [3, 4]
    assert table["reason"][1].startswith("broken JSON at line 3, column 19")
    assert table["reason"][2] == "JSON at line 4, but no object"
    assert json.loads(table[BEYOND][1]) == [lines[2]]
    geo.write(table, again)
    pd.testing.assert_frame_equal(own(geo.read_incidents(again)), own(table))


def test_texts_with_unusual_ends_of_lines_stay_one_line(tmp_path: Path) -> None:
    path = tmp_path / "rows.ndjson"
    path.write_text(
        '{"place": "Amman", "note": "a\u2028b"}\r\n{"place": "Irbid"}', encoding="utf-8"
    )

    assert geo.read_incidents(path)["native_note"][0] == "a\u2028b"


def test_a_file_of_other_lines_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "rows.ndjson"
    path.write_text(json.dumps([{"place": "Amman"}], indent=1), encoding="utf-8")

    with pytest.raises(ReadError, match="as half of the lines have it, or more"):
        geo.read_incidents(path)


def test_shapes_that_are_not_used_are_kept(tmp_path: Path) -> None:
    path, again = tmp_path / "rows.geojson", tmp_path / "again.native.csv"
    pairs: list[list[float]] = [[35.93, 31.95], [36.5, 133.25], [0, 0]]
    shapes: list[dict[str, object]] = [{"type": "Point", "coordinates": pair} for pair in pairs]
    shapes.append({"type": "Polygon", "coordinates": [[35, 31], [36, 31]]})
    features = [
        {"type": "Feature", "geometry": shape, "properties": {"note": f"n{number}"}}
        for number, shape in enumerate(shapes)
    ]
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}))

    table = geo.read_incidents(path)
    kept = shapely.from_wkt(table["native_geometry"].iloc[1:3].tolist())
    geo.write(table, again)
    back = geo.read_incidents(again)

    assert shapely.get_coordinates(kept).tolist() == pairs[1:]
    assert pd.isna(table["native_geometry"][0])
    assert json.loads(json.loads(table[BEYOND][3])[0]) == shapes[3]
    assert table["status"].tolist() == ["located", "suspicious", "suspicious", "unlocated"]
    # The points stood in no column: the table has them in two.
    for row in range(3):
        lon, lat = pairs[row]
        assert float(str(back.loc[row, "native_longitude"])) == lon
        assert float(str(back.loc[row, "native_latitude"])) == lat
    assert back["status"].tolist() == table["status"].tolist()
