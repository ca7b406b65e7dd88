"""Says of each arc what kind of line it is and, for a border, its pair and status."""

from collections.abc import Iterator

import geopandas as gpd
import pandas as pd

from products import check, own_table

STATUSES = ("international", "disputed", "line_of_control", "indefinite", "lease")
DEFAULT_SOURCE = "No dispute listed in data/sources/border_status.csv"


def unallocated() -> pd.DataFrame:
    """Areas between countries that belong to none, with the pair and status of their outline."""
    columns = ["name", "lon", "lat", "border_pair", "status", "source"]
    table = own_table("unallocated.csv", columns=columns)
    return table.astype({"lon": float, "lat": float})


def classify(arcs: gpd.GeoDataFrame, provinces: pd.DataFrame) -> gpd.GeoDataFrame:
    """Add `kind`, `border_pair`, `status` and `source` to arcs with `left`, `right`, `filler`."""
    country = dict(zip(provinces["admin1_code"], provinces["country_a3"], strict=True))
    rules = _rules(country.keys() | set(country.values()))
    gap = unallocated().iloc[0]
    rows: list[tuple[str | None, ...]] = []
    for left, right, filler in zip(arcs["left"], arcs["right"], arcs["filler"], strict=True):
        if filler == "cut":
            rows.append(("cut", None, None, None))
        elif filler == "gap":
            rows.append(("border", gap["border_pair"], gap["status"], gap["source"]))
        elif pd.isna(right):
            rows.append(("coast", None, None, None))
        elif country[left] == country[right]:
            rows.append(("province", None, None, None))
        else:
            pair = "-".join(sorted((country[left], country[right])))
            rows.append(("border", pair, *_status(left, right, country, rules)))
    named = pd.DataFrame(
        rows, columns=["kind", "border_pair", "status", "source"], index=arcs.index, dtype=object
    )
    return arcs.join(named)


def _rules(known: set[str]) -> dict[frozenset[str], tuple[str, str]]:
    table = own_table("border_status.csv", columns=["left", "right", "status", "source"])
    unknown = (set(table["left"]) | set(table["right"])) - known
    check(not unknown, f"border_status.csv: unknown codes {sorted(unknown)}")
    check(table["status"].isin(STATUSES).all(), "border_status.csv: unknown status")
    check((table["source"] != "").all(), "border_status.csv: a row without source")
    return {
        frozenset((row.left, row.right)): (row.status, row.source)
        for row in table.itertuples(index=False)
    }


def _status(
    left: str, right: str, country: dict[str, str], rules: dict[frozenset[str], tuple[str, str]]
) -> tuple[str, str]:
    for key in _keys(left, right, country):
        if key in rules:
            return rules[key]
    return "international", DEFAULT_SOURCE


def _keys(left: str, right: str, country: dict[str, str]) -> Iterator[frozenset[str]]:
    """From the two provinces to the two countries: the more exact rule wins."""
    yield frozenset((left, right))
    yield frozenset((left, country[right]))
    yield frozenset((country[left], right))
    yield frozenset((country[left], country[right]))
