"""The other forms in which a place name may be written."""

import re

from geo.grammar.names import normalise_name

__all__ = ["name_forms", "states_district", "states_province", "without_unit_words"]

_PROVINCE_WORDS = "province|governorate|oblast|prefecture|muhafazah|wilayat|wilaya|department"
_UNIT_WORDS = re.compile(
    rf"^(?:{_PROVINCE_WORDS}|state|region|district|county|city|town|village) of (?:the )?"
    r"|^(?:ville de|ciudad de|cidade de|madinat) (?=\S{3})"
    rf"| (?:{_PROVINCE_WORDS}|state|region|district|county|city|town|village)$"
)
_PROVINCE = re.compile(rf"(?:^|\s)(?:{_PROVINCE_WORDS})(?:\s|$)")
_DISTRICT = re.compile(r"(?:^|\s)(?:district|county|rayon|raion|municipality|qada|nahiya)(?:\s|$)")
_IN_FULL = {
    "st": "saint", "ste": "sainte", "sta": "santa", "sto": "santo", "mt": "mount", "ft": "fort",
    "cd": "ciudad",
}  # fmt: skip
_SHORT = re.compile(rf"^(?:{'|'.join(_IN_FULL)})(?= \S)")
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
    """
    key = normalise_name(text)
    bare = without_unit_words(text)
    forms = [key, bare]
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
