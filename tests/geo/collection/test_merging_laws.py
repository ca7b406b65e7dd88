"""Laws of merging, on tables that nobody has chosen."""

import json

import geopandas as gpd
import numpy as np
import pandas as pd
from hypothesis import given, settings, strategies as st

import geo
from geo.collection.merging.linking import cluster_reports
from geo.collection.merging.number_files import weights
from geo.collection.merging.report_words import fill_shared
from geo.spatial.compiling import compiled
from tests.geo.collection.report_tables import article, lines, parts, report, table_of

_WORDS = ("bakery", "parcel", "minibus", "Hamdani", "bridge", "school")
_NATIVE = {"native_event": "x", "native_deaths": "4", "native_desk": "y"}


@st.composite
def reports(draw: st.DrawFn, least: int = 0, most: int = 9) -> gpd.GeoDataFrame:
    """Reports of few towns, days and kinds, so that many are nearly one incident."""
    rows = []
    for number in range(draw(st.integers(least, most))):
        told = {
            "at": (44.4 + draw(st.sampled_from([0.0, 0.03, 0.1])), 33.3),
            "kind": draw(st.sampled_from(["explosion", "battle", "other"])),
            "date_start": draw(st.sampled_from(["2024-05-10", "2024-05-11", None])),
            "fatalities_best": draw(st.sampled_from([None, 0, 3, 4, 12])),
            "uncertainty_m": draw(st.sampled_from([1_000.0, 5_000.0, 60_000.0, None])),
        }
        words = " ".join(draw(st.lists(st.sampled_from(_WORDS), max_size=3)))
        if draw(st.booleans()):
            day = draw(st.sampled_from(["2024-05-11", "2024-05-13"]))
            sha = draw(st.sampled_from(["", "s", "t"])) or f"sha {number}"
            rows.append(article(f"r{number}", quote=words, published=day, sha=sha, **told))
        else:
            rows.append(report(f"r{number}", title=words, **told) | _NATIVE)
    return table_of(rows) if rows else table_of([report("none")]).iloc[:0]


def _pairs(table: gpd.GeoDataFrame) -> dict[tuple[str, str], float]:
    told = geo.compare_reports(table)
    names = zip(told["report_id"], told["other_id"], strict=True)
    return dict(zip(names, told["score"], strict=True))


@settings(max_examples=8)
@given(reports(), st.randoms(use_true_random=False))
def test_the_order_of_the_rows_decides_nothing(table: gpd.GeoDataFrame, random: object) -> None:
    order = list(range(len(table)))
    random.shuffle(order)  # type: ignore[attr-defined]

    one, other = geo.merge_reports(table), geo.merge_reports(table.iloc[order])

    pd.testing.assert_frame_equal(pd.DataFrame(one), pd.DataFrame(other))


@settings(max_examples=8)
@given(reports())
def test_each_report_is_in_one_incident_and_agrees_with_all_of_it(table: gpd.GeoDataFrame) -> None:
    before = table.copy()
    merged = geo.merge_reports(table)
    geo.validate(merged)
    groups = [json.loads(names) for names in merged["report_ids"]]
    scores = _pairs(table)

    assert sorted(name for group in groups for name in group) == sorted(table["incident_id"])
    assert merged["reports"].tolist() == [len(group) for group in groups]
    assert all(name in group for name, group in zip(merged["incident_id"], groups, strict=True))
    least = weights("decision")["doubtful"]
    for group in groups:
        pairs = [(a, b) for a in group for b in group if a < b]
        assert all(scores.get(pair, 0.0) >= least for pair in pairs)
    for links, score, group in zip(
        merged["merge_reasons"], merged["merge_score"], groups, strict=True
    ):
        told = json.loads(links) if isinstance(links, str) else []
        assert len(told) == len(group) - 1
        assert not told or min(link["score"] for link in told) == score
    pd.testing.assert_frame_equal(pd.DataFrame(table), pd.DataFrame(before))


@settings(max_examples=8)
@given(reports(least=2), st.data())
def test_what_an_editor_decides_is_obeyed(table: gpd.GeoDataFrame, data: st.DataObject) -> None:
    names = table["incident_id"].tolist()
    pair = st.lists(st.sampled_from(names), min_size=2, max_size=2, unique=True)
    merges = data.draw(st.lists(pair, max_size=2))
    splits = data.draw(st.lists(pair, max_size=3))
    joined = _joined(names, merges)
    splits = [[a, b] for a, b in splits if joined[a] != joined[b]]
    told = lines(*(("merge", a, b) for a, b in merges), *(("split", a, b) for a, b in splits))

    groups = parts(table, decisions=told)

    of = {name: number for number, group in enumerate(groups) for name in group}
    assert all(of[a] == of[b] for a, b in merges)
    assert all(of[a] != of[b] for a, b in splits)
    assert sorted(of) == sorted(names)


@settings(max_examples=8)
@given(reports(least=1))
def test_one_more_report_changes_only_incidents_that_it_is_like(table: gpd.GeoDataFrame) -> None:
    without = table.iloc[:-1]
    added = table["incident_id"].iloc[-1]
    scores = _pairs(table)
    like = {name for pair, score in scores.items() if added in pair for name in pair
            if score >= weights("decision")["doubtful"]}  # fmt: skip
    touched = _near(like | {added}, scores)

    before = {tuple(group) for group in parts(without)}
    after = {tuple(group) for group in parts(table)}

    assert {pair: score for pair, score in scores.items() if added not in pair} == _pairs(without)
    assert all(set(group) <= touched for group in before ^ after)


@given(
    st.dictionaries(
        st.tuples(st.integers(0, 7), st.integers(0, 7)).filter(lambda pair: pair[0] < pair[1]),
        st.sampled_from([0.1, 0.3, 0.59, 0.6, 0.7, 0.9]),
    ),
    st.lists(st.tuples(st.integers(0, 7), st.integers(0, 7)), max_size=2),
)
def test_clusters_hold_together_and_keep_what_is_split(
    scores: dict[tuple[int, int], float], splits: list[tuple[int, int]]
) -> None:
    limits = weights("decision")
    splits = [pair for pair in splits if pair[0] != pair[1]]
    one, other = (np.array([pair[end] for pair in scores], dtype=np.int64) for end in (0, 1))
    given = (one, other, np.array(list(scores.values()), dtype=np.float64))
    label = cluster_reports(given, 8, splits=splits).label

    assert all(label[a] != label[b] for a, b in splits)
    groups = [np.flatnonzero(label == number).tolist() for number in set(label.tolist())]
    for group in groups:
        pairs = [scores.get((a, b), 0.0) for a in group for b in group if a < b]
        assert all(score >= limits["doubtful"] for score in pairs)
        assert not pairs or np.mean(pairs) >= limits["merge"] - 1e-9
    for (a, b), score in scores.items():
        # A likely pair that agrees with nobody else is one incident.
        lonely = all(pair == (a, b) or not {a, b} & set(pair) for pair in (*scores, *splits))
        if score >= limits["merge"] and lonely:
            assert label[a] == label[b]


def _near(names: set[str], scores: dict[tuple[str, str], float]) -> set[str]:
    """Reports that a chain of like pairs leads to: more than these cannot change."""
    least = weights("decision")["doubtful"]
    while True:
        more = {one for pair, score in scores.items() if score >= least and set(pair) & names
                for one in pair}  # fmt: skip
        if more <= names:
            return names
        names |= more


def _joined(names: list[str], merges: list[list[str]]) -> dict[str, str]:
    of = {name: name for name in names}
    for a, b in merges:
        of = {name: of[a] if own == of[b] else own for name, own in of.items()}
    return of


@given(st.lists(st.lists(st.integers(0, 6), unique=True), min_size=2, max_size=6))
def test_compiled_and_plain_loops_find_the_same_words(rows: list[list[int]]) -> None:
    start = np.cumsum([0, *map(len, rows)])
    word = np.array([one for row in rows for one in sorted(row)], dtype=np.int64)
    one, other = np.triu_indices(len(rows), 1)
    found = [np.zeros(len(one), dtype=np.int64) for _ in range(2)]
    for kernel, shared in zip((fill_shared, compiled(fill_shared)), found, strict=True):
        kernel(start, word, word + 1, one, other, shared)
    sets = [set(row) for row in rows]
    expected = [sum(w + 1 for w in sets[a] & sets[b]) for a, b in zip(one, other, strict=True)]

    assert found[0].tolist() == found[1].tolist() == expected
