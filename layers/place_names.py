"""Names of countries for legends and labels, from the shipped table."""

from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq

from geo import shipped
from geo.reference import views

__all__ = [
    "border_name",
    "country_names",
    "translated_countries",
    "translated_provinces",
    "viewing_country",
]


def country_names(codes: Iterable[str]) -> dict[str, str]:
    """English short names by `country_a3`; a code that nobody knows names itself.

    Parameters
    ----------
    codes
        ISO 3166-1 alpha-3.
    """
    wanted = sorted(set(codes))
    if not wanted:
        return {}
    known = _names(shipped.folder())
    return {code: known.get(code, code) for code in wanted}


def translated_countries(language: str) -> dict[str, str]:
    """Names of countries in another language by their English short names, if they are shipped.

    Parameters
    ----------
    language
        BCP 47 tag.

    Examples
    --------
    >>> translated_countries("ar-JO")["Iraq"]
    'العراق'
    """
    return dict(_translated("countries.parquet", "country", language))


def translated_provinces(table: pd.DataFrame, language: str) -> dict[str, str]:
    """Names of the provinces of a table in another language, by those that the table has.

    A name that stands for several provinces, each with a name of its own there, is left out.

    Parameters
    ----------
    table
        Incident table.
    language
        BCP 47 tag.
    """
    if not {"admin1_code", "admin1"} <= set(table.columns):
        return {}
    names = dict(_translated("provinces.parquet", "admin1_code", language))
    found: dict[str, set[str]] = {}
    pairs = table[["admin1_code", "admin1"]].dropna().drop_duplicates().sort_values("admin1_code")
    for code, name in pairs.astype(str).itertuples(index=False):
        if code in names:
            found.setdefault(name, set()).add(names[code])
    return {
        name: translations.pop() for name, translations in found.items() if len(translations) == 1
    }


def _translated(file: str, key: str, language: str) -> Iterator[tuple[str, str]]:
    """Pairs of a key and the name in a language, where there is one."""
    column = f"name_{language.lower().split('-')[0]}"
    path = shipped.path(file)
    # Python's own names are in English themselves.
    if column == "name_en" or column not in pq.read_schema(path).names:
        return
    keys, names = (each.to_pylist() for each in pq.read_table(path, columns=[key, column]))
    yield from ((known, name) for known, name in zip(keys, names, strict=True) if name)


def border_name(pair: str) -> str:
    """Name of the border of two countries, such as "Jordan\N{EN DASH}Syria border".

    Parameters
    ----------
    pair
        Two `country_a3` in alphabetical order, such as `JOR-SYR`.
    """
    names = country_names(pair.split("-"))
    return "\N{EN DASH}".join(names.values()) + " border"


def viewing_country(worldview: str) -> str | None:
    """Name of the country whose worldview has this name, None if it is no country's.

    Parameters
    ----------
    worldview
        Name of a worldview, such as `UA`.
    """
    return _names_by_a2(shipped.path("countries.parquet")).get(worldview)


@cache
def _names(folder: Path) -> dict[str, str]:
    table = pq.read_table(folder / "countries.parquet", columns=["country_a3", "country"])
    codes, names = (column.to_pylist() for column in table.columns)
    # Some worldviews know holders that have no code in ISO 3166-1.
    held = views.worldviews().loc[:, ["holder", "holder_name"]].to_numpy().tolist()
    others = {code: name for code, name in held if name}
    return others | dict(zip(codes, names, strict=True))


@cache
def _names_by_a2(path: Path) -> dict[str, str]:
    table = pq.read_table(path, columns=["country_a2", "country"])
    codes, names = (column.to_pylist() for column in table.columns)
    return dict(zip(codes, names, strict=True))
