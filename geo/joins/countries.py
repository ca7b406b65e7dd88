"""Which country, province and sea each incident lies in."""

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd

from geo.geodesy import Floats
from geo.joins.country_shares import country_shares, share_texts
from geo.joins.placement import Placement, place
from geo.joins.points import Shapes, coded, text_column, texts, uncertainties_m, with_notes
from geo.joins.surfaces import sea_names, surfaces
from geo.reference.atoms import atoms, province_names
from geo.reference.holdings import area_status, claimed_by
from geo.reference.units import country_names
from geo.reference.views import Worldview, view
from geo.schema import require
from geo.vocabulary import SURFACES

__all__ = ["add_countries", "country_conflicts"]

Texts = npt.NDArray[np.object_]
Mask = npt.NDArray[np.bool_]


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
        `uncertainty_m`: JSON, the share of the 90 % disc in each country, `nobody` for what no
        country holds. Index and rows as in the input.

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
    found = place(table, point_of_view, by="add_countries", shapes=shapes, wrap=wrap)
    placed = found.points.placed
    columns = _units(table, found, point_of_view) | _circumstances(found, point_of_view)
    if "uncertainty_m" in table:
        known = placed & np.isfinite(uncertainties_m(table))
        shares = share_texts(country_shares(table, found, point_of_view), found, known)
        columns["country_shares"] = shares
    result = table.assign(
        **{name: values.set_axis(table.index) for name, values in columns.items()},
        worldview=pd.Series(point_of_view.name, index=table.index, dtype="str"),
    )
    return with_notes(_judged(result, placed), *_doubts(result, found))


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
    require(table, ("country_a3", "geometry"), by="country_conflicts")
    point_of_view = view(worldview)
    found = place(table, point_of_view, by="country_conflicts", shapes=shapes, wrap=wrap)
    rows = np.flatnonzero(~np.isnan(found.distance_m) & ~found.offshore)
    code = found.holdings.codes[found.holdings.holder_of(found.found[rows], rows)]
    names = country_names(point_of_view).reindex(code).to_numpy(dtype=object)
    distance_m = found.distance_m[rows]
    certain = found.contradicted[rows]
    conflicts = table.iloc[rows]
    return conflicts.assign(
        country_found_a3=_column(code, conflicts),
        country_found=_column(names, conflicts),
        country_distance_m=np.where(np.isinf(distance_m), np.nan, distance_m),
        match=_column(np.where(certain, "certain", "possible"), conflicts),
        match_share=np.where(certain, 1.0, _outside_shares(conflicts, point_of_view)),
    )


def _column(values: Texts, table: gpd.GeoDataFrame) -> "pd.Series[str]":
    return text_column(values).set_axis(table.index)


def _outside_shares(conflicts: gpd.GeoDataFrame, point_of_view: Worldview) -> Floats:
    """Share of the disc of each row that lies outside its stated country."""
    outside = np.ones(len(conflicts))
    by = "country_conflicts"
    found = place(conflicts, point_of_view, by=by, shapes="representative", wrap=True)
    for row, shares in country_shares(conflicts, found, point_of_view):
        outside[row] -= shares.get(str(found.stated[row]), 0.0)
    return outside.round(2)


def _units(
    table: gpd.GeoDataFrame, found: Placement, point_of_view: Worldview
) -> dict[str, "pd.Series[str]"]:
    """Country and province by code and name; rows without a point keep theirs."""
    holdings, placed = found.holdings, found.points.placed
    country = np.where(placed, found.holder, 0)
    offshore = np.flatnonzero(found.offshore)
    country[offshore] = np.searchsorted(holdings.codes, found.stated[offshore])
    admin1_codes, province = holdings.provinces_of(found.atom)
    nowhere = ~placed | (found.holder == 0)
    if "precision" in table:
        nowhere |= (table["precision"] == "country").to_numpy()
    province[nowhere] = -1
    names = country_names(point_of_view).reindex(holdings.codes)
    admin1 = province_names().reindex(admin1_codes)
    units = {
        "country_a3": coded(holdings.codes, country),
        "country": coded(names.to_numpy(dtype=object, na_value=""), country),
        "admin1_code": coded(admin1_codes, province),
        "admin1": coded(admin1.to_numpy(dtype=object, na_value=""), province),
    }
    if placed.all():
        return units
    own = {name: pd.Series(texts(table, name)).replace("", None).astype("str") for name in units}
    return {name: values.where(placed, own[name]) for name, values in units.items()}


def _circumstances(found: Placement, point_of_view: Worldview) -> dict[str, "pd.Series[str]"]:
    """Surface, sea and dispute of each row."""
    placed = found.points.placed
    surface = np.where(placed, surfaces(found), -1)
    afloat = surface > SURFACES.index("land")
    return {
        "surface": coded(np.array(SURFACES, dtype=object), surface),
        "sea": pd.Series(sea_names(found.points, afloat), dtype="str"),
        "area_status": coded(area_status(point_of_view), found.atom),
        "claimed_by": coded(claimed_by(point_of_view), found.atom),
    }


def _judged(table: gpd.GeoDataFrame, placed: Mask) -> gpd.GeoDataFrame:
    """Table with the columns `status` and `reason`, which plain tables do not have yet."""
    if "status" not in table:
        status = np.where(placed, "located", "unlocated").astype(object)
        table = table.assign(status=_column(status, table))
    if "reason" not in table:
        table = table.assign(reason=_column(np.full(len(table), None, dtype=object), table))
    return table


def _doubts(table: gpd.GeoDataFrame, found: Placement) -> tuple[dict[int, str], frozenset[int]]:
    """What is to be said of some rows, by position, and which of them are suspicious."""
    notes = dict(found.points.notes)
    for row in np.flatnonzero(found.offshore).tolist():
        kilometres = found.distance_m[row] / 1_000
        notes[row] = f"The point lies at sea, {kilometres:.0f} km off {found.stated[row]}"
    for row in np.flatnonzero(found.claimed).tolist():
        notes[row] = f"Given as in {found.stated[row]}, which claims the place"
    contradicted = np.flatnonzero(found.contradicted).tolist()
    swapped = _swapped(found, contradicted)
    for row in contradicted:
        where = _where(table, row)
        note = f"Given as in {found.stated[row]}, but the point lies {where}"
        if row in swapped:
            note += "; with longitude and latitude swapped it would not"
        notes[row] = f"{notes[row]}. {note}" if row in notes else note
    return notes, found.points.faulty | frozenset(contradicted)


def _where(table: gpd.GeoDataFrame, row: int) -> str:
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
