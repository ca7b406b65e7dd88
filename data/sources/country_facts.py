"""Codes of countries in other lists (ISO numeric, UN M49, FIPS 10-4, Gleditsch-Ward), and names."""

import pandas as pd

from products import check, own_table

OWN_FILES = ("country_attributes.csv", "gleditsch_ward.csv", "m49.csv")
LANGUAGES = (
    "ar", "bn", "de", "el", "en", "es", "fa", "fr", "he", "hi", "hu", "id", "it", "ja", "ko",
    "nl", "pl", "pt", "ru", "sv", "tr", "uk", "ur", "vi", "zh", "zht",
)  # fmt: skip
CODES = ("iso_numeric", "region", "region_m49", "subregion", "subregion_m49", "fips")
# States of the list of Gleditsch and Ward that exist today.
_STATES = 195
_MISSING = ("", "-99", "-099")
# No list knows it, or ISO has given it no number.
_NO_NUMBER = {"XKX", "XSP"}
_NO_FIPS = {"ALA", "BES"}


def codes(source: pd.DataFrame, countries: pd.Series) -> pd.DataFrame:
    """Codes by `country_a3`: Natural Earth's, with ours where it has none or a wrong one."""
    theirs = source.set_index("country_a3").reindex(countries)
    table = pd.DataFrame(
        {
            "iso_numeric": theirs["ISO_N3_EH"],
            "subregion": theirs["SUBREGION"].replace("South-Eastern Asia", "South-eastern Asia"),
            "fips": theirs["FIPS_10"],
        },
    )
    table = table.mask(table.isin(_MISSING), None)
    columns = ["country_a3", "column", "value", "note"]
    for row in own_table("country_attributes.csv", columns=columns).itertuples(index=False):
        check(row.country_a3 in table.index, f"country_attributes.csv: {row.country_a3} unknown")
        check(table.loc[row.country_a3, row.column] != row.value, f"no correction: {row}")
        table.loc[row.country_a3, row.column] = row.value
    table = table.join(_regions(table["subregion"]))
    table["gleditsch_ward"] = _gleditsch_ward(table.index)
    _check(table)
    return table


def names(source: pd.DataFrame, provinces: pd.DataFrame, english: pd.Series) -> pd.DataFrame:
    """Names in many languages by `country_a3`.

    Overseas parts are not in Natural Earth's table of countries; their names are those of the
    province that is the whole of them.
    """
    theirs = source.set_index("country_a3")[[f"NAME_{code.upper()}" for code in LANGUAGES]]
    theirs.columns = [f"name_{code}" for code in LANGUAGES]
    alone = provinces[~provinces["country_a3"].duplicated(keep=False)].set_index("country_a3")
    table = theirs.reindex(english.index).fillna(alone.reindex(english.index)[theirs.columns])
    # Natural Earth's names of XSP are those of another archipelago.
    table.loc["XSP"] = None
    table["name_en"] = english
    return table.where(table != "", None)


def _regions(subregion: pd.Series) -> pd.DataFrame:
    m49 = own_table("m49.csv", columns=["code", "name", "parent"]).set_index("name")
    unknown = set(subregion.dropna()) - set(m49.index)
    check(not unknown, f"m49.csv: no {sorted(unknown)}")
    code = subregion.map(m49["code"])
    parent = subregion.map(m49["parent"])
    region = parent.where(parent != "", code)
    return pd.DataFrame(
        {
            "subregion_m49": code,
            "region_m49": region,
            "region": region.map(m49.reset_index().set_index("code")["name"]),
        }
    )


def _gleditsch_ward(countries: pd.Index) -> pd.Series:
    columns = ["country_a3", "gleditsch_ward", "note"]
    table = own_table("gleditsch_ward.csv", columns=columns).set_index("country_a3")
    check(table.index.is_unique, "gleditsch_ward.csv: a country twice")
    check(table["gleditsch_ward"].is_unique, "gleditsch_ward.csv: a number twice")
    check(len(table) == _STATES, f"gleditsch_ward.csv: {len(table)} states, expected {_STATES}")
    unknown = set(table.index) - set(countries)
    check(not unknown, f"gleditsch_ward.csv: unknown {sorted(unknown)}")
    return table["gleditsch_ward"].reindex(countries).astype("float").astype("Int16")


def _check(table: pd.DataFrame) -> None:
    for column, none in (("iso_numeric", _NO_NUMBER), ("fips", _NO_FIPS), ("subregion", set())):
        missing = set(table.index[table[column].isna()])
        check(missing == none, f"countries: {column} is missing for {sorted(missing ^ none)}")
        value = table[column].dropna().str.split("|").explode()
        unique = column == "subregion" or value.is_unique
        check(unique, f"countries: {column} {sorted(value[value.duplicated()])} twice")
