import geopandas as gpd
import pytest
import shapely

import geo
from geo.errors import PlaceNotFoundError
from geo.geocoding.regions import border_band
from geo.geodesy import geod

TOWER_22 = shapely.Point(38.703, 33.306)


def test_the_band_lies_on_one_side_and_holds_what_is_near() -> None:
    band = border_band("JOR", ("SYR", "JOR"))

    assert band.footprint.covers(TOWER_22)
    assert not band.footprint.covers(shapely.Point(38.6, 33.6))
    inside = gpd.GeoDataFrame(geometry=[band.point], crs=4326)
    assert geo.add_countries(inside)["country_a3"].tolist() == ["JOR"]
    assert geo.add_borders(inside, between=("JOR", "SYR"))["border_distance_m"].iloc[0] < 20_000


def test_the_radius_holds_the_whole_band() -> None:
    band = border_band("THA", ("MMR", "THA"))

    for lon, lat in shapely.get_coordinates(band.footprint):
        assert geod().inv(band.point.x, band.point.y, lon, lat)[2] <= band.radius_m + 1


def test_without_a_side_the_band_has_both() -> None:
    band = border_band(None, ("JOR", "SYR"))

    assert band.footprint.area > border_band("JOR", ("JOR", "SYR")).footprint.area * 1.5


@pytest.mark.parametrize("pair", [("RUS", "USA"), ("CAN", "USA"), ("RUS", "CHN"), ("ITA", "VAT")])
def test_long_short_and_far_borders(pair: tuple[str, str]) -> None:
    if pair == ("RUS", "USA"):
        with pytest.raises(PlaceNotFoundError):
            border_band(None, pair)
        return
    band = border_band(pair[0], pair)

    assert band.footprint.is_valid
    assert band.footprint.covers(band.point)
