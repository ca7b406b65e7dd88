"""Places the rows that nobody here knows, by what an online service says."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import geopandas as gpd
import pandas as pd
import shapely

from geo.errors import GeocoderUnavailableError, SchemaError
from geo.gazetteer.places import Gazetteer
from geo.geocoding.answering import unknown_country
from geo.geocoding.answers import COLUMNS_PLACED
from geo.geocoding.coordinates.cells import parse_coordinates
from geo.geocoding.names.candidates import find_country
from geo.geocoding.names.context import PlaceQuery, name_parts
from geo.geocoding.row_answers import with_answers
from geo.geocoding.services.asking import Service
from geo.geocoding.services.locations import ServiceAnswer
from geo.geocoding.wording import quoted
from geo.grammar.descriptions import parse_description
from geo.grammar.location_tree import Named
from geo.grammar.names import normalise_name
from geo.grammar.no_names import why_no_name
from geo.joins.countries import country_conflicts
from geo.schema import CRS, has_geometry

__all__ = ["ask_service", "question"]

# No service reads more, and no place needs it.
_LONGEST = 250
# The point of a service is that exact; what lies farther in another country contradicts.
_POINT_ERROR_M = 5_000.0


@dataclass(frozen=True)
class _Row:
    """A row to ask for; `unknown` says that nobody knows the country that it states."""

    position: int
    text: str
    stated_a3: str | None
    unknown: str | None


def ask_service(
    table: gpd.GeoDataFrame,
    service: Service,
    columns: Iterable[str],
    is_open: "pd.Series[bool]",
    gazetteer: Gazetteer,
) -> gpd.GeoDataFrame:
    """Table whose open rows have the answer of a service where nothing is known here.

    Asked are names that nobody here knows, or several places have. Coordinates, descriptions and
    common words are not; nor are rows that have a point, or that contradict themselves.

    Parameters
    ----------
    table
        Placed table in EPSG:4326.
    service
        Whom to ask.
    columns
        Columns with the place as written, country and province.
    is_open
        Rows that had no point before they were placed.
    gazetteer
        Where countries are looked up.
    """
    asked = list(_rows(table, columns, is_open, gazetteer))
    told = {text: _told(service, text) for text in dict.fromkeys(row.text for row in asked)}
    rows = [(row, answer) for row in asked if isinstance(answer := told[row.text], ServiceAnswer)]
    answers = [
        _columns(answer, table.iloc[row.position], row, service.name) for row, answer in rows
    ]
    placed = with_answers(
        table, [row.position for row, _ in rows], _with_doubts([row for row, _ in rows], answers)
    )
    if not asked:
        return placed
    notes = {row.position: why for row in asked if isinstance(why := told[row.text], str)}
    reasons = placed["reason"].astype(object)
    reasons.iloc[list(notes)] = [
        f"{reasons.iloc[position]}. {why}" for position, why in notes.items()
    ]
    return placed.assign(reason=reasons)


def question(text: str, country: str, admin1: str, gazetteer: Gazetteer) -> str | None:
    """What to ask a service for a place; None where there is nothing to ask.

    Parameters
    ----------
    text
        The place as written.
    country, admin1
        Country and province that the row states; empty where it states none.
    gazetteer
        Where countries are looked up.

    Examples
    --------
    >>> from geo.gazetteer.places import shipped_gazetteer
    >>> question("Khan Qurx", "JOR", "Mafraq", shipped_gazetteer())
    'Khan Qurx, Mafraq, Jordan'
    >>> question("20 km north of Gwoza", "", "", shipped_gazetteer()) is None
    True
    """
    parts = name_parts(text)
    if not parts or len(text) > _LONGEST or why_no_name(parts[0]) or _says_where(text):
        return None
    found = find_country(country, gazetteer) if country else None
    said = set(map(normalise_name, parts))
    around = [name for name in (admin1, found.name if found else country) if name]
    return ", ".join([*parts, *(name for name in around if normalise_name(name) not in said)])


def _says_where(text: str) -> bool:
    """Whether a text is coordinates, or a description that no service reads."""
    description = parse_description(text)
    is_name = description is None or isinstance(description, Named)
    return not is_name or parse_coordinates(text) is not None


def _rows(
    table: gpd.GeoDataFrame,
    columns: Iterable[str],
    is_open: "pd.Series[bool]",
    gazetteer: Gazetteer,
) -> Iterator[_Row]:
    # A row that only got what surrounds it is not placed either.
    is_unknown = ~has_geometry(table) | (table["method"] == "surrounding place").fillna(value=False)
    # An answer would hide what contradicts what.
    is_unknown &= (table["status"] != "suspicious").fillna(value=True)
    texts = table.reindex(columns=list(columns)).astype("str").fillna("")
    for position in (is_open & is_unknown).to_numpy().nonzero()[0]:
        place, country, admin1 = (text.strip() for text in texts.iloc[position])
        text = question(place, country, admin1, gazetteer)
        if text is not None:
            stated = find_country(country, gazetteer) if country else None
            unknown = unknown_country(PlaceQuery(place, country), gazetteer)
            yield _Row(int(position), text, stated.country_a3 if stated else None, unknown)


def _told(service: Service, text: str) -> ServiceAnswer | str:
    """The answer to a question, or why there is none."""
    try:
        answer = service.ask(text)
    except (GeocoderUnavailableError, SchemaError) as error:
        return str(error)
    return answer or f"{service.name}: it knows no such place"


def _columns(
    answer: ServiceAnswer, cells: "pd.Series[Any]", row: _Row, name: str
) -> dict[str, Any]:
    source = f"; {quoted(answer.attribution)[1:-1]}" if answer.attribution else ""
    reason = f"{name} answers {quoted(answer.address)}{source}"
    return dict.fromkeys(COLUMNS_PLACED) | {
        "geometry": shapely.Point(answer.lon, answer.lat),
        "place": answer.name,
        "place_id": answer.place_id,
        "uncertainty_m": answer.uncertainty_m,
        "precision": answer.precision,
        "method": f"service {name.partition(' ')[0]}",
        "reason": f"{row.unknown}. {reason}" if row.unknown else reason,
        "candidates": cells["candidates"],
        "status": "suspicious" if row.unknown else "located",
        "country_a3": row.stated_a3,
    }


def _with_doubts(rows: list[_Row], answers: list[dict[str, Any]]) -> list[Mapping[str, Any]]:
    """Answers that say where they lie in another country than the row states."""
    stated = [number for number, row in enumerate(rows) if row.stated_a3 is not None]
    if not stated:
        return list(answers)
    points = gpd.GeoDataFrame(
        {
            "country_a3": [rows[number].stated_a3 for number in stated],
            "uncertainty_m": [
                min(answers[number]["uncertainty_m"], _POINT_ERROR_M) for number in stated
            ],
        },
        geometry=[answers[number]["geometry"] for number in stated],
        index=stated,
        crs=CRS,
    )
    conflicts = country_conflicts(points)
    result: list[Mapping[str, Any]] = list(answers)
    for number, conflict in conflicts[conflicts["match"] == "certain"].iterrows():
        found = conflict["country_found_a3"]
        where = "on the high sea" if pd.isna(found) else f"in {conflict['country_found']}"
        answer = answers[int(str(number))]
        result[int(str(number))] = answer | {
            "status": "suspicious",
            "reason": f"{answer['reason']}. This lies {where}, but the row states "
            f"{conflict['country_a3']}",
            "country_a3": None if pd.isna(found) else found,
        }
    return result
