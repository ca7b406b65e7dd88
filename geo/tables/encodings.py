"""The encoding of a text file, found by its bytes, and its content as UTF-8."""

import codecs
import io
import re
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

from geo.errors import ReadError

__all__ = ["TextFile", "examine_text", "open_utf8", "read_text"]

_CHUNK = 1 << 22
_SAMPLE = 200_000
_HEAD = 1 << 16
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# Western European, Turkish, Arabic, Cyrillic; of two that fit as well, the first is taken.
_SINGLE_BYTE = ("cp1252", "cp1254", "cp1256", "cp1251")
# Letters that only Turkish has in its code page; elsewhere they stand for rare Icelandic ones.
_TURKISH = frozenset(b"\xf0\xfd\xfe\xd0\xdd\xde")
# The commonest letters of Arabic: alef, lam, yeh, meem, noon, waw.
_COMMON_ARABIC = frozenset("الموني")
_LEAST_COMMON = 0.15
_NEIGHBOURS = frozenset("ığüşöçİĞÜŞÖÇ")
_SIGNS = frozenset("“”‘’–—…«»€£°·©®№\xa0،؟؛•„")
_BLANK_LINES = (b"\n\n", b"\n\r\n", b"\r\r")
# No text has them, but for the mark that ends old files.
_CONTROLS = re.compile(rb"[\x01-\x08\x0e-\x19]|\x1a(?!$)")
# A file of UTF-8 in which a few bytes broke has so many sound characters for each of them.
_SOUND_PER_BROKEN = 5


@dataclass(frozen=True)
class TextFile:
    """A text file and its encoding.

    Parameters
    ----------
    path
        The file.
    encoding
        Name of the encoding.
    size
        Bytes of the file.
    has_quotes
        Whether a double quote occurs.
    has_blank_lines
        Whether a line is empty.
    is_damaged
        Whether some bytes stand for no character; they become U+FFFD.
    """

    path: Path
    encoding: str
    size: int
    has_quotes: bool
    has_blank_lines: bool = True
    is_damaged: bool = False


@dataclass
class _Scan:
    """What the bytes of a file tell."""

    size: int = 0
    is_blank: bool = True
    has_zero: bool = False
    has_controls: bool = False
    has_quotes: bool = False
    has_blank_lines: bool = False
    is_utf8: bool = True
    sample: bytes = b""


def examine_text(path: Path, *, expected: str, encoding: str | None = None) -> TextFile:
    """Encoding of a text file: by its mark, as UTF-8, else by which letters stand together.

    Parameters
    ----------
    path
        The file.
    expected
        What an error says was expected.
    encoding
        Encoding that the user names; None where it is looked for.

    Raises
    ------
    ReadError
        The file is missing, empty or binary, or there is no such encoding.
    """
    try:
        with path.open("rb") as stream:
            head = stream.read(_HEAD)
            found = encoding or next((name for mark, name in _MARKS if head.startswith(mark)), None)
            scan = _scan(path)
    except OSError as error:
        raise ReadError(f"{path}: cannot be read ({error.strerror}); {expected}.") from error
    if scan.is_blank:
        raise ReadError(f"{path}: the file is empty; {expected}.")
    if found is not None:
        return _checked(TextFile(path, found, scan.size, has_quotes=True))
    if scan.has_zero:
        wide = _wide_encoding(head)
        if wide is None:
            raise ReadError(f"{path}: a binary file; {expected}.")
        return _checked(TextFile(path, wide, scan.size, has_quotes=True))
    if scan.is_utf8:
        return TextFile(path, "utf-8", scan.size, scan.has_quotes, scan.has_blank_lines)
    if _is_damaged_utf8(scan.sample):
        return TextFile(path, "utf-8", scan.size, scan.has_quotes, is_damaged=True)
    if scan.has_controls:
        raise ReadError(f"{path}: not text in UTF-8, nor in another encoding; {expected}.")
    return TextFile(path, _single_byte_encoding(scan.sample), scan.size, scan.has_quotes)


def open_utf8(text: TextFile) -> io.BufferedReader:
    """Content of a text file in UTF-8, without a mark; what is no character is U+FFFD."""
    if text.encoding == "utf-8" and not text.is_damaged:
        return text.path.open("rb")
    return io.BufferedReader(_Recoded(text), 1 << 20)


def read_text(text: TextFile) -> str:
    """Whole content of a text file."""
    with open_utf8(text) as stream:
        return stream.read().decode("utf-8")


class _Recoded(io.RawIOBase):
    """Bytes of a file in UTF-8."""

    def __init__(self, text: TextFile) -> None:
        super().__init__()
        self._stream = text.path.open("rb")
        self._decoder = codecs.getincrementaldecoder(text.encoding)("replace")

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:  # noqa: ANN401  # any writable bytes
        # No byte becomes more than three of UTF-8, and the decoder keeps back less than four.
        wanted = max(1, len(buffer) // 3 - 4)
        while raw := self._stream.read(wanted):
            content = self._decoder.decode(raw).encode("utf-8", "replace")
            if content:
                buffer[: len(content)] = content
                return len(content)
        content = self._decoder.decode(b"", final=True).encode("utf-8", "replace")
        buffer[: len(content)] = content
        return len(content)

    def close(self) -> None:
        self._stream.close()
        super().close()


def _scan(path: Path) -> _Scan:
    scan = _Scan()
    decoder = codecs.getincrementaldecoder("utf-8")("strict")
    last = b"\n"
    with path.open("rb") as stream:
        while chunk := stream.read(_CHUNK):
            scan.size += len(chunk)
            scan.is_blank = scan.is_blank and not chunk.strip()
            scan.has_zero = scan.has_zero or b"\0" in chunk
            scan.has_quotes = scan.has_quotes or b'"' in chunk
            # Each sign by itself: to search for a pattern takes several times as long.
            scan.has_blank_lines = scan.has_blank_lines or any(
                line in chunk or line in last + chunk[:2] for line in _BLANK_LINES
            )
            last = chunk[-2:]
            scan.is_utf8 = scan.is_utf8 and _decodes(decoder, chunk, final=False)
            if not scan.is_utf8:
                scan.has_controls = scan.has_controls or bool(_CONTROLS.search(chunk))
            if len(scan.sample) < _SAMPLE:
                scan.sample += _telling_lines(chunk)[:_SAMPLE]
    scan.is_utf8 = scan.is_utf8 and _decodes(decoder, b"", final=True)
    return scan


def _decodes(decoder: codecs.IncrementalDecoder, chunk: bytes, *, final: bool) -> bool:
    try:
        decoder.decode(chunk, final)
    except UnicodeDecodeError:
        return False
    return True


def _telling_lines(chunk: bytes) -> bytes:
    """Lines with other bytes than ASCII's letters and signs."""
    if chunk.isascii():
        return b""
    lines = chunk[: 20 * _SAMPLE].split(b"\n")
    return b"\n".join(line for line in lines if not line.isascii())


def _checked(text: TextFile) -> TextFile:
    """The file, if its content can be in that encoding."""
    path, encoding = text.path, text.encoding
    try:
        # Codecs of bytes, such as hex, are refused by texts alone.
        "".encode(encoding)
        decoder = codecs.getincrementaldecoder(encoding)("strict")
    except LookupError as error:
        raise ReadError(
            f"{path}: there is no encoding {encoding!r}; expected one such as utf-8, cp1252, "
            "cp1256 or cp1251."
        ) from error
    place = 0
    try:
        with path.open("rb") as stream:
            while chunk := stream.read(_CHUNK):
                if "\0" in decoder.decode(chunk):
                    raise ReadError(f"{path}: a binary file; expected text in {encoding}.")
                place += len(chunk)
            decoder.decode(b"", final=True)
    except UnicodeError as error:
        where = place + getattr(error, "start", 0)
        raise ReadError(
            f"{path}: not text in {encoding} (byte {where:,}); expected it, or another encoding "
            "(--encoding)."
        ) from error
    return text


def _wide_encoding(head: bytes) -> str | None:
    """UTF-16 without a mark: every other byte of most texts is zero."""
    pairs = len(head) // 2
    zeros = [head[first : 2 * pairs : 2].count(0) for first in (0, 1)]
    if pairs > 1 and max(zeros) > 0.3 * pairs and min(zeros) < 0.02 * pairs:
        return "utf-16-be" if zeros[0] > zeros[1] else "utf-16-le"
    return None


def _is_damaged_utf8(sample: bytes) -> bool:
    text = sample.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    sound = sum(not sign.isascii() for sign in text) - broken
    return sound >= _SOUND_PER_BROKEN * broken


def _single_byte_encoding(sample: bytes) -> str:
    scores = {name: _plausibility(sample, name) for name in _SINGLE_BYTE}
    best = max(_SINGLE_BYTE, key=lambda name: scores[name])
    high = [byte for byte in sample if byte > 0x7F]
    is_turkish = sum(byte in _TURKISH for byte in high) > 0.15 * len(high)
    return "cp1254" if best == "cp1252" and is_turkish else best


def _plausibility(sample: bytes, encoding: str) -> float:
    """Share of neighbouring signs, not both ASCII, that can stand together in a word."""
    text = sample.decode(encoding, "replace")
    pairs = Counter(pair for pair in pairwise(text) if not (pair[0] + pair[1]).isascii())
    good = bad = 0
    for (first, second), count in pairs.items():
        if first.isalpha() and second.isalpha():
            fits = _stand_together(first, second)
            good, bad = good + fits * count, bad + (not fits) * count
        elif not all(sign.isascii() or sign.isalpha() or sign in _SIGNS for sign in first + second):
            bad += count
    if encoding == "cp1256":
        letters = [sign for sign in text if _script(sign) == "arabic"]
        common = sum(sign in _COMMON_ARABIC for sign in letters)
        bad += len(letters) * (common < _LEAST_COMMON * len(letters))
    return good / (good + bad) if good + bad else 0.0


def _stand_together(first: str, second: str) -> bool:
    script = _script(first)
    if script != _script(second) or (first.islower() and second.isupper()):
        return False
    # Accents are rare in Latin words: two in a row are a word of another script.
    return (
        script != "latin" or first.isascii() or second.isascii() or {first, second} <= _NEIGHBOURS
    )


def _script(sign: str) -> str:
    if "\u0600" <= sign <= "\u06ff":
        return "arabic"
    return "cyrillic" if "\u0400" <= sign <= "\u04ff" else "latin"
