"""What different spellings of one name share: its consonants, and roughly its sound.

Both forget what transliterations differ in: articles, spaces, doubled letters, q and k, ou and u.
`skeleton` has only classes of consonants left, and finds candidates; `sounding` keeps the vowels,
and tells them apart.
"""

import re

__all__ = ["SYMBOLS", "skeleton", "sounding", "without_articles"]

_VOWEL = "\x00"
_INITIAL = "\x01"
# b p, v f, d t, s z, sh ch j, k g q, kh, l, m, n, r
_CLASSES = ("bp", "vf", "dt", "szx", "SJ", "kgqc", "H", "l", "m", "n", "r")
_OTHER_SCRIPTS = 16
_OTHERS = 200
#: Symbols of a skeleton that a slip of the pen may put in place of another.
SYMBOLS = tuple(range(1, 2 + len(_CLASSES)))

# Articles also before the letters that assimilate them, and as the middle of a name has them.
_ARTICLES = re.compile(r"(?<![^ ])(?:[ae][ldnrstz]|[ae]sh|u[lrsz])(?: +)(?=\S{2})")
_ARABIC_ARTICLE = re.compile(r"(?<![^ ])ال(?=\S{3})")
# Capital letters stand for sounds that Latin writes with several: S for sh, J for j, H for kh.
_GROUPS = {
    "tsch": "S", "dsch": "J", "dzh": "J", "tch": "S", "sch": "S", "tj": "J", "dj": "J", "sh": "S",
    "ch": "S", "zh": "J", "cz": "S", "sz": "S", "ts": "z", "tz": "z", "kh": "H", "gh": "g",
    "ph": "f", "th": "t", "dh": "d", "ck": "k", "qu": "k", "ce": "se", "ci": "si", "cy": "si",
    "j": "J",
}  # fmt: skip
_GROUP = re.compile("|".join(sorted(_GROUPS, key=len, reverse=True)))
_TWICE = re.compile(r"([^\x00])\1+")
_VOWEL_RUNS = re.compile("[aeiouyw]+")
_H = re.compile("(?<!^)h")

# Other alphabets, letter by letter, in the letters that this module uses.
_LETTERS = {
    # Cyrillic
    "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "ж": "J", "з": "z", "и": "i",
    "й": "i", "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s",
    "т": "t", "у": "u", "ф": "f", "х": "H", "ц": "z", "ч": "S", "ш": "S", "щ": "S", "ъ": "",
    "ы": "i", "ь": "", "э": "e", "ю": "iu", "я": "ia", "і": "i", "ї": "i", "є": "e", "қ": "k",
    "ғ": "g", "ң": "n", "ү": "u", "ұ": "u", "ө": "o", "һ": "h", "ј": "i", "љ": "l", "њ": "n",
    "ћ": "S", "ђ": "J", "џ": "J", "ў": "u",
    # Greek
    "α": "a", "β": "v", "γ": "g", "δ": "d", "ε": "e", "ζ": "z", "η": "i", "θ": "t", "ι": "i",
    "κ": "k", "λ": "l", "μ": "m", "ν": "n", "ξ": "x", "ο": "o", "π": "p", "ρ": "r", "σ": "s",
    "ς": "s", "τ": "t", "υ": "i", "φ": "f", "χ": "H", "ψ": "ps", "ω": "o",
    # Arabic, Persian, Urdu
    "ا": "a", "ب": "b", "ت": "t", "ث": "t", "ج": "J", "ح": "h", "خ": "H", "د": "d", "ذ": "d",
    "ر": "r", "ز": "z", "س": "s", "ش": "S", "ص": "s", "ض": "d", "ط": "t", "ظ": "z", "ع": "",
    "غ": "g", "ف": "f", "ق": "k", "ك": "k", "ل": "l", "م": "m", "ن": "n", "ه": "h", "و": "u",
    "ي": "i", "پ": "p", "چ": "S", "ژ": "J", "گ": "g", "ٹ": "t", "ڈ": "d", "ڑ": "r", "ں": "n",
    "ے": "e", "ڤ": "v",
    # Hebrew
    "א": "a", "ב": "b", "ג": "g", "ד": "d", "ה": "h", "ו": "u", "ז": "z", "ח": "h", "ט": "t",
    "י": "i", "כ": "k", "ך": "k", "ל": "l", "מ": "m", "ם": "m", "נ": "n", "ן": "n", "ס": "s",
    "ע": "", "פ": "p", "ף": "f", "צ": "z", "ץ": "z", "ק": "k", "ר": "r", "ש": "S", "ת": "t",
    # Armenian
    "ա": "a", "բ": "b", "գ": "g", "դ": "d", "ե": "e", "զ": "z", "է": "e", "ը": "a", "թ": "t",
    "ժ": "J", "ի": "i", "լ": "l", "խ": "H", "ծ": "z", "կ": "k", "հ": "h", "ձ": "z", "ղ": "g",
    "ճ": "S", "մ": "m", "յ": "i", "ն": "n", "շ": "S", "ո": "o", "չ": "S", "պ": "p", "ջ": "J",
    "ռ": "r", "ս": "s", "վ": "v", "տ": "t", "ր": "r", "ց": "z", "ւ": "v", "փ": "p", "ք": "k",
    "օ": "o", "ֆ": "f", "և": "ev",
    # Georgian
    "ა": "a", "ბ": "b", "გ": "g", "დ": "d", "ე": "e", "ვ": "v", "ზ": "z", "თ": "t", "ი": "i",
    "კ": "k", "ლ": "l", "მ": "m", "ნ": "n", "ო": "o", "პ": "p", "ჟ": "J", "რ": "r", "ს": "s",
    "ტ": "t", "უ": "u", "ფ": "p", "ქ": "k", "ღ": "g", "ყ": "k", "შ": "S", "ჩ": "S", "ც": "z",
    "ძ": "z", "წ": "z", "ჭ": "S", "ხ": "H", "ჯ": "J", "ჰ": "h",
}  # fmt: skip
_TO_LATIN = str.maketrans(_LETTERS)


class _Symbols(dict[int, str]):
    """Class of each letter; a letter of a script that is not listed is a class by itself."""

    def __missing__(self, letter: int) -> str:
        symbol = chr(_OTHER_SCRIPTS + letter % _OTHERS)
        self[letter] = symbol
        return symbol


_SYMBOLS = _Symbols(
    {ord(vowel): _VOWEL for vowel in "aeiouywh "}
    | {ord(one): chr(2 + i) for i, letters in enumerate(_CLASSES) for one in letters}
)


def skeleton(key: str) -> bytes:
    """Classes of the consonants of a name, one byte each; the first byte 1 is a vowel.

    Parameters
    ----------
    key
        A name as `normalise_name` gives it.

    Examples
    --------
    >>> skeleton("deir ez zor") == skeleton("dayr al zour")
    True
    """
    letters = _letters(key)
    if not letters:
        return b""
    if letters[0] == "h":
        letters = f"H{letters[1:]}"
    classes = _TWICE.sub(r"\1", letters.translate(_SYMBOLS))
    consonants = classes.replace(_VOWEL, "")
    if classes[0] == _VOWEL:
        consonants = _INITIAL + consonants
    return consonants.encode("latin-1", "replace")


def without_articles(key: str) -> str:
    """Key of a name without Arabic articles, also in the middle of it.

    Examples
    --------
    >>> without_articles("dayr az zawr"), without_articles("الرقه")
    ('dayr zawr', 'رقه')
    """
    if key.isascii():
        return _ARTICLES.sub("", key) if " " in key else key
    return _ARTICLES.sub("", _ARABIC_ARTICLE.sub("", key))


def sounding(key: str) -> str:
    """Roughly how a name sounds: one letter for each consonant and each run of vowels.

    Parameters
    ----------
    key
        A name as `normalise_name` gives it.

    Examples
    --------
    >>> sounding("al hudaydah"), sounding("hodeida")
    ('hudeda', 'hudeda')
    """
    letters = _H.sub("", _letters(key))
    return _TWICE.sub(r"\1", _VOWEL_RUNS.sub(_vowel, letters.translate(_PLAIN)))


_PLAIN = str.maketrans({"q": "k", "c": "k", "H": "h"})


def _vowel(run: re.Match[str]) -> str:
    letters = run[0]
    if "a" in letters and not set("eiy") & set(letters):
        return "a"
    return "u" if set(letters) <= set("ouw") else "e"


def _letters(key: str) -> str:
    """Latin letters of a name without articles and spaces, capitals for what several spell."""
    letters = _GROUP.sub(_group, without_articles(key).replace(" ", ""))
    # Letters of other alphabets stand for themselves: k and h of two of them are no kh.
    return letters if key.isascii() else letters.translate(_TO_LATIN)


def _group(found: re.Match[str]) -> str:
    return _GROUPS[found[0]]
