"""Which column holds what, in many languages, and what cells say where names do not."""

import pandas as pd
import pytest

import geo
from geo.errors import ReadError
from geo.tables.columns import find_columns, known_names
from geo.tables.raw import RawTable
from geo.tables.roles import find_roles

HEADERS = {
    "French": ["Date de l'événement", "Lieu", "Pays", "Tués", "Blessés", "Lien"],
    "Spanish": ["Fecha del evento", "Ubicación", "País", "Muertos", "Heridos", "Enlace"],
    "Portuguese": ["Data da ocorrência", "Localização", "País", "Mortos", "Feridos", "Link"],
    "German": ["Datum", "Ort", "Staat", "Tote", "Verletzte", "Link"],
    "Russian": ["Дата события", "Населённый пункт", "Страна", "Погибшие", "Раненые", "Ссылка"],
    "Ukrainian": ["Дата події", "Місце", "Країна", "Загиблі", "Поранені", "Посилання"],
    "Turkish": ["OLAY TARİHİ", "Olay yeri", "Ülke", "Ölü", "Yaralı", "Bağlantı"],
    "Arabic": ["تاريخ الحادث", "المكان", "الدولة", "عدد القتلى", "الجرحى", "الرابط"],
    "Persian": ["تاریخ", "مکان", "کشور", "کشته شدگان", "زخمی", "لینک"],
}


@pytest.mark.parametrize("language", HEADERS)
def test_names_in_many_languages_are_known(language: str) -> None:
    found = find_columns(HEADERS[language])

    fields = ["date", "place", "country", "fatalities_best", "injured", "url"]
    assert {field: found.get(field) for field in fields} == dict(
        zip(fields, HEADERS[language], strict=True)
    )


def test_no_name_stands_for_two_fields() -> None:
    names = [name for names in known_names().values() for name in names]

    assert len(names) == len(set(names))


def test_units_and_brackets_in_names_are_passed_over() -> None:
    assert find_columns(["Latitude (WGS84)", "Longitude [deg]", "Date (UTC)"]) == {
        "date": "Date (UTC)",
        "lon": "Longitude [deg]",
        "lat": "Latitude (WGS84)",
    }


def test_what_cells_hold_tells_where_names_do_not() -> None:
    table = pd.DataFrame(
        {
            "a": ["33°18'22\"N 38°42'11\"E", "38SMB4099486410", "33.306, 38.703"],
            "b": ["28/01/2024", "5 mars 2024", "2024-02"],
            "c": ["Jordan", "العراق", "Сирия"],
            "d": ["1", "2", "3"],
        }
    )

    found = find_roles(RawTable(table))

    assert found.fields == {"coordinates": "a", "date": "b", "country": "c"}
    assert set(found.found_by.values()) == {"values"}


def test_columns_of_degrees_are_told_apart_only_where_one_cannot_be_a_latitude() -> None:
    sure = pd.DataFrame({"p": ["33.3061", "34.1002"], "q": ["138.7032", "139.1001"]})
    open_order = sure.assign(q=["38.7032", "39.1001"])

    assert find_roles(RawTable(sure)).fields == {"lon": "q", "lat": "p"}
    with pytest.raises(ReadError, match="no column with a place or with coordinates"):
        geo.read_incidents(open_order)


def test_what_the_user_names_counts_more() -> None:
    table = pd.DataFrame({"place": ["Amman"], "x": ["Irbid"]})

    assert geo.read_incidents(table, place="x")["place_text"].tolist() == ["Irbid"]


def test_an_empty_column_serves_only_where_no_other_does() -> None:
    table = pd.DataFrame({"place": ["", " "], "location": ["Amman", "Irbid"], "title": [None, ""]})

    assert find_roles(RawTable(table)).fields == {"place": "location", "title": "title"}
    assert find_roles(RawTable(table), named={"place": "place"}).fields["place"] == "place"
    assert geo.read_incidents(table)["place_text"].tolist() == ["Amman", "Irbid"]


def test_a_stated_radius_is_kept() -> None:
    table = pd.DataFrame({"lon": ["38.703"] * 3, "lat": ["33.306"] * 3})
    table["coordinateUncertaintyInMeters"] = ["30", "5000", "far"]

    assert geo.read_incidents(table)["uncertainty_m"].tolist() == [30, 5_000, 1_000]


def test_digits_of_any_script_count() -> None:
    table = pd.DataFrame({"المكان": ["بغداد"], "القتلى": ["١٢"], "الجرحى": ["۱٬۲۰۰"]})

    incident = geo.read_incidents(table).iloc[0]

    assert (incident["fatalities_best"], incident["injured"]) == (12, 1_200)
