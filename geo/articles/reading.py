"""Article files to a table of articles."""

import datetime as dt
import hashlib
import os
import re
from collections.abc import Iterable
from pathlib import Path

import pandas as pd

from geo.errors import ReadError

__all__ = ["read_articles"]

#: Longest article, in characters: a book is not an article.
_LONGEST = 1_000_000
_EXPECTED = "expected an article as a plain text file (.txt, .md) in UTF-8"
# Control characters, and marks that turn the direction of the text round them.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b\u202a-\u202e\u2066-\u2069\ufeff]"
)

Source = str | os.PathLike[str]


def read_articles(
    sources: Source | Iterable[Source], *, published: str | dt.date | None = None
) -> pd.DataFrame:
    r"""Read news articles from plain text files.

    Parameters
    ----------
    sources
        One file, or several.
    published
        Day on which the articles appeared, as a date or `YYYY-MM-DD`; None when it is not known.

    Returns
    -------
    pandas.DataFrame
        One row per article: `article_id` (12 digits of the sha256), `publisher` (the name of the
        file), `published` (datetime64[s], or null), `sha256` (of the file), `text`. Control
        characters and direction overrides are taken out of the text, line ends are `\n`; offsets
        of extracted facts count in this text.

    Raises
    ------
    ReadError
        A file is missing, empty, not text, or longer than an article can be.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = Path(folder, "report.txt")
    ...     _ = path.write_text("Fire in Accra.")
    ...     articles = read_articles(path, published="2024-01-31")
    >>> articles.loc[0, ["publisher", "text"]].tolist()
    ['report.txt', 'Fire in Accra.']
    """
    paths = [sources] if isinstance(sources, str | os.PathLike) else list(sources)
    rows = [_article(Path(path)) for path in paths]
    table = pd.DataFrame(rows, columns=["article_id", "publisher", "sha256", "text"], dtype="str")
    day = pd.Timestamp(published) if published is not None else pd.NaT
    table.insert(2, "published", pd.Series(day, index=table.index, dtype="datetime64[s]"))
    return table


def _article(path: Path) -> dict[str, str]:
    try:
        content = path.read_bytes()
    except OSError as error:
        raise ReadError(f"{path}: cannot be read ({error.strerror}); {_EXPECTED}.") from error
    if not content.strip():
        raise ReadError(f"{path}: the file is empty; {_EXPECTED}.")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        words = f"not text in UTF-8 (byte {error.start:,})"
        raise ReadError(f"{path}: {words}; {_EXPECTED}.") from error
    if "\0" in text:
        raise ReadError(f"{path}: a binary file; {_EXPECTED}.")
    if len(text) > _LONGEST:
        raise ReadError(
            f"{path}: {len(text):,} characters; an article has at most {_LONGEST:,}. Split "
            "the file into its articles."
        )
    sha256 = hashlib.sha256(content).hexdigest()
    plain = _INVISIBLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    return {"article_id": sha256[:12], "publisher": path.name, "sha256": sha256, "text": plain}
