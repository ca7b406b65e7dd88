"""Articles that came by mail: `.eml` files."""

import email.policy
import re
from email.message import MIMEPart
from email.parser import BytesParser

from geo.articles.decoding import decode
from geo.articles.parsed import Parsed, text_of_markup
from geo.errors import ReadError

__all__ = ["read_mail"]

# What a mail quotes stands behind these.
_QUOTE_MARKS = re.compile(r"^(?:>[ \t]?)+", re.MULTILINE)


def read_mail(content: bytes, origin: str) -> Parsed:
    """Article of a mail: its subject, its text or else its HTML, who sent it and when.

    Raises
    ------
    ReadError
        The mail holds no text.
    """
    mail = BytesParser(policy=email.policy.default).parsebytes(content)
    body = mail.get_body(preferencelist=("plain", "html"))
    is_markup = body is not None and body.get_content_subtype() == "html"
    text = _text(body, origin) if body else ""
    if not text.strip():
        raise ReadError(
            f"{origin}: the mail holds no text; save what is attached to it as files of their own."
        )
    title = str(mail.get("Subject", "")).strip()
    words = text_of_markup(text) if is_markup else _QUOTE_MARKS.sub("", text).strip()
    sent = getattr(mail.get("Date"), "datetime", None)
    return Parsed(
        text=f"{title}\n\n{words}" if title else words,
        title=title,
        author=str(mail.get("From", "")),
        published=sent.date() if sent else None,
    )


def _text(body: MIMEPart, origin: str) -> str:
    """Text of a part; in an encoding that nobody knows it is found out as that of a file."""
    try:
        return str(body.get_content())
    except (LookupError, ValueError):
        content = body.get_payload(decode=True)
        return decode(content, origin=origin)[0] if isinstance(content, bytes) else ""
