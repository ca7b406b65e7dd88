import geopandas as gpd
import numpy as np
import pytest
import shapely

import geo
from geo.errors import PlaceNotFoundError
from geo.gazetteer.places import shipped_gazetteer
from geo.geocoding.descriptions.border_zones import border_zone, neighbours
from geo.geocoding.descriptions.sea_off import sea_off
from geo.geocoding.shapes.footprints import best_point, disc, farthest_m
from geo.geodesy import geod
from geo.grammar.distances import Distance

TOWER_22 = shapely.Point(38.703, 33.306)
NEAR = Distance(20_000.0, 0.0, "up to")


def test_the_zone_lies_on_one_side_and_holds_what_is_near() -> None:
    zone = border_zone(("SYR", "JOR"), "JOR", NEAR)

    assert zone is not None
    assert zone.area.covers(TOWER_22)
    assert not zone.area.covers(shapely.Point(38.6, 33.6))
    inside = gpd.GeoDataFrame(geometry=[zone.point], crs=4326)
    assert geo.add_countries(inside)["country_a3"].tolist() == ["JOR"]
    assert geo.add_borders(inside, between=("JOR", "SYR"))["border_distance_m"].iloc[0] < 20_000


def test_a_radius_holds_the_whole_zone() -> None:
    zone = border_zone(("MMR", "THA"), "THA", NEAR)
    assert zone is not None
    lon, lat = shapely.get_coordinates(zone.area).T
    here = np.full_like(lon, zone.point.x), np.full_like(lat, zone.point.y)

    assert max(geod().inv(*here, lon, lat)[2]) <= zone.radius_m + 1


def test_without_a_side_the_zone_has_both() -> None:
    both, one = (border_zone(("JOR", "SYR"), side, NEAR) for side in (None, "JOR"))

    assert both is not None
    assert one is not None
    assert both.area.area > one.area.area * 1.5


def test_a_distance_that_is_no_limit_leaves_out_what_is_nearer() -> None:
    zone = border_zone(("JOR", "SYR"), "JOR", Distance(30_000.0, 3_000.0))

    assert zone is not None
    assert not zone.area.covers(TOWER_22)


def test_a_place_restricts_the_zone() -> None:
    inside = disc(36.2, 32.35, 30_000)
    zone = border_zone(("JOR", "SYR"), "JOR", NEAR, inside)

    assert zone is not None
    assert inside.buffer(1e-6).covers(zone.area)
    assert border_zone(("JOR", "SYR"), "JOR", NEAR, disc(35.0, 29.5, 10_000)) is None


@pytest.mark.parametrize("pair", [("CAN", "USA"), ("RUS", "CHN"), ("ITA", "VAT")])
def test_long_and_short_borders(pair: tuple[str, str]) -> None:
    zone = border_zone(pair, pair[0], NEAR)

    assert zone is not None
    assert zone.area.is_valid
    assert zone.area.covers(zone.point)


def test_countries_without_a_common_border_have_no_zone() -> None:
    with pytest.raises(PlaceNotFoundError):
        border_zone(("RUS", "USA"), None, NEAR)


def test_neighbours() -> None:
    assert neighbours("JOR") == ("IRQ", "ISR", "PSE", "SAU", "SYR")
    assert neighbours("JPN") == ()


def test_the_sea_off_a_town_is_near_it_and_at_sea() -> None:
    found = shipped_gazetteer().find("Aden")
    aden = next(place for place in found if place.kind == "settlement")
    sea = sea_off(aden, 5_000.0, Distance(12_000.0, 2_000.0))

    assert sea is not None
    point = best_point(sea)
    table = gpd.GeoDataFrame(geometry=[point], crs=4326)
    assert geo.add_countries(table)["surface"].tolist() == ["territorial_sea"]
    assert farthest_m(shapely.Point(aden.lon, aden.lat), sea) < 20_000
