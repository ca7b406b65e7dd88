"""Facts: read incidents, geocode them, join them to countries and borders, measure, write."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from geo.articles.extraction import extract_incidents
    from geo.articles.reading import read_articles
    from geo.enriching import enrich
    from geo.formats.darwin_core import darwin_core
    from geo.formats.writing import write
    from geo.geocoding.coordinate_cells import parse_coordinates
    from geo.geocoding.searching import search
    from geo.geocoding.table import geocode
    from geo.joins.area_join import add_areas
    from geo.joins.borders import add_borders, nearest_borders
    from geo.joins.coast import add_coast
    from geo.joins.countries import add_countries, country_conflicts
    from geo.joins.nearest_join import add_nearest
    from geo.joins.user_layers import index
    from geo.proximity import within
    from geo.reference.lines import borders, coast
    from geo.reference.units import countries, provinces
    from geo.reference.views import read_worldview, worldviews
    from geo.reference.waters import lakes, rivers, seas
    from geo.schema import validate
    from geo.tables.reading import read_incidents

__all__ = [
    "add_areas",
    "add_borders",
    "add_coast",
    "add_countries",
    "add_nearest",
    "borders",
    "coast",
    "countries",
    "country_conflicts",
    "darwin_core",
    "enrich",
    "extract_incidents",
    "geocode",
    "index",
    "lakes",
    "nearest_borders",
    "parse_coordinates",
    "provinces",
    "read_articles",
    "read_incidents",
    "read_worldview",
    "rivers",
    "search",
    "seas",
    "validate",
    "within",
    "worldviews",
    "write",
]

_MODULES = {
    "add_areas": "geo.joins.area_join",
    "add_borders": "geo.joins.borders",
    "add_coast": "geo.joins.coast",
    "add_countries": "geo.joins.countries",
    "add_nearest": "geo.joins.nearest_join",
    "borders": "geo.reference.lines",
    "coast": "geo.reference.lines",
    "countries": "geo.reference.units",
    "country_conflicts": "geo.joins.countries",
    "darwin_core": "geo.formats.darwin_core",
    "enrich": "geo.enriching",
    "extract_incidents": "geo.articles.extraction",
    "geocode": "geo.geocoding.table",
    "index": "geo.joins.user_layers",
    "lakes": "geo.reference.waters",
    "nearest_borders": "geo.joins.borders",
    "parse_coordinates": "geo.geocoding.coordinate_cells",
    "provinces": "geo.reference.units",
    "read_articles": "geo.articles.reading",
    "read_incidents": "geo.tables.reading",
    "read_worldview": "geo.reference.views",
    "rivers": "geo.reference.waters",
    "seas": "geo.reference.waters",
    "search": "geo.geocoding.searching",
    "validate": "geo.schema",
    "within": "geo.proximity",
    "worldviews": "geo.reference.views",
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
