"""What fetches the answers of a service: through Python itself, and no more than a place needs."""

from contextlib import closing
from http.client import HTTPException
from types import SimpleNamespace
from typing import Any

from geopy.adapters import URLLibAdapter
from geopy.exc import GeocoderParseError, GeocoderServiceError

__all__ = ["MOST_BYTES", "BoundedAdapter"]

#: Longest answer that is read; one place with its outline has some hundred kilobytes.
MOST_BYTES = 5_000_000


class BoundedAdapter(URLLibAdapter):  # type: ignore[misc]  # geopy has no types
    """Adapter of geopy that refuses an answer of more than 5 MB before it is in memory."""

    def _decode_page(self, page: Any) -> str:  # noqa: ANN401  # an answer of urllib, or its error
        try:
            with closing(page):
                body: bytes = page.read(MOST_BYTES + 1)
        except (OSError, HTTPException) as error:
            raise GeocoderServiceError(f"the answer breaks off: {error}") from error
        if len(body) > MOST_BYTES:
            raise GeocoderParseError(f"the answer has more than {MOST_BYTES:,} bytes")
        whole = SimpleNamespace(headers=page.headers, read=lambda: body)
        text: str = super()._decode_page(whole)
        return text
