import pytest
from hypothesis import given, strategies as st

from geo.grammar.names import normalise_name
from geo.grammar.place_forms import name_forms, states_province


@given(st.text())
def test_a_key_is_its_own_key(text: str) -> None:
    key = normalise_name(text)

    assert normalise_name(key) == key
    assert key == " ".join(key.split())


@given(st.text(alphabet=st.characters(codec="latin-1")))
def test_case_does_not_matter(text: str) -> None:
    assert normalise_name(text.upper()) == normalise_name(normalise_name(text.upper()).upper())


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Al-Ḥudaydah", "al hudaydah"),
        ("Deir ez-Zor", "DEIR EZ ZOR"),
        ("N’Djamena", "N'Djamena"),
        ("Łódź", "Lodz"),
        ("İstanbul", "istanbul"),
        ("الرُّقَّة", "الرقه"),
        ("إدلب", "ادلب"),
        ("ی", "ي"),
        ("Ａｌ", "al"),
        ("Йошкар-Ола", "йошкар ола"),
    ],
)
def test_spellings_that_people_call_equal(one: str, other: str) -> None:
    assert normalise_name(one) == normalise_name(other)


@pytest.mark.parametrize("text", ["दिल्ली", "กรุงเทพ", "東京", "서울"])
def test_other_scripts_keep_their_letters(text: str) -> None:
    assert normalise_name(text) == text


@pytest.mark.parametrize("text", ["", "  ", "--", "'"])
def test_no_letters_no_key(text: str) -> None:
    assert normalise_name(text) == ""
    assert name_forms(text) == []


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("Anbar Governorate", "al anbar"),
        ("Province of Mendoza", "mendoza"),
        ("City of London", "london"),
        ("Donetsk Oblast", "donetsk"),
        ("Ash Shaykh Maskin", "shaykh maskin"),
        ("St. Petersburg", "saint petersburg"),
    ],
)
def test_forms_of_a_name(text: str, form: str) -> None:
    assert form in name_forms(text)


def test_short_names_are_not_cut_to_pieces() -> None:
    assert "a" not in name_forms("Al A")


@pytest.mark.parametrize(("text", "expected"), [("Idlib Province", True), ("Provincetown", False)])
def test_province_words(text: str, *, expected: bool) -> None:
    assert states_province(text) is expected
