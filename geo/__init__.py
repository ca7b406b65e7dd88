"""Facts: read incidents, geocode them, join them to countries and borders, measure, write."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from geo.articles.extraction import extract_incidents
    from geo.articles.reading import read_articles
    from geo.clusters.density_clusters import add_clusters
    from geo.clusters.hierarchical import add_hierarchical_clusters
    from geo.clusters.summaries import summarise_clusters
    from geo.collection.merging.comparing import compare_reports
    from geo.collection.merging.uniting import merge_reports
    from geo.enriching import enrich
    from geo.exporting import write
    from geo.formats.darwin_core import darwin_core
    from geo.formats.pair_files import write_pairs
    from geo.geocoding.coordinates.cells import parse_coordinates
    from geo.geocoding.mentions.mention_table import resolve_mentions
    from geo.geocoding.recognition.found_table import find_mentions
    from geo.geocoding.searching import search
    from geo.geocoding.services.offline import Offline
    from geo.geocoding.table import geocode
    from geo.hotspots.centroid_piles import find_centroid_piles
    from geo.hotspots.contours import density_contours
    from geo.hotspots.finding import find_hotspots
    from geo.hotspots.getis_ord_star import getis_ord
    from geo.hotspots.hexagon_counts import count_by_hexagon
    from geo.hotspots.kernel import kernel_density
    from geo.hotspots.moran import local_moran
    from geo.hotspots.province_counts import count_by_province
    from geo.joins.area_join import add_areas
    from geo.joins.borders import add_borders, nearest_borders
    from geo.joins.coast import add_coast
    from geo.joins.countries import add_countries, country_conflicts
    from geo.joins.nearest_join import add_nearest
    from geo.joins.user_layers import index
    from geo.near_repeat.knox import knox_test
    from geo.near_repeat.repeats import mark_repeats
    from geo.periods.comparing import compare_periods
    from geo.periods.period_counts import count_by_period
    from geo.profiles.updating import update_incidents
    from geo.proximity.incident_pairs import pairs
    from geo.proximity.nearest_sites import nearest
    from geo.proximity.ring_counts import count_in_rings
    from geo.proximity.selecting import select
    from geo.proximity.within_distance import beyond, within
    from geo.reading.incidents import read_incidents
    from geo.reading.streams import read_batches
    from geo.reading.verdicts import find_verdicts
    from geo.reference.lines import borders, coast
    from geo.reference.units import countries, provinces
    from geo.reference.views import read_worldview, worldviews
    from geo.reference.waters import lakes, rivers, seas
    from geo.schema import validate

__all__ = [
    "Offline",
    "add_areas",
    "add_borders",
    "add_clusters",
    "add_coast",
    "add_countries",
    "add_hierarchical_clusters",
    "add_nearest",
    "beyond",
    "borders",
    "coast",
    "compare_periods",
    "compare_reports",
    "count_by_hexagon",
    "count_by_period",
    "count_by_province",
    "count_in_rings",
    "countries",
    "country_conflicts",
    "darwin_core",
    "density_contours",
    "enrich",
    "extract_incidents",
    "find_centroid_piles",
    "find_hotspots",
    "find_mentions",
    "find_verdicts",
    "geocode",
    "getis_ord",
    "index",
    "kernel_density",
    "knox_test",
    "lakes",
    "local_moran",
    "mark_repeats",
    "merge_reports",
    "nearest",
    "nearest_borders",
    "pairs",
    "parse_coordinates",
    "provinces",
    "read_articles",
    "read_batches",
    "read_incidents",
    "read_worldview",
    "resolve_mentions",
    "rivers",
    "search",
    "seas",
    "select",
    "summarise_clusters",
    "update_incidents",
    "validate",
    "within",
    "worldviews",
    "write",
    "write_pairs",
]

_MODULES = {
    "Offline": "geo.geocoding.services.offline",
    "add_areas": "geo.joins.area_join",
    "add_borders": "geo.joins.borders",
    "add_clusters": "geo.clusters.density_clusters",
    "add_coast": "geo.joins.coast",
    "add_countries": "geo.joins.countries",
    "add_hierarchical_clusters": "geo.clusters.hierarchical",
    "add_nearest": "geo.joins.nearest_join",
    "beyond": "geo.proximity.within_distance",
    "borders": "geo.reference.lines",
    "coast": "geo.reference.lines",
    "compare_periods": "geo.periods.comparing",
    "compare_reports": "geo.collection.merging.comparing",
    "count_by_hexagon": "geo.hotspots.hexagon_counts",
    "count_by_period": "geo.periods.period_counts",
    "count_by_province": "geo.hotspots.province_counts",
    "count_in_rings": "geo.proximity.ring_counts",
    "countries": "geo.reference.units",
    "country_conflicts": "geo.joins.countries",
    "darwin_core": "geo.formats.darwin_core",
    "density_contours": "geo.hotspots.contours",
    "enrich": "geo.enriching",
    "extract_incidents": "geo.articles.extraction",
    "find_centroid_piles": "geo.hotspots.centroid_piles",
    "find_hotspots": "geo.hotspots.finding",
    "find_mentions": "geo.geocoding.recognition.found_table",
    "find_verdicts": "geo.reading.verdicts",
    "geocode": "geo.geocoding.table",
    "getis_ord": "geo.hotspots.getis_ord_star",
    "index": "geo.joins.user_layers",
    "kernel_density": "geo.hotspots.kernel",
    "knox_test": "geo.near_repeat.knox",
    "lakes": "geo.reference.waters",
    "local_moran": "geo.hotspots.moran",
    "mark_repeats": "geo.near_repeat.repeats",
    "merge_reports": "geo.collection.merging.uniting",
    "nearest": "geo.proximity.nearest_sites",
    "nearest_borders": "geo.joins.borders",
    "pairs": "geo.proximity.incident_pairs",
    "parse_coordinates": "geo.geocoding.coordinates.cells",
    "provinces": "geo.reference.units",
    "read_articles": "geo.articles.reading",
    "read_batches": "geo.reading.streams",
    "read_incidents": "geo.reading.incidents",
    "read_worldview": "geo.reference.views",
    "resolve_mentions": "geo.geocoding.mentions.mention_table",
    "rivers": "geo.reference.waters",
    "search": "geo.geocoding.searching",
    "seas": "geo.reference.waters",
    "select": "geo.proximity.selecting",
    "summarise_clusters": "geo.clusters.summaries",
    "update_incidents": "geo.profiles.updating",
    "validate": "geo.schema",
    "within": "geo.proximity.within_distance",
    "worldviews": "geo.reference.views",
    "write": "geo.exporting",
    "write_pairs": "geo.formats.pair_files",
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
