"""Whether the names in the settings are those of something: worldviews, countries, profiles."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from geo.errors import GeoError
from geo.gazetteer.user_places import all_places
from geo.geocoding.names.candidates import find_country
from geo.geocoding.wording import quoted
from geo.profiles.registry import find_profile
from geo.reading.options import PLAIN
from geo.reference.views import Worldview, read_worldview, view

__all__ = ["country_codes", "name_faults", "worldview_of"]


def name_faults(recipe: Mapping[str, Any], folder: Path) -> Iterator[tuple[str, str, str]]:
    """Table and key of each name that is unknown, with what is wrong.

    Parameters
    ----------
    recipe
        The settings, as they were read; values of other types are left to others.
    folder
        The project, in which files are named.
    """
    worldview = recipe.get("worldview", "default")
    # A path out of the project is a fault of its own, and not opened.
    if isinstance(worldview, str) and ".." not in worldview and not Path(worldview).is_absolute():
        yield from (("", "worldview", what) for what in _worldview_faults(worldview, folder))
    rules = recipe.get("rules")
    names = rules.get("countries") if isinstance(rules, dict) else None
    for name in names if isinstance(names, list) else []:
        if isinstance(name, str) and find_country(name, all_places()) is None:
            yield "rules", "countries", f"no country named {quoted(name)} is known"
    sources = recipe.get("sources")
    for number, source in enumerate(sources if isinstance(sources, list) else [], start=1):
        profile = source.get("profile") if isinstance(source, dict) else None
        if isinstance(profile, str) and profile != PLAIN:
            yield from ((f"sources[{number}]", "profile", what) for what in _unknown(profile))


def worldview_of(name: str, folder: Path) -> Worldview:
    """Worldview of a name, or of a CSV file in the project folder.

    Parameters
    ----------
    name
        What the settings say.
    folder
        The project.
    """
    return read_worldview(folder / name) if name.lower().endswith(".csv") else view(name)


def country_codes(names: tuple[str, ...]) -> frozenset[str]:
    """ISO 3166-1 alpha-3 codes of countries that are known.

    Examples
    --------
    >>> sorted(country_codes(("Jordan", "SYR")))
    ['JOR', 'SYR']
    """
    found = (find_country(name, all_places()) for name in names)
    return frozenset(place.country_a3 for place in found if place and place.country_a3)


def _worldview_faults(name: str, folder: Path) -> Iterator[str]:
    try:
        worldview_of(name, folder)
    except GeoError as error:
        yield str(error)


def _unknown(profile: str) -> Iterator[str]:
    try:
        find_profile(profile)
    except GeoError as error:
        yield str(error)
