"""The other forms in which a place name may be written."""

import re

from geo.grammar.names import normalise_name

__all__ = [
    "name_forms",
    "states_district",
    "states_province",
    "states_town",
    "without_unit_words",
]

_PROVINCE_WORDS = "province|governorate|oblast|prefecture|muhafazah|wilayat|wilaya|department"
_DISTRICT_WORDS = (
    "district|county|rayon|raion|municipality|qada|nahiya|parish|borough|township|commune"
    "|sub district|subdistrict|sub prefecture|tehsil|taluk|upazila|woreda|lga"
)
_TOWN_WORDS = "city|town|village|hamlet|locality|suburb"
_TOWN = re.compile(r"^(?:the )?(?:city|town|village) of ")
_UNIT_WORDS = re.compile(
    rf"^(?:{_PROVINCE_WORDS}|state|region|{_DISTRICT_WORDS}|{_TOWN_WORDS}) of (?:the )?"
    r"|^(?:ville de|ciudad de|cidade de|madinat) (?=\S{3})"
    rf"| (?:{_PROVINCE_WORDS}|state|region|{_DISTRICT_WORDS}|{_TOWN_WORDS})$"
)
_PROVINCE = re.compile(rf"(?:^|\s)(?:{_PROVINCE_WORDS})(?:\s|$)")
_DISTRICT = re.compile(rf"(?:^|\s)(?:{_DISTRICT_WORDS})(?:\s|$)")
_IN_FULL = {
    "st": "saint", "ste": "sainte", "sta": "santa", "sto": "santo", "mt": "mount", "ft": "fort",
    "cd": "ciudad", "n": "north", "s": "south", "e": "east", "w": "west",
}  # fmt: skip
# "S. Africa", but not "S. C.".
_SHORT = re.compile(r"^(?:st|ste|sta|sto|mt|ft|cd)(?= \S)|^[nsew](?= \S{3})")
_SHORT_UNIT = {"co": "county", "twp": "township"}
_SHORT_UNITS = re.compile(rf"(?<=\S{{2}} )(?:{'|'.join(_SHORT_UNIT)})$")
_THE = re.compile(r"^the (?=.*\S{2})")
# Arabic articles, also before the letters that assimilate them.
_ARTICLE = re.compile(r"^(?:al|el|ad|an|ar|as|ash|at|az)\s+(?=\S{3})")


def name_forms(text: str) -> list[str]:
    """Keys under which a gazetteer may hold a name, the one as written first.

    Examples
    --------
    >>> name_forms("Anbar Governorate")
    ['anbar governorate', 'anbar', 'al anbar']
    >>> name_forms("Al-Tanf")
    ['al tanf', 'tanf']
    >>> name_forms("the S. Caucasus"), name_forms("Platte Co.")
    (['the s caucasus', 's caucasus', 'al s caucasus', 'south caucasus'],
     ['platte co', 'platte county', 'platte', 'al platte'])
    """
    key = normalise_name(text)
    in_full = _SHORT_UNITS.sub(lambda found: _SHORT_UNIT[found[0]], _THE.sub("", key))
    bare = _UNIT_WORDS.sub("", in_full)
    forms = [key, in_full, bare]
    without_article = _ARTICLE.sub("", bare)
    if without_article != bare:
        forms.append(without_article)
    elif bare:
        forms.append(f"al {bare}")
    forms.append(_SHORT.sub(lambda found: _IN_FULL[found[0]], bare))
    return [form for form in dict.fromkeys(forms) if form]


def without_unit_words(text: str) -> str:
    """Key of a name without words such as "Province" or "County of".

    Examples
    --------
    >>> without_unit_words("Orange County"), without_unit_words("City of Gaza")
    ('orange', 'gaza')
    """
    return _UNIT_WORDS.sub("", normalise_name(text))


def states_province(text: str) -> bool:
    """Whether a name says that it means a province.

    Examples
    --------
    >>> states_province("Anbar Governorate"), states_province("Homs")
    (True, False)
    """
    return _PROVINCE.search(normalise_name(text)) is not None


def states_district(text: str) -> bool:
    """Whether a name says that it means a unit of the second level.

    Examples
    --------
    >>> states_district("Orange County"), states_district("Orange")
    (True, False)
    """
    return _DISTRICT.search(normalise_name(text)) is not None


def states_town(text: str) -> bool:
    """Whether a name says that it means a town.

    Examples
    --------
    >>> states_town("the city of Homs"), states_town("Homs")
    (True, False)
    """
    return _TOWN.search(normalise_name(text)) is not None
