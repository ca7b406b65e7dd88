"""JSON that is no GeoJSON, and an object to a line."""

import json
from pathlib import Path

import pytest

import geo
from geo.errors import ReadError
from geo.reading.incidents import read_table
from geo.reading.report import describe_reading

ROWS = [{"place": "Amman", "killed": 3, "tags": ["b", "a"]}, {"place": "Irbid", "killed": None}]


@pytest.mark.parametrize(
    "document", [ROWS, {"results": ROWS, "count": 2}, {"posts": ROWS, "next": None}]
)
def test_an_array_of_objects_is_a_table(tmp_path: Path, document: object) -> None:
    path = tmp_path / "rows.json"
    path.write_text(json.dumps(document))

    table = geo.read_incidents(path)

    assert table["fatalities_best"].fillna(-1).tolist() == [3, -1]
    assert table["native_tags"].iloc[0] == '["b","a"]'


def test_what_else_a_document_says_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "rows.json"
    path.write_text(json.dumps({"events": ROWS, "sources": [{"id": "s1"}]}))

    assert read_table(path).raw.members == {"sources": [{"id": "s1"}]}


def test_an_object_to_a_line_is_a_row(tmp_path: Path) -> None:
    path = tmp_path / "rows.ndjson"
    path.write_text("\n".join(map(json.dumps, ROWS)) + "\n\n")

    assert geo.read_incidents(path)["place_text"].tolist() == ["Amman", "Irbid"]
    path.write_text('{"place":"Amman"}\n{"place":\n')
    with pytest.raises(ReadError, match="broken JSON at line 2"):
        geo.read_incidents(path)


@pytest.mark.parametrize(
    "broken",
    [
        {"type": "Polygon", "coordinates": [[[38, 33], [39, 33], [39, 34], [38, 34]]]},
        {"type": "Point", "coordinates": [float("inf"), 33.306]},
        {"type": "Point", "coordinates": 3},
    ],
)
def test_one_broken_geometry_is_one_row_that_failed(
    tmp_path: Path, broken: dict[str, object]
) -> None:
    sound = {"type": "Point", "coordinates": [38.703, 33.306]}
    features = [
        {"type": "Feature", "properties": {"name": "Tower 22"}, "geometry": geometry}
        for geometry in (sound, broken, sound)
    ]
    path = tmp_path / "rows.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}))

    table = geo.read_incidents(path)

    assert table["status"].tolist() == ["located", "unlocated", "located"]
    assert table["reason"].iloc[1].startswith("feature 2 has a broken geometry")
    assert table["native_name"].tolist() == ["Tower 22"] * 3


def test_features_to_a_line_have_points(tmp_path: Path) -> None:
    feature = {
        "type": "Feature",
        "properties": {"name": "Tower 22"},
        "geometry": {"type": "Point", "coordinates": [38.703, 33.306]},
    }
    path = tmp_path / "rows.geojsonl"
    path.write_text(json.dumps(feature) + "\n" + json.dumps(feature | {"geometry": None}) + "\n")

    assert geo.read_incidents(path)["status"].tolist() == ["located", "unlocated"]


@pytest.mark.parametrize("height", [[None], [5, 6], ["deep"]])
def test_a_height_that_is_no_number_costs_no_place(tmp_path: Path, height: list[object]) -> None:
    points = [[38.703, 33.306, *height], [38.703, 33.306, 2], []]
    features = [
        {
            "type": "Feature",
            "id": str(number),
            "properties": {"mag": 2, "time": 0, "place": "Rukban", "type": "earthquake"},
            "geometry": {"type": "Point", "coordinates": point},
        }
        for number, point in enumerate(points)
    ]
    path = tmp_path / "rows.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}))

    for profile in ("plain", "usgs"):
        table = geo.read_incidents(path, profile=profile)

        assert table.geometry.x[:2].tolist() == [38.703, 38.703]
        assert table["status"].tolist() == ["located", "located", "unlocated"]
        assert f"of the position {json.dumps(points[0])}, the first" in table["reason"][0]
        assert "position" not in f"{table['reason'][1]}"


def test_a_feature_alone_is_a_table(tmp_path: Path) -> None:
    path = tmp_path / "one.geojson"
    point = {"type": "Point", "coordinates": [38.703, 33.306]}
    path.write_text(json.dumps({"type": "Feature", "properties": {"a": 1}, "geometry": point}))

    table = geo.read_incidents(path)

    assert table.geometry.to_wkt().tolist() == ["POINT (38.703 33.306)"]
    path.write_text(path.read_text().replace("38.703", '"east"'))
    with pytest.raises(ReadError, match="broken geometry \\(not the type and the coordinates"):
        geo.read_incidents(path)


def test_empty_texts_fill_no_column(tmp_path: Path) -> None:
    path = tmp_path / "rows.json"
    path.write_text(
        json.dumps([row | {"detail": text} for row, text in zip(ROWS, " x", strict=True)])
    )

    columns = {one["column"]: one for one in describe_reading(read_table(path))["columns"]}

    assert (columns["detail"]["filled"], columns["killed"]["filled"]) == (1, 1)
