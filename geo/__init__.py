"""Facts: read incidents, geocode them, join them to countries and borders, measure, write."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from geo.articles.extraction import extract_incidents
    from geo.articles.reading import read_articles
    from geo.border_distance import add_borders
    from geo.formats.writing import write
    from geo.geocoding.table import geocode
    from geo.joins import add_countries
    from geo.reference import borders, countries, provinces
    from geo.schema import validate
    from geo.tables.reading import read_incidents

__all__ = [
    "add_borders",
    "add_countries",
    "borders",
    "countries",
    "extract_incidents",
    "geocode",
    "provinces",
    "read_articles",
    "read_incidents",
    "validate",
    "write",
]

_MODULES = {
    "add_borders": "geo.border_distance",
    "add_countries": "geo.joins",
    "borders": "geo.reference",
    "countries": "geo.reference",
    "extract_incidents": "geo.articles.extraction",
    "geocode": "geo.geocoding.table",
    "provinces": "geo.reference",
    "read_articles": "geo.articles.reading",
    "read_incidents": "geo.tables.reading",
    "validate": "geo.schema",
    "write": "geo.formats.writing",
}

# Hidden from type checkers, which would else accept any misspelt name.
if not TYPE_CHECKING:

    def __getattr__(name: str) -> Any:
        from importlib import import_module

        if name in _MODULES:
            return getattr(import_module(_MODULES[name]), name)
        raise AttributeError(f"module 'geo' has no attribute {name!r}")

    def __dir__() -> list[str]:
        return sorted({*globals(), *__all__})
