"""Which country, province and sea each incident lies in."""

from functools import lru_cache
from typing import NamedTuple

import geopandas as gpd
import numpy as np
import pandas as pd
from pandas.api.extensions import ExtensionArray

from geo.geodesy import Floats
from geo.joins.columns import Table, coded, texts, with_columns, with_notes, words
from geo.joins.country_shares import country_shares, share_texts
from geo.joins.placement import Placement, place
from geo.joins.points import Points, Shapes, points_of, uncertainties_m
from geo.joins.surfaces import sea_names, surfaces
from geo.reference.atoms import Atoms, atoms, province_names
from geo.reference.holdings import disputes_by_day, holdings_on
from geo.reference.units import country_names
from geo.reference.views import Worldview, view
from geo.schema import require
from geo.vocabulary import SURFACES

__all__ = ["add_countries", "country_conflicts", "with_countries"]


def add_countries(
    table: gpd.GeoDataFrame,
    *,
    worldview: str | Worldview = "default",
    shapes: Shapes = "representative",
    wrap: bool = True,
) -> gpd.GeoDataFrame:
    """Add the country, province and sea in which each point lies, and how sure this is.

    Countries reach to the limit of their territorial sea, 12 nautical miles off. A row with a day
    (`date_start`) gets the holder of that day. A row without a point keeps what it has, and a row
    known only to country gets no province.

    A country that is known already (`country_a3`, from the geocoder) stays while the point lies
    within its uncertainty and the error of the border line: a town on a border river keeps its
    side; of a disputed place, the view says who holds it. It also stays on the high sea up to 200
    nautical miles off that country, with a reason.
    Where the two contradict each other beyond that, the boundary decides, `status` becomes
    `suspicious`, and `reason` says so.

    Parameters
    ----------
    table
        Points in any CRS; null geometries stay.
    worldview
        Point of view on disputed areas: a name of `worldviews()`, or one of your own.
    shapes
        What to do with a geometry that is no point: `representative` takes a point inside it,
        `refuse` leaves the row without a country. Both say so in `reason`.
    wrap
        Whether a longitude between 180° and 360° is brought back into ±180°; else the row gets no
        country. Both say so in `reason`.

    Returns
    -------
    geopandas.GeoDataFrame
        Copy with `country_a3`, `country`, `admin1_code`, `admin1`, `surface` (land,
        territorial_sea, high_sea), `sea` (its name), `area_status` (undisputed, disputed,
        indefinite, unclaimed), `claimed_by` (codes of those who claim the place and do not hold it,
        `A|B`), `worldview`, `status`, `reason`; and `country_shares` where the table has
        `uncertainty_m`: JSON, the share of the 90 % disc in each country, in hundredths that sum
        to 1, `nobody` for what no country holds; `country_a3` has a hundredth at least, and the
        high sea too where a country stays off its coast. Null where the uncertainty is not above
        0, not finite or null. Index and rows as in the input.

    Raises
    ------
    SchemaError
        The table has no geometry column, or no CRS.
    PlaceNotFoundError
        There is no such worldview.

    Notes
    -----
    Source: borders of OpenStreetMap, coasts and provinces of Natural Earth 10m, whose coast lies
    within a stated error: a point at sea that is nearer to the coast than this counts as land.
    The shares are those of a normal error in two dimensions, see `geo.joins.discs`.

    Examples
    --------
    >>> points = gpd.GeoDataFrame(geometry=gpd.points_from_xy([38.703], [33.306]), crs=4326)
    >>> add_countries(points).loc[0, ["country_a3", "admin1_code", "surface"]].tolist()
    ['JOR', 'JO-MA', 'land']
    >>> add_countries(points.assign(uncertainty_m=5_000.0)).loc[0, "country_shares"]
    '{"JOR":0.76,"SYR":0.24}'

    Tables in another CRS come back in it; a polygon counts by a point inside it.

    >>> box = points.to_crs(3857).buffer(1_000).to_frame("geometry")
    >>> add_countries(box).loc[0, ["country_a3", "reason"]].tolist()
    ['JOR', 'The point stands for a Polygon']
    """
    point_of_view = view(worldview)
    points = points_of(table, by="add_countries", shapes=shapes, wrap=wrap)
    return with_countries(table, points, point_of_view)


def with_countries(table: Table, points: Points, point_of_view: Worldview) -> Table:
    """Table with the columns of `add_countries`, of rows whose positions are known."""
    found = place(table, points, point_of_view)
    columns = _units(table, found, point_of_view) | _circumstances(found, point_of_view)
    if "uncertainty_m" in table:
        known = points.placed & np.isfinite(uncertainties_m(table))
        shares = share_texts(country_shares(table, found, point_of_view), found, known)
        columns["country_shares"] = shares
    everywhere = np.zeros(len(table), dtype=np.int64)
    columns["worldview"] = coded(words([point_of_view.name]), everywhere)
    # Plain tables are not judged yet.
    if "status" not in table:
        columns["status"] = coded(words(["located", "unlocated"]), np.where(points.placed, 0, 1))
    if "reason" not in table:
        columns["reason"] = coded(words([]), everywhere - 1)
    if "country_shares" not in columns:
        # Shares of an earlier call belong to an uncertainty that is gone.
        table = table.drop(columns="country_shares", errors="ignore")
    result = with_columns(table, columns)
    return with_notes(result, *_doubts(result, found))


def country_conflicts(
    table: gpd.GeoDataFrame,
    *,
    worldview: str | Worldview = "default",
    shapes: Shapes = "representative",
    wrap: bool = True,
) -> gpd.GeoDataFrame:
    """Rows whose own country disagrees with the one their point lies in.

    Parameters
    ----------
    table
        Points in any CRS, with `country_a3` as the source states it: ask before `add_countries`,
        which corrects it.
    worldview
        Point of view on disputed areas: a name of `worldviews()`, or one of your own.
    shapes
        What to do with a geometry that is no point, as in `add_countries`.
    wrap
        Whether longitudes beyond ±180° are brought back, as in `add_countries`.

    Returns
    -------
    geopandas.GeoDataFrame
        The rows that disagree, index kept, with `country_found_a3` and `country_found` (null on the
        high sea), `country_distance_m` to the stated country (null where it has no area), `match`
        and `match_share`: `possible` where the uncertainty of the point and the error of the line
        explain the difference, with the share of the disc outside the stated country; else
        `certain`.

    Raises
    ------
    SchemaError
        The table has no geometry column, no CRS, or no column `country_a3`.

    Examples
    --------
    >>> points = gpd.GeoDataFrame(
    ...     {"country_a3": ["SYR", "JOR"]},
    ...     geometry=gpd.points_from_xy([38.703, 38.703], [33.306, 33.306]),
    ...     crs=4326,
    ... )
    >>> country_conflicts(points)[["country_a3", "country_found_a3", "match"]].values.tolist()
    [['SYR', 'JOR', 'certain']]
    """
    require(table, ("country_a3",), by="country_conflicts")
    point_of_view = view(worldview)
    points = points_of(table, by="country_conflicts", shapes=shapes, wrap=wrap)
    found = place(table, points, point_of_view)
    rows = np.flatnonzero(~np.isnan(found.distance_m) & ~found.offshore)
    code = found.holdings.codes[found.holdings.holder_of(found.found[rows], rows)]
    names = country_names(point_of_view).reindex(code).to_numpy(dtype=object)
    distance_m = found.distance_m[rows]
    certain = found.contradicted[rows]
    conflicts = table.iloc[rows]
    outside = np.ones(len(rows))
    outside[~certain] = _outside_shares(conflicts[~certain], point_of_view)
    return conflicts.assign(
        country_found_a3=words(code),
        country_found=words(names),
        country_distance_m=np.where(np.isinf(distance_m), np.nan, distance_m),
        match=words(np.where(certain, "certain", "possible")),
        match_share=outside,
    )


def _outside_shares(conflicts: gpd.GeoDataFrame, point_of_view: Worldview) -> Floats:
    """Share of the disc of each row that lies outside its stated country."""
    outside = np.ones(len(conflicts))
    found = place(conflicts, points_of(conflicts, by="country_conflicts"), point_of_view)
    for row, shares in country_shares(conflicts, found, point_of_view):
        outside[row] -= shares.get(str(found.stated[row]), 0.0)
    return outside.round(2)


class _Names(NamedTuple):
    """Words of a view: of its countries, of its provinces, and of the atoms."""

    country_a3: ExtensionArray
    country: ExtensionArray
    admin1_code: ExtensionArray
    admin1: ExtensionArray
    area_status: ExtensionArray
    claimed_by: ExtensionArray


@lru_cache(maxsize=16)
def _names(_atoms: Atoms, point_of_view: Worldview) -> _Names:
    holdings = holdings_on(point_of_view, None, 0)
    countries = country_names(point_of_view).reindex(holdings.codes)
    provinces = province_names().reindex(holdings.admin1_codes)
    disputes = disputes_by_day(point_of_view)
    return _Names(
        words(holdings.codes),
        words(countries.to_numpy(dtype=object, na_value="")),
        words(holdings.admin1_codes),
        words(provinces.to_numpy(dtype=object, na_value="")),
        words(disputes.status),
        words(disputes.claimed_by),
    )


def _units(
    table: pd.DataFrame, found: Placement, point_of_view: Worldview
) -> dict[str, ExtensionArray]:
    """Country and province by code and name; rows without a point keep theirs."""
    holdings, placed = found.holdings, found.points.placed
    country = np.where(placed, found.holder, 0)
    offshore = np.flatnonzero(found.offshore)
    country[offshore] = np.searchsorted(holdings.codes, found.stated[offshore])
    province = holdings.province_of(found.atom)
    nowhere = ~placed | (found.holder == 0)
    if "precision" in table:
        nowhere |= table["precision"].isin(["country"]).to_numpy()
    province[nowhere] = -1
    names = _names(atoms(), point_of_view)
    units = {
        "country_a3": coded(names.country_a3, country),
        "country": coded(names.country, country),
        "admin1_code": coded(names.admin1_code, province),
        "admin1": coded(names.admin1, province),
    }
    lost = np.flatnonzero(~placed)
    if len(lost):
        for name, column in units.items():
            column[lost] = words(texts(table.iloc[lost], name))
    return units


def _circumstances(found: Placement, point_of_view: Worldview) -> dict[str, ExtensionArray]:
    """Surface, sea and dispute of each row."""
    placed = found.points.placed
    surface = np.where(placed, surfaces(found), -1)
    afloat = np.flatnonzero(surface > SURFACES.index("land"))
    sea = np.full(len(placed), -1, dtype=np.int64)
    sea[afloat] = np.arange(len(afloat))
    names = _names(atoms(), point_of_view)
    dispute = found.holdings.dispute_of(found.atom)
    return {
        "surface": coded(words(SURFACES), surface),
        "sea": coded(words(sea_names(found.points, afloat)), sea),
        "area_status": coded(names.area_status, dispute),
        "claimed_by": coded(names.claimed_by, dispute),
    }


def _doubts(table: pd.DataFrame, found: Placement) -> tuple[dict[int, str], frozenset[int]]:
    """What is to be said of some rows, by position, and which of them are suspicious."""
    notes = dict(found.points.notes)
    for row in np.flatnonzero(found.offshore).tolist():
        kilometres = found.distance_m[row] / 1_000
        notes[row] = f"The point lies at sea, {kilometres:.0f} km off {found.stated[row]}"
    for row in np.flatnonzero(found.claimed).tolist():
        notes[row] = f"Given as in {found.stated[row]}, which claims the place"
    contradicted = np.flatnonzero(found.contradicted).tolist()
    swapped = _swapped(found, contradicted)
    told = texts(table, "reason") if contradicted else ()
    for row in contradicted:
        where = _where(table, row)
        if f"does not lie in {found.stated[row]}" in told[row]:
            # Whoever read the row has told the rest, and what may be meant.
            note = f"The point lies {where}"
        else:
            note = f"Given as in {found.stated[row]}, but the point lies {where}"
            if row in swapped:
                note += "; with longitude and latitude swapped it would not"
        notes[row] = f"{notes[row]}. {note}" if row in notes else note
    return notes, found.points.faulty | frozenset(contradicted)


def _where(table: pd.DataFrame, row: int) -> str:
    country, sea, claimed = (table[name].iloc[row] for name in ("country", "sea", "claimed_by"))
    if not pd.isna(country):
        others = "" if pd.isna(claimed) else f", claimed by {' and '.join(claimed.split('|'))}"
        return f"in {country}{others}"
    return "at sea" if pd.isna(sea) else f"at sea ({sea})"


def _swapped(found: Placement, rows: list[int]) -> set[int]:
    """Rows that would lie in their stated country with longitude and latitude exchanged."""
    lon, lat = found.points.lat_deg[rows], found.points.lon_deg[rows]
    possible = np.flatnonzero(np.abs(lat) <= 90.0)
    chosen = np.asarray(rows, dtype=np.int64)[possible]
    atom = atoms().index.containing(lon[possible], lat[possible])
    code = found.holdings.codes[found.holdings.holder_of(atom, chosen)]
    return set(chosen[code == found.stated[chosen]].tolist())
