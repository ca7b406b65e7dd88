"""The article of a web page: main text, headline, author, day and address."""

from geo.articles.parsed import Parsed, day_of
from geo.errors import MissingExtraError, ReadError

__all__ = ["read_page"]


def read_page(markup: str, origin: str) -> Parsed:
    """Article of an HTML page; the headline stands above its text.

    Raises
    ------
    ReadError
        The page holds no main text.
    MissingExtraError
        trafilatura is not installed.
    """
    try:
        # Only pages need it.
        import trafilatura  # noqa: PLC0415
    except ImportError as error:
        raise MissingExtraError(
            f"{origin}: reading web pages needs trafilatura; install it with "
            "pip install 'incidentmap[articles]'."
        ) from error
    page = trafilatura.bare_extraction(markup, include_comments=False, with_metadata=True)
    said = page.as_dict() if page is not None and not isinstance(page, dict) else {}
    text = (said.get("text") or "").strip()
    if not text:
        raise ReadError(f"{origin}: the page holds no main text; expected a page with an article.")
    title = (said.get("title") or "").strip()
    body = _paragraphs(text)
    body = body if not title or body.startswith(title) else f"{title}\n\n{body}"
    return Parsed(
        text=body,
        title=title,
        author=said.get("author") or "",
        url=said.get("url") or "",
        publisher=said.get("sitename") or said.get("hostname") or "",
        published=day_of(said.get("date")),
    )


def _paragraphs(text: str) -> str:
    return "\n\n".join(line for line in text.split("\n") if line.strip())
