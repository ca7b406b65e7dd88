"""Sources and actors as cards show them: only words, with what matters marked in its quote."""

from typing import Any

from hypothesis import given, strategies as st

from layers.source_quotes import actor_words, quoted_sources

TEXT = "Monday. Shells fell on Rutba on 3 March, killing two. 𐍈 Others fled."


def cut(start: int, end: int, fact: str = "incident", **more: Any) -> dict[str, Any]:
    return {
        "publisher": "a.txt", "sha256": "0", "quote": TEXT[start:end], "start": start, "end": end,
        "fact": fact, **more,
    }  # fmt: skip


def words_of(fact: str, text: str, kind: str, **more: Any) -> dict[str, Any]:
    start = text.index(fact)
    return cut(start, start + len(fact), kind, **more)


def test_facts_are_marked_in_the_quote_that_holds_them() -> None:
    facts = [
        words_of("3 March", TEXT, "date"), words_of("Rutba", TEXT, "place"),
        words_of("killing two", TEXT, "toll"), words_of("Monday", TEXT, "date"),
    ]  # fmt: skip
    (source,) = quoted_sources([cut(8, 53), *facts])
    quote, marks = source["quote"], source["marks"]
    assert source["span"] == [9, 53]
    assert [(quote[first:end], fact) for first, end, fact in marks] == [
        ("Rutba", "place"),
        ("3 March", "date"),
        ("killing two", "toll"),
    ]


def test_places_in_a_quote_count_as_the_page_counts() -> None:
    (source,) = quoted_sources([cut(54, len(TEXT)), words_of("Others", TEXT, "place")])
    # The sign before it is one character here, and two units there.
    assert source["marks"] == [[3, 9, "place"]]


def test_of_facts_that_overlap_one_is_marked() -> None:
    facts = [words_of("Rutba on", TEXT, "place"), words_of("on 3 March", TEXT, "date")]
    (source,) = quoted_sources([cut(8, 53), *facts])
    assert [fact for *_, fact in source["marks"]] == ["place"]


def test_facts_of_another_text_and_whole_sentences_are_not_marked() -> None:
    facts = [
        words_of("Rutba", TEXT, "place", sha256="1"),
        cut(8, 53, "place"),
        words_of("killing two", TEXT, "actor"),
    ]
    (source,) = quoted_sources([cut(8, 53), *facts])
    assert "marks" not in source


def test_a_quote_that_is_not_cut_from_its_place_has_none() -> None:
    odd: list[dict[str, Any]] = [
        {"start": 0, "end": 3}, {"start": True, "end": 45}, {"start": "8", "end": 53},
        {"start": -1, "end": 44}, {"start": 8.0, "end": 53.0}, {"start": None},
    ]  # fmt: skip
    for place in odd:
        assert "span" not in quoted_sources([cut(8, 53) | place])[0]


def test_only_the_words_of_a_card_travel_as_text() -> None:
    source = {"publisher": 7, "url": None, "quote": "x", "secret": "y", "published": ["2024"]}
    assert quoted_sources([source]) == [{"publisher": "7", "published": "['2024']", "quote": "x"}]
    assert actor_words([{"name": "A", "role": float("nan"), "more": 1}]) == [
        {"name": "A", "role": "nan"}
    ]


@given(
    quote=st.text(max_size=30),
    spans=st.lists(st.tuples(st.integers(-5, 40), st.integers(-5, 40)), max_size=5),
)
def test_marks_lie_in_the_quote_and_follow_each_other(
    quote: str, spans: list[tuple[int, int]]
) -> None:
    whole = {"quote": quote, "start": 3, "end": 3 + len(quote)}
    facts = [{"fact": "place", "start": start, "end": end} for start, end in spans]
    for source in quoted_sources([whole, *facts]):
        at = 0
        marks: Any = source.get("marks", [])
        for first, end, _ in marks:
            assert at <= first < end <= len(quote.encode("utf-16-le", "surrogatepass")) // 2
            at = end
