"""Files of news articles to a table, one row for each."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from geo.articles.article_files import EXPECTED, SUFFIXES, Source, paths_of, read_file
from geo.errors import GeoError, ReadError

__all__ = ["ReadingSummary", "read_articles", "stream_articles"]

_COLUMNS = [
    "article_id", "publisher", "published", "sha256", "text", "title", "author", "url", "path",
    "encoding",
]  # fmt: skip


@dataclass
class ReadingSummary:
    """How many files and articles were read, and which files were skipped, with the reason."""

    files: int = 0
    articles: int = 0
    skipped: list[tuple[str, str]] = field(default_factory=list)


def read_articles(
    sources: Source | Iterable[Source], *, published: str | dt.date | None = None
) -> pd.DataFrame:
    r"""Read news articles from text, web pages, PDF, mails and feeds.

    Parameters
    ----------
    sources
        A file, a folder, a pattern such as `news/*.html`, or several of these. Text (`.txt`),
        Markdown, HTML pages, PDF files with a text layer, mails (`.eml`), RSS, Atom and JSON Feed
        files.
    published
        Day on which the articles appeared, as a date or `YYYY-MM-DD`, for those that do not say it
        themselves; None when it is not known.

    Returns
    -------
    pandas.DataFrame
        One row per article: `article_id` (12 digits of the sha256), `publisher` (of a page or feed
        its name, else the name of the file), `published` (datetime64[s], or null), `sha256` (of the
        file), `text`, `title`, `author`, `url`, `path`, `encoding`. Control characters and
        direction overrides are taken out of the text, line ends are `\n`; offsets of extracted
        facts count in this text. `attrs["skipped"]` lists the files of several that could not be
        read, with the reason.

    Raises
    ------
    ReadError
        The only file is missing, empty, of another kind, or longer than an article can be; or none
        of several could be read.
    MissingExtraError
        A page or a PDF file alone needs a library that is not installed.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = Path(folder, "report.txt")
    ...     _ = path.write_text("Fire in Accra.")
    ...     articles = read_articles(path, published="2024-01-31")
    >>> articles.loc[0, ["publisher", "text"]].tolist()
    ['report.txt', 'Fire in Accra.']
    """
    summary = ReadingSummary()
    rows = list(stream_articles(sources, published=published, summary=summary))
    table = pd.DataFrame(rows, columns=_COLUMNS)
    days = pd.to_datetime(table["published"]).astype("datetime64[s]")
    texts = {name: "str" for name in _COLUMNS if name != "published"}
    table = table.assign(published=days).astype(texts)
    table.attrs["skipped"] = [{"path": path, "reason": reason} for path, reason in summary.skipped]
    return table


def stream_articles(
    sources: Source | Iterable[Source],
    *,
    published: str | dt.date | None = None,
    summary: ReadingSummary | None = None,
) -> Iterator[dict[str, Any]]:
    """Yield the rows of `read_articles` one by one, so that a large folder takes no more memory.

    A file that cannot be read is skipped where there are others; `summary` counts them.

    Raises
    ------
    ReadError
        The only file cannot be read, or none of several.
    """
    told = summary if summary is not None else ReadingSummary()
    default = pd.Timestamp(published) if published is not None else pd.NaT
    first_error: GeoError | None = None
    for path, is_named in paths_of(sources):
        if not is_named and path.suffix.lower() not in SUFFIXES:
            told.skipped.append((str(path), "not a kind of file that holds articles"))
            continue
        try:
            found = read_file(path)
        except GeoError as error:
            first_error = first_error or error
            told.skipped.append((str(path), str(error)))
            continue
        told.files += 1
        for number, article in enumerate(found.articles):
            told.articles += 1
            day = default if article.published is None else pd.Timestamp(article.published)
            yield {
                "article_id": found.sha256[:12] + (f".{number + 1}" if number else ""),
                "publisher": article.publisher or path.name,
                "published": day,
                "sha256": found.sha256,
                "text": article.text,
                "title": article.title,
                "author": article.author,
                "url": article.url,
                "path": str(path),
                "encoding": found.encoding,
            }
    if not told.articles:
        raise first_error or ReadError(f"No articles were found; {EXPECTED}.")
