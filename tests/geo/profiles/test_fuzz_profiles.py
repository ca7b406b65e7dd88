"""Every profile reads damaged rows as rows, or refuses the file with an error of ours."""

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

import geo
from geo.errors import GeoError
from geo.profiles.feeds import read_feed
from geo.profiles.registry import find_profile, recognise
from geo.schema import conform
from geo.tables.raw import RawTable
from tests.provider_files import (
    acled_table,
    cap_alert,
    gdacs_feed,
    gdelt_table,
    ged_table,
    geojson,
    gtd_table,
    hxl_table,
    quakes,
    timemap_document,
    ushahidi_table,
)

TABLES: dict[str, Callable[[], pd.DataFrame]] = {
    "acled": lambda: acled_table(2025, 4),
    "ucdp_ged": lambda: ged_table(49, 4),
    "gtd": lambda: gtd_table(4),
    "gdelt": lambda: gdelt_table(61, 4),
    "hxl": hxl_table,
    "ushahidi": ushahidi_table,
    "timemap": lambda: pd.DataFrame(timemap_document()["events"]).astype("str"),
}
CELLS = st.one_of(
    st.none(),
    st.text(max_size=12),
    st.sampled_from(
        [
            "-9", "1e400", "nan", "inf", "-0", "999999999999999999999", "2024-13-45", "0000-00-00",
            "POINT (a b)", "POINT (1e999 2)", ";;;", '["', "{}", "[[[", "null", "\u202e", "0x10",
            "12,5", "１２", "2024-01-28T25:00:00Z", "#date+occurred", "POINT EMPTY", "1_000",
        ]
    ),
)  # fmt: skip
# Their rows may have a name instead of coordinates, for the geocoder.
PLACED_LATER = {"hxl", "ushahidi"}
DAMAGE = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 60), CELLS), max_size=12)


def damaged(table: pd.DataFrame, damage: list[tuple[int, int, str | None]]) -> pd.DataFrame:
    cells = table.astype(object)
    for row, column, cell in damage:
        cells.iloc[row % len(cells), column % len(cells.columns)] = cell
    texts = cells.astype("str").where(cells.notna())
    return texts.where(texts != "").astype("str")


@pytest.mark.parametrize("name", TABLES)
@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(damage=DAMAGE)
def test_damaged_cells_leave_valid_rows(
    name: str, damage: list[tuple[int, int, str | None]]
) -> None:
    table = damaged(TABLES[name](), damage)
    raw = RawTable(table, has_header=name != "gdelt")
    try:
        profile = find_profile(name).fitted(raw)
    except GeoError:
        return
    cells = table.iloc[profile.skip_rows(raw) :].reset_index(drop=True)
    part = RawTable(cells, has_header=raw.has_header)

    incidents = profile.to_incidents(part)

    assert incidents.index.equals(cells.index)
    if name not in PLACED_LATER:
        assert (incidents["reason"].notna() | (incidents["status"] == "located")).all()
    unique = conform(incidents.assign(incident_id=[str(row) for row in incidents.index]))
    geo.validate(unique)
    native = cells.set_axis(profile.names(part), axis=1).add_prefix("native_")
    found = profile.checks(unique.join(native))
    assert set(found["row"]) <= set(cells.index)
    pd.testing.assert_frame_equal(
        profile.native(unique.join(native)).tail(len(cells)).reset_index(drop=True),
        native.rename(columns=lambda column: column.removeprefix("native_")),
        check_names=False,
    )


@pytest.mark.parametrize("name", TABLES)
@settings(max_examples=4, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(cut=st.floats(0, 1), at=st.floats(0, 1), junk=st.binary(max_size=6))
def test_cut_and_mis_encoded_files_are_read_or_refused(
    name: str, cut: float, at: float, junk: bytes, tmp_path: Path
) -> None:
    separator = "\t" if name == "gdelt" else ","
    text = TABLES[name]().to_csv(index=False, header=name != "gdelt", sep=separator)
    content = text.encode()
    place = int(at * len(content))
    content = (content[:place] + junk + content[place:])[: int(cut * (len(content) + len(junk)))]
    path = tmp_path / "damaged.csv"
    path.write_bytes(content)
    try:
        incidents = geo.read_incidents(path)
    except GeoError:
        return
    geo.validate(incidents)


def feeds() -> list[bytes]:
    square = "<polygon>33,38 33,39 34,39 33,38</polygon><circle>1,2 3</circle>"
    return [gdacs_feed(("EQ", "FL")), cap_alert("A1", areas=square).encode()]


@pytest.mark.parametrize("content", feeds(), ids=["gdacs", "cap"])
@settings(max_examples=30)
@given(cut=st.floats(0, 1), at=st.floats(0, 1), junk=st.binary(max_size=4), span=st.integers(0, 9))
def test_damaged_feeds_are_read_or_refused(
    content: bytes, cut: float, at: float, junk: bytes, span: int
) -> None:
    place = int(at * len(content))
    damage = content[:place] + junk + content[place + span :]
    # Most cuts break the XML; half of the examples keep it whole.
    text = damage if cut > 0.5 else damage[: int(2 * cut * len(damage))]
    try:
        raw = read_feed(text, "feed.xml")
        found = raw and recognise(raw)
    except GeoError:
        return
    if raw is None or found is None:
        return
    incidents = found[0].fitted(raw).to_incidents(raw)
    assert len(incidents) == len(raw.cells)
    geo.validate(conform(incidents.assign(incident_id=[str(row) for row in incidents.index])))


PROPERTY = st.one_of(
    st.none(), st.booleans(), st.integers(-(2**70), 2**70), st.floats(), st.text(max_size=5)
)


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    name=st.sampled_from(["mag", "time", "place", "status", "ids", "type", "updated", "title"]),
    value=PROPERTY,
    lon=st.one_of(st.none(), st.floats(-1e3, 1e3)),
)
def test_odd_earthquakes_are_read_or_refused(
    name: str, value: object, lon: float | None, tmp_path: Path
) -> None:
    document = quakes(3)
    document["features"][1]["properties"][name] = value
    document["features"][2]["geometry"] = (
        None if lon is None else {"type": "Point", "coordinates": [lon, 1.0]}
    )
    path = tmp_path / "quakes.geojson"
    path.write_bytes(geojson(document))
    try:
        incidents = geo.read_incidents(path)
    except GeoError:
        return
    geo.validate(incidents)
    assert len(incidents) == 3
