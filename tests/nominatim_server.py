"""A server on this machine that speaks the API of Nominatim: search and reverse, and its troubles.

What it knows are a few invented places. A query that contains a word of `TROUBLES` gets that
trouble instead of an answer.
"""

from __future__ import annotations

import json
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

if TYPE_CHECKING:
    from collections.abc import Iterator

AGENT = "incidentmap-tests/1.0 (tests@example.org)"
LICENCE = "Data © OpenStreetMap contributors, ODbL 1.0. http://osm.org/copyright"
# Longer than any timeout of a test; the end of the test ends the wait.
_LONGEST_WAIT_S = 60.0


def place(name: str, lat: float, lon: float, **said: Any) -> dict[str, Any]:
    """Return one place as `format=json` shows it: numbers of the position are text."""
    return {
        "place_id": 1,
        "licence": LICENCE,
        "osm_type": "node",
        "osm_id": abs(hash((lat, lon))) % 10**9,
        "lat": str(lat),
        "lon": str(lon),
        "class": "place",
        "type": "village",
        "place_rank": 19,
        "importance": 0.3,
        "addresstype": "village",
        "name": name,
        "display_name": f"{name}, Some Province, Some Country",
        "boundingbox": [str(lat - 0.02), str(lat + 0.02), str(lon - 0.02), str(lon + 0.02)],
    } | said


PLACES = {
    "khan qurx": place("Khan Qurx", 32.5, 38.2, osm_id=123),
    "ruqx station": place(
        "Ruqx Station", 33.1, 36.2, **{"class": "railway", "type": "halt", "addresstype": "railway"}
    ),
    "no box": {"lat": "32.5", "lon": "38.2", "display_name": "No Box, Jordan"},
    "long qurx": place("Long Qurx" + "x" * 150, 32.5, 38.2, licence="L" * 300),
    "far qurx": place("Far Qurx", 48.85, 2.35),
}
# Status, headers, body.
TROUBLES: dict[str, tuple[int, dict[str, str], bytes]] = {
    "forbidden": (403, {}, b"Access blocked"),
    "unauthorised": (401, {}, b""),
    "bad request": (400, {}, b'{"error":{"code":400,"message":"nothing to search for"}}'),
    "broken": (500, {}, b"<html>Internal Server Error</html>"),
    "wrong gatexway": (502, {}, b""),
    "overloaded": (503, {}, b""),
    "too many": (429, {"Retry-After": "3600"}, b"Too many requests"),
    "too many today": (429, {}, b""),
    "torn json": (200, {}, b'[{"lat": "32.5", "lo'),
    "not utf-8": (200, {}, b"\xff\xfe\x00"),
    "empty body": (200, {}, b""),
    "other shape": (200, {}, b'[{"lat": {"deg": 1}, "lon": [], "display_name": 5}]'),
    "error object": (200, {}, b'{"error": "Bandwidth limit exceeded"}'),
    "no number": (200, {}, b'[{"lat": "north", "lon": "38", "display_name": "x"}]'),
    "beyond qurx": (200, {}, b'[{"lat": "138", "lon": "38", "display_name": "x"}]'),
    "null island": (200, {}, b'[{"lat": "0", "lon": "0", "display_name": "x"}]'),
    "endless": (200, {}, b"[" + b" " * 6_000_000 + b"]"),
    "endless error": (500, {}, b" " * 6_000_000),
    "deep json": (200, {}, b"[" * 100_000),
}


class NominatimServer(ThreadingHTTPServer):
    """The server, with what it was asked and by whom."""

    daemon_threads = True
    block_on_close = False

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.queries: list[str] = []
        self.agents: set[str] = set()
        self.parameters: list[dict[str, str]] = []
        self.busy_once: set[str] = set()
        self.closing = threading.Event()

    @property
    def domain(self) -> str:
        return f"127.0.0.1:{self.server_port}"

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing of clients that have hung up."""


class _Handler(BaseHTTPRequestHandler):
    server: NominatimServer

    def do_GET(self) -> None:
        url = urlsplit(self.path)
        asked = {name: values[0] for name, values in parse_qs(url.query).items()}
        self.server.agents.add(self.headers["User-Agent"])
        self.server.parameters.append(asked)
        if url.path == "/reverse":
            self._send(200, {}, json.dumps(PLACES["khan qurx"]).encode())
            return
        query = asked.get("q", "")
        self.server.queries.append(query)
        key = query.partition(",")[0].casefold()
        if key == "no answer":
            self.server.closing.wait(_LONGEST_WAIT_S)
        elif key == "hangs up":
            self.close_connection = True
        elif key in self.server.busy_once:
            self.server.busy_once.remove(key)
            self._send(429, {"Retry-After": "0"}, b"")
        elif key in TROUBLES:
            self._send(*TROUBLES[key])
        else:
            found = [PLACES[key]] if key in PLACES else []
            self._send(200, {}, json.dumps(found).encode())

    def _send(self, status: int, headers: dict[str, str], body: bytes) -> None:
        self.send_response(status)
        for name, value in {"Content-Type": "application/json; charset=utf-8", **headers}.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002  # http.server's name
        """Write nothing to the screen."""


@contextmanager
def nominatim() -> Iterator[NominatimServer]:
    """Run a server until the block ends."""
    with NominatimServer() as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield server
        finally:
            server.closing.set()
            server.shutdown()
            thread.join()
