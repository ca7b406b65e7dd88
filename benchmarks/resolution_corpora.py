"""Development corpora of resolution: what is read, which candidate is right, what areas hold.

The corpora are not part of the project; they are JSON lines as `bench_resolution.py` describes.
"""

import json
import math
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd
import shapely
from shapely.geometry.base import BaseGeometry

sys.path.insert(0, str(Path(__file__).parents[1]))

import geo
from geo.gazetteer.places import Place, shipped_gazetteer
from geo.geocoding.mentions.documents import DocumentName, Told
from geo.geocoding.mentions.mentions_in_text import names_of_text, told_by
from geo.reference.regions import region_area

TEXTS = ("lgl.jsonl", "geowebnews.jsonl")
EVENTS = "ucdp_ged231_half.jsonl"
_CLOSE_KM, _SAME_KM = 161.0, 10.0


@dataclass
class Document:
    """Mentions of one text with coordinates, and their names.

    `everything` are its distinct names that can mean something, also those nobody asked for; `gold`
    tells how often each place of a name is right, by the name's id and the place's number.
    """

    corpus: str
    mentions: list[dict[str, Any]]
    told: list[Told]
    names: dict[Told, DocumentName]
    everything: list[DocumentName]
    gold: dict[int, dict[int, float]] = field(default_factory=dict)


def read(path: Path) -> list[dict[str, Any]]:
    """Rows of a file of JSON lines."""
    with path.open(encoding="utf-8") as stream:
        return [json.loads(line) for line in stream]


def kilometres(lat: float, lon: float, point: Place | shapely.Point) -> float:
    """Distance on a sphere, as the scorer takes it."""
    to_lon, to_lat = (point.x, point.y) if isinstance(point, shapely.Point) else point[4:6]
    half = math.sin(math.radians(to_lat - lat) / 2) ** 2
    half += (
        math.cos(math.radians(lat))
        * math.cos(math.radians(to_lat))
        * math.sin(math.radians(to_lon - lon) / 2) ** 2
    )
    return 12_742.0 * math.asin(min(1.0, math.sqrt(half)))


@cache
def _areas() -> dict[str, BaseGeometry]:
    found: dict[str, BaseGeometry] = {}
    for table, key in ((geo.provinces(), "admin1_code"), (geo.countries(), "country_a3")):
        found |= {f"ne:{code}": area for code, area in zip(table[key], table.geometry, strict=True)}
    for waters in (geo.seas(), geo.lakes()):
        named = waters[waters["place_id"].notna()]
        found |= dict(zip(named["place_id"], named.geometry, strict=True))
    return found


@cache
def area_of(place_id: str) -> BaseGeometry | None:
    """Polygon of a country, province, sea, lake or region."""
    area = _areas().get(place_id)
    return region_area(place_id) if area is None else area


def holds(place: Place, lat: float, lon: float) -> bool:
    """Whether a point lies in the place's own polygon."""
    area = area_of(place.place_id)
    return area is not None and bool(shapely.intersects_xy(area, lon, lat))


def document(corpus: str, row: dict[str, Any]) -> Document:
    """A row of a corpus, resolved with the weights that are installed."""
    mentions = [one for one in row["toponyms"] if one["lat"] is not None]
    told = [told_by(row["text"], one["start"], one["end"]) for one in mentions]
    # Some spans of the corpora are off.
    told = [replace(said, name=one["name"]) for one, said in zip(mentions, told, strict=True)]
    names, others = names_of_text(row["text"], told, shipped_gazetteer())
    distinct = {id(one): one for one in (*names.values(), *others) if one.meanings.places}
    return Document(corpus, mentions, told, names, list(distinct.values()))


def event_table(rows: Sequence[dict[str, Any]]) -> pd.DataFrame:
    """What the table of events states about places; nothing else of it is looked at."""
    columns = ["where_coordinates", "country", "adm_1", "adm_2"]
    return pd.DataFrame([[row[name] or "" for name in columns] for row in rows], columns=columns)


def right_ones(places: Sequence[Place], gold: dict[str, Any]) -> list[int]:
    """Numbers of the candidates that are the gold place, by its GeoNames number or its point."""
    same = [n for n, one in enumerate(places) if one.place_id == f"geonames:{gold.get('gid')}"]
    if same:
        return same
    apart = [kilometres(gold["lat"], gold["lon"], place) for place in places]
    is_country = str(gold.get("fcode") or "").startswith("PCL")
    countries = [
        number
        for number, place in enumerate(places)
        if place.kind == "country"
        and (apart[number] <= _CLOSE_KM or holds(place, gold["lat"], gold["lon"]))
    ]
    if is_country and countries:
        return countries
    nearest = min(apart, default=math.inf)
    if nearest <= _CLOSE_KM:
        return [n for n, one in enumerate(apart) if one <= max(_SAME_KM, nearest + _SAME_KM)]
    return [n for n, place in enumerate(places) if holds(place, gold["lat"], gold["lon"])]
