"""What spreadsheets say of checks, of who may see a row, of sources and of actors."""

import json

import pandas as pd
import pytest

import geo
from geo.tables.cells import code_of, has_unread_cells
from geo.vocabulary import SENSITIVITIES, VERIFICATIONS


def _read(**columns: list[str | None]) -> pd.DataFrame:
    rows = len(next(iter(columns.values())))
    table = pd.DataFrame({"place": ["Amman"] * rows, **columns})
    incidents = geo.read_incidents(table)
    geo.validate(incidents)
    return pd.DataFrame(incidents)


def test_verification_and_sensitivity_are_read() -> None:
    read = _read(
        verification=["verified", "Confirmed", "yes", None],
        sensitivity=["private", "TLP:AMBER", "public", None],
    )

    assert read["verification"].tolist() == ["verified", "verified", "verified", "unverified"]
    assert read["sensitivity"].tolist() == ["private", "restricted", "public", "public"]
    assert read["reason"].isna().all()


def test_words_that_nobody_knows_are_told_and_taken_with_care() -> None:
    read = _read(verification=["perhaps", "no"], sensitivity=["mauve", "no"])

    assert read["verification"].tolist() == ["unverified", "unverified"]
    assert read["sensitivity"].tolist() == ["restricted", "public"]
    assert read["reason"][0] == (
        "verification “perhaps” is not understood, taken as unverified. "
        "sensitivity “mauve” is not understood, taken as restricted"
    )
    assert has_unread_cells(read["reason"]).tolist() == [True, False]


@pytest.mark.parametrize(
    ("names", "cells"),
    [
        (("statut de vérification", "confidentialité"), ("vérifié", "restreint")),
        (("Verificación", "Confidencialidad"), ("verificado", "restringido")),
        (("Verifizierung", "Vertraulichkeit"), ("bestätigt", "eingeschränkt")),
        (("Статус проверки", "Конфиденциальность"), ("подтверждено", "ограничено")),
        (("حالة التحقق", "درجة السرية"), ("مؤكد", "مقيد")),
    ],
)
def test_both_are_read_in_other_languages(names: tuple[str, str], cells: tuple[str, str]) -> None:
    read = _read(**{name: [cell] for name, cell in zip(names, cells, strict=True)})

    assert read[["verification", "sensitivity"]].to_numpy().tolist() == [["verified", "restricted"]]


def test_every_code_means_itself() -> None:
    assert [code_of(code, "verification") for code in VERIFICATIONS] == list(VERIFICATIONS)
    assert [code_of(code, "sensitivity") for code in SENSITIVITIES] == list(SENSITIVITIES)


def test_sources_have_their_quote_and_their_day() -> None:
    read = _read(source=["AFP"], link=["https://a.org"], quote=['"two" fell'], published=["May 1"])

    assert json.loads(read["sources"][0]) == [
        {"publisher": "AFP", "url": "https://a.org", "quote": '"two" fell', "published": "May 1"}
    ]


def test_actors_keep_by_whose_word_they_are_named() -> None:
    read = _read(
        source=["AFP", None],
        perpetrator=["Unknown; A militia", "yes"],
        **{"claimed by": ["A front", "no"], "suspect": ["A cell", "нет"]},
    )

    assert [json.loads(actors) for actors in read["actors"]] == [
        [
            {"name": "A militia", "attribution": "stated", "by": "AFP"},
            {"name": "A front", "attribution": "claimed", "by": "A front"},
            {"name": "A cell", "attribution": "accused", "by": "AFP"},
        ],
        [],
    ]


def test_tables_that_name_no_actors_have_no_such_column() -> None:
    assert "actors" not in _read(title=["A fire"])
