"""Radii of the countries and provinces whose middle a provider gives for an incident."""

from collections.abc import Callable
from functools import cache
from typing import Any

import numpy as np
import pandas as pd

from geo.gazetteer.places import shipped_gazetteer
from geo.geocoding.uncertainty import incident_radius_m
from geo.reference.atoms import atoms
from geo.reference.views import admin1_codes, view

__all__ = ["country_radii_m", "province_radii_m"]


def country_radii_m(codes: "pd.Series[Any]") -> "pd.Series[float]":
    """Radius in metres that holds an incident somewhere in a country; null where it is unknown.

    Parameters
    ----------
    codes
        ISO 3166-1 alpha-3.

    Examples
    --------
    >>> bool(country_radii_m(pd.Series(["LUX", "CAN"], dtype="str")).is_monotonic_increasing)
    True
    """
    return codes.map(_of_each(codes, _radius_m), na_action="ignore").astype("float64")


def province_radii_m(
    lon_deg: "pd.Series[float]", lat_deg: "pd.Series[float]"
) -> "pd.Series[float]":
    """Radius in metres that holds an incident somewhere in the province of a point.

    Null at sea, and where there is no such point.
    """
    lon, lat = (np.asarray(one, dtype=np.float64) for one in (lon_deg, lat_deg))
    at = atoms().index.containing(lon, lat)
    # What lies in no atom has the number -1, and meets what stands last.
    codes = np.append(np.asarray(admin1_codes(view("default")), dtype=object), [""])[at]
    named = pd.Series(codes, index=lon_deg.index, dtype="str")
    return named.map(_of_each(named, _radius_m)).astype("float64")


def _of_each(
    codes: "pd.Series[Any]", radius_m: Callable[[str], float | None]
) -> dict[str, float | None]:
    return {code: radius_m(code) for code in codes.dropna().unique()}


@cache
def _radius_m(code: str) -> float | None:
    place = shipped_gazetteer().get(f"ne:{code}") if code else None
    return None if place is None else round(incident_radius_m(place))
