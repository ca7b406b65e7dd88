"""Attributes of countries and provinces: the codes of other lists, and names in 26 languages."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    import pandas as pd

LANGUAGES = (
    "ar", "bn", "de", "el", "en", "es", "fa", "fr", "he", "hi", "hu", "id", "it", "ja", "ko",
    "nl", "pl", "pt", "ru", "sv", "tr", "uk", "ur", "vi", "zh", "zht",
)  # fmt: skip
NAMES = [f"name_{language}" for language in LANGUAGES]
# From the lists themselves, not from our tables: FIPS 10-4, and Gleditsch and Ward.
FIPS = {
    "UP": "UKR", "RS": "RUS", "IZ": "IRQ", "GM": "DEU", "CH": "CHN", "GZ": "PSE", "WE": "PSE",
    "IS": "ISR", "OD": "SSD", "SU": "SDN", "AS": "AUS", "AU": "AUT", "SZ": "CHE", "SP": "ESP",
    "UK": "GBR", "EI": "IRL", "NI": "NGA", "NG": "NER", "SF": "ZAF", "JA": "JPN", "KS": "KOR",
    "KN": "PRK", "BM": "MMR", "VM": "VNM", "TU": "TUR", "TX": "TKM", "YM": "YEM", "KV": "XKX",
    "RI": "SRB", "MJ": "MNE", "CG": "COD", "CF": "COG", "NO": "NOR", "WI": "ESH", "UC": "CUW",
}  # fmt: skip
GLEDITSCH_WARD = {
    2: "USA", 200: "GBR", 340: "SRB", 347: "XKX", 365: "RUS", 369: "UKR", 490: "COD", 500: "UGA",
    516: "BDI", 517: "RWA", 520: "SOM", 530: "ETH", 625: "SDN", 626: "SSD", 645: "IRQ",
    652: "SYR", 663: "JOR", 666: "ISR", 678: "YEM", 700: "AFG", 713: "TWN", 775: "MMR",
    816: "VNM", 860: "TLS", 970: "KIR", 990: "WSM",
}  # fmt: skip
M49 = {
    "JOR": ("142", "Asia", "145", "Western Asia"),
    "SSD": ("002", "Africa", "014", "Eastern Africa"),
    "MMR": ("142", "Asia", "035", "South-eastern Asia"),
    "CYP": ("142", "Asia", "145", "Western Asia"),
    "RUS": ("150", "Europe", "151", "Eastern Europe"),
    "GUF": ("019", "Americas", "005", "South America"),
    "ATA": ("010", "Antarctica", "010", "Antarctica"),
    "IOT": ("002", "Africa", "014", "Eastern Africa"),
    "SDN": ("002", "Africa", "015", "Northern Africa"),
    "FJI": ("009", "Oceania", "054", "Melanesia"),
}  # fmt: skip
ISO = {
    "FRA": ("FR", "250"), "NOR": ("NO", "578"), "XKX": ("XK", None), "TWN": ("TW", "158"),
    "SSD": ("SS", "728"), "PSE": ("PS", "275"), "GUF": ("GF", "254"), "AFG": ("AF", "004"),
}  # fmt: skip
# Parts with a code of their own, their state, and a province that must be theirs.
OVERSEAS = {
    "GUF": ("FRA", "FR-GF"), "GLP": ("FRA", "FR-GP"), "MTQ": ("FRA", "FR-MQ"),
    "REU": ("FRA", "FR-RE"), "MYT": ("FRA", "FR-YT"), "BVT": ("NOR", None), "SJM": ("NOR", None),
    "CXR": ("AUS", None), "CCK": ("AUS", None), "TKL": ("NZL", None), "BES": ("NLD", None),
}  # fmt: skip


@pytest.fixture(scope="module")
def table(countries: pd.DataFrame) -> pd.DataFrame:
    return countries.set_index("country_a3")


def test_fips_codes(table: pd.DataFrame) -> None:
    codes = table["fips"].dropna().str.split("|").explode()
    assert codes.is_unique
    assert codes.str.fullmatch("[A-Z]{2}").all()
    owner = dict(zip(codes, codes.index, strict=True))
    assert {code: owner.get(code) for code in FIPS} == FIPS
    assert set(table.index[table["fips"].isna()]) == {"ALA", "BES"}


def test_numbers_of_gleditsch_and_ward(table: pd.DataFrame) -> None:
    numbers = table["gleditsch_ward"].dropna()
    assert len(numbers) == 195
    owner = {int(number): code for code, number in numbers.items()}
    assert len(owner) == 195
    assert {number: owner.get(number) for number in GLEDITSCH_WARD} == GLEDITSCH_WARD
    # Neither parts of states nor states that the list leaves out.
    assert table.loc[["PSE", "ESH", "GRL", "HKG", "VAT", "PRI"], "gleditsch_ward"].isna().all()


def test_regions_of_the_united_nations(table: pd.DataFrame) -> None:
    columns = ["region_m49", "region", "subregion_m49", "subregion"]
    assert table[columns].notna().all(axis=None)
    found = {code: tuple(table.loc[code, columns]) for code in M49}
    assert found == M49
    assert not table["subregion"].str.contains("Seven seas").any()
    assert table.groupby("subregion")["region"].nunique().eq(1).all()
    assert table["subregion_m49"].nunique() == 23


def test_iso_codes(table: pd.DataFrame) -> None:
    for code, (a2, numeric) in ISO.items():
        assert table.loc[code, "country_a2"] == a2
        found = table.loc[code, "iso_numeric"]
        assert found == numeric if numeric else found is None or found != found  # noqa: PLR0124
    assert table["country_a2"].dropna().is_unique
    assert table["iso_numeric"].dropna().is_unique
    assert table["iso_numeric"].dropna().str.fullmatch("[0-9]{3}").all()
    assert not table.isin(["-99", "-099"]).any(axis=None)


def test_overseas_parts_stand_under_their_own_code(
    table: pd.DataFrame, province_table: pd.DataFrame
) -> None:
    country = province_table.set_index("admin1_code")["country_a3"]
    for code, (state, province) in OVERSEAS.items():
        assert table.loc[code, "sovereign_a3"] == state
        assert (province_table["country_a3"] == code).any()
        if province:
            assert country[province] == code


def test_names_of_countries(table: pd.DataFrame) -> None:
    assert set(NAMES) <= set(table.columns)
    complete = table[NAMES].notna().all(axis=1)
    assert set(table.index[~complete]) == {"BES", "XSP"}
    assert table.loc["UKR", "name_uk"] == "Україна"
    assert table.loc["JOR", ["name_ar", "name_fa"]].tolist() == ["الأردن", "اردن"]
    assert table.loc["GUF", "name_ru"] == "Французская Гвиана"
    assert (table["name_en"] == table["country"]).all()


def test_codes_and_names_of_provinces(province_table: pd.DataFrame) -> None:
    count = province_table.notna().sum()
    assert count["iso_3166_2"] >= 4_250
    assert count["geonames_id"] >= 4_300
    assert (count[NAMES] >= 4_450).all()
    assert count["name_en"] == len(province_table)
    assert province_table["geonames_id"].dropna().is_unique
    assert province_table["iso_3166_2"].dropna().is_unique
    assert province_table["iso_3166_2"].dropna().str.fullmatch("[A-Z]{2}-[A-Z0-9]{1,3}").all()


def test_a_province_that_borrows_names_has_none(province_table: pd.DataFrame) -> None:
    row = province_table.set_index("admin1_code")
    assert row.loc["UA-14", ["iso_3166_2", "name_uk"]].tolist() == ["UA-14", "Донецька область"]
    assert row.loc["JO-MA", "geonames_id"] == 250_583
    # Natural Earth gives Daykundi the names of its neighbour.
    assert row.loc["AF-DAY", "name_en"] == "Daykundi"
    assert row.loc["AF-DAY", [name for name in NAMES if name != "name_en"]].isna().all()
