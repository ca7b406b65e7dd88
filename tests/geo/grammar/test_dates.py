import datetime as dt

import pytest
from hypothesis import given, strategies as st

from geo.grammar.dates import day_comes_first, parse_date

DATES = st.dates(dt.date(1000, 1, 1), dt.date(9999, 12, 31))


@given(DATES)
@pytest.mark.parametrize(
    "form",
    [
        "%Y-%m-%d",
        "%d %B %Y",
        "%B %d, %Y",
        "%d %b %Y",
        "%Y-%m-%dT03:00:00Z",
        "%Y/%m/%d",
        "%Y.%m.%d",
        "%d-%b-%Y",
    ],
)
def test_a_written_date_comes_back(form: str, date: dt.date) -> None:
    parsed = parse_date(date.strftime(form))

    assert parsed is not None
    assert (parsed.start, parsed.end, parsed.precision) == (date, date, "day")


@given(DATES.filter(lambda date: date < dt.date(9999, 12, 27)))
def test_a_week_of_iso_8601_holds_its_days(date: dt.date) -> None:
    parsed = parse_date(date.strftime("%G-W%V"))

    assert parsed is not None
    assert parsed.start <= date <= parsed.end
    assert (parsed.start.isoweekday(), (parsed.end - parsed.start).days) == (1, 6)
    assert parsed.precision == "week"
    assert parse_date(date.strftime("%G-W%V-%u")) == parse_date(date.isoformat())


@given(DATES)
def test_the_order_of_numbers_is_obeyed(date: dt.date) -> None:
    day_first, month_first = date.strftime("%d/%m/%Y"), date.strftime("%m/%d/%Y")

    for text, order in ((day_first, True), (month_first, False)):
        parsed = parse_date(text, day_first=order)
        assert parsed is not None
        assert parsed.start == date


@pytest.mark.parametrize(
    ("text", "start", "end", "precision"),
    [
        ("2024-02", "2024-02-01", "2024-02-29", "month"),
        ("February 2023", "2023-02-01", "2023-02-28", "month"),
        ("2022", "2022-01-01", "2022-12-31", "year"),
        ("  1st of May 2020".replace(" of", ""), "2020-05-01", "2020-05-01", "day"),
        ("28.01.2024", "2024-01-28", "2024-01-28", "day"),
        ("20240128", "2024-01-28", "2024-01-28", "day"),
        ("05/05/2024", "2024-05-05", "2024-05-05", "day"),
        ("2024-W05", "2024-01-29", "2024-02-04", "week"),
        ("2020W53", "2020-12-28", "2021-01-03", "week"),
        ("2025-w01", "2024-12-30", "2025-01-05", "week"),
        ("2024-W05-7", "2024-02-04", "2024-02-04", "day"),
        ("2024W057", "2024-02-04", "2024-02-04", "day"),
        ("2024-01-28T23:30:00+03:00", "2024-01-28", "2024-01-28", "day"),
    ],
)
def test_forms_and_precision(text: str, start: str, end: str, precision: str) -> None:
    parsed = parse_date(text)

    assert parsed is not None
    assert (parsed.start.isoformat(), parsed.end.isoformat()) == (start, end)
    assert parsed.precision == precision


@pytest.mark.parametrize(
    "text",
    [
        "",
        "soon",
        "2024-13",
        "2024-02-30",
        "31/31/2024",
        "03/04/2024",
        "28",
        "2024-1-1-1",
        "18991231",
        "20241301",
        "2024/01-28",
        "2023-W53",
        "2024-W00",
        "2024-W5",
        "2024-W05-8",
        "9999-W52",
    ],
)
def test_what_states_no_date_is_not_read(text: str) -> None:
    assert parse_date(text) is None


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (["03/04/2024", "28/01/2024"], True),
        (["03/04/2024", "01/28/2024"], False),
        (["03/04/2024"], None),
        (["28/01/2024", "01/28/2024"], None),
        (["2024-01-28"], None),
    ],
)
def test_a_column_tells_its_order(texts: list[str], *, expected: bool | None) -> None:
    assert day_comes_first(texts) is expected
