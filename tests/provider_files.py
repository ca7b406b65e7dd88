"""Invented rows in the real schemas of the providers, the same each time."""

from __future__ import annotations

import json
from itertools import cycle, islice
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from geo.profiles.gdelt_columns import COLUMNS_BY_COUNT

if TYPE_CHECKING:
    from collections.abc import Sequence

# Towns that lie well inside their countries.
TOWNS = (
    ("Homs", "Homs", "Syria", "760", "SYR", 34.7268, 36.7234),
    ("Palmyra", "Homs", "Syria", "760", "SYR", 34.5624, 38.2836),
    ("Ramadi", "Al Anbar", "Iraq", "368", "IRQ", 33.4258, 43.2994),
    ("Najaf", "An Najaf", "Iraq", "368", "IRQ", 31.9960, 44.3148),
    ("Marib", "Marib", "Yemen", "887", "YEM", 15.4591, 45.3223),
)
ACLED_EVENTS = (
    ("Battles", "Armed clash"),
    ("Protests", "Peaceful protest"),
    ("Explosions/Remote violence", "Air/drone strike"),
    ("Riots", "Mob violence"),
    ("Violence against civilians", "Attack"),
    ("Strategic developments", "Agreement"),
)
_ACLED = (
    "event_id_cnty", "event_date", "year", "time_precision", "disorder_type", "event_type",
    "sub_event_type", "actor1", "assoc_actor_1", "inter1", "actor2", "assoc_actor_2", "inter2",
    "interaction", "civilian_targeting", "iso", "region", "country", "admin1", "admin2", "admin3",
    "location", "latitude", "longitude", "geo_precision", "source", "source_scale", "notes",
    "fatalities", "tags", "timestamp",
)  # fmt: skip
#: How each vintage of ACLED writes a date.
ACLED_DATES = {2022: "%d %B %Y", 2024: "%Y-%m-%d", 2025: "%d-%m-%Y"}


def acled_table(vintage: int, rows: int, *, first: int = 0) -> pd.DataFrame:
    """Rows of ACLED with the columns and words of a vintage (2022, 2024, 2025)."""
    days = pd.date_range("2024-01-01", periods=90)[np.arange(first, first + rows) % 90]
    number = range(first, first + rows)
    words = vintage >= 2025
    table = pd.DataFrame(
        [
            _acled_row(n, day, words=words) | {"event_date": day.strftime(ACLED_DATES[vintage])}
            for n, day in zip(number, days, strict=True)
        ],
        columns=list(_ACLED),
    )
    if vintage < 2023:
        table.insert(0, "data_id", [str(9_000_000 + n) for n in number])
        table.insert(2, "event_id_no_cnty", [str(n) for n in number])
        table["iso3"] = [_town(n)[4] for n in number]
    return table.astype("str").replace({"": None}).astype("str")


def _town(n: int) -> tuple[Any, ...]:
    return TOWNS[n % len(TOWNS)]


def _acled_row(n: int, day: pd.Timestamp, *, words: bool) -> dict[str, str]:
    place, province, country, iso, a3, lat, lon = _town(n)
    kind, finer = ACLED_EVENTS[n % len(ACLED_EVENTS)]
    return {
        "event_id_cnty": f"{a3}{n}",
        "year": str(day.year),
        "time_precision": str(1 + n % 3),
        "disorder_type": "Political violence",
        "event_type": kind,
        "sub_event_type": finer,
        "actor1": f"Group {n % 7}",
        "assoc_actor_1": "Party A; Party B" if n % 4 == 0 else "",
        "inter1": "Rebel group" if words else "2",
        "actor2": "" if n % 5 == 0 else "Civilians (Invented)",
        "assoc_actor_2": "",
        "inter2": "" if n % 5 == 0 else ("Civilians" if words else "7"),
        "interaction": "Rebel group-Civilians" if words else "27",
        "civilian_targeting": "",
        "iso": iso,
        "region": "Middle East",
        "country": country,
        "admin1": province,
        "admin2": "",
        "admin3": "",
        "location": place,
        "latitude": f"{lat + (n % 10) / 1000:.4f}",
        "longitude": f"{lon + (n % 10) / 1000:.4f}",
        "geo_precision": str(1 + n % 3),
        "source": "Daily Example; The Invented Times",
        "source_scale": "National",
        "notes": f"Invented event {n}, “quoted”, with a comma.",
        "fatalities": str(n % 4),
        "tags": "crowd size=about 50" if n % 6 == 1 else "",
        "timestamp": str(1_700_000_000 + n),
    }


_GED = (
    "id", "relid", "year", "active_year", "code_status", "type_of_violence", "conflict_dset_id",
    "conflict_new_id", "conflict_name", "dyad_dset_id", "dyad_new_id", "dyad_name",
    "side_a_dset_id", "side_a_new_id", "side_a", "side_b_dset_id", "side_b_new_id", "side_b",
    "number_of_sources", "source_article", "source_office", "source_date", "source_headline",
    "source_original", "where_prec", "where_coordinates", "where_description", "adm_1", "adm_2",
    "latitude", "longitude", "geom_wkt", "priogrid_gid", "country", "country_id", "region",
    "event_clarity", "date_prec", "date_start", "date_end", "deaths_a", "deaths_b",
    "deaths_civilians", "deaths_unknown", "best", "high", "low", "gwnoa", "gwnob",
)  # fmt: skip
_NOT_IN_42 = (
    "code_status", "conflict_dset_id", "dyad_dset_id", "side_a_dset_id", "side_b_dset_id",
    "where_description", "source_original",
)  # fmt: skip
_GW = {"Syria": "652", "Iraq": "645", "Yemen": "678"}


def ged_table(columns: int, rows: int) -> pd.DataFrame:
    """Rows of UCDP GED with 49 columns, or with 42 in the order of old releases."""
    table = pd.DataFrame([_ged_row(n) for n in range(rows)], columns=list(_GED)).astype("str")
    if columns == 42:
        table = table.drop(columns=list(_NOT_IN_42))
        order = [name for name in table.columns if name not in {"low", "best", "high"}]
        table = table[[*order[:-2], "low", "best", "high", *order[-2:]]]
    return table.replace({"": None}).astype("str")


def _ged_row(n: int) -> dict[str, str]:
    place, province, country, _, _, lat, lon = _town(n)
    lat, lon = round(lat, 4), round(lon, 4)
    gid = int((lat + 90) * 2) * 720 + int((lon + 180) * 2) + 1
    start = pd.Timestamp("2024-01-01") + pd.Timedelta(n % 300, unit="D")
    length = {1: 0, 2: 4, 3: 6, 4: 29, 5: 200}[1 + n % 5]
    old_sources = n % 3 == 0
    return dict.fromkeys(_GED, "") | {
        "id": str(500_000 + n),
        "relid": f"{country[:3].upper()}-2024-1-99-{n}",
        "year": str(start.year),
        "active_year": "1",
        "code_status": "Clear" if n % 7 else "Check deaths",
        "type_of_violence": str(1 + n % 3),
        "conflict_new_id": "11999",
        "conflict_name": f"{country}: Invented",
        "dyad_new_id": "22999",
        "dyad_name": f"Government of {country} - Invented Front",
        "side_a": f"Government of {country}",
        "side_b": "Civilians" if n % 3 == 2 else "Invented Front",
        "number_of_sources": "-1" if old_sources else "2",
        "source_article": "Invented Agency, 3 January 2024, Clashes near town",
        "source_office": "" if old_sources else "Invented Agency;Daily Example",
        "source_date": "" if old_sources else "2024-01-03;2024-01-04",
        "source_headline": "" if old_sources else ("One; two; three" if n % 4 else "One;Two"),
        "where_prec": str(1 + n % 7),
        "where_coordinates": place,
        "where_description": f"near {place}" if n % 2 else "",
        "adm_1": province,
        "latitude": f"{lat:.4f}",
        "longitude": f"{lon:.4f}",
        "geom_wkt": f"POINT ({lon:.4f} {lat:.4f})",
        "priogrid_gid": str(gid),
        "country": country,
        "country_id": _GW[country],
        "region": "Middle East",
        "event_clarity": str(1 + n % 2),
        "date_prec": str(1 + n % 5),
        "date_start": f"{start:%Y-%m-%d} 00:00:00.000",
        "date_end": f"{start + pd.Timedelta(length, unit='D'):%Y-%m-%d} 00:00:00.000",
        "deaths_a": "1",
        "deaths_b": str(n % 3),
        "deaths_civilians": "0",
        "deaths_unknown": "1",
        "best": str(2 + n % 3),
        "high": str(5 + n % 3),
        "low": str(1 + n % 2),
        "gwnoa": _GW[country],
    }


def gdelt_table(columns: int, rows: int) -> pd.DataFrame:
    """Rows of GDELT events with its number of columns (57, 58 or 61), without names."""
    names = COLUMNS_BY_COUNT[columns]
    fips = ("GM", "CH", "AU", "AS", "RS", "UP", "IZ", "SY", "JO")
    roots = ("01", "04", "14", "18", "19", "20")
    types = "12345"
    table = [
        dict.fromkeys(names, "")
        | {
            "GLOBALEVENTID": str(1_100_000_000 + n),
            "SQLDATE": "20230128" if n % 11 == 0 else "20240128",
            "MonthYear": "202401",
            "Year": "2024",
            "FractionDate": "2024.0767",
            "Actor1Name": "" if n % 3 == 0 else "POLICE",
            "Actor2Name": "" if n % 4 == 0 else 'THE "OTHERS"',
            "IsRootEvent": str(n % 2),
            "EventCode": "1451" if n % 12 == 2 else roots[n % 6] + "0",
            "EventBaseCode": "145" if n % 12 == 2 else roots[n % 6] + "0",
            "EventRootCode": roots[n % 6],
            "QuadClass": "4",
            "GoldsteinScale": "-6.5",
            "NumMentions": str(1 + n % 9),
            "NumSources": "1",
            "NumArticles": "1",
            "AvgTone": "-2.5",
            "ActionGeo_Type": "" if n % 10 == 9 else types[n % 5],
            "ActionGeo_FullName": "" if n % 10 == 9 else f"{_town(n)[0]}, {_town(n)[2]}",
            "ActionGeo_CountryCode": "" if n % 10 == 9 else fips[n % 9],
            "ActionGeo_Lat": "" if n % 10 == 9 else str(_town(n)[5]),
            "ActionGeo_Long": "" if n % 10 == 9 else str(_town(n)[6]),
            "ActionGeo_FeatureID": str(-3_000_000 - n % 50),
            "DATEADDED": "20240128" if columns < 61 else "20240128001500",
            **({} if columns == 57 else {"SOURCEURL": _url(n)}),
        }
        for n in range(rows)
    ]
    cells = pd.DataFrame(table, columns=list(names)).astype("str").replace({"": None}).astype("str")
    return cells.set_axis([f"column_{n}" for n in range(1, columns + 1)], axis=1)


def _url(n: int) -> str:
    return "BBC Monitoring" if n % 13 == 0 else f"https://www.Example.org/news/{n % 40}?a=1&b=2"


def quakes(rows: int) -> dict[str, Any]:
    """Feed of the USGS: some deleted, some at ±180°, one under two ids, one quarry blast."""
    return {
        "type": "FeatureCollection",
        "metadata": {"title": "Invented feed", "status": 200, "count": rows},
        "features": [_quake(n) for n in range(rows)],
    }


def _quake(n: int) -> dict[str, Any]:
    lon = round((179.9 + (n % 5) / 10 + 180) % 360 - 180, 4)
    return {
        "type": "Feature",
        "id": f"us{n}",
        "properties": {
            "mag": round(4 + (n % 30) / 10, 1),
            "place": f"{n} km E of Invented Island, Fiji",
            "time": 1_706_400_000_123 + n * 60_000,
            "updated": 1_706_500_000_000 + n,
            "url": f"https://earthquake.usgs.gov/earthquakes/eventpage/us{n}",
            "detail": None,
            "status": "deleted" if n == 3 else ("reviewed" if n % 2 else "automatic"),
            "tsunami": 0,
            "sig": 400,
            "net": "us",
            "code": str(n),
            "ids": ",us1,ci9," if n == 1 else (",us2,ci9," if n == 2 else f",us{n},"),
            "magType": "mb",
            "type": "quarry blast" if n == 4 else "earthquake",
            "title": f"M {4 + (n % 30) / 10:.1f} - Invented Island, Fiji",
        },
        "geometry": {"type": "Point", "coordinates": [lon, round(-17.5 - n % 7 / 10, 4), 10.5 + n]},
    }


def gtd_table(rows: int) -> pd.DataFrame:
    """Rows of the GTD, with its codes for what is unknown."""
    attacks = cycle(("Assassination", "Armed Assault", "Bombing/Explosion", "Hijacking"))
    names = list(islice(attacks, rows))
    table = [
        {
            "eventid": f"20240{1 + n % 9}{n:06d}",
            "iyear": "2024",
            "imonth": "0" if n % 9 == 8 else str(1 + n % 12),
            "iday": "0" if n % 4 == 3 else str(1 + n % 28),
            "approxdate": "January 2024" if n % 4 == 3 else "",
            "extended": "1" if n % 8 == 1 else "0",
            "resolution": "2024-12-31" if n % 8 == 1 else "",
            "country": "200",
            "country_txt": _town(n)[2],
            "region_txt": "Middle East & North Africa",
            "provstate": _town(n)[1],
            "city": "Unknown" if n % 6 == 5 else _town(n)[0],
            "latitude": "" if n % 5 == 4 else str(_town(n)[5]),
            "longitude": "" if n % 5 == 4 else str(_town(n)[6]),
            "specificity": str(1 + n % 5),
            "vicinity": ("0", "1", "-9")[n % 3],
            "location": "",
            "summary": "Invented.",
            "attacktype1": str(1 + n % 4),
            "attacktype1_txt": names[n],
            "targtype1_txt": "Military",
            "gname": "Unknown" if n % 3 == 0 else "Invented Front",
            "guncertain1": str(n % 2),
            "claimed": "1" if n % 4 == 1 else "-9",
            "nkill": "-99" if n % 7 == 6 else str(n % 5),
            "nwound": "" if n % 7 == 6 else "2",
            "scite1": "Invented Agency, January 2024.",
            "dbsource": "Invented",
        }
        for n in range(rows)
    ]
    return pd.DataFrame(table).astype("str").replace({"": None}).astype("str")


def hxl_table() -> pd.DataFrame:
    """A tagged table, the tags under the header."""
    columns = {
        "Code": ["#event+code", "A1", "A2"],
        "When": ["#date +occurred", "2024-01-28", "2024-01-29"],
        "North": ["#geo+lat", "34.7268", "33.4258"],
        "East": ["#geo+lon", "36.7234", "43.2994"],
        "What": ["#event+type", "Battles", "Protests"],
        "Where": ["#country+name", "Syria", "Iraq"],
        "ISO": ["#country+code+v_iso3", "SYR", "IRQ"],
        "Who": ["#group+name+first", "Group 1", None],
        "Dead": ["#affected+killed", "3", "0"],
        "By": ["#meta+source", "Daily Example", "Daily Example"],
        "Own": [None, "kept", "kept"],
    }
    return pd.DataFrame(columns).astype("str")


def ushahidi_table() -> pd.DataFrame:
    """An export of Ushahidi, with two surveys that ask for a place each."""
    columns = {
        "Post ID": ["7", "8"],
        "Survey": ["Floods", "Roads"],
        "Post Status": ["published", "draft"],
        "Created (UTC)": ["2024-01-27 10:00:00", "2024-01-28 10:00:00"],
        "Updated (UTC)": ["2024-01-27 11:00:00", "2024-01-28 11:00:00"],
        "Post Date (UTC)": ["2024-01-26 12:30:00", None],
        "Contact ID": ["1", "2"],
        "Contact": ["someone", "someone else"],
        "Title": ["Flood at the bridge", None],
        "Title_2": [None, "Road blocked"],
        "Where is it?.lat": ["-1.28331", None],
        "Where is it?.lon": ["36.81721", None],
        "Road.lat": [None, "-1.30002"],
        "Road.lon": [None, "36.82001"],
        "Categories": ["Flooding", "Protests, Roads"],
    }
    return pd.DataFrame(columns).astype("str")


def timemap_document() -> dict[str, Any]:
    """A TimeMap with its three lists."""
    event = {
        "id": "1",
        "description": "A shell hit the square. More followed.",
        "date": "8/9/2014",
        "time": "18:30",
        "time_precision": "",
        "location": "Invented Square",
        "latitude": "47,92171",
        "longitude": "38.20141",
        "category": "",
        "associations": ["shelling"],
        "sources": ["s1", "s9"],
    }
    return {
        "events": [
            event,
            event | {"id": "2", "date": "8/23/2014", "latitude": "", "longitude": ""},
        ],
        "associations": [{"id": "shelling", "title": "Shelling", "mode": "CATEGORY"}],
        "sources": {
            "s1": {"id": "s1", "title": "Video", "url": "https://example.org/v", "paths": []}
        },
    }


def gdacs_feed(items: Sequence[str] = ("FL",)) -> bytes:
    """The feed of GDACS with an item for each type of event."""
    texts = [
        f"""<item><title>Orange {kind} alert in Iraq</title>
        <link>https://example.org/report?eventtype={kind}&amp;eventid={n}</link>
        <guid isPermaLink="false">{kind}{n}</guid>
        <pubDate>Fri, 02 Feb 2024 23:59:59 GMT</pubDate>
        <gdacs:fromdate>Sun, 28 Jan 2024 04:00:27 GMT</gdacs:fromdate>
        <gdacs:todate>Fri, 02 Feb 2024 23:59:59 GMT</gdacs:todate>
        <georss:point>33.4258 43.2994</georss:point>
        <gdacs:eventtype>{kind}</gdacs:eventtype><gdacs:alertlevel>Orange</gdacs:alertlevel>
        <gdacs:eventid>{n}</gdacs:eventid><gdacs:episodeid>1</gdacs:episodeid>
        <gdacs:severity unit="M" value="5.6">Magnitude 5.6M, Depth:10km</gdacs:severity>
        <gdacs:iso3>IRQ</gdacs:iso3><gdacs:country>Iraq</gdacs:country></item>"""
        for n, kind in enumerate(items)
    ]
    spaces = (
        'xmlns:gdacs="http://www.gdacs.org" xmlns:georss="http://www.georss.org/georss" '
        'xmlns:geo="http://www.w3.org/2003/01/geo/wgs84_pos#"'
    )
    return f'<rss version="2.0" {spaces}><channel>{"".join(texts)}</channel></rss>'.encode()


def cap_alert(identifier: str, *, message: str = "Alert", areas: str = "", more: str = "") -> str:
    """One alert; its areas and further elements as XML."""
    return f"""<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2">
    <identifier>{identifier}</identifier><sender>warn@example.org</sender>
    <sent>2024-01-28T23:30:00-08:00</sent><status>Actual</status><msgType>{message}</msgType>
    <scope>Public</scope>{more}<info><language>en-US</language><category>Met</category>
    <event>Flash Flood Warning</event><urgency>Immediate</urgency><severity>Severe</severity>
    <certainty>Observed</certainty><expires>2024-01-29T06:00:00-08:00</expires>
    <senderName>Invented Weather Office</senderName>
    <area><areaDesc>Invented Valley</areaDesc>{areas}</area></info></alert>"""


def geojson(document: dict[str, Any]) -> bytes:
    """Bytes of a document."""
    return json.dumps(document).encode()
