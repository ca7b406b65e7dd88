"""Links to maps, by the shape of their path, query and fragment, on any host."""

import pytest

import geo

POINT = (38.703, 33.306)

PINS = [
    "https://www.google.com/maps?q=33.306,38.703",
    "https://www.google.com/maps/place/33.306,38.703",
    "https://www.google.com/maps/place/X/@33,38,12z/data=!3d33.306!4d38.703",
    "https://www.google.com/maps/search/?api=1&query=33.306%2C38.703",
    "https://www.google.com/maps/dir/?api=1&destination=33.306,38.703",
    "https://www.google.com/maps/dir/Amman/33.306,38.703/@33,38,9z",
    "https://www.google.com/maps/dir/31.95,35.93/33.306,38.703",
    "https://maps.google.com/?q=loc:33.306,38.703",
    "https://www.openstreetmap.org/?mlat=33.306&mlon=38.703#map=9/1/1",
    "https://www.bing.com/maps?sp=point.33.306_38.703_Tower%2022",
    "https://maps.apple.com/?q=33.306,38.703",
    "https://maps.apple.com/?ll=33.306,38.703&q=Tower",
    "https://maps.apple.com/place?coordinate=33.306,38.703",
    "https://yandex.com.tr/harita/?pt=38.703,33.306&z=12",
    "https://yandex.ru/maps/?whatshere[point]=38.703,33.306",
    "https://waze.com/ul?ll=33.306,38.703&navigate=yes",
    "https://www.waze.com/live-map/directions?to=ll.33.306%2C38.703",
    "https://www.waze.com/live-map?latlng=33.306,38.703",
    "https://share.here.com/l/33.306,38.703,Tower22",
    "https://geohack.toolforge.org/geohack.php?params=33_18_21.6_N_38_42_10.8_E_type:city",
    "https://maps.example.org/?q=33.306,38.703",
]

#: Links to a view, with half its width in metres.
VIEWS = {
    "https://www.google.com/maps/@33.306,38.703,12z": 15_287,
    "https://www.google.com/maps/@33.306,38.703,15.5z/data=!3m1": 1_351,
    "https://www.google.com/maps/@33.306,38.703,1234m/data=!3m1!1e3": 617,
    "https://earth.google.com/web/@33.306,38.703,712.5a,1000d,35y,0h,0t,0r": 500,
    "https://maps.google.com/?ll=33.306,38.703&z=15": 1_911,
    "https://www.openstreetmap.org/#map=15/33.306/38.703": 1_911,
    "https://www.openstreetmap.org/?lat=33.306&lon=38.703&zoom=15": 1_911,
    "https://umap.openstreetmap.fr/en/map/x_1#12/33.306/38.703": 15_287,
    "https://www.bing.com/maps?cp=33.306~38.703&lvl=12": 15_287,
    "https://yandex.ru/maps/?ll=38.703%2C33.306&z=12": 15_287,
    "http://wikimapia.org/#lang=en&lat=33.306&lon=38.703&z=12&m=w": 15_287,
    "https://2gis.ru/?m=38.703,33.306/12": 15_287,
    "https://wego.here.com/?map=33.306,38.703,12,normal": 15_287,
    "https://mapy.cz/zakladni?x=38.703&y=33.306&z=12": 15_287,
    "https://zoom.earth/#view=33.306,38.703,8z": 244_598,
    "https://www.windy.com/?33.306,38.703,8": 244_598,
    "https://firms.modaps.eosdis.nasa.gov/map/#d:24hrs;@38.703,33.306,12.0z": 15_287,
    "https://apps.sentinel-hub.com/eo-browser/?zoom=12&lat=33.306&lng=38.703": 15_287,
}

NO_MAPS = [
    "https://example.com/33.306/38.703", "https://example.com/?q=10,25",
    "https://example.com/article?id=5&m=12,13", "https://example.com/2024/01/28/12,34,5",
    "https://x.com/a/status/12/34", "https://example.com/tiles?x=38.703&y=33.306&z=12",
    "https://maps.app.goo.gl/abcd", "https://www.google.com/maps/search/Homs",
    "https://what3words.com/filled.count.soap", "https://[::1", "https://example.com/#12/1/2",
    "https://www.openstreetmap.org/node/33306", "ftp://example.com/?q=33.306,38.703",
    "https://example.com/a,33.306,38.703", "https://example.com/a:33.306,38.703 Homs",
]  # fmt: skip


@pytest.mark.parametrize("link", PINS, ids=range(len(PINS)))
def test_a_pin_is_as_exact_as_its_digits(link: str) -> None:
    found = geo.parse_coordinates(link)

    assert found is not None
    assert (found.lon_deg, found.lat_deg) == pytest.approx(POINT, abs=1e-6)
    assert (found.notation, found.fault) == ("map_link", None)
    assert found.uncertainty_m < 80


@pytest.mark.parametrize("link", VIEWS, ids=range(len(VIEWS)))
def test_a_view_leaves_half_its_width_open(link: str) -> None:
    found = geo.parse_coordinates(link)

    assert found is not None
    assert (found.lon_deg, found.lat_deg) == pytest.approx(POINT, abs=1e-6)
    assert found.notation == "map_link"
    assert found.uncertainty_m == pytest.approx(VIEWS[link], abs=1)


@pytest.mark.parametrize("link", NO_MAPS, ids=range(len(NO_MAPS)))
def test_other_links_state_no_position(link: str) -> None:
    assert geo.parse_coordinates(link) is None


def test_a_swapped_pin_is_told() -> None:
    found = geo.parse_coordinates("https://www.google.com/maps?q=98.7,33.3")

    assert found is not None
    assert "may be swapped" in (found.fault or "")
    assert found.proposals == ((98.7, 33.3),)
