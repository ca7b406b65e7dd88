import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely

import geo
from geo.errors import SchemaError
from geo.schema import COLUMNS, conform, require
from geo.vocabulary import PRECISIONS


def incidents(**columns: object) -> gpd.GeoDataFrame:
    base = {"incident_id": ["a", "b"], "status": ["located", "unlocated"]}
    geometry = [shapely.Point(38.7, 33.3), None]
    return conform(gpd.GeoDataFrame(base | columns, geometry=geometry, crs=4326))


def test_a_good_table_passes() -> None:
    geo.validate(incidents(uncertainty_m=[1.0, np.nan], precision=["exact", "none"]))


@pytest.mark.parametrize(
    ("columns", "words"),
    [
        ({"incident_id": ["a", "a"]}, r"incident_id: 'a' in row 1 occurs more than once"),
        ({"status": ["lost", "located"]}, "status: 'lost' in row 0 is not one of located"),
        ({"status": ["located", "located"]}, "status: 'located' in row 1 has no geometry"),
        ({"uncertainty_m": [0.0, 1.0]}, "uncertainty_m: .* in row 0 is not above 0"),
        ({"uncertainty_m": [1.0, 2.1e7]}, "row 1 is not above 0 and at most 20,004,000"),
        ({"fatalities_low": [3, 1], "fatalities_high": [2, 1]}, "fatalities_low: .* is above"),
        (
            {"date_start": ["2024-01-02"] * 2, "date_end": ["2024-01-01", "2024-01-02"]},
            "date_start: .* in row 0 is above date_end",
        ),
        ({"kind": ["meteor", "flood"]}, "kind: 'meteor' in row 0"),
        ({"incident_id": ["a", None]}, "incident_id: .* in row 1 is missing"),
        ({"injured": [1, -1]}, "injured: .*-1.* in row 1 is not 0 or more"),
        ({"fatalities_best": [-3, None]}, "fatalities_best: .* in row 0 is not 0 or more"),
        ({"score": [0.5, 1.5]}, "score: .* in row 1 is not between 0 and 1"),
        (
            {"footprint": gpd.GeoSeries([shapely.box(0, 0, 1, 1), shapely.Point(1, 2)], crs=4326)},
            "footprint: a Point in row 1, expected a Polygon or a MultiPolygon",
        ),
        ({"sources": ["[]", "[{]"]}, r"sources: '\[{\]' in row 1 is not JSON"),
        (
            {"fatalities_best": [1, 9], "fatalities_high": [2, 3]},
            "fatalities_best: .* in row 1 is above fatalities_high",
        ),
        (
            {"fatalities_low": [1, 9], "fatalities_best": [2, 3]},
            "fatalities_low: .* in row 1 is above fatalities_best",
        ),
    ],
)
def test_each_fault_is_named(columns: dict[str, object], words: str) -> None:
    with pytest.raises(SchemaError, match=words):
        geo.validate(incidents(**columns))


@pytest.mark.parametrize(("lon", "lat"), [(181, 0), (0, -91)])
def test_points_lie_on_the_earth(lon: float, lat: float) -> None:
    table = incidents().set_geometry([shapely.Point(lon, lat), None], crs=4326)

    with pytest.raises(SchemaError, match="in row 0 is not on the earth"):
        geo.validate(table)


def test_crs84_is_wgs_84() -> None:
    geo.validate(incidents().set_crs("OGC:CRS84", allow_override=True))


def test_all_faults_come_at_once() -> None:
    table = incidents(kind=["meteor", "flood"], status=["lost", "located"])

    with pytest.raises(SchemaError) as caught:
        geo.validate(table)

    assert len(str(caught.value).splitlines()) == 4


def test_types_are_checked() -> None:
    table = incidents().assign(injured=["many", "few"])

    with pytest.raises(SchemaError, match=r"injured: the type is .*, expected Int64"):
        geo.validate(table)


def test_crs_and_shapes_are_checked() -> None:
    table = incidents().to_crs(3857)
    table.geometry = [shapely.box(0, 0, 1, 1), None]

    with pytest.raises(SchemaError, match=r"(?s)CRS is .*3857.*a Polygon in row 0"):
        geo.validate(table)


def test_conform_puts_known_columns_first_and_keeps_the_rest() -> None:
    table = gpd.GeoDataFrame(
        {"mine": [1], "injured": [2.0], "title": ["x"]}, geometry=[None], crs=4326
    )

    assert conform(table).columns.tolist() == ["title", "injured", "geometry", "mine"]


def test_a_missing_column_is_named_with_those_that_are_there() -> None:
    with pytest.raises(SchemaError, match="find needs the columns a, b; the table has c"):
        require(pd.DataFrame({"c": [1]}), ("a", "b"), by="find")


def test_every_column_has_a_meaning() -> None:
    assert all(column.meaning for column in COLUMNS.values())
    assert COLUMNS["precision"].choices == PRECISIONS


def test_dates_of_another_type_hide_no_other_fault() -> None:
    days = pd.Series(["2024-01-02"] * 2).astype("datetime64[s]")
    table = incidents(date_end=days).assign(date_start="2024", status="nonsense")
    with pytest.raises(SchemaError) as error:
        geo.validate(table)
    assert "date_start: the type is" in str(error.value)
    assert "status: " in str(error.value)
