"""The 22 places on which the gazetteers were judged, in the scripts in which people write them."""

from __future__ import annotations

import pandas as pd
import pytest

import geo
from geo.geodesy import geod

# Country as context, position, names in Latin, Arabic, Cyrillic, Hebrew and Persian letters.
PLACES = {
    "Rukban": ("JOR", 38.7034, 33.3141, "Rukban|الركبان|Рукбан|רוכבאן|رکبان"),
    "Al-Tanf": ("SYR", 38.6178, 33.5058, "Al-Tanf|At-Tanf|التنف|Эт-Танф|אל-תנף|پایگاه التنف"),
    "Ruwaished": ("JOR", 38.2011, 32.5041, "Ruwaished|الرويشد|Рувейшид|רוויישד|رویشد"),
    "Trebil": ("IRQ", 38.93, 32.97, "Trebil|Turaybil|طريبيل|Требиль|טריביל|طریبیل"),
    "Al Walid": (
        "IRQ", 38.9, 33.42,
        "Al Walid crossing|منفذ الوليد|КПП Аль-Валид|מעבר אל-וליד|گذرگاه الولید",
    ),
    "Abu Kamal": (
        "SYR", 40.9185, 34.4523, "Abu Kamal|Albu Kamal|البوكمال|Абу-Кемаль|אבו כמאל|ابوکمال",
    ),
    "Deir ez-Zor": (
        "SYR", 40.1408, 35.3359, "Deir ez-Zor|دير الزور|Дейр-эз-Зор|דיר א-זור|دیر الزور",
    ),
    "Ain al-Asad": (
        "IRQ", 42.4412, 33.7856, "Ain al-Asad|عين الأسد|Айн-эль-Асад|עין אל-אסד|عین الاسد",
    ),
    "Erbil": ("IRQ", 44.0094, 36.1912, "Erbil|أربيل|Эрбиль|ארביל|اربیل"),
    "Zaatari": ("JOR", 36.3275, 32.2917, "Zaatari|الزعتري|Заатари|זעתרי|زعتری"),
    "Gaza": ("PSE", 34.4667, 31.5016, "Gaza|غزة|Газа|עזה|غزه"),
    "Khan Yunis": ("PSE", 34.3063, 31.3402, "Khan Yunis|خان يونس|Хан-Юнис|חאן יונס|خان یونس"),
    "Avdiivka": ("UKR", 37.7501, 48.1402, "Avdiivka|أفدييفكا|Авдіївка|Авдеевка|אבדייבקה|آودیوکا"),
    "Hodeidah": ("YEM", 42.9545, 14.7978, "Hodeidah|الحديدة|Ходейда|חודיידה|الحدیده"),
    "Bab el-Mandeb": (
        "", 43.33, 12.58,
        "Bab el-Mandeb|باب المندب|Баб-эль-Мандебский пролив|באב אל-מנדב|باب‌المندب",
    ),
    "Goma": ("COD", 29.2285, -1.6741, "Goma|غوما|Гома|גומה|گوما"),
    "El Fasher": ("SDN", 25.3494, 13.6279, "El Fasher|الفاشر|Эль-Фашер|אל-פאשר"),
    "Myawaddy": ("MMR", 98.5089, 16.6891, "Myawaddy|မြဝတီ|مياوادي|Мьявади|מיאוואדי|میاوادی"),
    "Bakhmut": ("UKR", 37.9989, 48.5942, "Bakhmut|Бахмут|باخموت|באחמוט"),
    # Middle of the smallest circle that holds the peninsula.
    "Crimea": ("", 34.56, 45.41, "Crimea|القرم|Крым|Крим|קרים|کریمه"),
    "Tower 22": ("JOR", 38.703, 33.306, "Tower 22|برج 22|Башня 22|מגדל 22|برج ۲۲"),
    "Strait of Hormuz": (
        "", 56.25, 26.57, "Strait of Hormuz|مضيق هرمز|Ормузский пролив|מצר הורמוז|تنگه هرمز",
    ),
}  # fmt: skip
CASES = [
    pytest.param(name, country, lon, lat, id=f"{place}: {name}")
    for place, (country, lon, lat, names) in PLACES.items()
    for name in names.split("|")
]
# Settlements that the press names and GeoNames' 500 leaves out.
PRESS = [
    ("Solhan", "Burkina Faso"), ("Seytenga", "Burkina Faso"), ("Barsalogho", "Burkina Faso"),
    ("Kolofata", "Cameroon"), ("Fotokol", "Cameroon"), ("Quissanga", "Mozambique"),
    ("Nangade", "Mozambique"), ("Muidumbe", "Mozambique"), ("Wad al-Noura", "Sudan"),
    ("Moura", "Mali"),
]  # fmt: skip


def test_there_are_22_places() -> None:
    assert len(PLACES) == 22


@pytest.mark.parametrize(("name", "country", "lon", "lat"), CASES)
def test_place_resolves_within_5_km(name: str, country: str, lon: float, lat: float) -> None:
    row = geo.geocode(pd.DataFrame({"place_text": [name], "country": [country]})).iloc[0]

    assert row["method"] == "name"
    assert geod().inv(lon, lat, row["geometry"].x, row["geometry"].y)[2] < 5_000


@pytest.mark.parametrize(("name", "country"), PRESS)
def test_place_of_the_press_is_a_settlement(name: str, country: str) -> None:
    row = geo.geocode(pd.DataFrame({"place_text": [name], "country": [country]})).iloc[0]

    assert (row["method"], row["precision"]) == ("name", "settlement")


def test_a_region_over_borders_is_wide_and_belongs_to_no_country() -> None:
    names = ["Middle East", "Sahel", "Horn of Africa", "Levant", "Balkans", "Maghreb", "Caribbean"]

    table = geo.geocode(pd.DataFrame({"place_text": names}))

    assert (table["precision"] == "vicinity").all()
    assert all(geo.search(name).loc[0, "uncertainty_m"] >= 500_000 for name in names)
