"""Articles of feeds: RSS, Atom and JSON Feed."""

import datetime as dt
import email.utils
import json
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from typing import Any
from urllib.parse import urljoin, urlsplit

from geo.articles.parsed import BLOCKS, Parsed, day_of, text_of_markup
from geo.errors import ReadError

__all__ = ["read_json_feed", "read_xml_feed"]

_DECLARATION = re.compile(r"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_FEEDS = ("rss", "feed", "RDF")
_BASE = "{http://www.w3.org/XML/1998/namespace}base"


def read_xml_feed(markup: str, origin: str) -> list[Parsed]:
    """Articles of an RSS or Atom feed, in its order.

    Relative links are resolved against the address of the feed; where it has none they are left
    out.

    Raises
    ------
    ReadError
        The file is no XML, no feed, or declares a document type, which feeds never need.
    """
    if _DECLARATION.search(markup):
        raise ReadError(f"{origin}: has a document type or entities, which feeds never need.")
    try:
        root = ET.fromstring(markup)  # noqa: S314  # without entities nothing can grow
    except (ET.ParseError, ValueError) as error:
        raise ReadError(f"{origin}: not a feed that can be read ({error}).") from error
    if _name(root) not in _FEEDS:
        raise ReadError(f"{origin}: no feed; expected RSS, Atom or JSON Feed.")
    channel = next((one for one in root if _name(one) == "channel"), root)
    base = root.get(_BASE) or channel.get(_BASE) or _link(channel, "")
    publisher = _text(channel, "title")
    items = [one for one in root.iter() if _name(one) in ("item", "entry")]
    return _told(_item(one, base, publisher) for one in items)


def read_json_feed(text: str, origin: str) -> list[Parsed]:
    """Articles of a JSON Feed, in its order.

    Raises
    ------
    ReadError
        The file is no JSON Feed.
    """
    try:
        feed: Any = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise ReadError(f"{origin}: not JSON ({error}).") from error
    if not isinstance(feed, dict) or "jsonfeed.org/version" not in str(feed.get("version")):
        raise ReadError(f"{origin}: JSON, but no JSON Feed; it may be a table of incidents.")
    base = str(feed.get("home_page_url") or feed.get("feed_url") or "")
    items = feed.get("items")
    items = items if isinstance(items, list) else []
    publisher = str(feed.get("title") or "")
    return _told(_json_item(one, base, publisher) for one in items if isinstance(one, dict))


def _told(items: Iterator[Parsed]) -> list[Parsed]:
    return [item for item in items if item.text.strip()]


def _item(item: ET.Element, base: str, publisher: str) -> Parsed:
    title = text_of_markup(_text(item, "title"))
    _part_blocks(item)
    bodies = (_text(item, name) for name in ("encoded", "content", "description", "summary"))
    body = text_of_markup(next(filter(None, bodies), ""))
    day = (
        _text(item, "pubDate")
        or _text(item, "published")
        or _text(item, "updated")
        or _text(item, "date")
    )
    author = next((one for one in item if _name(one) in ("author", "creator")), None)
    return Parsed(
        text=f"{title}\n\n{body}" if title and body else title or body,
        title=title,
        author="" if author is None else (_text(author, "name") or (author.text or "").strip()),
        url=_web_address(_link(item, item.get(_BASE) or base)),
        publisher=publisher,
        published=_day(day),
    )


def _part_blocks(item: ET.Element) -> None:
    """Part the paragraphs of markup that is no text but elements, as in `type="xhtml"`."""
    for one in item.iter():
        if _name(one) in BLOCKS:
            one.text = f"\n\n{one.text or ''}"
            one.tail = f"\n\n{one.tail or ''}"


def _json_item(item: dict[str, Any], base: str, publisher: str) -> Parsed:
    said = {key: str(value) for key, value in item.items() if isinstance(value, str | int)}
    body = (
        said.get("content_text")
        or text_of_markup(said.get("content_html", ""))
        or said.get("summary", "")
    )
    title = said.get("title", "")
    authors = item.get("authors") or [item.get("author")]
    names = (
        [str(one.get("name", "")) for one in authors if isinstance(one, dict)]
        if isinstance(authors, list)
        else []
    )
    return Parsed(
        text=f"{title}\n\n{body}" if title and body else title or body,
        title=title,
        author=", ".join(filter(None, names)),
        url=_web_address(urljoin(base, said.get("url", "")) if said.get("url") else ""),
        publisher=publisher,
        published=day_of(said.get("date_published")),
    )


def _day(text: str) -> dt.date | None:
    if day := day_of(text):
        return day
    try:
        return email.utils.parsedate_to_datetime(text).date()
    except (ValueError, TypeError):
        return None


def _link(node: ET.Element, base: str) -> str:
    for one in node:
        if _name(one) == "link" and one.get("rel", "alternate") == "alternate":
            said = (one.get("href") or one.text or "").strip()
            if said:
                return urljoin(base, said)
    return ""


def _web_address(url: str) -> str:
    """The address if it is a whole one of the web."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    return url if parts.scheme in ("http", "https") and parts.netloc else ""


def _text(node: ET.Element, name: str) -> str:
    found = next((one for one in node if _name(one) == name), None)
    return "" if found is None else "".join(found.itertext()).strip()


def _name(node: ET.Element) -> str:
    return str(node.tag).rpartition("}")[2]
