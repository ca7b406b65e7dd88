"""Bytes of an article to text, in the encoding that they are in."""

import re

from geo.errors import ReadError

__all__ = ["decode"]

_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")
_DECLARED = re.compile(
    rb"""(?:charset|encoding)\s*=\s*["']?\s*(?P<name>[\w-]{3,20})""", re.IGNORECASE
)
_HEAD = 2_048
_ARABIC = re.compile("[\u0600-\u06ff]")
_HIGH = re.compile(rb"[\x80-\xff]")
# Of bytes beyond ASCII in a text in Arabic most are letters of its words.
_ARABIC_SHARE = 0.8
_LEAST_RUN = re.compile("[\u0621-\u064a]{3,}")


def decode(content: bytes, *, origin: str, is_markup: bool = False) -> tuple[str, str]:
    """Text of an article and the name of its encoding.

    A mark at the beginning decides, then what a page declares of itself, then whether it is valid
    UTF-8; else it is CP1256 where its words are Arabic, or CP1252.

    Raises
    ------
    ReadError
        The bytes are text in none of these.

    Examples
    --------
    >>> decode("café".encode("cp1252"), origin="a.txt")
    ('café', 'cp1252')
    """
    if content.startswith(_UTF16_MARKS):
        return _strictly(content, "utf-16", origin), "utf-16"
    if content.startswith(b"\xef\xbb\xbf"):
        return _strictly(content, "utf-8-sig", origin), "utf-8-sig"
    if b"\x00" in content[:_HEAD]:
        raise ReadError(f"{origin}: a binary file; expected text, HTML, PDF, a feed or a mail.")
    declared = _DECLARED.search(content[:_HEAD]) if is_markup else None
    for name in filter(None, [declared and declared["name"].decode("ascii").lower(), "utf-8"]):
        try:
            return content.decode(name), name
        except (UnicodeDecodeError, LookupError):
            continue
    arabic = content.decode("cp1256", errors="replace")
    high = len(_HIGH.findall(content))
    if len(_ARABIC.findall(arabic)) >= _ARABIC_SHARE * high and _LEAST_RUN.search(arabic):
        return arabic, "cp1256"
    return _strictly(content, "cp1252", origin), "cp1252"


def _strictly(content: bytes, encoding: str, origin: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        raise ReadError(
            f"{origin}: not text in UTF-8, UTF-16, CP1252 or CP1256 (byte {error.start:,}); "
            f"save it "
            "as UTF-8."
        ) from error
