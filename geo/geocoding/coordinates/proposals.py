"""How else doubtful coordinates may be read, as words and as candidates."""

from typing import Any

from geo.gazetteer.places import Gazetteer
from geo.geocoding.coordinates.position_checks import country_at
from geo.geocoding.names.candidates import find_country
from geo.grammar.coordinates import Coordinates

__all__ = ["perhaps", "proposed"]

# Beyond them a reason is no sentence any more; the candidates list all.
_MOST_IN_WORDS = 2
# A millimetre: what lies beyond are errors of projecting.
_DECIMALS = 8


def proposed(found: Coordinates) -> list[dict[str, Any]]:
    """Other readings as candidates: `lat` and `lon` in degrees, and the country they lie in."""
    return [
        {
            "country_a3": country_at(lon, lat),
            "lat": round(lat, _DECIMALS),
            "lon": round(lon, _DECIMALS),
        }
        for lon, lat in found.proposals
    ]


def perhaps(readings: list[dict[str, Any]], gazetteer: Gazetteer) -> str:
    """End of a sentence that tells other readings; empty where there are none.

    Parameters
    ----------
    readings
        Candidates, as `proposed` gives them.
    gazetteer
        Where the names of countries are looked up.
    """
    if not readings:
        return ""
    told = [_told(reading, gazetteer) for reading in readings[:_MOST_IN_WORDS]]
    return f"; perhaps {', or '.join(told)}"


def _told(reading: dict[str, Any], gazetteer: Gazetteer) -> str:
    code = reading["country_a3"]
    country = find_country(code, gazetteer) if code else None
    name = country.name if country else code
    lies = f"in {name}" if name else "in no country"
    return f"{_degrees(reading['lat'])}, {_degrees(reading['lon'])}, which lies {lies}"


def _degrees(value: float) -> str:
    return f"{value:.5f}".rstrip("0").rstrip(".")
