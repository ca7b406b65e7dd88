"""The other forms in which a place name may be written."""

import re

from geo.grammar.names import normalise_name

__all__ = ["name_forms", "states_province"]

_PROVINCE_WORDS = "province|governorate|oblast|prefecture|muhafazah|wilayat|wilaya|department"
_UNIT_WORDS = re.compile(
    rf"^(?:{_PROVINCE_WORDS}|state|region|district|county|city|town|village) of (?:the )?"
    rf"| (?:{_PROVINCE_WORDS}|state|region|district|county|city|town|village)$"
)
_PROVINCE = re.compile(rf"(?:^|\s)(?:{_PROVINCE_WORDS})(?:\s|$)")
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
    bare = _UNIT_WORDS.sub("", key)
    forms = [key, bare]
    without_article = _ARTICLE.sub("", bare)
    if without_article != bare:
        forms.append(without_article)
    elif bare:
        forms.append(f"al {bare}")
    forms.append(re.sub(r"^st ", "saint ", bare))
    return [form for form in dict.fromkeys(forms) if form]


def states_province(text: str) -> bool:
    """Whether a name says that it means a province.

    Examples
    --------
    >>> states_province("Anbar Governorate"), states_province("Homs")
    (True, False)
    """
    return _PROVINCE.search(normalise_name(text)) is not None
