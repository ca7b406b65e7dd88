"""Which profiles there are, and which one fits a file."""

from functools import cache
from importlib import import_module

from geo.errors import SchemaError
from geo.profiles.profile import Profile
from geo.profiles.recognition import Recognition
from geo.tables.raw import RawTable

__all__ = ["find_profile", "profiles", "recognise"]

# Where two fit a file equally well, the first one counts.
_CLASSES = {
    "incidentmap": "OwnExport",
    "acled": "Acled",
    "ucdp_ged": "UcdpGed",
    "gtd": "Gtd",
    "gdelt": "Gdelt",
    "hxl": "Hxl",
    "ushahidi": "Ushahidi",
    "timemap": "TimeMap",
    "gdacs": "Gdacs",
    "cap": "Cap",
    "georss": "GeoRss",
    "usgs": "Usgs",
}
_LEAST_CONFIDENCE = 0.5


@cache
def profiles() -> dict[str, Profile]:
    """All profiles by name.

    Examples
    --------
    >>> profiles()["acled"].redistributable
    False
    """
    return {
        name: getattr(import_module(f"geo.profiles.{name}"), kind)()
        for name, kind in _CLASSES.items()
    }


def find_profile(name: str) -> Profile:
    """Profile of a name.

    Raises
    ------
    SchemaError
        There is no such profile; names those that there are.

    Examples
    --------
    >>> find_profile("usgs").title
    'USGS earthquakes'
    """
    if name not in _CLASSES:
        raise SchemaError(f"There is no profile {name!r}; expected one of {', '.join(_CLASSES)}.")
    return profiles()[name]


def recognise(raw: RawTable) -> tuple[Profile, Recognition] | None:
    """Profile that fits a file best, and how surely; None where none fits."""
    found = [
        (profile, recognition)
        for profile in profiles().values()
        if (recognition := profile.recognise(raw)) is not None
    ]
    best = max(found, key=lambda pair: pair[1].confidence, default=None)
    return best if best and best[1].confidence >= _LEAST_CONFIDENCE else None
