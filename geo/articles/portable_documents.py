"""The text of PDF files."""

import io
import logging
import re

from geo.articles.parsed import Parsed
from geo.errors import MissingExtraError, ReadError

__all__ = ["read_pdf"]

_HYPHEN = re.compile(r"(?<=[a-z])-\n(?=[a-z])")
_MOST_PAGES = 2_000


def read_pdf(content: bytes, origin: str) -> Parsed:
    """Article of a PDF file: the text of its pages, its title and its author.

    Raises
    ------
    ReadError
        The file is broken or locked, or its pages are pictures.
    MissingExtraError
        pypdf is not installed.
    """
    try:
        # Only PDF files need it.
        import pypdf.errors  # noqa: PLC0415
    except ImportError as error:
        raise MissingExtraError(
            f"{origin}: reading PDF files needs pypdf; install it with "
            "pip install 'incidentmap[articles]'."
        ) from error
    # What pypdf logs of a broken file, the error says in one sentence.
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        reader = pypdf.PdfReader(io.BytesIO(content))
        is_locked = reader.is_encrypted and not reader.decrypt("")
        pages = [] if is_locked else [one.extract_text() for one in reader.pages[:_MOST_PAGES]]
        # Of a locked file pypdf reads not even the title.
        said = None if is_locked else reader.metadata
        title, author = (said.title or "", said.author or "") if said else ("", "")
    except pypdf.errors.DependencyError as error:
        raise ReadError(
            f"{origin}: the PDF is locked with AES, which needs another package; print it into a "
            "PDF without a lock, or install it with pip install cryptography."
        ) from error
    # Broken files make pypdf raise errors of all kinds.
    except Exception as error:
        raise ReadError(f"{origin}: not a PDF that can be read ({error}); save it anew.") from error
    if is_locked:
        raise ReadError(f"{origin}: the PDF is locked with a password; unlock it first.")
    text = _HYPHEN.sub("", "\n\n".join(pages)).strip()
    if not text:
        raise ReadError(
            f"{origin}: a PDF without a text layer; run text recognition over it first."
        )
    return Parsed(text=text, title=title.strip(), author=author.strip())
