from collections.abc import Iterator
from pathlib import Path

import pytest

from geo.articles import triggers
from geo.articles.triggers import find_triggers
from geo.errors import ReadError
from geo.vocabulary import kinds


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("the raid that killed three soldiers", "battle"),
        ("a suicide bombing at the gate", "explosion"),
        ("an air strike on a depot", "explosion"),
        ("gunmen opened fire", "crime"),
        ("thousands took to the streets", "protest"),
        ("A 5.6-magnitude earthquake", "earthquake"),
        ("the river burst its banks", "flood"),
        ("Cyclone Freddy made landfall", "storm"),
        ("the blaze spread", "fire"),
        ("the ferry capsized", "accident"),
        ("an outbreak of cholera", "disease"),
        ("has suspended its military operations", "strategic"),
    ],
)
def test_words_tell_the_kind(text: str, kind: str) -> None:
    assert find_triggers(text)[0].kind == kind


@pytest.mark.parametrize(
    "text",
    [
        "They struck a deal",
        "The minister came under fire",
        "a storm of criticism",
        "Imports flooded the market",
        "The fire brigade celebrated",
        "The share price crashed",
        "He died of a heart attack",
        "Firefighters met",
    ],
)
def test_figures_of_speech_are_none(text: str) -> None:
    assert find_triggers(text) == []


@pytest.mark.parametrize(
    "text",
    ["they will stop attacking troops", "a vow to prevent the attack", "the group could attack"],
)
def test_what_has_not_happened_is_not_real(text: str) -> None:
    assert [trigger.is_real for trigger in find_triggers(text)] == [False]


def test_many_at_once_are_counted() -> None:
    (trigger,) = find_triggers("responsibility for more than 150 attacks")

    assert (trigger.count, trigger.is_plural) == ("150", True)


def test_every_kind_is_one_of_the_vocabulary() -> None:
    from geo.articles.triggers import _entries

    assert {entry.kind for entry in _entries()} <= set(kinds())


@pytest.fixture
def _fresh_words() -> Iterator[None]:
    caches = (triggers._tables, triggers._entries, triggers._words)
    for one in caches:
        one.cache_clear()
    yield
    for one in caches:
        one.cache_clear()


@pytest.mark.usefixtures("_fresh_words")
def test_words_of_one_s_own_come_beside_the_shipped_ones(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "triggers.toml"
    path.write_text(
        '[[trigger]]\nkind = "accident"\nfamily = "accident"\nwords = ["crane toppled"]\n'
        '[idioms]\nwords = ["fire of youth"]\n'
    )
    monkeypatch.setenv("INCIDENTMAP_TRIGGERS", str(path))

    assert [one.kind for one in find_triggers("A crane toppled in the storm.")] == [
        "accident",
        "storm",
    ]
    assert find_triggers("the fire of youth") == []


@pytest.mark.usefixtures("_fresh_words")
def test_bad_words_of_one_s_own_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "triggers.toml"
    path.write_text('[[trigger]]\nkind = "fire"\nfamily = "fire"\nwords = ["(fire"]\n')
    monkeypatch.setenv("INCIDENTMAP_TRIGGERS", str(path))

    with pytest.raises(ReadError, match=r"triggers\.toml: cannot be read"):
        find_triggers("fire")
