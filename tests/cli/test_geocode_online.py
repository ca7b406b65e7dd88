"""The one command that asks a host, and an editor's overrides beside it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from geo.geocoding.overrides.lines import read_lines
from incidentmap.inputs import read_inputs
from incidentmap.online import online_service
from tests.cli.command_line import run
from tests.cli.test_geocode_command import geocode, objects
from tests.nominatim_server import AGENT, NominatimServer, nominatim

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture(autouse=True)
def _own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INCIDENTMAP_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("no_proxy", "127.0.0.1")


@pytest.fixture
def server() -> Iterator[NominatimServer]:
    with nominatim() as running:
        yield running


def online(server: NominatimServer) -> list[str]:
    host = ["--domain", server.domain, "--scheme", "http", "--delay", "0"]
    return ["--online", "nominatim", "--user-agent", AGENT, *host]


def test_a_file_is_asked_for_and_a_second_run_asks_nothing(
    server: NominatimServer, tmp_path: Path
) -> None:
    table = tmp_path / "places.csv"
    table.write_text("place,country\nKhan Qurx,Jordan\nAmman,Jordan\nQurxington,Jordan\n")

    done = geocode(table, "--json", *online(server))
    again = geocode(table, "--json", *online(server))

    rows = objects(done.stdout)
    assert [row["method"] for row in rows] == ["service Nominatim", "name", "surrounding place"]
    assert server.queries == ["Khan Qurx, Jordan", "Qurxington, Jordan"]
    assert server.agents == {AGENT}
    name = f"Nominatim ({server.domain})"
    told = f"Names that nobody here knows are sent to {name}, with province and country, and "
    assert done.stderr.splitlines() == [
        f"{told}nothing else.",
        f"{name}: 2 asked, 0 answered from the cache, 0 failed.",
        "3 places: 3 located.",
    ]
    assert f"{name}: 0 asked, 2 answered from the cache, 0 failed." in again.stderr
    assert again.stdout == done.stdout


def test_one_text_is_asked_for(server: NominatimServer) -> None:
    done = geocode("Khan Qurx", *online(server))

    lines = done.stdout.splitlines()
    assert lines[0] == "status      located (service Nominatim)"
    assert lines[1] == "place       Khan Qurx, osm:node/123"
    assert lines[2] == "lat, lon    32.50000, 38.20000; within 2,907 m, settlement"


def test_a_host_that_refuses_leaves_the_rows(server: NominatimServer) -> None:
    done = geocode("-", "--json", *online(server), lines="Forbidden, Qurxland\nAmman\n")

    assert done.exit_code == 0
    assert [row["status"] for row in objects(done.stdout)] == ["unlocated", "located"]
    assert "1 asked, 0 answered from the cache, 1 failed" in done.stderr


def test_nobody_is_asked_unless_told(server: NominatimServer) -> None:
    done = geocode("-", lines="Khan Qurx\n")

    assert done.stderr == "1 place: 1 unlocated.\n"
    assert server.queries == []


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["Homs", "--online", "nominatim"], "--online needs --user-agent"),
        (["Homs", "--user-agent", AGENT], "go with --online"),
        (["-", "--delay", "1"], "go with --online"),
        (["Homs", "--online", "google", "--user-agent", AGENT], "'google' is not 'nominatim'"),
        (
            ["Homs", "--explain", "--online", "nominatim", "--user-agent", AGENT],
            "--explain stands alone",
        ),
    ],
)
def test_wrong_options_are_told(arguments: list[str], words: str) -> None:
    done = geocode(*arguments)

    assert done.exit_code == 2
    assert words in done.stderr


def test_the_public_server_is_not_hurried() -> None:
    done = run("geocode", "Qurx", "--online", "nominatim", "--user-agent", AGENT, "--delay", "0.2")

    assert done.returncode == 1
    assert "allows one question a second" in done.stderr


def test_an_agent_that_nobody_believes_is_one_sentence() -> None:
    done = run("geocode", "Qurx", "--online", "nominatim", "--user-agent", "my-application")

    assert done.returncode == 1
    assert done.stderr.startswith("incidentmap: nominatim: the geocoder is not set up")
    assert len(done.stderr.splitlines()) == 1


def test_overrides_come_first(server: NominatimServer, tmp_path: Path) -> None:
    overrides = tmp_path / "overrides.csv"
    overrides.write_text("place_text,place,note\nkhan qurx,Amman,by phone\nDepot,Basra,\n,,\n")

    done = geocode("Khan  Qurx", "--overrides", overrides, *online(server), "--json")

    (row,) = objects(done.stdout)
    assert (row["method"], row["place"]) == ("override", "Amman")
    assert row["reason"] == "place assigned by editor: by phone"
    assert server.queries == []
    assert "overrides, line 3: “Depot”: unused, it fits no row" in done.stderr


def test_what_was_not_placed_is_a_file_to_fill_in(tmp_path: Path) -> None:
    table, todo = tmp_path / "places.csv", tmp_path / "todo.csv"
    table.write_text("place,country\nAmman,\nHQ Qurx,\nDepot Qurx,Jordan\nHQ Qurx,\n")

    done = geocode(table, "--unplaced", todo)
    lines = todo.read_text("utf-8").splitlines()
    todo.write_text("\n".join([lines[0], lines[1].replace(",,,", ",,Amman,", 1), lines[2]]))
    again = geocode(table, "--overrides", todo, "--json")

    assert f"{todo}: 2 texts to place by hand." in done.stderr
    assert lines[1].startswith("HQ Qurx,,,,,,,,,2,")
    assert lines[2].startswith("Depot Qurx,Jordan,,,,,,,,1,")
    methods = [row["method"] for row in objects(again.stdout)]
    assert methods == ["name", "override", "surrounding place", "override"]
    assert "overrides, line 3: “Depot Qurx” “Jordan”: open" in again.stderr


def test_two_targets_of_one_name_are_told(tmp_path: Path) -> None:
    done = run("geocode", "Qurx", "-o", "a.csv", "--unplaced", "a.csv", cwd=tmp_path)

    assert done.returncode == 1
    assert "two outputs have this name" in done.stderr


def test_lines_that_contradict_each_other_are_one_sentence(tmp_path: Path) -> None:
    overrides = tmp_path / "overrides.csv"
    overrides.write_text("place_text,place\nHQ,Amman\nhq,Basra\n")

    done = run("geocode", "HQ", "--overrides", overrides)

    assert done.returncode == 1
    told = f"incidentmap: {overrides}, lines 2 and 3: both speak of place_text"
    assert done.stderr.startswith(told)
    assert len(done.stderr.splitlines()) == 1


def test_a_map_of_several_files_takes_overrides(tmp_path: Path) -> None:
    for name in ("a.csv", "b.csv"):
        (tmp_path / name).write_text("id,place,country\n1,HQ Qurx,Iraq\n2,Amman,\n")
    lines = "incident_id,place_text,place\n,hq qurx,Baghdad\n1-2,,Basra\n,Depot,Basra\n,Later,\n"
    (tmp_path / "o.csv").write_text(f"\ufeff{lines}", encoding="utf-8")
    command = ["map", "a.csv", "b.csv", "-o", "m.html", "--geojson", "m.geojson"]

    done = run(*command, "--overrides", "o.csv", cwd=tmp_path)

    assert done.returncode == 0, done.stderr
    features = json.loads((tmp_path / "m.geojson").read_text("utf-8"))["features"]
    told = [one["properties"] for one in features]
    assert [(one["incident_id"], one["place"]) for one in told] == [
        ("1", "Baghdad"), ("2", "Amman"), ("1-2", "Basrah"), ("2-2", "Amman"),
    ]  # fmt: skip
    assert done.stderr.splitlines()[:2] == [
        "overrides, line 4: “Depot”: unused, it fits no row",
        "overrides, line 5: “Later”: open, it says no place yet",
    ]


def test_the_overrides_of_several_files_are_read_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tables = [tmp_path / name for name in ("a.csv", "b.csv", "c.csv")]
    for table in tables:
        table.write_text("id,place\n1,HQ Qurx\n")
    (tmp_path / "o.csv").write_text("place_text,place\nHQ Qurx,Baghdad\n")
    read: list[object] = []

    def watched(overrides: Any, gazetteer: Any) -> Any:
        read.append(overrides)
        return read_lines(overrides, gazetteer)

    monkeypatch.setattr("geo.geocoding.overrides.replay.read_lines", watched)
    placed = read_inputs(tables, overrides=tmp_path / "o.csv")

    assert placed["place"].tolist() == ["Baghdad"] * 3
    assert read == [tmp_path / "o.csv"]


def test_what_was_asked_is_told_also_when_the_run_breaks_off(
    server: NominatimServer, capsys: pytest.CaptureFixture[str]
) -> None:
    def break_off() -> None:
        with online_service(
            online="nominatim", user_agent=AGENT, domain=server.domain, scheme="http", delay=0.0
        ) as service:
            assert service is not None
            service.ask("Khan Qurx")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        break_off()

    name = f"Nominatim ({server.domain})"
    told = capsys.readouterr().err.splitlines()[-1]
    assert told == f"{name}: 1 asked, 0 answered from the cache, 0 failed."
