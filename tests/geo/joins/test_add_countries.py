import datetime as dt
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any
from zoneinfo import ZoneInfo

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely

import geo
from geo.errors import PlaceNotFoundError, SchemaError
from tests import zoo
from tests.geo.joins.country_rows import ADDED, at, first

Watch = Callable[..., AbstractContextManager[Any]]


@pytest.mark.parametrize(
    ("name", "country_a3"),
    [
        ("tower 22", "JOR"),
        ("lesotho, an enclave", "LSO"),
        ("vatican", "VAT"),
        ("just west of 180", "FJI"),
        ("just east of 180", "FJI"),
        ("on 180", "RUS"),
        ("south pole", "ATA"),
    ],
)
def test_country_of_hard_points(name: str, country_a3: str) -> None:
    joined = geo.add_countries(zoo.points(name))

    assert joined["country_a3"].tolist() == [country_a3]
    assert joined["worldview"].tolist() == ["default"]


@pytest.mark.parametrize(
    ("place", "country_a3", "admin1_code"),
    [
        ((4.9310, 51.4425), "BEL", "BE-VAN"),  # Baarle-Hertog
        ((4.9280, 51.4490), "NLD", "NL-NB"),  # Baarle-Nassau
        ((124.37, -9.2), "TLS", "TL-OE"),  # Oecusse
        ((20.5, 54.71), "RUS", "RU-KGD"),  # Kaliningrad
        ((-5.32, 35.89), "ESP", "ES-CE"),  # Ceuta
        ((12.2, -5.55), "AGO", "AO-CAB"),  # Cabinda
        ((45.41, 39.21), "AZE", None),  # Nakhchivan
        ((-176.55, -43.95), "NZL", None),  # Chatham Islands
        ((-109.35, -27.12), "CHL", None),  # Easter Island
        ((179.0, 71.2), "RUS", "RU-CHU"),  # Wrangel Island, on both sides of 180
        ((-179.0, 71.2), "RUS", "RU-CHU"),
    ],
)
def test_enclaves_exclaves_and_islands(
    place: tuple[float, float], country_a3: str, admin1_code: str | None
) -> None:
    row = first(at(place))

    assert (row["country_a3"], row["surface"]) == (country_a3, "land")
    assert admin1_code in (None, row["admin1_code"])


@pytest.mark.parametrize("name", ["null island", "mid pacific", "north pole"])
def test_the_high_sea_belongs_to_nobody(name: str) -> None:
    row = first(zoo.points(name))

    assert row[["country_a3", "country", "admin1_code", "area_status"]].isna().all()
    assert row["surface"] == "high_sea"


def test_countries_reach_to_twelve_nautical_miles() -> None:
    joined = geo.add_countries(at((35.49, 33.90), (35.40, 33.90), (35.10, 33.90)))

    assert joined["country_a3"].fillna("-").tolist() == ["LBN", "LBN", "-"]
    assert joined["surface"].tolist() == ["land", "territorial_sea", "high_sea"]


def test_as_near_to_the_coast_as_its_error_is_land() -> None:
    coast = geo.coast().set_index("country_a3").loc["LBN"]
    line = shapely.get_parts(coast.geometry)[0]
    shore = shapely.line_interpolate_point(line, 0.5, normalized=True)
    seaward = 0.5 * coast["error_m"] / 111_320

    joined = geo.add_countries(at(*[(shore.x - step, shore.y) for step in (seaward, 8 * seaward)]))

    assert joined["surface"].tolist() == ["land", "territorial_sea"]


def test_disputes_are_told() -> None:
    row = first(at((34.1, 44.95)))

    assert row[["country_a3", "area_status", "claimed_by"]].tolist() == ["RUS", "disputed", "UKR"]


def test_a_worldview_changes_holder_and_claimants() -> None:
    row = first(at((34.1, 44.95)), worldview="UA")

    assert row[["country_a3", "country", "worldview"]].tolist() == ["UKR", "Ukraine", "UA"]
    assert row[["area_status", "claimed_by"]].tolist() == ["disputed", "RUS"]


def test_what_only_a_view_gives_away_is_disputed_in_it() -> None:
    row = first(at((20.9, 42.6)), worldview="RU")

    assert row[["country_a3", "area_status", "claimed_by"]].tolist() == ["SRB", "disputed", "XKX"]


def test_an_unknown_worldview_is_refused() -> None:
    with pytest.raises(PlaceNotFoundError, match="MARS"):
        geo.add_countries(zoo.points("tower 22"), worldview="MARS")


def test_land_that_nobody_holds() -> None:
    row = first(at((33.75, 21.87)))

    assert row[["country_a3", "admin1_code"]].isna().all()
    assert row[["surface", "area_status"]].tolist() == ["land", "unclaimed"]
    assert pd.isna(row["claimed_by"])


def test_each_row_is_judged_by_its_day() -> None:
    juba = (31.58, 4.85)
    days = pd.to_datetime(["2011-07-08", "2011-07-09", None]).astype("datetime64[s]")

    joined = geo.add_countries(at(juba, juba, juba, date_start=days))

    assert joined["country_a3"].tolist() == ["SDN", "SSD", "SSD"]
    assert joined["country"].tolist() == ["Sudan", "South Sudan", "South Sudan"]


def test_the_country_of_today_is_no_contradiction_in_the_past() -> None:
    day = pd.to_datetime(["2005-01-01"]).astype("datetime64[s]")

    row = first(at((31.58, 4.85), date_start=day, country_a3=["SSD"]))

    assert (row["country_a3"], row["status"]) == ("SDN", "located")


def test_rows_and_index_stay_and_inputs_too(unchanged: Watch) -> None:
    table = zoo.holes()

    with unchanged(table):
        joined = geo.add_countries(table)

    assert joined.index.tolist() == ["x", "y", "z"]
    assert joined["country_a3"].isna().tolist() == [False, True, True]
    assert joined["status"].tolist() == ["located", "unlocated", "unlocated"]


def test_other_crs_are_understood() -> None:
    joined = geo.add_countries(zoo.points("tower 22").to_crs(3857))

    assert joined["admin1_code"].tolist() == ["JO-MA"]
    assert joined.crs == 3857


def test_a_table_without_crs_is_refused() -> None:
    with pytest.raises(SchemaError, match="no CRS"):
        geo.add_countries(gpd.GeoDataFrame(geometry=[shapely.Point(1, 1)]))


def test_a_row_known_only_to_country_gets_no_province() -> None:
    row = first(zoo.points("tower 22").assign(precision="country"))

    assert row["country_a3"] == "JOR"
    assert row[["admin1_code", "admin1"]].isna().all()


def test_a_row_without_a_point_keeps_what_it_says() -> None:
    table = gpd.GeoDataFrame(
        {"country": ["Syria", None]}, geometry=[None, shapely.Point(38.703, 33.306)], crs=4326
    )

    assert geo.add_countries(table)["country"].tolist() == ["Syria", "Jordan"]


def test_answers_equal_the_polygons() -> None:
    rng = np.random.default_rng(22)
    lon, lat = rng.uniform(-180, 180, 2_000), np.degrees(np.arcsin(rng.uniform(-1, 1, 2_000)))
    table = gpd.GeoDataFrame(geometry=gpd.points_from_xy(lon, lat), crs=4326)
    areas = geo.provinces(sea=True)
    tree = shapely.STRtree(areas.geometry.to_numpy())
    point, area = tree.query(table.geometry.to_numpy(), predicate="within")

    joined = geo.add_countries(table)

    assert joined["admin1_code"].iloc[point].tolist() == areas["admin1_code"].iloc[area].tolist()
    assert joined["country_a3"].iloc[point].tolist() == areas["country_a3"].iloc[area].tolist()
    assert joined["country_a3"].notna().sum() == len(point)


def test_order_does_not_matter() -> None:
    table = zoo.points()

    forth, back = geo.add_countries(table), geo.add_countries(table[::-1])

    pd.testing.assert_frame_equal(forth, back[::-1])


def test_batches_do_not_show(monkeypatch: pytest.MonkeyPatch) -> None:
    table = zoo.points().assign(uncertainty_m=2_000.0)
    whole = geo.add_countries(table)
    monkeypatch.setattr("geo.joins.placement.BATCH", 3)

    pd.testing.assert_frame_equal(geo.add_countries(table), whole)


def test_an_empty_table_gets_the_columns() -> None:
    joined = geo.add_countries(zoo.points()[:0].assign(uncertainty_m=1.0))

    assert len(joined) == 0
    assert {*ADDED, "country_shares"} <= set(joined.columns)
    assert {str(joined[name].dtype) for name in ADDED} == {"str"}


def test_a_table_without_points_is_refused() -> None:
    with pytest.raises(SchemaError, match="add_countries needs the column geometry"):
        geo.add_countries(gpd.GeoDataFrame({"a": [1]}))


@pytest.mark.parametrize(
    ("place", "options", "country_a3", "reason"),
    [
        ((221.297, 33.306), {}, None, "The longitude 221.297 was taken as -138.703"),
        ((398.703, 33.306), {}, None, "The longitude 398.703 is not within -360 to 360"),
        ((181.0, 71.2), {}, "RUS", "The longitude 181 was taken as -179"),
        ((181.0, 71.2), {"wrap": False}, None, "The longitude 181 is not within -180 to 180"),
        (
            (33.306, 95.0), {}, None,
            (
                "The latitude 95 is not within -90 to 90; swapped, "
                "the point would be longitude 95, latitude 33.306"
            ),
        ),
        ((np.inf, 33.306), {}, None, "The geometry has coordinates that are no numbers"),
    ],
)  # fmt: skip
def test_points_off_the_earth_stay_and_say_why(
    place: tuple[float, float], options: dict[str, Any], country_a3: str | None, reason: str
) -> None:
    row = first(at(place), **options)

    assert (row["country_a3"] if pd.notna(row["country_a3"]) else None) == country_a3
    assert row["reason"] == reason
    assert (row["status"] == "suspicious") == ("taken as" not in reason)


def test_a_projected_shape_across_180_degrees_is_not_torn() -> None:
    middle = gpd.GeoSeries(gpd.points_from_xy([180.0], [-17.0]), crs=4326).to_crs(32760)
    squares = gpd.GeoDataFrame(geometry=middle.buffer(5_000, cap_style="square"))

    assert first(squares)["country_a3"] == "FJI"


def test_a_geometry_that_is_no_point_counts_by_a_point_inside_it() -> None:
    table = gpd.GeoDataFrame(geometry=[shapely.Point(36.5, 31.5).buffer(0.1)], crs=4326)

    joined, refused = first(table), first(table, shapes="refuse")

    assert (joined["country_a3"], joined["status"]) == ("JOR", "located")
    assert joined["reason"] == "The point stands for a Polygon"
    assert pd.isna(refused["country_a3"])
    assert refused["reason"] == "The geometry is a Polygon, and only points are asked for"
    assert refused["status"] == "suspicious"


def placed(place: str, country: str, **columns: str) -> "pd.Series[Any]":
    """Row of one place, geocoded and joined."""
    table = pd.DataFrame({"place": [place], "country": [country]} | columns)
    return geo.add_countries(geo.geocode(geo.read_incidents(table))).iloc[0]


@pytest.mark.parametrize(
    ("place", "country", "country_a3"), [("Goma", "DR Congo", "COD"), ("Myawaddy", "Burma", "MMR")]
)
def test_a_town_on_a_border_river_keeps_its_side(place: str, country: str, country_a3: str) -> None:
    row = placed(place, country)

    assert (row["country_a3"], row["status"]) == (country_a3, "located")


@pytest.mark.parametrize(
    ("place", "country", "columns", "said"),
    [
        ("Sevastopol", "Ukraine", {}, "Given as in UKR, but the point lies in Russia"),
        # The reader has told the conflict already.
        ("Homs", "Syria", {"lat": "36.72", "lon": "34.73"}, ". The point lies in Turkey"),
    ],
)
def test_a_point_outside_its_country_is_suspicious(
    place: str, country: str, columns: dict[str, str], said: str
) -> None:
    row = placed(place, country, **columns)

    assert row["status"] == "suspicious"
    assert said in row["reason"]


@pytest.mark.parametrize(("worldview", "holder"), [("default", "ISR"), ("PS", "SYR")])
def test_the_view_says_who_holds_a_disputed_town(worldview: str, holder: str) -> None:
    majdal_shams = at((35.7716, 33.2703), country_a3=["SYR"], uncertainty_m=[3_000.0])

    row = first(majdal_shams, worldview=worldview)

    assert (row["country_a3"], row["status"]) == (holder, "located")
    expected = "Given as in SYR, which claims the place" if holder == "ISR" else None
    assert (row["reason"] if pd.notna(row["reason"]) else None) == expected


def test_swapped_coordinates_are_proposed() -> None:
    row = first(at((33.306, 38.703), country_a3=["JOR"]))

    assert (row["country_a3"], row["status"]) == ("TUR", "suspicious")
    assert "with longitude and latitude swapped it would not" in row["reason"]


def test_a_country_stays_on_the_high_sea_off_its_coast() -> None:
    row = first(at((-172.3, -19.2), country_a3=["TON"]))

    assert row[["country_a3", "country", "surface"]].tolist() == ["TON", "Tonga", "high_sea"]
    assert row["status"] == "located"
    assert "at sea" in row["reason"]


def test_an_ocean_away_the_country_is_suspicious() -> None:
    row = first(at((0.0, 0.0), country_a3=["DEU"]))

    assert row["status"] == "suspicious"
    assert pd.isna(row["country_a3"])


def test_conflicts_are_certain_or_possible() -> None:
    tower = (38.703, 33.306)
    table = at(
        tower, tower, tower, (36.5, 31.5),
        country_a3=["SYR", "SYR", "JOR", "XYZ"], uncertainty_m=[100.0, 5_000.0, 100.0, 100.0],
    )  # fmt: skip

    conflicts = geo.country_conflicts(table)

    assert conflicts.index.tolist() == [0, 1, 3]
    assert conflicts["country_found_a3"].tolist() == ["JOR", "JOR", "JOR"]
    assert conflicts["match"].tolist() == ["certain", "possible", "certain"]
    assert conflicts["country_distance_m"].tolist() == [
        pytest.approx(1_465.0, abs=0.5),
        pytest.approx(1_465.0, abs=0.5),
        pytest.approx(np.nan, nan_ok=True),
    ]
    assert conflicts["match_share"].tolist() == [1.0, pytest.approx(0.76, abs=0.03), 1.0]


def test_conflicts_leave_inputs_and_columns_alone(unchanged: Watch) -> None:
    table = zoo.points().assign(country_a3="JOR")

    with unchanged(table):
        conflicts = geo.country_conflicts(table)

    assert set(conflicts["country_a3"]) == {"JOR"}
    assert "tower 22" not in set(conflicts["name"])
    assert {"vatican", "null island"} <= set(conflicts["name"])


def test_conflicts_need_a_country() -> None:
    with pytest.raises(SchemaError, match="country_conflicts needs the column country_a3"):
        geo.country_conflicts(zoo.points())


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize(
    "days",
    [
        ["2011-07-08", "9 July 2011", ""],
        ["08/07/2011", "09/07/2011", "31/12/2011"],
        ["2011-07-08T23:30:00-05:00", "2011-07-09T01:00:00+03:00", None],
        pd.to_datetime(["2011-07-08 23:30", "2011-07-09 01:00", None]).tz_localize("Africa/Juba"),
        [dt.date(2011, 7, 8), dt.datetime(2011, 7, 9, 1, tzinfo=ZoneInfo("Africa/Juba")), None],
        pd.array([dt.date(2011, 7, 8), dt.date(2011, 7, 9), None], dtype="date32[pyarrow]"),
    ],
)
def test_days_in_any_form_count_as_written(days: Any) -> None:
    juba = (31.58, 4.85)

    joined = geo.add_countries(at(juba, juba, juba, date_start=days))

    assert joined["country_a3"].tolist() == ["SDN", "SSD", "SSD"]


@pytest.mark.parametrize("day", ["July 2011", "2011", "2011-07", "not a date", "03/04/2011"])
def test_what_is_no_day_is_refused(day: str) -> None:
    table = at((31.58, 4.85), (31.58, 4.85), date_start=[None, day]).set_index([["a", "b"]])

    with pytest.raises(SchemaError, match=f"date_start: {day!r} in row b is not one day; expected"):
        geo.add_countries(table)


def test_a_null_among_nullable_precisions() -> None:
    tower = (38.703, 33.306)
    table = at(tower, tower, precision=pd.array(["country", None], dtype="string"))

    assert geo.add_countries(table)["admin1_code"].isna().tolist() == [True, False]


def test_the_active_geometry_counts_whatever_its_name() -> None:
    table = zoo.points("tower 22").rename_geometry("geom")

    joined = geo.add_countries(table)

    assert joined["country_a3"].tolist() == ["JOR"]
    assert joined.geometry.name == "geom"


def test_a_country_counts_in_small_letters_too() -> None:
    row = first(at((38.703, 33.306), country_a3=[" jor "]))

    assert (row["country_a3"], row["status"]) == ("JOR", "located")
