"""Places found by name: as written, in other spellings, near a point, and not at all."""

from __future__ import annotations

import csv
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd
import pytest
from hypothesis import given, settings, strategies as st

import geo
from geo.errors import PlaceNotFoundError, SchemaError
from geo.gazetteer.name_index import NameIndex, code_of, names_path, write_name_index
from geo.gazetteer.near_names import near_names
from geo.gazetteer.place_file import PlaceFile
from geo.gazetteer.places import Gazetteer, shipped_gazetteer
from geo.geocoding.searching import find_places
from geo.geodesy import geod
from geo.grammar.name_sounds import skeleton, sounding
from geo.grammar.names import normalise_name
from geo.tables.place_sets import FIRST, PlaceOptions, install_places

if TYPE_CHECKING:
    from geo.geocoding.searching import FoundPlace

VARIANTS = Path(__file__).with_name("name_variants.csv")
# Provinces have their point somewhere inside.
WIDE_M = {"Anbar": 200_000, "Cabo Delgado": 200_000, "Donetsk Oblast": 100_000}


def found(text: str, **options: object) -> list[FoundPlace]:
    return find_places(text, shipped_gazetteer(), **options)  # type: ignore[arg-type]


def first(text: str, **options: object) -> str | None:
    places = found(text, **options)
    return places[0].place.place_id if places else None


@pytest.mark.parametrize(
    ("text", "place_id"),
    [
        ("Tower 22", "curated:tower-22"),
        ("TOWER-22", "curated:tower-22"),
        ("Aleppo", "geonames:170063"),
        ("حلب", "geonames:170063"),
        ("City of Aleppo", "geonames:170063"),
        ("ar-Raqqah", "geonames:172955"),
        ("الرقّة", "geonames:172955"),
        ("Donetsk Oblast", "ne:UA-14"),
        ("St Petersburg, Russia", "geonames:498817"),
        ("Kramtorsk", "geonames:704508"),
        ("Kramatorrsk", "geonames:704508"),
        ("Karmatorsk", "geonames:704508"),
        ("Краматорскк", "geonames:704508"),
        ("Dayr ez Zawrr", "geonames:170794"),
    ],
)
def test_the_right_place_comes_first(text: str, place_id: str) -> None:
    assert first(text) == place_id


@pytest.mark.parametrize(
    "text",
    ["", " ", "Qwxyz", "Tower 23", "crash site unknown", "12345", "🙂", "x" * 100_000,
     "\x00\x1b[31m", "'; DROP TABLE place; --", "<script>alert(1)</script>",
     "\u202eelppoA\u202c nowhere"],
)  # fmt: skip
def test_it_abstains_rather_than_guess(text: str) -> None:
    assert found(text) == []


def test_a_slip_of_the_pen_is_shown() -> None:
    (best, *_) = found("Kramtorsk")

    assert (best.distance, best.matched_name) == (1, "kramatorsk")
    assert best.reason == "GeoNames knows “kramatorsk”, 1 letter apart"
    assert best.score < found("Kramatorsk")[0].score


def test_names_as_written_hide_names_that_are_near() -> None:
    assert {one.distance for one in found("Homs", limit=50)} == {0}


def test_what_is_near_comes_first() -> None:
    assert found("Tripoli", near=(13.2, 32.9))[0].place.country_a3 == "LBY"
    assert found("Tripoli", near=(35.8, 34.4))[0].place.country_a3 == "LBN"
    assert found("Tripoli", near="Beirut")[0].place.country_a3 == "LBN"


def test_country_kind_and_comma_narrow_the_search() -> None:
    assert {one.place.country_a3 for one in found("Tripoli", country="Libanon")} == {"LBN"}
    assert found("Tripoli", country="LBN") == found("Tripoli, Lebanon")
    assert {one.place.kind for one in found("Homs", kind="admin1")} == {"admin1"}
    assert found("Paris, Texas")[0].place.admin1_code == "US-TX"
    assert len(found("Springfield", limit=3)) == 3


def test_a_table_comes_back() -> None:
    table = geo.search("Kramtorsk")

    assert table.loc[0, ["name", "country_a3", "kind"]].tolist() == [
        "Kramatorsk",
        "UKR",
        "settlement",
    ]
    assert table.loc[0, "uncertainty_m"] > 0
    assert table["score"].between(0, 1).all()
    assert list(geo.search("Qwxyz").dtypes) == list(table.dtypes)
    assert len(geo.search("Qwxyz")) == 0


@pytest.mark.parametrize(
    ("options", "error", "words"),
    [
        ({"country": "Atlantis"}, PlaceNotFoundError, "no country named “Atlantis” is known"),
        ({"near": "Qwxyz"}, PlaceNotFoundError, "near is 'Qwxyz', which is no place"),
        ({"near": (38.7, 333.0)}, SchemaError, "near is .*expected longitude and latitude"),
        ({"kind": "town"}, SchemaError, "kind is 'town'; expected admin1, admin2, area"),
        ({"limit": 0}, SchemaError, "limit is 0; expected 1 or more"),
    ],
)
def test_wrong_words_are_told(
    options: dict[str, object], error: type[Exception], words: str
) -> None:
    with pytest.raises(error, match=words):
        found("Amman", **options)


def test_spellings_of_the_press_lead_to_the_place() -> None:
    with VARIANTS.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    wrong = [row["variant"] for row in rows if not _is_right(row)]

    assert len(rows) >= 300
    assert len({row["name"] for row in rows}) >= 100
    assert len(wrong) / len(rows) <= 0.06, wrong


def _is_right(row: dict[str, str]) -> bool:
    places = found(row["variant"], limit=1)
    if not places:
        return False
    best = places[0].place
    away_m = geod().inv(float(row["lon"]), float(row["lat"]), best.lon, best.lat)[2]
    return bool(away_m <= WIDE_M.get(row["name"], 25_000))


@settings(max_examples=60)
@given(st.text(max_size=40))
def test_any_text_has_one_answer(text: str) -> None:
    once = found(text)

    assert found(text) == once
    assert [one.score for one in once] == sorted((one.score for one in once), reverse=True) or any(
        one.distance for one in once
    )


def test_a_search_loads_no_tables() -> None:
    code = (
        "import sys; from geo.geocoding.searching import find_places; "
        "from geo.gazetteer.places import shipped_gazetteer; "
        "assert find_places('Kramtorsk', shipped_gazetteer()); "
        "assert not {'pandas', 'geopandas', 'pyproj', 'shapely', 'numba'} & set(sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], check=False, capture_output=True, text=True)

    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(
    ("text", "unneeded"),
    [
        ("Bakhmut", {"pandas", "geopandas", "pyarrow", "pyproj", "numba"}),
        ("Kramtorsk", {"pandas", "geopandas", "pyarrow", "pyproj", "numba"}),
        # Whether a point is on land is read from a table.
        ("20 km north of Bakhmut", {"geopandas", "numba"}),
        ("48.59, 37.99", {"geopandas", "numba"}),
    ],
)
def test_one_text_loads_no_tables(text: str, unneeded: set[str]) -> None:
    code = (
        "import sys; from incidentmap.cli import main; "
        f"sys.argv = ['incidentmap', 'geocode', {text!r}]\n"
        "try: main()\n"
        "except SystemExit as leave: assert not leave.code, leave.code\n"
        f"print(sorted({unneeded!r} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)

    assert "located" in done.stdout
    assert done.stdout.endswith("\n[]\n")


def test_own_places_come_first_and_are_found_misspelt(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("INCIDENTMAP_PLACES", str(tmp_path / "places"))
    (tmp_path / "sites.csv").write_text("name,lon,lat\nAleppo,1,2\nCheckpoint Zwirbel,3,4\n")
    install_places(tmp_path / "sites.csv", PlaceOptions(priority=FIRST))

    assert geo.search("Aleppo").loc[0, ["lon", "lat"]].tolist() == [1, 2]
    assert geo.search("Checkpoint Zwirbl").loc[0, ["lon", "distance"]].tolist() == [3, 1]
    assert geo.search("Zwirbel Checkpoint").empty


# --- misspelt names in tables


def placed(place: str, country: str | None = None) -> pd.Series:  # type: ignore[type-arg]
    return geo.geocode(pd.DataFrame({"place_text": [place], "country": [country]})).iloc[0]


@pytest.mark.parametrize(
    ("place", "country"), [("Kramtorsk", "UKR"), ("Kramtorsk", None), ("Gwozza", "Nigeria")]
)
def test_an_unmistakable_slip_is_placed(place: str, country: str | None) -> None:
    row = placed(place, country)

    assert (row["status"], row["method"]) == ("located", "fuzzy name")
    assert row["reason"].startswith(f"No place named “{place}” is known")
    assert row["reason"].endswith("1 letter apart")
    assert row["score"] < 1


def test_a_doubtful_slip_is_only_named() -> None:
    row = placed("Gwozza")

    assert (row["status"], row["geometry"]) == ("unlocated", None)
    assert "; perhaps " in row["reason"]
    assert "geonames:" in row["candidates"]


def test_the_country_around_stays_when_a_slip_is_doubtful() -> None:
    row = placed("Ebril", "Iran")

    assert (row["method"], row["place"]) == ("surrounding place", "Iran")


def test_a_description_may_misspell_its_anchor() -> None:
    row = placed("20 km north of Kramtorsk", "UKR")

    assert (row["status"], row["method"]) == ("located", "region")


def test_long_texts_are_told_by_their_size() -> None:
    assert placed("near " * 30_000)["reason"] == "The text has 149,999 characters; that is no place"


def test_a_reason_is_harmless() -> None:
    reason = placed("\x1b[31mQwxyz\u202e\x07")["reason"]

    assert reason.isprintable()


# --- the index


def test_the_index_answers_as_the_database(tmp_path: Path) -> None:
    source = shipped_gazetteer().files[0].path
    copy = Path(shutil.copy(source, tmp_path / "plain.sqlite"))
    with closing(PlaceFile(copy, 0)) as plain, closing(PlaceFile(source, 0)) as indexed:
        assert plain.names is None
        assert indexed.names is not None
        keys = plain.keys_between("", "\U0010ffff", limit=10_000)

        assert len(keys) > 3_000
        for key in keys:
            assert indexed.find(key, code_of(key)) == plain.find(key, code_of(key))
        assert indexed.find("no such name", code_of("no such name")) == []


def test_an_index_of_another_gazetteer_is_left_aside(tmp_path: Path) -> None:
    source = shipped_gazetteer().files[0].path
    copy = Path(shutil.copy(source, tmp_path / "curated.sqlite"))
    shutil.copy(names_path(source), names_path(copy))
    assert NameIndex.of(copy) is not None

    with copy.open("r+b") as stream:
        stream.seek(100)
        stream.write(b"\xff")
    assert NameIndex.of(copy) is None


@pytest.mark.parametrize("size", [0, 10, 60, -1])
def test_a_broken_index_is_left_aside(tmp_path: Path, size: int) -> None:
    source = shipped_gazetteer().files[0].path
    copy = Path(shutil.copy(source, tmp_path / "curated.sqlite"))
    names_path(copy).write_bytes(names_path(source).read_bytes()[:size])

    assert NameIndex.of(copy) is None
    with Gazetteer([copy]) as gazetteer:
        assert gazetteer.find("Tower 22")[0].place_id == "curated:tower-22"


def test_the_same_names_give_the_same_bytes(tmp_path: Path) -> None:
    names = [("homs", 2), ("hema", 2), ("homs", 1), ("", 3)]
    for number, some in enumerate((names, names[::-1])):
        write_name_index(tmp_path / str(number), some, stamp=7)

    assert (tmp_path / "0").read_bytes() == (tmp_path / "1").read_bytes()
    index = NameIndex(tmp_path / "0", stamp=7)
    assert (index.find("homs", code_of("homs")), index.lines) == ([1, 2], 4)
    index.close()


def test_the_shipped_indexes_are_fresh() -> None:
    for file in shipped_gazetteer().files:
        assert file.names is not None, f"build {names_path(file.path).name} again"
        uri = f"{file.path.as_uri()}?immutable=1"
        with closing(sqlite3.connect(uri, uri=True)) as database:
            pairs = database.execute("SELECT key, place FROM name").fetchall()
        assert file.names.lines == len(pairs)
        for key, place in pairs[::151]:
            assert place in file.names.find(key, code_of(key)), (
                f"build {file.path.stem}.names again"
            )


# --- what spellings share


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Qandahar", "Kandahar"),
        ("Al-Hudaydah", "Hodeida"),
        ("Deir ez-Zor", "Dayr az-Zawr"),
        ("Ouagadougou", "Wagadugu"),
        ("Djibo", "Jibo"),
        ("Харків", "Kharkiv"),
        ("الرقة", "Raqqa"),
        ("Тбилиси", "Tbilisi"),
    ],
)
def test_spellings_share_their_consonants(one: str, other: str) -> None:
    assert skeleton(normalise_name(one)) == skeleton(normalise_name(other))


def test_sounds_tell_vowels_apart() -> None:
    assert sounding("kundoz") == sounding("kunduz") != sounding("kandaz")


def test_numbers_are_no_slips() -> None:
    keys = {near.key for near in near_names("tower 21", shipped_gazetteer().files)}

    assert "tower 22" not in keys
