"""Files of articles: which there are, and what each holds."""

import glob
import hashlib
import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from geo.articles.decoding import decode
from geo.articles.feeds import read_json_feed, read_xml_feed
from geo.articles.mails import read_mail
from geo.articles.markdown_text import read_markdown
from geo.articles.parsed import Parsed, plain_text
from geo.articles.portable_documents import read_pdf
from geo.articles.web_pages import read_page
from geo.errors import ReadError

__all__ = ["EXPECTED", "SUFFIXES", "ArticleFile", "Source", "paths_of", "read_file"]

EXPECTED = (
    "expected text (.txt, .md), a web page (.html), .pdf, .eml, or a feed (.rss, .atom, .xml, "
    ".json)"
)
#: Longest article, in characters: a book is not an article.
_LONGEST = 1_000_000
_LARGEST_BYTES = 100_000_000
_ARCHIVES = (b"PK\x03\x04", b"\x1f\x8b", b"7z\xbc\xaf", b"Rar!", b"BZh", b"\xfd7zXZ")
_PDF = b"%PDF-"
_PAGES = (".html", ".htm", ".xhtml")
_XML_FEEDS = (".rss", ".atom", ".xml")
#: Endings of the names of files that can hold articles.
SUFFIXES = (".txt", ".text", ".md", ".markdown", *_PAGES, ".pdf", ".eml", *_XML_FEEDS, ".json")

Source = str | os.PathLike[str]


@dataclass(frozen=True)
class ArticleFile:
    """What a file holds: its articles, its digest, and how its bytes were read."""

    path: Path
    sha256: str
    encoding: str
    articles: tuple[Parsed, ...]


def paths_of(sources: Source | Iterable[Source]) -> Iterator[tuple[Path, bool]]:
    """Files that sources name, and whether each was named by itself.

    Of a folder all files in it and below, of a pattern such as `news/*.html` all that fit, in the
    order of their names; hidden files are left out.
    """
    given = [sources] if isinstance(sources, str | os.PathLike) else sources
    for source in given:
        path = Path(source)
        if path.is_dir():
            yield from ((one, False) for one in _files_below(path))
        elif isinstance(source, str) and glob.has_magic(source) and not path.exists():
            found = sorted(glob.glob(source, recursive=True))  # noqa: PTH207  # Path.glob knows no absolute ones
            yield from ((Path(one), False) for one in found if Path(one).is_file())
        else:
            yield path, True


def _files_below(folder: Path) -> Iterator[Path]:
    for parent, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        yield from (Path(parent, name) for name in sorted(names) if not name.startswith("."))


def read_file(path: Path) -> ArticleFile:
    """Articles of one file.

    Raises
    ------
    ReadError
        The file is missing, empty, too large, of another kind, or broken.
    MissingExtraError
        A library for this kind of file is not installed.
    """
    content = _bytes_of(path)
    origin = str(path)
    if content.startswith(_ARCHIVES):
        raise ReadError(f"{origin}: an archive; unpack it and give the folder, {EXPECTED}.")
    sha256 = hashlib.sha256(content).hexdigest()
    if content.startswith(_PDF) or path.suffix.lower() == ".pdf":
        return ArticleFile(path, sha256, "pdf", (_checked(read_pdf(content, origin), path),))
    if path.suffix.lower() == ".eml":
        return ArticleFile(path, sha256, "mail", (_checked(read_mail(content, origin), path),))
    is_markup = path.suffix.lower() in (*_PAGES, *_XML_FEEDS)
    text, encoding = decode(content, origin=origin, is_markup=is_markup)
    if "\0" in text:
        raise ReadError(f"{origin}: a binary file; {EXPECTED}.")
    articles = [_checked(one, path) for one in _parse(text, path, origin)]
    if not articles:
        raise ReadError(f"{origin}: the feed holds no article.")
    return ArticleFile(path, sha256, encoding, tuple(articles))


def _parse(text: str, path: Path, origin: str) -> list[Parsed]:
    suffix = path.suffix.lower()
    if suffix in _PAGES:
        return [read_page(text, origin)]
    readers: dict[str, Callable[[str, str], list[Parsed]]] = {".json": read_json_feed}
    readers |= dict.fromkeys(_XML_FEEDS, read_xml_feed)
    if suffix in readers:
        return readers[suffix](text, origin)
    if suffix in (".md", ".markdown"):
        return [read_markdown(plain_text(text))]
    return [Parsed(text)]


def _bytes_of(path: Path) -> bytes:
    try:
        size = path.stat().st_size
        content = path.read_bytes() if size <= _LARGEST_BYTES else b""
    except OSError as error:
        raise ReadError(f"{path}: cannot be read ({error.strerror}); {EXPECTED}.") from error
    if size > _LARGEST_BYTES:
        raise ReadError(
            f"{path}: {size / 1e6:,.0f} MB; a file of articles has at most "
            f"{_LARGEST_BYTES / 1e6:,.0f} MB. Split the file into its articles."
        )
    if not content.strip():
        raise ReadError(f"{path}: the file is empty; {EXPECTED}.")
    return content


def _checked(article: Parsed, path: Path) -> Parsed:
    """Article with plain text, if it is not longer than an article can be."""
    if len(article.text) > _LONGEST:
        raise ReadError(
            f"{path}: {len(article.text):,} characters; an article has at most {_LONGEST:,}. Split "
            "the file into its articles."
        )
    return Parsed(
        plain_text(article.text),
        " ".join(plain_text(article.title).split()),
        " ".join(plain_text(article.author).split()),
        plain_text(article.url),
        " ".join(plain_text(article.publisher).split()),
        article.published,
    )
