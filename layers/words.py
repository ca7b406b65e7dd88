"""The sentences of a page in its language: shipped for English and Arabic, others are given."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from geo.errors import ReadError, SchemaError
from layers import viewer_files

__all__ = ["Build", "Language", "Words", "catalogue", "words_of"]

_ENGLISH = "en"
_SHIPPED = (_ENGLISH, "ar")
_PLACE = re.compile(r"\{(\w+)\}")
_FORMS = ("zero", "one", "two", "few", "many", "other")
#: What every browser takes: a language, a script, a region, a way to write digits.
_LOCALE = re.compile(r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|\d{3}))?(-u-nu-[a-z]{4})?")
_PARTS = {"locale": str, "say": dict, "names": dict}

Catalogue = dict[str, Any]
#: The builds of the viewer that read a catalogue.
Build = Literal["short", "review"]
#: A BCP 47 tag, a catalogue, or the path of its JSON file.
Language = str | Path | Mapping[str, Any]


@dataclass(frozen=True)
class Words:
    """The words of a page: those that the viewer says, and those that Python writes.

    Parameters
    ----------
    language
        BCP 47 tag.
    catalogue
        Sentences and names, with every key of the English ones.
    """

    language: str
    catalogue: Mapping[str, Any]

    def say(self, key: str, **values: str | float) -> str:
        """A sentence with its places filled.

        Parameters
        ----------
        key
            Its key in the catalogue. Of a sentence with plural forms this is the last, `other`.
        **values
            What stands in its places; numbers get separators of thousands.
        """
        found = self.catalogue["say"][key]
        sentence = found if isinstance(found, str) else found["other"]
        return _PLACE.sub(lambda place: _written(values[place[1]]), sentence)

    def for_viewer(self, build: Build = "short") -> Catalogue:
        """The catalogue as the viewer reads it, with the short keys of its build.

        Parameters
        ----------
        build
            `short` for a map, `review` for the page of a review.
        """
        sentences = self.catalogue["say"]
        say = {short: sentences[key] for key, short in _english()[build].items()}
        return {**self.catalogue, "say": say}


def _written(value: str | float) -> str:
    return value if isinstance(value, str) else f"{value:,}"


def catalogue(language: str = _ENGLISH) -> Catalogue:
    """Sentences of the viewer in a language, to be read, changed or translated.

    Its `locale` decides how numbers, dates and plural forms are written; `say` holds a sentence, or
    one per plural form, for each key; `names` holds what Python names in English, such as kinds and
    layers. A translation may leave out sentences, which are then in English.

    Parameters
    ----------
    language
        `en` or `ar`.

    Raises
    ------
    SchemaError
        No catalogue is shipped for that language.

    Examples
    --------
    >>> catalogue("en")["say"]["strip.play"], catalogue("ar")["say"]["strip.play"]
    ('Play', 'تشغيل')
    """
    if language not in _SHIPPED:
        raise SchemaError(
            f"No sentences are shipped for {language!r}, only for {' and '.join(_SHIPPED)}. "
            "Translate those of catalogue('en') and give them as the language of the map."
        )
    return {part: _shipped(language)[part] for part in _PARTS}


def words_of(language: Language) -> Words:
    """Words of a page; in English where nobody brings those of its language.

    Parameters
    ----------
    language
        BCP 47 tag, a catalogue, or the path of its JSON file.

    Raises
    ------
    ReadError
        The file cannot be read as JSON.
    SchemaError
        The catalogue holds what the viewer does not ask for, or a sentence with other places.
    """
    if isinstance(language, str):
        known = language.lower().split("-")[0]
        return Words(language, catalogue(known if known in _SHIPPED else _ENGLISH))
    where = "language" if isinstance(language, Mapping) else str(language)
    found = _checked(language if isinstance(language, Mapping) else _read(language), where)
    whole = {**found, "say": _english()["say"] | found["say"]}
    return Words(found["locale"].partition("-u-")[0], whole)


def _shipped(language: str) -> Catalogue:
    # Read anew each time: callers may change what they get.
    found: Catalogue = json.loads(viewer_files.read(f"words_{language}.json"))
    return found


def _english() -> Catalogue:
    return _shipped(_ENGLISH)


def _read(path: Path) -> object:
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ReadError(f"{path}: not a JSON file of sentences ({error}).") from error


def _checked(given: object, where: str) -> Catalogue:
    if not isinstance(given, Mapping) or not set(given) <= set(_PARTS):
        raise SchemaError(f"{where}: expected a mapping with {', '.join(_PARTS)}.")
    found: Catalogue = {"say": {}, "names": {}, **given}
    for part, kind in _PARTS.items():
        if not isinstance(found.get(part), kind):
            raise SchemaError(f"{where}: {part} is {found.get(part)!r}; expected {kind.__name__}.")
    if not _LOCALE.fullmatch(found["locale"]):
        raise SchemaError(
            f"{where}: locale is {found['locale']!r}; expected such as fr, pt-BR or ar-u-nu-latn."
        )
    known = _english()["say"]
    for key, sentence in found["say"].items():
        if key not in known:
            raise SchemaError(f"{where}: the viewer has no sentence {key!r}; see catalogue('en').")
        _check_sentence(sentence, known[key], f"{where}: {key}")
    if not all(isinstance(name, str) for name in (*found["names"], *found["names"].values())):
        raise SchemaError(f"{where}: names must give a text for each text.")
    return found


def _check_sentence(sentence: object, english: str | dict[str, str], where: str) -> None:
    """Check that a sentence has the places of the English one, and its forms are those of CLDR."""
    forms = sentence if isinstance(sentence, dict) else {"other": sentence}
    texts = [text for text in forms.values() if isinstance(text, str) and text.strip()]
    if "other" not in forms or not set(forms) <= set(_FORMS) or len(texts) < len(forms):
        raise SchemaError(
            f"{where} is {sentence!r}; expected a text, or texts by {', '.join(_FORMS)}, of which "
            "other must be there."
        )
    expected = _places(english if isinstance(english, str) else english["other"])
    if len(forms) > 1 and "n" not in expected:
        raise SchemaError(f"{where} has no number {{n}} to choose a plural form by.")
    if _places(str(forms["other"])) != expected or not all(
        _places(text) <= expected for text in texts
    ):
        places = ", ".join(f"{{{name}}}" for name in sorted(expected)) or "none"
        raise SchemaError(f"{where} is {sentence!r}; expected the places {places}.")


def _places(text: str) -> set[str]:
    return set(_PLACE.findall(text))
