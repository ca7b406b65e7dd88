"""The order of day and month in a provider's dates: the file's, or the one that the user states."""

import pandas as pd
import pytest

import geo
from tests.provider_files import ged_table, gtd_table


def _ged(*days: str) -> pd.DataFrame:
    table = ged_table(49, len(days))
    return table.assign(date_start=list(days), date_end=list(days))


def _gtd(*days: str) -> pd.DataFrame:
    table = gtd_table(len(days))
    return table.assign(iyear="2017", imonth="1", iday="3", extended="1", resolution=list(days))


@pytest.mark.parametrize(
    ("days", "day_first", "months"),
    [
        (["03/04/2024", "28/01/2024"], None, [4, 1]),
        (["03/04/2024", "01/28/2024"], None, [3, 1]),
        (["03/04/2024", "03/04/2024"], True, [4, 4]),
        (["03/04/2024", "03/04/2024"], False, [3, 3]),
    ],
)
def test_ucdp_reads_days_in_one_order(
    days: list[str], *, day_first: bool | None, months: list[int]
) -> None:
    read = geo.read_incidents(_ged(*days), day_first=day_first)

    assert read["date_start"].dt.month.tolist() == months
    assert read["date_end"].equals(read["date_start"])


def test_ucdp_asks_for_the_order_where_nothing_tells() -> None:
    read = geo.read_incidents(_ged("03/04/2024"))

    assert read["date_start"].isna().all()
    assert "date_start “03/04/2024” is not understood: day and month" in read["reason"][0]


def test_the_last_day_of_the_gtd_is_read_in_order_or_told() -> None:
    told = geo.read_incidents(_gtd("1/5/2017"))
    read = geo.read_incidents(_gtd("1/5/2017"), day_first=False)
    broken = geo.read_incidents(_gtd("soon"))

    assert "resolution “1/5/2017” is not understood: day and month could" in told["reason"][0]
    assert told["date_precision"].tolist() == ["day"]
    assert read.loc[0, "date_end"] == pd.Timestamp("2017-01-05")
    assert read["reason"].isna().all()
    assert broken["reason"].tolist() == ["resolution “soon” is not understood"]


def test_a_country_of_the_gtd_without_a_code_is_told() -> None:
    names = ["Yugoslavia", "West Bank and Gaza Strip", "Iraq", None]
    table = gtd_table(4).assign(country_txt=names, specificity="5", latitude="44", longitude="20")

    read = geo.read_incidents(table)

    told = "country_txt “Yugoslavia” has no code, so the point is not held against it"
    assert told in read["reason"][0]
    assert not read["reason"][1:].str.contains("has no code").eq(other=True).any()
    assert read["country_a3"][1:3].tolist() == ["PSE", "IRQ"]
    geo.validate(read)
