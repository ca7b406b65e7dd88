import math
import time

import pytest
from hypothesis import given, strategies as st
from mgrs import MGRS
from openlocationcode import openlocationcode
from pyproj import Transformer
from typeguard import suppress_type_checks

import geo
from geo.errors import SchemaError
from geo.geodesy import geod
from geo.grammar.angles import coordinate_radius_m, parse_degrees
from geo.grammar.coordinates import coordinate_fault

# Longitude and latitude: all quadrants, the tropics, both sides of 180 degrees, high latitudes.
PLACES = {
    "tower 22": (38.703, 33.306),
    "bogota": (-74.07209, 4.71099),
    "sydney": (151.20929, -33.86882),
    "buenos aires": (-58.38159, -34.60372),
    "taveuni": (179.98765, -16.78912),
    "chatham": (-176.55432, -43.95678),
    "svalbard": (15.63456, 78.22345),
    "greenwich": (0.00012, 51.47791),
    "quito": (-78.46784, -0.18065),
    "kinshasa": (15.26629, -4.44193),
    "anadyr": (177.50789, 64.73456),
    "nairobi": (36.82195, -1.29207),
}


def dms(value: float, letters: str) -> str:
    seconds = round(abs(value) * 36_000)
    letter = letters[value < 0]
    return f"{seconds // 36_000}°{seconds // 600 % 60:02}'{seconds % 600 / 10:04.1f}\"{letter}"


def dm(value: float, letters: str) -> str:
    minutes = round(abs(value) * 60_000)
    return f"{letters[value < 0]} {minutes // 60_000} {minutes % 60_000 / 1000:06.3f}"


def arabic(text: str) -> str:
    return text.translate(str.maketrans("0123456789.,", "٠١٢٣٤٥٦٧٨٩٫،"))


def utm(lon: float, lat: float) -> str:
    zone = int((lon + 180) // 6) + 1
    south = lat < 0
    transformer = Transformer.from_crs(4326, (32700 if south else 32600) + zone, always_xy=True)
    east, north = transformer.transform(lon, lat)
    # M is a band of the south: a letter that cannot be taken for a hemisphere.
    band = "CDEFGHJKLMNPQRSTUVWX"[int((lat + 80) // 8)]
    return f"{zone}{band} {east:.0f} {north:.0f}"


def mgrs(lon: float, lat: float, precision: int = 5) -> str:
    return str(MGRS().toMGRS(lat, lon, MGRSPrecision=precision))


def spaced(reference: str) -> str:
    half = len(reference) - 10
    zone, square = reference[: half - 2], reference[half - 2 : half]
    return f"{zone} {square} {reference[half : half + 5]} {reference[half + 5 :]}"


NOTATIONS = {
    "decimal": lambda x, y: f"{y:.5f}, {x:.5f}",
    "spaces": lambda x, y: f"({y:.5f} {x:.5f})",
    "comma": lambda x, y: f"{y:.5f} {x:.5f}".replace(".", ","),
    "semicolon": lambda x, y: f"{y:.5f}; {x:.5f}".replace(".", ","),
    "letters": lambda x, y: f"{abs(y):.5f}° {'NS'[y < 0]}, {abs(x):.5f}° {'EW'[x < 0]}",
    "letters first": lambda x, y: f"{'NS'[y < 0]}{abs(y):.5f} {'EW'[x < 0]}{abs(x):.5f}",
    "lon first": lambda x, y: f"{abs(x):.5f} {'EW'[x < 0]}, {abs(y):.5f} {'NS'[y < 0]}",
    "labels": lambda x, y: f"lon: {x:.5f}, lat: {y:.5f}",
    "dms": lambda x, y: f"{dms(y, 'NS')} {dms(x, 'EW')}",
    "dm": lambda x, y: f"{dm(y, 'NS')}, {dm(x, 'EW')}",
    "arabic": lambda x, y: arabic(f"{y:.5f}, {x:.5f}"),
    "russian": lambda x, y: (
        f"{abs(y):.5f} {'с.ш.' if y >= 0 else 'ю.ш.'} {abs(x):.5f} {'в.д.' if x >= 0 else 'з.д.'}"
    ),
    "mgrs": mgrs,
    "mgrs spaced": lambda x, y: spaced(mgrs(x, y)),
    "mgrs 100 m": lambda x, y: mgrs(x, y, 3),
    "utm": utm,
    "plus code": lambda x, y: openlocationcode.encode(y, x),
    "geo uri": lambda x, y: f"geo:{y:.5f},{x:.5f}",
    "google": lambda x, y: f"https://www.google.com/maps?q={y:.5f},{x:.5f}",
    "osm": lambda x, y: f"https://www.openstreetmap.org/?mlat={y:.5f}&mlon={x:.5f}#map=9/1/1",
}


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("notation", NOTATIONS)
def test_each_notation_is_read_within_its_digits(notation: str, place: str) -> None:
    lon, lat = PLACES[place]

    found = geo.parse_coordinates(NOTATIONS[notation](lon, lat))

    assert found is not None
    _, _, apart_m = geod().inv(lon, lat, found.lon_deg, found.lat_deg)
    assert apart_m <= found.uncertainty_m * 1.0001 + 1e-6
    assert found.uncertainty_m < 100
    in_band_s = notation == "utm" and 32 <= lat < 40
    assert (found.fault is None) != in_band_s


@pytest.mark.parametrize(
    ("text", "lon", "lat"),
    [
        ("37SDS7246485504", 38.70420, 33.30830),
        ("37S DS 72464 85504", 38.70420, 33.30830),
        ("38SMB4099486410", 44.36610, 33.31520),
        ("37SFV0367410891", 40.14079, 35.33590),
        ("37SBV8654378838", 36.63390, 35.93060),
        ("38PMB1317599346", 44.19100, 15.36940),
        ("04QEJ9798790670", -158.05325, 21.61643),
        ("33°18'29.9\"N 38°42'15.1\"E", 38.70419, 33.30831),
        ("36 52,5 N 38 9,1 E", 38.15167, 36.875),
        ("33.306n 38.703e", 38.703, 33.306),
        ("33 18 21.6 38 42 10.8", 38.703, 33.306),
        ("33.306 северной широты, 38.703 восточной долготы", 38.703, 33.306),
        ("٣٣٫٣٠٦ شمالا ٣٨٫٧٠٣ شرقا", 38.703, 33.306),
        ("https://yandex.ru/maps/?ll=38.703%2C33.306&z=12", 38.703, 33.306),
        ("https://www.google.com/maps/place/X/@33,38,12z/data=!3d33.306!4d38.703", 38.703, 33.306),
        ("geo:0,0?q=33.306,38.703(Tower 22)", 38.703, 33.306),
        ("331822N 0384211E", 38.703056, 33.306111),
        ("331822N0384211E", 38.703056, 33.306111),
        ("331822N/0384211E", 38.703056, 33.306111),
        ("N331822 E0384211", 38.703056, 33.306111),
        ("331822.5N 0384211.5E", 38.703194, 33.30625),
        ("3318N 03842E", 38.7, 33.3),
        ("3318.36N 03842.18E", 38.703, 33.306),
        ("335520S 0182526E", 18.423889, -33.922222),
        ("0442N 07404W", -74.066667, 4.7),
    ],
    ids=range(25),
)  # fmt: skip
def test_known_vectors(text: str, lon: float, lat: float) -> None:
    found = geo.parse_coordinates(text)

    assert found is not None
    assert (found.lon_deg, found.lat_deg) == pytest.approx((lon, lat), abs=1e-5)


WRONG = [
    "", "Tower 22", "33", "5", "North Sea", "Nowhere, Earth", "S E", "33 75 38 10",
    "33.5 18 N 38 E", "33,306", "33,38", "1,2,3", "33.306 38.703 39.1", "37S DS 7246 85504",
    "99SDS7246485504", "37SDS724648550", "61N 472464 3685504", "37N 72464 3685504", "8P4F+XX",
    "geo:33.306,38.703;crs=moon", "https://example.com/33.306/38.703", "33.306, 38.703, 5",
    "lat 33.3 lat 38.7", "33 18 21.6 N", "12:30", "2024-01-28", "+962 6 123 456", "N", "°'\"",
]  # fmt: skip


@pytest.mark.parametrize("text", WRONG, ids=range(len(WRONG)))
def test_what_states_no_coordinates_is_not_read(text: str) -> None:
    assert geo.parse_coordinates(text) is None


@pytest.mark.parametrize(
    ("text", "words", "proposals"),
    [
        ("98.7, 33.3", "may be swapped", ((98.7, 33.3),)),
        ("33.3, 198.7", "not on the earth", ()),
        ("0, 0", "stands for unknown", ()),
        ("0,0", "stands for unknown", ()),
        ("-33.3 S, 18.4 E", "contradict", ((18.4, -33.3), (18.4, 33.3))),
        ("-33.3 N, 18.4 E", "contradict", ((18.4, 33.3), (18.4, -33.3))),
        ("33.3 N, -18.4 W", "contradict", ((-18.4, 33.3), (18.4, 33.3))),
        ("37S 472464 3685504", "band", ((38.7042, 33.30829), (38.54704, -56.97322))),
        ("33N, 38N", "both are latitudes (N and N)", ((38, 33), (33, 38))),
        (
            "33.306 N, 38.703 S",
            "both are latitudes (N and S)",
            ((-38.703, 33.306), (33.306, -38.703)),
        ),
        ("E 33.3 E 138.7", "both are longitudes (E and E)", ((138.7, 33.3),)),
        ("33°75'N 38°E", "there are 75 minutes", ()),
        ("33°18'60\"N 38°42'10\"E", "there are 60 seconds", ()),
        ("N 33 18.5 E 38 61.2", "there are 61.2 minutes", ()),
        ("338822N 0384211E", "there are 88 minutes", ()),
        ("lat 33.3 E, lon 38.7 N", "labels and hemispheres contradict", ()),
        ("331822N 384211E", "not on the earth", ()),
        ("471234E 551234N", "not on the earth", ()),
    ],
)
def test_doubts_are_said_and_nothing_is_repaired(
    text: str, words: str, proposals: tuple[tuple[float, float], ...]
) -> None:
    found = geo.parse_coordinates(text)

    assert found is not None
    assert words in (found.fault or "")
    assert [pytest.approx(pair, abs=1e-5) for pair in proposals] == list(found.proposals)


@pytest.mark.parametrize("text", ["33N, 38N", "33°75'N 38°E", "lat 33.3 E, lon 38.7 N"])
def test_what_cannot_be_a_position_has_none(text: str) -> None:
    found = geo.parse_coordinates(text)

    assert found is not None
    assert math.isnan(found.lon_deg)
    assert math.isnan(found.lat_deg)


@pytest.mark.parametrize(
    ("text", "country_a3", "lon", "lat"),
    [
        ("37S 472464 3685504", "JOR", 38.7042, 33.30829),
        ("-33.3 N, 18.4 E", "ZAF", 18.4, -33.3),
        ("-33.3 N, 36.4 E", "SYR", 36.4, 33.3),
        ("33.306 N, -38.703 E", "JOR", 38.703, 33.306),
    ],
)
def test_a_country_settles_what_letters_leave_open(
    text: str, country_a3: str, lon: float, lat: float
) -> None:
    found = geo.parse_coordinates(text, country_a3=country_a3)

    assert found is not None
    assert found.fault is None
    assert (found.lon_deg, found.lat_deg) == pytest.approx((lon, lat), abs=1e-5)
    assert "settles it" in (found.note or "")


def test_a_country_that_fits_no_reading_settles_nothing() -> None:
    found = geo.parse_coordinates("37S 472464 3685504", country_a3="BRA")

    assert found is not None
    assert "band" in (found.fault or "")
    assert len(found.proposals) == 2


def test_of_two_latitudes_the_country_keeps_the_likely_reading() -> None:
    found = geo.parse_coordinates("33N, 38N", country_a3="TUR")

    assert found is not None
    assert found.fault is not None
    assert found.proposals == ((33.0, 38.0),)


@pytest.mark.parametrize("cell", [None, 5, 33.306, b"33.306, 38.703", ["33.306"]])
def test_what_is_no_text_is_told(cell: object) -> None:
    told = r"parse_coordinates: text is .*; expected the text of one cell"
    with suppress_type_checks(), pytest.raises(SchemaError, match=told):
        geo.parse_coordinates(cell)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "proposal"),
    [
        ("38.703, 33.306", (38.703, 33.306)),
        ("33.306, -38.703", (38.703, 33.306)),
        ("-33.306, 38.703", (38.703, 33.306)),
    ],
)
def test_a_position_outside_its_country_is_doubted(
    text: str, proposal: tuple[float, float]
) -> None:
    found = geo.parse_coordinates(text, country_a3="JOR")

    assert found is not None
    assert "JOR" in (found.fault or "")
    assert found.proposals[0] == proposal
    assert geo.parse_coordinates("33.306, 38.703", country_a3="JOR").fault is None


def test_a_doubtful_row_is_suspicious_and_keeps_its_place() -> None:
    import pandas as pd

    placed = geo.geocode(
        pd.DataFrame(
            {
                "place_text": ["38.703, 33.306", "98.7, 33.3", "0,0", "33.306, 38.703"],
                "country": ["Jordan"] * 4,
            }
        )
    )

    assert placed["status"].tolist() == ["suspicious", "suspicious", "suspicious", "located"]
    assert placed.geometry.notna().tolist() == [True, False, False, True]
    assert '"lat":33.306' in placed["candidates"].iloc[0]
    assert placed["reason"].iloc[0].endswith("perhaps 33.306, 38.703, which lies in Jordan")
    assert placed["reason"].iloc[1].endswith("perhaps 33.3, 98.7, which lies in China")


@given(st.floats(-180, 180), st.floats(-90, 90))
def test_decimal_pairs_come_back(lon: float, lat: float) -> None:
    found = geo.parse_coordinates(f"{lat:.6f}, {lon:.6f}")

    assert found is not None
    assert (found.lon_deg, found.lat_deg) == pytest.approx((lon, lat), abs=1e-6)


@given(st.text(max_size=400))
def test_no_text_breaks_it(text: str) -> None:
    found = geo.parse_coordinates(text)

    assert found is None or math.isfinite(found.lon_deg + found.lat_deg + found.uncertainty_m)


@pytest.mark.parametrize(
    "text", ["", "n/a", "nan", "inf", "1,2,3", "33° 75'", "1 2 3 4", "N", "12X", "-33.3 S"]
)
def test_what_is_no_number_is_not_read(text: str) -> None:
    assert parse_degrees(text) is None


def test_fewer_digits_leave_more_open() -> None:
    assert coordinate_radius_m("38.703", "33.306") < 100
    assert coordinate_radius_m("39", "33") > 70_000
    assert coordinate_radius_m("38,703", "33") == coordinate_radius_m("39", "33")


@pytest.mark.parametrize(
    "text",
    [
        "1" + " " * 1_990 + "x", "1 " * 40 + "x", "1" * 2_000, "1 ° ' " * 13, "1.1" * 26,
        "https://a/?" + "q=1&" * 400, "geo:1,1" + ";a=b" * 450, "N" * 290, "1N" * 140, "7" * 99_999,
    ],
    ids=range(10),
)  # fmt: skip
def test_no_text_takes_long(text: str) -> None:
    begun = time.process_time()

    assert geo.parse_coordinates(text) is None or text.startswith("geo:")
    parse_degrees(text)
    assert time.process_time() - begun < 2


@pytest.mark.parametrize(
    ("text", "degrees"),
    [("33.306N", 33.306), ("33.306 S", -33.306), ("33° 18' 36\"", 33.31), ("-12 30", -12.5)],
)
def test_a_cell_may_name_its_hemisphere_and_minutes(text: str, degrees: float) -> None:
    assert parse_degrees(text) == pytest.approx(degrees)


def test_a_latitude_is_no_longitude() -> None:
    assert parse_degrees("33.306N", hemispheres="EW") is None


@pytest.mark.parametrize(
    ("text", "radius_m"),
    [
        ("33, 38", 78_715),
        ("33.3,38.7", 7_872),
        ("33.3, 38.703", 7_872),
        ("33.306° N, 38.703° E", 79),
        ("33°18'N 38°42'E", 1_312),
        ("33°18'21\"N 38°42'10\"E", 22),
        ("37SDS7285", 707),
        ("geo:33.306,38.703;u=35", 35),
        ("https://www.openstreetmap.org/#map=15/33.306/38.703", 1_911),
    ],
)
def test_the_digits_say_how_sure(text: str, radius_m: float) -> None:
    found = geo.parse_coordinates(text)

    assert found is not None
    assert found.uncertainty_m == pytest.approx(radius_m, abs=1)


def test_a_number_forgets_zeros_at_its_end() -> None:
    assert coordinate_radius_m(38.0, 33.25) == coordinate_radius_m("38", "33")
    assert coordinate_radius_m(38.703, 1e-5) == coordinate_radius_m("38.703", "33.306")


@pytest.mark.parametrize(
    ("lon", "lat", "words"),
    [(181, 10, "not on the earth"), (0, 91, "may be swapped"), (0, 0, "stands for unknown")],
)
def test_what_cannot_be_is_said(lon: float, lat: float, words: str) -> None:
    assert words in (coordinate_fault(lon, lat) or "")
