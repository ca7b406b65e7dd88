"""GDACS, GeoRSS and CAP: shapes with latitude first, alerts that supersede, hostile XML."""

from pathlib import Path

import pytest
import shapely
from shapely.geometry.base import BaseGeometry

import geo
from geo.errors import ReadError, SchemaError
from geo.geodesy import geod
from geo.profiles.feeds import read_feed
from geo.profiles.georss import GeoRss
from geo.profiles.latlon_shapes import (
    box_shape,
    circle_shape,
    line_shape,
    point_shape,
    polygon_shape,
)
from geo.profiles.registry import find_profile, recognise
from geo.schema import conform
from geo.tables.raw import RawTable
from tests.provider_files import acled_table, cap_alert, gdacs_feed

SQUARE = "<polygon>33.0,38.0 33.0,39.0 34.0,39.0 34.0,38.0 33.0,38.0</polygon>"


def incidents_of(content: bytes) -> "geo.gpd.GeoDataFrame":  # type: ignore[name-defined]
    raw = read_feed(content, "feed.xml")
    assert raw is not None
    found = recognise(raw)
    assert found is not None
    table = found[0].fitted(raw).to_incidents(raw)
    geo.validate(conform(table))
    return conform(table)


def test_coordinates_of_an_item_that_cannot_be_read_are_told() -> None:
    head = '<rss xmlns:georss="http://www.georss.org/georss"><channel>'
    items = [
        "<item><title>Fire in Beirut</title><georss:point>95 200</georss:point></item>",
        "<item><title>Fire in Beirut</title><georss:point>north</georss:point></item>",
        "<item><title>Fire in Beirut</title></item>",
        "<item><title>Fire</title><georss:point>33.9 35.5</georss:point></item>",
    ]

    incidents = incidents_of(f"{head}{''.join(items)}</channel></rss>".encode())

    assert incidents["reason"].fillna("").tolist() == [
        "longitude 200, latitude 95 is not on the earth",
        "coordinates “north” are not understood",
        "No coordinates are given",
        "",
    ]
    # A title tells what happened: it is no name of a place.
    assert geo.geocode(incidents).geometry.notna().tolist() == [False, False, False, True]
    assert incidents["status"].tolist() == ["suspicious", "unlocated", "unlocated", "located"]


def test_gdacs_items_become_incidents(tmp_path: Path) -> None:
    path = tmp_path / "rss.xml"
    path.write_bytes(gdacs_feed(("EQ", "TC", "FL", "VO", "DR", "WF")))

    incidents = geo.read_incidents(path)

    geo.validate(incidents)
    assert incidents["kind"].tolist() == ["earthquake", "storm", "flood", "other", "other", "fire"]
    assert incidents["uncertainty_m"].tolist() == [10e3, 100e3, 100e3, 10e3, 300e3, 10e3]
    first = incidents.loc[0]
    assert first["geometry"] == shapely.Point(43.2994, 33.4258)
    assert (first["incident_id"], first["country_a3"]) == ("EQ0", "IRQ")
    assert [f"{first[name]:%Y-%m-%d}" for name in ("date_start", "date_end")] == [
        "2024-01-28", "2024-02-02",
    ]  # fmt: skip
    assert first["native_gdacs:severity@value"] == "5.6"


def test_plain_georss_takes_the_area_before_the_point() -> None:
    item = """<item><title>Wildfire near the camp</title><guid>7</guid>
    <pubDate>Sun, 28 Jan 2024 23:30:00 -0800</pubDate>
    <georss:point>33.5 38.5</georss:point>
    <georss:polygon>33 38 33 39 34 39 34 38 33 38</georss:polygon></item>"""
    feed = f'<rss xmlns:georss="http://www.georss.org/georss"><channel>{item}</channel></rss>'

    incident = incidents_of(feed.encode()).loc[0]

    assert incident["footprint"].equals(shapely.box(38, 33, 39, 34))
    assert incident["kind"] == "fire"
    assert incident["reason"] == "The point stands for an area"
    corner_m = geod().inv(incident["geometry"].x, incident["geometry"].y, 38, 33)[2]
    assert incident["uncertainty_m"] >= corner_m * 0.999
    # The day is that of the text, the instant that of the world.
    assert f"{incident['date_start']:%d}" == "28"
    assert f"{incident['time_utc']:%d %H}" == "29 07"


def test_atom_with_gml_and_w3c_points() -> None:
    feed = b"""<feed xmlns="http://www.w3.org/2005/Atom" xmlns:geo="http://www.w3.org/2003/01/geo/wgs84_pos#"
      xmlns:georss="http://www.georss.org/georss" xmlns:gml="http://www.opengis.net/gml">
      <entry><id>a</id><title>Flood</title><updated>2024-01-28T10:00:00Z</updated>
        <link href="https://example.org/a"/><georss:where><gml:Point><gml:pos>33.3 38.7</gml:pos>
        </gml:Point></georss:where></entry>
      <entry><id>b</id><title>Storm</title><geo:lat>1.5</geo:lat><geo:long>2.5</geo:long></entry>
      <entry><id>c</id><title>Nowhere</title></entry></feed>"""

    incidents = incidents_of(feed)

    assert [None if one is None else one.wkt for one in incidents.geometry] == [
        "POINT (38.7 33.3)", "POINT (2.5 1.5)", None,
    ]  # fmt: skip
    assert incidents.loc[0, "sources"] == '[{"url":"https://example.org/a"}]'
    assert incidents.loc[2, ["status", "reason"]].tolist() == [
        "unlocated", "No coordinates are given",
    ]  # fmt: skip


def test_an_alert_is_the_area_that_it_warns() -> None:
    incident = incidents_of(cap_alert("A1", areas=SQUARE).encode()).loc[0]

    assert incident["footprint"].equals(shapely.box(38, 33, 39, 34))
    assert incident["title"] == "Flash Flood Warning, Invented Valley"
    assert incident["kind"] == "flood"
    assert f"{incident['date_start']:%Y-%m-%d}" == "2024-01-28"
    assert f"{incident['date_end']:%Y-%m-%d}" == "2024-01-29"
    assert f"{incident['time_utc']:%Y-%m-%d %H:%M}" == "2024-01-29 07:30"


def test_circles_have_kilometres_and_may_be_points_or_cross_the_date_line() -> None:
    texts = [
        "<circle>-17.0,179.9 50</circle>",
        "<circle>33.3,38.7 0</circle>",
        SQUARE + "<circle>x</circle>",
    ]
    alerts = "".join(cap_alert(f"A{n}", areas=text) for n, text in enumerate(texts))

    incidents = incidents_of(f"<alerts>{alerts}</alerts>".encode())

    wide = incidents.loc[0]
    assert wide["footprint"].geom_type == "MultiPolygon"
    assert wide["uncertainty_m"] == pytest.approx(50_000, rel=0.01)
    assert incidents.loc[1, "geometry"] == shapely.Point(38.7, 33.3)
    assert incidents.loc[1, "footprint"] is None
    assert incidents.loc[2, "reason"].endswith("“x” is no polygon or circle")


def test_updates_and_cancellations_supersede() -> None:
    named = "<references>warn@example.org,A1,2024-01-28T23:30:00-08:00</references>"
    first = cap_alert("A1", areas=SQUARE)
    later = cap_alert("A2", message="Update", areas=SQUARE, more=named)
    void = cap_alert("A3", message="Cancel", more=named.replace("A1", "A2"))

    together = incidents_of(f"<alerts>{first}{later}</alerts>".encode())
    old, new, last = (incidents_of(one.encode()) for one in (first, later, void))

    assert together["verification"].tolist() == ["withdrawn", "unverified"]
    assert together.loc[0, "reason"].endswith("Superseded by A2")
    update = geo.update_incidents(old, new.assign(**_native(later)))
    assert update.incidents["incident_id"].tolist() == ["A2"]
    assert update.changes["why"].tolist() == ["new", "replaced by A2"]
    ended = geo.update_incidents(update.incidents, last.assign(**_native(void)))
    assert ended.summary() == "+0 ~0 -1"
    assert len(ended.incidents) == 0


def _native(alert: str) -> dict[str, "geo.pd.Series[str]"]:  # type: ignore[name-defined]
    raw = read_feed(alert.encode(), "alert.xml")
    assert raw is not None
    return {f"native_{name}": raw.cells[name] for name in raw.cells}


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"<!DOCTYPE rss [<!ENTITY a 'b'>]><rss>&a;</rss>", "document type"),
        (b'<!DOCTYPE rss SYSTEM "file:///etc/passwd"><rss/>', "document type"),
        (b"<rss><channel>", "broken XML at line 1"),
        (b"<a>" * 200, "nested more than 100 deep"),
        (b"", "broken XML"),
        (b"<?xml version='1.0' encoding='made-up'?><rss/>", "unknown encoding"),
        (b"<rss>&a;</rss>", "broken XML"),
    ],
)
def test_hostile_xml_is_refused(content: bytes, told: str) -> None:
    with pytest.raises(ReadError, match=told) as refused:
        read_feed(content, "feed.xml")

    assert str(refused.value).startswith("feed.xml: ")


def test_a_table_is_no_feed_whatever_the_user_says() -> None:
    with pytest.raises(SchemaError, match="it is no feed"):
        find_profile("georss").fitted(RawTable(acled_table(2025, 2)))


def test_other_xml_is_no_feed() -> None:
    assert read_feed(b"<kml><Document/></kml>", "x.xml") is None


@pytest.mark.parametrize(
    "shape",
    [
        point_shape("33.3"), point_shape("nan 10"), point_shape("a b"),
        line_shape("1 2"), line_shape("1 2 1 2"), polygon_shape("1 2 3 4"),
        polygon_shape("1 1 1 1 1 1 1 1"), polygon_shape("1 2 3"), box_shape("1 2 3"),
        circle_shape("1 2", unit_m=1), circle_shape("1 2 -5", unit_m=1),
        circle_shape("1 2 1e30", unit_m=1), circle_shape("inf 2 3", unit_m=1),
    ],
)  # fmt: skip
def test_texts_that_are_no_shapes_are_none(shape: BaseGeometry | None) -> None:
    assert shape is None


def test_latitude_stands_first() -> None:
    line = line_shape("10 20, 11 21")
    box = box_shape("10 20 11 21")

    assert line is not None
    assert line.wkt == "LINESTRING (20 10, 21 11)"
    assert box is not None
    assert box.bounds == (20.0, 10.0, 21.0, 11.0)
    # Over ±180°, in two pieces.
    wide = box_shape("-10 179 10 -179")
    assert wide is not None
    assert wide.area == pytest.approx(40)


def test_a_feed_whose_items_say_nothing_has_rows_all_the_same(tmp_path: Path) -> None:
    path = tmp_path / "feed.xml"
    path.write_bytes(b"<rss><channel><item>t</item><item/></channel></rss>")

    read = geo.read_incidents(path)

    assert read["status"].tolist() == ["unlocated"] * 2
    assert read["incident_id"].is_unique


def test_an_alert_in_an_item_of_a_feed_lies_in_its_polygon() -> None:
    entry = """<entry><id>{}</id><updated>2024-01-02T10:00:00Z</updated><title>Warning</title>
      <cap:event>Flood Warning</cap:event><cap:status>{}</cap:status>
      <cap:effective>2024-01-03T10:00:00Z</cap:effective>
      <cap:expires>2024-01-04T10:00:00Z</cap:expires><cap:areaDesc>Invented Valley</cap:areaDesc>
      <cap:{}</entry>"""
    areas = [
        "polygon>33,38 33,39 34,39 34,38 33,38</cap:polygon>",
        "circle>33.3,38.7 50</cap:circle>",
    ]
    entries = [entry.format(number, "Actual", area) for number, area in enumerate(areas)]
    feed = (
        '<feed xmlns="http://www.w3.org/2005/Atom" '
        'xmlns:cap="urn:oasis:names:tc:emergency:cap:1.2">'
        + "".join([*entries, entry.format("t", "Test", areas[0])])
        + "</feed>"
    )

    incidents = incidents_of(feed.encode())

    assert incidents.loc[0, "footprint"].equals(shapely.box(38, 33, 39, 34))
    assert incidents.loc[1, "uncertainty_m"] == pytest.approx(50_000, rel=0.01)
    assert incidents.loc[0, ["kind", "place_text"]].tolist() == ["flood", "Invented Valley"]
    assert f"{incidents.loc[0, 'date_start']:%d}-{incidents.loc[0, 'date_end']:%d}" == "03-04"
    assert incidents["verification"].tolist() == ["unverified", "unverified", "withdrawn"]


def test_the_columns_with_places_of_a_feed_are_told_as_such() -> None:
    feed = """<rss xmlns:georss="http://www.georss.org/georss"><channel><item><title>A</title>
      <georss:circle>37 23 500</georss:circle></item></channel></rss>"""
    raw = read_feed(feed.encode(), "feed.rss")

    assert raw is not None
    told = GeoRss().columns(raw)
    assert told["georss:circle"] == ("footprint", "geometry", "uncertainty_m")


def test_the_title_of_a_disaster_is_no_place() -> None:
    incidents = incidents_of(gdacs_feed(("FL",)).replace(b"gdacs:country>", b"gdacs:land>"))

    assert incidents["place_text"].isna().all()
    assert incidents["title"].notna().all()
