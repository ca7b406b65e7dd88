"""Points of view: what a name means, what changed when, and tables of one's own."""

from __future__ import annotations

import time
from datetime import date
from typing import TYPE_CHECKING

import pandas as pd
import pytest

import geo
from geo.errors import PlaceNotFoundError, ReadError, SchemaError
from geo.reference.atoms import atoms
from geo.reference.views import (
    LinePairs,
    Worldview,
    admin1_codes,
    changes,
    holder_names,
    holders,
    line_pairs,
    read_worldview,
    view,
    worldviews,
)

if TYPE_CHECKING:
    from pathlib import Path


def _holder(code: str, worldview: str | Worldview = "default", on: date | None = None) -> set[str]:
    """Holders of the atoms of a province."""
    return set(holders(worldview, on=on)[(atoms().table["admin1_code"] == code).to_numpy()])


def _between(found: LinePairs, pair: str) -> set[str]:
    """Statuses of the lines of a pair."""
    return set(found.status[found.pair == pair])


def test_default_is_who_holds_the_ground() -> None:
    assert holders().tolist() == atoms().table["holder"].fillna("").tolist()


def test_lines_by_default_are_those_of_the_table() -> None:
    arcs = atoms().arcs
    borders = arcs["kind"].isin(["border", "sea_border"]).to_numpy()
    found = line_pairs()

    assert found.pair[borders].tolist() == arcs["border_pair"][borders].tolist()
    assert found.status[borders].tolist() == arcs["status"][borders].tolist()
    assert set(found.pair[~borders]) == {None}


def test_every_shipped_exception_has_a_source_and_selects_something() -> None:
    table = worldviews()

    assert (table["source"] != "").all()
    assert {"default", "UA", "RU", "IN", "PK", "CN", "MA", "PS"} <= set(table["worldview"])
    for name in table["worldview"].unique():
        own = table[table["worldview"] == name].drop(columns="worldview")
        assert read_worldview(own, name="again").rules[-len(own) :] == view(name).rules[-len(own) :]


@pytest.mark.parametrize(
    ("worldview", "gone", "come"),
    [
        ("UA", "SRB-XKX", "ALB-SRB"),
        ("RU", "SRB-XKX", "RUS-XAB"),
        ("IN", "SRB-XKX", "AFG-IND"),
        ("CN", "CHN-TWN", "CHN-MMR"),
        ("MA", "ESH-MAR", "DZA-MAR"),
        ("PS", "SRB-XKX", "JOR-SYR"),
    ],
)
def test_borders_follow_the_holders(worldview: str, gone: str, come: str) -> None:
    pairs = set(line_pairs(worldview).pair)

    assert gone not in pairs
    assert come in pairs


def test_a_new_line_beside_disputed_land_is_disputed() -> None:
    assert _between(line_pairs("RU"), "GEO-XAB") == {"disputed"}
    assert _between(line_pairs("RU"), "RUS-XSO") == {"international"}


def test_the_line_of_control_is_none_to_those_who_claim_both_sides() -> None:
    kashmir = (atoms().table["admin1_code"] == "PK-JK").to_numpy()
    arcs = atoms().arcs
    inside = kashmir[arcs["left"]] & (arcs["status"] == "line_of_control").to_numpy()

    assert inside.any()
    assert set(line_pairs("IN").pair[inside]) == {None}


@pytest.mark.parametrize(
    ("code", "day", "before", "after"),
    [
        ("SS-BW", date(2011, 7, 9), "SDN", "SSD"),
        ("KOS-5902", date(2008, 2, 17), "SRB", "XKX"),
        ("UA-43", date(2014, 3, 18), "UKR", "RUS"),
        ("TL-DI", date(1999, 10, 25), "IDN", "TLS"),
    ],
)
def test_holders_change_with_time(code: str, day: date, before: str, after: str) -> None:
    eve = date.fromordinal(day.toordinal() - 1)

    assert _holder(code, on=eve) == {before}
    assert _holder(code, on=day) == {after}
    assert _holder(code, on=pd.Timestamp(day) + pd.Timedelta(hours=23)) == {after}
    assert day in changes()


def test_views_keep_their_own_time() -> None:
    assert _holder("UA-14", "RU", date(2022, 9, 29)) == {"UKR"}
    assert _holder("UA-14", "RU", date(2022, 9, 30)) == {"RUS"}
    assert _holder("UA-43", "RU", date(2014, 3, 17)) == {"UKR"}
    assert _holder("UA-43", "UA", date(2020, 1, 1)) == {"UKR"}


def test_a_border_is_younger_than_its_state() -> None:
    assert _between(line_pairs(on=date(2011, 7, 8)), "SDN-SSD") == set()
    assert _between(line_pairs(on=date(2011, 7, 8)), "SDN-UGA") == {"international"}


def test_province_is_that_of_the_holder() -> None:
    aksai_chin = (atoms().table["area"] == "Aksai Chin").to_numpy()

    assert set(admin1_codes()[aksai_chin]) == {"CN-XJ", "CN-XZ"}
    assert set(admin1_codes("IN")[aksai_chin]) == {"IN-LA"}


def test_holders_without_an_iso_code_have_a_name() -> None:
    assert holder_names("RU")["XAB"] == "Abkhazia"
    iso = set(atoms().table["holder"].dropna())
    for name in worldviews()["worldview"].unique():
        assert set(holders(name)) - iso - {""} <= set(holder_names(name))


def test_a_table_of_ones_own() -> None:
    table = pd.DataFrame(
        {"claims": ["ESH|MAR", "RUS|UKR"], "holder": ["-", "UKR"], "note": [None, "as in UA"]}
    )
    own = read_worldview(table, name="mine", base="RU")

    assert own.name == "mine"
    assert _holder("MA-16", own) == {""}
    assert _holder("UA-43", own) == {"UKR"}
    assert _holder("UA-14", own) == {"RUS"}
    assert _between(line_pairs(own), "ESH-MAR") == {"disputed"}
    assert geo.countries(worldview=own)["worldview"].unique().tolist() == ["mine"]


def test_a_file_of_ones_own(tmp_path: Path) -> None:
    path = tmp_path / "somaliland.csv"
    path.write_text("admin1_code,holder,holder_name\nSOL-00,XSL,Somaliland\n", encoding="utf-8")
    own = read_worldview(path)

    assert own.name == "somaliland"
    assert _between(line_pairs(own), "ETH-XSL") == {"international"}
    named = geo.countries(worldview=own).set_index("country_a3")["country"]
    assert named["XSL"] == "Somaliland"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("holder\nUKR\n", "at least one of country_a3"),
        ("admin1,holder\nUA-43,UKR\n", "unknown column 'admin1'"),
        ("admin1_code,holder\nUA-43,UKR\nUA-99,UKR\n", "row 3: admin1_code: 'UA-99' is not known"),
        ("admin1_code,holder\nUA-43,UKX\n", "row 2: holder: 'UKX' is not known"),
        ("admin1_code,holder\nUA-43,\n", "row 2: holder: '' is no code"),
        ("admin1_code,holder\nUA-43,ETHIOPIA\n", "row 2: holder: 'ETHIOPIA' is no code"),
        ("admin1_code,holder,holder_name\nUA-43,nobody,x\n", "row 2: holder: 'nobody' is no code"),
        ("admin1_code,holder,holder_name\nUA-43,xsl,x\n", "row 2: holder: 'xsl' is no code"),
        ("admin1_code,holder,holder_name\nUA-43,X|L,x\n", r"row 2: holder: 'X\|L' is no code"),
        ("admin1_code,holder\n,UKR\n", "row 2: it selects nothing"),
        ("area,holder\nGolan,SYR\n", "expected one of .*Golan Heights"),
        ("admin1_code,claims,holder\nUA-43,ESH|MAR,UKR\n", "row 2: no part of the world has"),
        (
            "admin1_code,holder,valid_from\nUA-43,UKR,18.3.2014\n",
            "row 2: valid_from: '18.3.2014' is no day",
        ),
        (
            "admin1_code,holder,valid_from,valid_until\nUA-43,UKR,2014-03-18,2014-03-18\n",
            "row 2: valid_until: 2014-03-18 is not after",
        ),
        ("worldview,admin1_code,holder\na,UA-43,UKR\nb,UA-40,UKR\n", "expected one name"),
    ],
)
def test_a_bad_table_is_refused(tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "bad.csv"
    path.write_text(text, encoding="utf-8")

    with pytest.raises(SchemaError, match=message) as caught:
        read_worldview(path)
    assert str(path) in str(caught.value)


def test_several_views_in_one_table_are_refused_whatever_the_name() -> None:
    table = pd.DataFrame(
        {"worldview": ["a", "b"], "admin1_code": ["UA-43", "UA-40"], "holder": "UKR"}
    )

    with pytest.raises(SchemaError, match="expected one name, found a, b"):
        read_worldview(table, name="mine")


@pytest.mark.parametrize("name", ["UA", "ua", "default"])
def test_a_shipped_name_is_refused(name: str) -> None:
    table = pd.DataFrame({"admin1_code": ["UA-43"], "holder": ["UKR"]})

    with pytest.raises(SchemaError, match="incidentmap has its own"):
        read_worldview(table, name=name)
    with pytest.raises(SchemaError, match="incidentmap has its own"):
        read_worldview(table.assign(worldview=name))


def test_case_of_a_name_does_not_matter() -> None:
    assert view("ua") is view("UA")


def test_a_border_that_a_view_lacks_is_told() -> None:
    with pytest.raises(PlaceNotFoundError, match="no land border in this view"):
        geo.borders(between=("PAK", "CHN"), worldview="IN")


def test_only_the_first_faults_are_told() -> None:
    table = pd.DataFrame({"admin1_code": [f"XX-{n}" for n in range(14)], "holder": "UKR"})

    with pytest.raises(SchemaError, match="and 4 rows more"):
        read_worldview(table)


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match=r"none\.csv"):
        read_worldview(tmp_path / "none.csv")


def test_an_unknown_name_lists_the_known() -> None:
    with pytest.raises(PlaceNotFoundError, match="'XX'; known are default, UA, RU"):
        view("XX")


def test_a_view_costs_little() -> None:
    line_pairs()
    table = pd.DataFrame({"claims": ["ESH|MAR", "RUS|UKR"], "holder": ["ESH", "UKR"]})
    own = read_worldview(table, name="new")
    started = time.process_time()
    line_pairs(own)

    assert time.process_time() - started < 0.5
