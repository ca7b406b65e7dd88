"""What an editor may say about a place, and what is refused by the line that says it."""

from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest
import shapely

from geo.errors import ReadError, SchemaError
from geo.geocoding.overrides.replay import apply_overrides


def incidents(*identifiers: str) -> gpd.GeoDataFrame:
    names = identifiers or ("a", "b")
    return gpd.GeoDataFrame({"incident_id": names}, geometry=[None] * len(names), crs=4326)


def test_a_point_is_as_sure_as_its_digits() -> None:
    lines = pd.DataFrame({"incident_id": ["a", "b"], "lon": ["38", "38.703"], "lat": "33.306"})

    placed = apply_overrides(incidents(), lines)

    assert placed["precision"].tolist() == ["vicinity", "exact"]
    assert placed["uncertainty_m"].tolist() == pytest.approx([78_715, 1_000], abs=1)
    assert placed.geometry.iloc[1] == shapely.Point(38.703, 33.306)


def test_an_editor_may_say_how_sure() -> None:
    line = pd.DataFrame({"incident_id": ["a"], "place": ["Amman"], "uncertainty_m": [250]})

    assert apply_overrides(incidents(), line)["uncertainty_m"].tolist()[0] == 250


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        ({"lon": "x", "lat": "33"}, "lon 'x', lat '33' are not both in degrees"),
        ({"lon": "38"}, "lon '38', lat '' are not both in degrees"),
        ({"lon": "300", "lat": "95"}, "longitude 300, latitude 95 is not on the earth"),
        ({"lon": "0", "lat": "0"}, "stands for unknown"),
        ({"place": "Amman", "uncertainty_m": "-5"}, "uncertainty_m is “-5”; expected metres above"),
        ({"place": "Amman", "uncertainty_m": "wide"}, "uncertainty_m is “wide”"),
        ({"place": "Amman", "uncertainty_m": "0"}, "uncertainty_m is “0”"),
        ({"place": "Amman", "uncertainty_m": "1e300"}, "as a plain number, at most 20004000"),
        ({"place": "Amman", "uncertainty_m": "1_0"}, "uncertainty_m is “1_0”"),
        ({"place": "Amman", "uncertainty_m": "٥"}, "uncertainty_m is “٥”"),
        ({"place": "Amman", "uncertainty_m": "20004001"}, "uncertainty_m is “20004001”"),
        ({"place": "Nowhere Bay"}, "Nowhere Bay"),
    ],
)
def test_what_cannot_be_is_refused_by_its_line(cells: dict[str, str], words: str) -> None:
    good = {"incident_id": "a", "place": "Amman"}
    lines = pd.DataFrame([good, {"incident_id": "b"} | cells])

    with pytest.raises(SchemaError, match=words) as caught:
        apply_overrides(incidents(), lines)

    assert str(caught.value).startswith("overrides, line 2: ")


def test_lines_count_as_in_the_file(tmp_path: Path) -> None:
    path = tmp_path / "overrides.csv"
    path.write_text('incident_id,place,note\na,Amman,"two\nlines"\n\n,,\nb,Nowhere Bay,\n')

    with pytest.raises(SchemaError, match="line 6: ") as caught:
        apply_overrides(incidents(), path)

    assert str(caught.value).startswith(f"{path}, line 6: ")


def test_an_id_of_several_incidents_is_said() -> None:
    line = pd.DataFrame({"incident_id": ["a"], "place": ["Amman"]})

    with pytest.raises(SchemaError, match="line 1: 2 incidents have the id 'a'"):
        apply_overrides(incidents("a", "a"), line)


def test_labels_that_repeat_do_not_spread_a_place() -> None:
    line = pd.DataFrame({"incident_id": ["a"], "place": ["Amman"]})

    placed = apply_overrides(incidents().set_axis([5, 5]), line)

    assert placed["place"].isna().tolist() == [False, True]


@pytest.mark.parametrize(
    ("content", "error", "words"),
    [
        (b"place\nAmman\n", SchemaError, "no column incident_id or place_text among place;"),
        (b"", SchemaError, "no column incident_id or place_text among none;"),
        (b"place_text,place,place\na,b,c\n", SchemaError, "the column place stands there twice"),
        (b'place_text,place\n"a,b\n', ReadError, "cannot be read"),
        (b"place_text;place\na;b\n", SchemaError, "among place_text;place; expected"),
        (b"incident_id\n\xff\n", ReadError, "cannot be read"),
    ],
)
def test_bad_files_are_named(
    tmp_path: Path, content: bytes, error: type[Exception], words: str
) -> None:
    path = tmp_path / "overrides.csv"
    path.write_bytes(content)

    with pytest.raises(error, match=words) as caught:
        apply_overrides(incidents(), path)

    assert "overrides.csv" in str(caught.value)
