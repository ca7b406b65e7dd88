"""Names of places to keys that compare equal when people would call the names equal."""

import re
import unicodedata

__all__ = ["normalise_name"]

# Letters that Unicode does not decompose into a base letter and a mark.
_LETTERS = str.maketrans(
    {
        "ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ł": "l",
        "ħ": "h", "ı": "i", "ŋ": "n", "ə": "a", "ĸ": "k",
        # Arabic script: hamza carriers, alef maqsura, ta marbuta, Persian and Urdu twins.
        "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ؤ": "و", "ئ": "ي", "ى": "ي", "ی": "ي",
        "ې": "ي", "ة": "ه", "ۀ": "ه", "ە": "ه", "ہ": "ه", "ھ": "ه", "ک": "ك", "ڪ": "ك",
        "ء": "", "ـ": "",
        # Cyrillic: letters that writers interchange.
        "ё": "е", "ґ": "г",
    }
)  # fmt: skip
# The same as below for the names that need none of it.
_ASCII = {code: " " for code in range(128) if not chr(code).isalnum()} | {0x27: None, 0x60: None}
_APOSTROPHES = re.compile("['’‘ʼʻ`´ʿʾ′ʹʽ]")
# Accents of Latin, Greek and Cyrillic, points of Hebrew, vowel signs of Arabic. The marks of other
# scripts are letters to their readers and stay.
_OPTIONAL_MARKS = re.compile(
    "[\u0300-\u036f\u0591-\u05bd\u05bf-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed]"
)


def normalise_name(text: str) -> str:
    """Fold case, accents, apostrophes, hyphens and letter variants of a place name.

    Any script is kept; nothing is transliterated. Words stay apart by one space.

    Parameters
    ----------
    text
        A name as somebody wrote it.

    Returns
    -------
    str
        The key; empty when the text holds no letter or digit.

    Examples
    --------
    >>> normalise_name("Al-Ḥudaydah"), normalise_name("L'Aquila"), normalise_name("الرُّقَّة")
    ('al hudaydah', 'laquila', 'الرقه')
    """
    if text.isascii():
        return " ".join(text.lower().translate(_ASCII).split())
    composed = unicodedata.normalize("NFC", text).casefold().translate(_LETTERS)
    folded = _OPTIONAL_MARKS.sub("", unicodedata.normalize("NFKD", composed))
    # Compatibility forms (ﻷ, ﬁ, Ａ) only show their letters after decomposition.
    letters = unicodedata.normalize("NFC", folded).casefold().translate(_LETTERS)
    words = _APOSTROPHES.sub("", letters)
    return " ".join("".join(map(_letter_or_space, words)).split())


def _letter_or_space(character: str) -> str:
    is_word = character.isalnum() or unicodedata.category(character).startswith("M")
    return character if is_word else " "
