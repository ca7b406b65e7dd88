"""Names that are written in another form than `name, country`."""

from dataclasses import replace

from geo.gazetteer.places import Gazetteer
from geo.geocoding.names.candidates import named_country
from geo.geocoding.names.context import PlaceQuery, name_parts
from geo.geocoding.names.resolution import Resolution
from geo.geocoding.names.resolve import resolve_place
from geo.geocoding.wording import quoted
from geo.grammar.cell_forms import other_readings
from geo.grammar.no_names import why_no_name

__all__ = ["said_otherwise"]


def said_otherwise(query: PlaceQuery, resolution: Resolution, gazetteer: Gazetteer) -> Resolution:
    """The resolution, or that of another reading of a text that nobody knows as it is written."""
    if resolution.method != "none" or resolution.candidates or why_no_name(query.text):
        return resolution
    for text in other_readings(query.text):
        first, *behind = name_parts(text) or [""]
        is_split = bool(behind) and f"{first} {' '.join(behind)}" == query.text
        if not first or (is_split and named_country(behind[-1], gazetteer) is None):
            continue
        found = resolve_place(replace(query, text=text), gazetteer)
        if found.status == "located" and found.method == "name":
            words = f"{quoted(query.text)} is read as {quoted(text)}. {found.finding}"
            return replace(found, finding=words)
    return resolution
