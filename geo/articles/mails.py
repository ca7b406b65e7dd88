"""Articles that came by mail: `.eml` files."""

import email.policy
import re
from email.parser import BytesParser

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
    try:
        text = body.get_content() if body else ""
        is_markup = body is not None and body.get_content_subtype() == "html"
    except (LookupError, ValueError, KeyError) as error:
        raise ReadError(f"{origin}: the text of the mail cannot be read ({error}).") from error
    if not isinstance(text, str) or not text.strip():
        raise ReadError(f"{origin}: the mail holds no text.")
    title = str(mail.get("Subject", "")).strip()
    words = text_of_markup(text) if is_markup else _QUOTE_MARKS.sub("", text).strip()
    sent = getattr(mail.get("Date"), "datetime", None)
    return Parsed(
        text=f"{title}\n\n{words}" if title else words,
        title=title,
        author=str(mail.get("From", "")),
        published=sent.date() if sent else None,
    )
