"""Countries by the codes and names that providers write."""

from functools import cache
from typing import TYPE_CHECKING, Any

from geo.gazetteer.places import shipped_gazetteer
from geo.reference.atoms import country_attributes
from geo.vocabulary.country_codes import country_of_official_name

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["by_fips", "by_gleditsch_ward", "by_iso_numeric", "by_name", "country_names"]

# Codes of Serbia that FIPS 10-4 has given up.
_OLD_FIPS = {"RB": "SRB", "YI": "SRB"}


def by_fips(codes: "pd.Series[Any]") -> "pd.Series[str]":
    """ISO 3166-1 alpha-3 of codes of FIPS 10-4.

    Examples
    --------
    >>> import pandas as pd
    >>> by_fips(pd.Series(["GM", "CH", "AU", "AS", "XX"])).tolist()
    ['DEU', 'CHN', 'AUT', 'AUS', nan]
    """
    return codes.map(_fips(), na_action="ignore").astype("str")


def by_iso_numeric(codes: "pd.Series[Any]") -> "pd.Series[str]":
    """ISO 3166-1 alpha-3 of its numbers, with or without zeros before them.

    Examples
    --------
    >>> import pandas as pd
    >>> by_iso_numeric(pd.Series(["4", "004", "276"])).tolist()
    ['AFG', 'AFG', 'DEU']
    """
    return codes.str.zfill(3).map(_iso_numeric(), na_action="ignore").astype("str")


def by_gleditsch_ward(numbers: "pd.Series[float]") -> "pd.Series[str]":
    """ISO 3166-1 alpha-3 of the numbers that Gleditsch and Ward give to states.

    Examples
    --------
    >>> import pandas as pd
    >>> by_gleditsch_ward(pd.Series([652.0, 2.0])).tolist()
    ['SYR', 'USA']
    """
    return numbers.map(_gleditsch_ward(), na_action="ignore").astype("str")


def by_name(names: "pd.Series[Any]") -> "pd.Series[str]":
    """ISO 3166-1 alpha-3 of English names of countries; null where a name is no country's.

    Examples
    --------
    >>> import pandas as pd
    >>> by_name(pd.Series(["Syria", "Mediterranean Sea"], dtype="str")).tolist()
    ['SYR', nan]
    """
    found = {name: _of_name(str(name)) for name in names.dropna().unique()}
    return names.map(found, na_action="ignore").astype("str")


def country_names(codes: "pd.Series[Any]") -> "pd.Series[str]":
    """English names of ISO 3166-1 alpha-3 codes."""
    return codes.map(_names(), na_action="ignore").astype("str")


def _of_name(name: str) -> str | None:
    # UCDP writes other names of a country in brackets: "Myanmar (Burma)".
    for one in (name, name.partition(" (")[0]):
        found = [place for place in shipped_gazetteer().find(one) if place.kind == "country"]
        if len(found) == 1:
            return found[0].country_a3
        if official := country_of_official_name(one):
            return official
    return None


@cache
def _fips() -> dict[str, str]:
    table = country_attributes()[["country_a3", "fips"]].dropna()
    pairs = zip(table["country_a3"], table["fips"], strict=True)
    return _OLD_FIPS | {code: country for country, codes in pairs for code in codes.split("|")}


@cache
def _iso_numeric() -> dict[str, str]:
    table = country_attributes()[["country_a3", "iso_numeric"]].dropna()
    return dict(zip(table["iso_numeric"], table["country_a3"], strict=True))


@cache
def _gleditsch_ward() -> dict[float, str]:
    table = country_attributes()[["country_a3", "gleditsch_ward"]].dropna()
    return dict(zip(table["gleditsch_ward"], table["country_a3"], strict=True))


@cache
def _names() -> dict[str, str]:
    table = country_attributes()
    return dict(zip(table["country_a3"], table["country"], strict=True))
