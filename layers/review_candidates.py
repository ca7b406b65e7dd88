"""The places that a text may mean, with what a person needs to tell them apart."""

import json
from collections.abc import Mapping
from typing import Any

import pandas as pd

from geo.errors import SchemaError
from geo.gazetteer.place_file import Place
from geo.gazetteer.user_places import all_places
from geo.geocoding.uncertainty import place_radius_m
from geo.reference.atoms import province_names
from layers.place_names import country_names

__all__ = ["CandidatePlaces"]

#: A key chooses each of the first nine.
_MOST = 20
_SEATS = {"PPLC": "capital", "PPLA": "seat"}
_MOST_DEGREES = 180


class CandidatePlaces:
    """Candidates of many rows; each place is looked up once."""

    def __init__(self) -> None:
        self._gazetteer = all_places()
        self._places: dict[str, Place | None] = {}
        self._countries: dict[str, str] = {}
        self._provinces = {str(code): name for code, name in province_names().items()}
        self._used: set[str] = set()

    @property
    def provinces(self) -> pd.DataFrame:
        """`admin1_code` and `admin1` of the provinces that candidates lie in."""
        names = self._provinces
        rows = [(code, names[code]) for code in sorted(self._used & set(names))]
        return pd.DataFrame(rows, columns=["admin1_code", "admin1"])

    def of(self, text: str, where: str) -> list[dict[str, object]]:
        """Candidates of one row, in their order.

        Parameters
        ----------
        text
            The JSON of the column `candidates`.
        where
            The row, for the message.

        Returns
        -------
        list of dict
            `name`, `lon` and `lat` in degrees, and as far as they are known `place_id`, `is` (its
            kind), `province`, `country`, `population` and `uncertainty_m`.

        Raises
        ------
        SchemaError
            The text is no JSON list of objects.
        """
        try:
            entries = json.loads(text)
        except json.JSONDecodeError as error:
            raise SchemaError(f"candidates: {where} is not JSON ({error}).") from error
        if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
            raise SchemaError(f"candidates: {where} is not a JSON list of objects.")
        found = (self._candidate(entry) for entry in entries[:_MOST])
        return [candidate for candidate in found if candidate is not None]

    def _candidate(self, entry: Mapping[str, Any]) -> dict[str, object] | None:
        lon, lat = _degrees(entry.get("lon")), _degrees(entry.get("lat"))
        if lon is None or lat is None:
            return None
        place_id, code = entry.get("place_id"), entry.get("country_a3")
        found: dict[str, object | None] = {
            "name": str(entry.get("name") or place_id or "?"),
            "lon": lon,
            "lat": lat,
            "country": self._country(code) if isinstance(code, str) else None,
        }
        place = self._place(place_id) if isinstance(place_id, str) else None
        if place is not None:
            found |= {
                "place_id": place.place_id,
                "is": _SEATS.get(place.feature_code or "", place.kind),
                "province": self._province(place.admin1_code),
                "population": place.population or None,
                "uncertainty_m": round(place_radius_m(place)),
            }
        return {name: value for name, value in found.items() if value is not None}

    def _place(self, place_id: str) -> Place | None:
        if place_id not in self._places:
            self._places[place_id] = self._gazetteer.get(place_id)
        return self._places[place_id]

    def _country(self, code: str) -> str:
        if code not in self._countries:
            self._countries |= country_names([code])
        return self._countries[code]

    def _province(self, code: str | None) -> str | None:
        if code is None:
            return None
        self._used.add(code)
        return self._provinces.get(code)


def _degrees(value: object) -> float | None:
    if not isinstance(value, int | float) or not abs(value) <= _MOST_DEGREES:
        return None
    return round(float(value), 5)
