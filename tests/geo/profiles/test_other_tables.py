"""GTD, HXL, Ushahidi, TimeMap, and our own files."""

import json
from pathlib import Path

import pandas as pd
import pytest
import shapely

import geo
from geo.errors import SchemaError
from geo.profiles.gtd import Gtd
from geo.profiles.hxl import Hxl
from geo.profiles.hxl_tags import is_tag, matching_columns
from geo.profiles.registry import find_profile, profiles, recognise
from geo.profiles.timemap import TimeMap
from geo.tables.raw import RawTable
from tests.provider_files import (
    acled_table,
    ged_table,
    geojson,
    gtd_table,
    hxl_table,
    timemap_document,
    ushahidi_table,
)


def test_gtd_says_what_is_unknown() -> None:
    table = gtd_table(120)

    incidents = geo.read_incidents(table)

    geo.validate(incidents)
    assert incidents.loc[[3, 8], "date_precision"].tolist() == ["month", "year"]
    assert f"{incidents.loc[3, 'date_end']:%Y-%m-%d}" == "2024-04-30"
    assert incidents.loc[1, "date_precision"] == "range"
    assert f"{incidents.loc[1, 'date_end']:%Y-%m-%d}" == "2024-12-31"
    unknown = table["nkill"] == "-99"
    assert incidents["fatalities_best"][unknown].isna().all()
    assert incidents["reason"][unknown].str.contains("nkill").sum() == 0
    assert (table["city"] == "Unknown").any()
    assert incidents["place"][table["city"] == "Unknown"].isna().all()
    pd.testing.assert_frame_equal(Gtd().native(incidents), table)


def test_gtd_specificity_and_claims() -> None:
    table = gtd_table(120)
    incidents = geo.read_incidents(table)
    placed = table["latitude"].notna()

    near = placed & (table["specificity"] == "1") & (table["vicinity"] == "1")
    assert set(incidents["precision"][near]) == {"vicinity"}
    assert set(incidents["uncertainty_m"][near]) == {25_000.0}
    assert set(incidents["precision"][placed & (table["specificity"] == "3")]) == {"admin2"}
    assert set(incidents["status"][~placed]) == {"unlocated"}
    actors = [json.loads(cell) for cell in incidents["actors"]]
    assert actors[0] == []
    assert actors[1][0] == {
        "attribution": "claimed", "by": "Invented Front", "name": "Invented Front",
    }  # fmt: skip
    assert actors[7][0]["attribution"] == "accused"
    assert actors[2][0] == {"attribution": "stated", "by": "GTD", "name": "Invented Front"}


def test_hxl_columns_are_found_by_their_tags(tmp_path: Path) -> None:
    path = tmp_path / "tagged.csv"
    table = hxl_table()
    table.to_csv(path, index=False)

    incidents = geo.read_incidents(path)

    geo.validate(incidents)
    assert incidents["incident_id"].tolist() == ["A1", "A2"]
    first = incidents.loc[0]
    assert (first["kind"], first["country_a3"], first["fatalities_best"]) == ("battle", "SYR", 3)
    assert first["geometry"] == shapely.Point(36.7234, 34.7268)
    assert json.loads(first["actors"]) == [{"attribution": "stated", "name": "Group 1"}]
    assert incidents["native_Own"].tolist() == ["kept", "kept"]
    profile = Hxl().fitted(RawTable(table))
    pd.testing.assert_frame_equal(profile.native(incidents), table)


def test_hxl_tags_may_be_the_header() -> None:
    table = hxl_table()
    columns = [tag if isinstance(tag, str) else "own" for tag in table.iloc[0]]
    bare = table.iloc[1:].set_axis(columns, axis=1).reset_index(drop=True)

    incidents = geo.read_incidents(bare)

    assert incidents["incident_id"].tolist() == ["A1", "A2"]
    assert Hxl().fitted(RawTable(bare)).skip_rows(RawTable(bare)) == 0


def test_an_hxl_code_of_the_country_decides_where_a_name_is_placed() -> None:
    table = pd.DataFrame({"#loc+name": ["Tripoli"] * 2, "#country+code": ["LBN", "LBY"]})
    placed = geo.read_incidents(table).pipe(geo.geocode)
    assert placed["country_a3"].tolist() == ["LBN", "LBY"]
    assert placed.geometry.x.round().tolist() == [36, 13]


def test_hxl_patterns() -> None:
    tags = {"a": "#date+reported", "b": "#date +occurred +v_iso", "c": "#adm1+code", "d": "#adm1"}

    assert matching_columns("#date+occurred", tags) == ["b"]
    assert matching_columns("#date-reported", tags) == ["b"]
    assert matching_columns("#adm1-code", tags) == ["d"]
    assert [is_tag(text) for text in ("#geo+lat", "#1", "a #b", "")] == [True, False, False, False]
    with pytest.raises(SchemaError, match="no HXL tags"):
        Hxl().fitted(RawTable(acled_table(2025, 3)))


def test_ushahidi_posts_are_restricted() -> None:
    incidents = geo.read_incidents(ushahidi_table())

    geo.validate(incidents)
    assert set(incidents["sensitivity"]) == {"restricted"}
    assert incidents["title"].tolist() == ["Flood at the bridge", "Road blocked"]
    assert incidents["kind"].tolist() == ["flood", "protest"]
    assert [point.wkt for point in incidents.geometry] == [
        "POINT (36.81721 -1.28331)", "POINT (36.82001 -1.30002)",
    ]  # fmt: skip
    assert f"{incidents.loc[0, 'time_utc']:%Y-%m-%d %H:%M}" == "2024-01-26 12:30"
    assert f"{incidents.loc[1, 'date_start']:%Y-%m-%d}" == "2024-01-28"


def test_ushahidi_2_says_what_is_verified() -> None:
    table = pd.DataFrame(
        {
            "#": ["1", "2"],
            "INCIDENT TITLE": ["Clash at the market", "Rumour"],
            "INCIDENT DATE": ["2008-01-03 14:00:00", "2008-01-04 09:00:00"],
            "LOCATION": ["Kibera", "Kibera"],
            "CATEGORY": ["Riots", "Other"],
            "LATITUDE": ["-1.31330", "-1.31330"],
            "LONGITUDE": ["36.78780", "36.78780"],
            "VERIFIED": ["YES", "NO"],
        }
    ).astype("str")

    incidents = geo.read_incidents(table)

    assert incidents["verification"].tolist() == ["verified", "unverified"]
    assert incidents["kind"].tolist() == ["riot", "other"]
    assert incidents["incident_id"].tolist() == ["1", "2"]


def test_timemap_lists_belong_together(tmp_path: Path) -> None:
    path = tmp_path / "export.json"
    path.write_bytes(geojson(timemap_document()))

    incidents = geo.read_incidents(path)

    geo.validate(incidents)
    first, second = incidents.loc[0], incidents.loc[1]
    assert first["title"] == "A shell hit the square."
    assert first["kind"] == "explosion"
    assert first["geometry"] == shapely.Point(38.20141, 47.92171)
    assert json.loads(first["sources"]) == [
        {"publisher": "Video", "url": "https://example.org/v"}, {"publisher": "s9"},
    ]  # fmt: skip
    # 8/23 can only be August, so 8/9 is August too.
    assert [f"{one['date_start']:%Y-%m-%d}" for one in (first, second)] == [
        "2014-08-09", "2014-08-23",
    ]  # fmt: skip
    assert second["status"] == "unlocated"


def test_timemap_puts_the_month_first_where_nothing_tells() -> None:
    table = pd.DataFrame(timemap_document()["events"][:1]).drop(columns=["associations", "sources"])
    raw = RawTable(table.astype("str"))

    read = TimeMap().fitted(raw).to_incidents(raw)

    assert f"{read.loc[0, 'date_start']:%Y-%m-%d}" == "2014-08-09"


def test_our_own_files_are_read_back_as_they_were(tmp_path: Path) -> None:
    incidents = geo.read_incidents(ged_table(49, 30))
    path = tmp_path / "incidents.geojson"
    geo.write(incidents, path)

    back = geo.read_incidents(path)

    geo.validate(back)
    known = [name for name in incidents.columns if name != "uncertainty_m"]
    pd.testing.assert_frame_equal(back[known], incidents[known])


def test_every_profile_has_a_name_and_fits_its_own_files_only() -> None:
    files = {
        "acled": acled_table(2025, 5),
        "ucdp_ged": ged_table(42, 5),
        "gtd": gtd_table(5),
        "hxl": hxl_table(),
        "ushahidi": ushahidi_table(),
    }

    for name, table in files.items():
        found = recognise(RawTable(table))
        assert found is not None
        assert found[0].name == name
        assert found[1].confidence > 0.6
        assert "columns" in found[1].reason
    assert recognise(RawTable(pd.DataFrame({"place": ["Amman"], "date": ["2024-01-28"]}))) is None
    assert [profile.name for profile in profiles().values()] == list(profiles())
    with pytest.raises(SchemaError, match="no profile 'acled2'; expected one of"):
        find_profile("acled2")
