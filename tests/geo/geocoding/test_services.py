"""A geocoder of geopy is asked for what nobody here knows, and what it says becomes our columns."""

from __future__ import annotations

import contextlib
import os
import stat
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd
import pytest
from geopy.adapters import BaseAsyncAdapter, URLLibAdapter
from geopy.geocoders import Nominatim, Photon

import geo
from geo.errors import (
    GeocoderRefusedError,
    GeocoderUnavailableError,
    RateLimitedError,
    ReadError,
    SchemaError,
    WriteError,
)
from geo.geocoding.services.asking import Service
from geo.geocoding.services.cache import AnswerCache, cache_path
from geo.geocoding.services.named import named_service
from tests.nominatim_server import AGENT, LICENCE, TROUBLES, NominatimServer, nominatim

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


ROOT = Path(__file__).parents[3]


class LaterAdapter(BaseAsyncAdapter):
    """What speaks to a network in coroutines."""

    async def get_json(self, url: str, **_how: Any) -> None:
        raise NotImplementedError

    async def get_text(self, url: str, **_how: Any) -> None:
        raise NotImplementedError


@pytest.fixture(autouse=True)
def _own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INCIDENTMAP_CACHE", str(tmp_path / "cache"))


@pytest.fixture
def server() -> Iterator[NominatimServer]:
    with nominatim() as running:
        yield running


def geocoder(server: NominatimServer, **options: Any) -> Nominatim:
    given = {"timeout": 60, "user_agent": AGENT, "scheme": "http", "proxies": {}} | options
    return Nominatim(domain=server.domain, **given)


def service(server: NominatimServer, **options: Any) -> Service:
    return Service(geocoder(server), min_delay_s=0, **options)


def placed(texts: list[str], fallback: Any, **columns: Any) -> pd.DataFrame:
    return geo.geocode(pd.DataFrame({"place_text": texts} | columns), fallback=fallback)


def test_an_answer_becomes_our_columns(server: NominatimServer) -> None:
    table = placed(["Khan Qurx", "Amman"], geocoder(server), country=["Jordan", "Jordan"])

    assert server.queries == ["Khan Qurx, Jordan"]
    row = table.iloc[0]
    assert (row.geometry.x, row.geometry.y) == (38.2, 32.5)
    assert row["method"] == "service Nominatim"
    assert row["status"] == "located"
    assert (row["place"], row["place_id"]) == ("Khan Qurx", "osm:node/123")
    assert (row["precision"], row["country_a3"]) == ("settlement", "JOR")
    # Half the diagonal of 0.04° by 0.04°.
    assert row["uncertainty_m"] == pytest.approx(2_910, rel=0.01)
    assert f"Nominatim ({server.domain}) answers “Khan Qurx, Some Province" in row["reason"]
    assert row["reason"].endswith(LICENCE)
    assert table["method"].tolist()[1] == "name"
    geo.validate(table.assign(incident_id=["a", "b"]))


def test_the_input_is_not_changed(server: NominatimServer, unchanged: Callable[..., Any]) -> None:
    table = pd.DataFrame({"place_text": ["Khan Qurx", "Qurxington"]}, index=[7, 7])

    with unchanged(table):
        result = geo.geocode(table, fallback=service(server))

    assert result.index.tolist() == [7, 7]
    assert result["status"].tolist() == ["located", "unlocated"]
    assert result["reason"].iloc[1].endswith(f"Nominatim ({server.domain}): it knows no such place")


def test_it_is_off_by_default(server: NominatimServer) -> None:
    placed(["Khan Qurx"], None)

    assert server.queries == []


def test_only_what_is_not_placed_is_asked(server: NominatimServer) -> None:
    texts = [
        "Amman", "33.3, 38.7", "20 km north of Qurx", "in Jordan near the border with Syria",
        "the hospital", "", "x" * 300, "95.3, 200.1", "Khan Qurx", "khan qurx", "Khan Qurx",
    ]  # fmt: skip

    placed(texts, service(server))

    assert server.queries == ["Khan Qurx", "khan qurx"]


def test_points_that_are_given_are_not_asked(server: NominatimServer) -> None:
    table = geo.read_incidents(
        pd.DataFrame({"place": ["Khan Qurx"], "lon": ["38.0"], "lat": ["32.0"]})
    )

    result = geo.geocode(table, fallback=service(server))

    assert (server.queries, result["method"].tolist()) == ([], ["given"])


def test_nothing_but_the_place_is_sent(server: NominatimServer) -> None:
    row = {
        "incident_id": ["secret-7"],
        "title": ["Raid on the depot"],
        "date_start": ["2024-01-28"],
    }

    placed(["Khan Qurx"], service(server), **row, admin1=["Mafraq"], country=["JOR"])

    assert server.parameters == [
        {
            "q": "Khan Qurx, Mafraq, Jordan",
            "format": "json",
            "limit": "1",
            "addressdetails": "1",
            "accept-language": "en",
        }
    ]
    assert server.agents == {AGENT}


def test_an_answer_without_extent_has_a_stated_radius(server: NominatimServer) -> None:
    table = placed(["No Box"], service(server))

    assert table["uncertainty_m"].tolist() == [25_000]
    assert table["precision"].tolist() == ["vicinity"]
    assert table["place_id"].isna().all()


def test_an_answer_in_another_country_is_suspicious(server: NominatimServer) -> None:
    table = placed(["Far Qurx", "Khan Qurx"], service(server), country=["Jordan", "Jordan"])

    assert table["status"].tolist() == ["suspicious", "located"]
    assert table["country_a3"].tolist() == ["FRA", "JOR"]
    assert "This lies in France, but the row states JOR" in table["reason"].iloc[0]


@pytest.mark.parametrize(
    ("query", "kind", "words"),
    [
        ("Forbidden", GeocoderRefusedError, "it refuses to answer"),
        ("Unauthorised", GeocoderRefusedError, "does not accept the key"),
        ("Bad request", SchemaError, "it cannot read the question"),
        ("Error object", GeocoderUnavailableError, "Bandwidth limit exceeded"),
        ("Broken", GeocoderUnavailableError, "it reports an error"),
        ("Wrong gatexway", GeocoderUnavailableError, "it reports an error"),
        ("Overloaded", GeocoderUnavailableError, "no answer in time"),
        ("Too many", RateLimitedError, "to wait 3,600 s"),
        ("Too many today", RateLimitedError, "it asks to wait"),
        ("Torn JSON", GeocoderUnavailableError, "its answer cannot be read"),
        ("Not UTF-8", GeocoderUnavailableError, "its answer cannot be read"),
        ("Empty body", GeocoderUnavailableError, "its answer cannot be read"),
        ("Other shape", GeocoderUnavailableError, "its answer cannot be read"),
        ("No number", GeocoderUnavailableError, "its answer cannot be read"),
        ("Beyond Qurx", GeocoderUnavailableError, "its answer cannot be read"),
        ("Null Island", GeocoderUnavailableError, "stands for unknown"),
        ("Deep JSON", GeocoderUnavailableError, "its answer cannot be read"),
        ("Endless", GeocoderUnavailableError, "the answer has more than 5,000,000 bytes"),
        ("Endless error", GeocoderUnavailableError, "it reports an error"),
        ("Hangs up", GeocoderUnavailableError, "it reports an error"),
    ],
)
def test_each_trouble_is_an_error_of_ours(
    server: NominatimServer, query: str, kind: type[Exception], words: str
) -> None:
    with pytest.raises(kind, match=words) as caught:
        service(server).ask(query)

    assert type(caught.value) is kind
    assert str(caught.value).startswith(f"Nominatim ({server.domain}): ")
    assert len(str(caught.value)) < 300


def test_no_adapter_of_geopy_reads_an_endless_answer(server: NominatimServer) -> None:
    plain = Service(geocoder(server, adapter_factory=URLLibAdapter), min_delay_s=0)

    with pytest.raises(GeocoderUnavailableError, match="more than 5,000,000 bytes"):
        plain.ask("Endless")


def test_a_service_that_does_not_answer(server: NominatimServer) -> None:
    slow = Service(geocoder(server, timeout=0.2), min_delay_s=0)

    with pytest.raises(GeocoderUnavailableError, match="no answer in time"):
        slow.ask("No answer")


def test_a_service_that_is_not_there() -> None:
    with nominatim() as gone:
        absent = service(gone)

    with pytest.raises(GeocoderUnavailableError):
        absent.ask("Khan Qurx")


@pytest.mark.parametrize("trouble", sorted({*TROUBLES, "hangs up"}))
def test_rows_stay_and_a_second_run_goes_on(server: NominatimServer, trouble: str) -> None:
    texts = ["Khan Qurx", f"{trouble.title()}, Qurxland", "Ruqx Station"]

    first = placed(texts, service(server))

    assert len(first) == 3
    assert first["status"].tolist()[:2] == ["located", "unlocated"]
    assert f"Nominatim ({server.domain}): " in first["reason"].iloc[1]
    asked = len(server.queries)
    second = placed([texts[0], texts[2]], service(server))
    assert second["status"].tolist() == ["located", "located"]
    assert second["precision"].tolist() == ["settlement", "site"]
    # What was answered is not asked again.
    assert server.queries[asked:] == ([] if first["status"].iloc[2] == "located" else [texts[2]])


def test_the_wait_that_is_asked_for_is_kept(server: NominatimServer) -> None:
    server.busy_once.add("khan qurx")

    assert service(server).ask("Khan Qurx") is not None
    assert server.queries == ["Khan Qurx", "Khan Qurx"]


def test_how_long_to_wait_is_said(server: NominatimServer) -> None:
    with pytest.raises(RateLimitedError) as caught:
        service(server).ask("Too many")

    assert caught.value.retry_after_s == 3_600
    assert server.queries == ["Too many"]


@pytest.mark.parametrize("trouble", ["Too many", "Forbidden"])
def test_after_a_refusal_nothing_more_is_asked(server: NominatimServer, trouble: str) -> None:
    placed(["Khan Qurx"], service(server))

    table = placed([f"{trouble}, Qurxland", "Khan Qurx", "Ruqx Station"], service(server))

    assert table["status"].tolist() == ["unlocated", "located", "unlocated"]
    assert "not asked any more" in table["reason"].iloc[2]
    assert server.queries[1:] == [f"{trouble}, Qurxland"]


@pytest.mark.parametrize("trouble", ["Broken", "Error object"])
def test_after_three_failures_nothing_more_is_asked(server: NominatimServer, trouble: str) -> None:
    texts = [f"{trouble}, Qurxland {letter}" for letter in "abcde"]

    table = placed(texts, service(server))

    assert len(server.queries) == 3
    assert table["reason"].str.contains("not asked any more").tolist() == [False] * 3 + [True] * 2


def test_a_success_between_failures_keeps_the_service(server: NominatimServer) -> None:
    asked = service(server)
    for query in ("Broken, a", "Khan Qurx", "Broken, b", "Broken, c"):
        with contextlib.suppress(GeocoderUnavailableError):
            asked.ask(query)

    assert asked.ask("Ruqx Station") is not None
    assert (len(server.queries), asked.failed) == (5, 3)


def test_no_answer_is_remembered_too(server: NominatimServer) -> None:
    for _ in range(2):
        asked = service(server)
        assert asked.ask("Qurxington") is None

    assert server.queries == ["Qurxington"]
    assert (asked.asked, asked.kept, asked.failed) == (0, 1, 0)


def test_answers_belong_to_the_question(server: NominatimServer) -> None:
    service(server).ask("Khan Qurx")
    service(server, options={"language": "de"}).ask("Khan Qurx")
    with nominatim() as other:
        service(other).ask("Khan Qurx")
        assert other.queries == ["Khan Qurx"]

    assert len(server.queries) == 2


def test_a_run_that_breaks_off_goes_on_where_it_was(server: NominatimServer) -> None:
    code = f"""
import os
import pandas as pd
import geo
from geopy.geocoders import Nominatim
from geo.geocoding.services.asking import Service

def break_off():
    if service.asked == 3:
        os._exit(7)

geocoder = Nominatim(
    user_agent={AGENT!r}, domain={server.domain!r}, scheme="http", timeout=60, proxies={{}}
)
service = Service(geocoder, min_delay_s=0, on_asked=break_off)
geo.geocode(
    pd.DataFrame({{"place_text": ["Khan Qurx", "Qurxington", "Ruqx Station"]}}), fallback=service
)
"""
    broken = subprocess.run([sys.executable, "-c", code], check=False, cwd=ROOT)
    asked = len(server.queries)

    table = placed(["Khan Qurx", "Qurxington", "Ruqx Station"], service(server))

    assert (broken.returncode, asked) == (7, 3)
    assert table["status"].tolist() == ["located", "unlocated", "located"]
    # What was told when it broke off is asked once more.
    assert server.queries[asked:] == ["Ruqx Station"]


def test_the_cache_holds_no_question(server: NominatimServer) -> None:
    service(server).ask("Secret Qurxington")

    assert cache_path().is_file()
    assert b"qurxington" not in cache_path().read_bytes().lower()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such modes")
def test_only_its_owner_reads_the_cache(server: NominatimServer) -> None:
    before = os.umask(0o022)
    try:
        service(server).ask("Khan Qurx")
    finally:
        os.umask(before)

    assert stat.S_IMODE(cache_path().stat().st_mode) == 0o600


def test_long_names_are_kept_whole_and_told_short(server: NominatimServer) -> None:
    for _ in range(2):
        found = placed(["Long Qurx"], service(server)).iloc[0]

        assert found["place"] == "Long Qurx" + "x" * 150
        assert len(found["reason"]) < 500
        assert "L" * 100 + "..." in found["reason"]
    assert server.queries == ["Long Qurx"]


@pytest.mark.parametrize("name", ["pelias", "bing", "what3words"])
def test_a_service_that_needs_more_is_one_sentence(name: str) -> None:
    with pytest.raises(
        SchemaError, match=r"missing a required argument.*expected a service without"
    ):
        named_service(name, user_agent=AGENT)


def test_a_service_of_a_host_of_ones_own_has_a_name() -> None:
    made = named_service("pelias", user_agent=AGENT, domain="maps.example.org")

    assert made.name == "Pelias (maps.example.org)"


def test_old_answers_go(tmp_path: Path) -> None:
    cache = AnswerCache(tmp_path / "few.sqlite", most=3)
    for number in range(5):
        cache.put({"query": number}, {"number": number})
    cache.put({"query": 2}, None)

    known = [cache.get({"query": number})[0] for number in range(5)]
    assert known == [False, False, True, True, True]
    assert cache.get({"query": 2}) == (True, None)
    assert cache.get({"query": 4}) == (True, {"number": 4})


@pytest.mark.parametrize(
    "content", [b"no database at all" * 100, b"SQLite format 3\0" + b"x" * 500]
)
def test_a_damaged_cache_is_named(server: NominatimServer, content: bytes) -> None:
    cache_path().parent.mkdir()
    cache_path().write_bytes(content)

    with pytest.raises(ReadError, match=r"services\.sqlite: damaged .* remove it"):
        service(server).ask("Khan Qurx")


def test_a_cache_that_cannot_be_written_is_named(
    server: NominatimServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("INCIDENTMAP_CACHE", str(tmp_path / "file" / "cache"))

    with pytest.raises(WriteError, match="set INCIDENTMAP_CACHE"):
        service(server).ask("Khan Qurx")
    assert server.queries == []


@pytest.mark.parametrize(
    ("fallback", "words"),
    [
        (
            Photon(user_agent=AGENT, adapter_factory=LaterAdapter),
            "fallback is Photon; expected a synchronous geocoder of geopy",
        ),
        (Photon(domain="127.0.0.1"), "Photon has no user agent of its own"),
        (Photon(user_agent="bad\r\nX: y"), "cannot be sent; expected printable ASCII"),
        (Photon(user_agent="Газета"), "cannot be sent; expected printable ASCII"),
    ],
)
def test_who_asks_must_say_who_he_is(fallback: Any, words: str) -> None:
    with pytest.raises(SchemaError, match=words):
        Service(fallback)


def test_the_public_server_is_asked_once_a_second_at_most() -> None:
    with pytest.raises(SchemaError, match="allows one question a second"):
        Service(Nominatim(user_agent=AGENT), min_delay_s=0.5)
    for domain in (
        "Nominatim.OpenStreetMap.org", "nominatim.openstreetmap.org:443",
        "nominatim.openstreetmap.org.", "me@nominatim.openstreetmap.org",
    ):  # fmt: skip
        with pytest.raises(SchemaError, match="allows one question a second"):
            Service(Nominatim(user_agent=AGENT, domain=domain), min_delay_s=0.5)
    with pytest.raises(SchemaError, match=r"'\[bad' is no host"):
        Service(Nominatim(user_agent=AGENT, domain="[bad"))
    with pytest.raises(SchemaError, match="min_delay_s is nan"):
        Service(Photon(user_agent=AGENT), min_delay_s=float("nan"))
