"""Asks an online geocoder of geopy: slowly, under one's own name, and no question twice."""

import copy
import inspect
import time
import warnings
from collections.abc import Callable, Mapping
from dataclasses import asdict
from typing import Any
from urllib.parse import urlsplit

from geopy.adapters import BaseSyncAdapter, RequestsAdapter, URLLibAdapter
from geopy.extra.rate_limiter import RateLimiter
from geopy.geocoders import options as geopy_options
from geopy.geocoders.base import Geocoder
from geopy.location import Location

from geo.errors import (
    GeocoderRefusedError,
    GeocoderUnavailableError,
    GeoError,
    RateLimitedError,
    SchemaError,
)
from geo.geocoding.services.bounded import BoundedAdapter
from geo.geocoding.services.cache import AnswerCache
from geo.geocoding.services.faults import ANSWER_FAULTS, mapped_error
from geo.geocoding.services.locations import ServiceAnswer, read_location

__all__ = ["Service"]

_PUBLIC_NOMINATIM = "nominatim.openstreetmap.org"
# So many failures one after the other are no accident.
_MOST_FAILURES = 3


class Service:
    """An online geocoder that is asked for places which nobody here knows.

    It is asked at most once in `min_delay_s`; a wait that it asks for is kept, once, where it is no
    longer than `max_wait_s`. Each answer, also that there is none, is kept on the disk before the
    next question, so that a run that breaks off goes on where it was. After a refusal, or three
    failures one after the other, only what is kept is answered.

    Parameters
    ----------
    geocoder
        Any synchronous geocoder of geopy, with a user agent of one's own.
    min_delay_s
        Least time from one question to the next, in seconds.
    max_wait_s
        Longest wait that the service may ask for, in seconds.
    options
        Further arguments of the geocoder's `geocode`.
    cache
        Where answers are kept; a file in the user's cache folder by default.
    on_asked
        Called after each question that was sent.

    Attributes
    ----------
    name
        What to call the service, with its host.
    asked, kept, failed
        How many questions were sent, how many had an answer that was kept, how many went wrong.

    Raises
    ------
    SchemaError
        It is no synchronous geocoder of geopy, has no user agent of its own, or the delay is below
        what the service demands.

    Examples
    --------
    >>> from geopy.geocoders import Nominatim
    >>> Service(Nominatim(user_agent="newsroom/1.0 (maps@example.org)")).name
    'Nominatim (nominatim.openstreetmap.org)'
    """

    def __init__(
        self,
        geocoder: Geocoder,
        *,
        min_delay_s: float = 1.0,
        max_wait_s: float = 60.0,
        options: Mapping[str, Any] | None = None,
        cache: AnswerCache | None = None,
        on_asked: Callable[[], object] | None = None,
    ) -> None:
        _check(geocoder, min_delay_s)
        kind, domain = type(geocoder), getattr(geocoder, "domain", "")
        self.name = f"{kind.__name__} ({domain})" if domain else kind.__name__
        self.asked = self.kept = self.failed = 0
        self._options = dict(_usual_options(geocoder) if options is None else options)
        self._identity = {
            "service": f"{kind.__module__}.{kind.__qualname__}",
            "host": str(getattr(geocoder, "api", "") or domain),
            "options": {name: repr(value) for name, value in self._options.items()},
        }
        self._geocode = RateLimiter(
            _guarded(geocoder).geocode,
            min_delay_seconds=min_delay_s,
            max_retries=0,
            error_wait_seconds=min_delay_s,
            swallow_exceptions=False,
        )
        self._cache = cache or AnswerCache()
        self._max_wait_s = max_wait_s
        self._on_asked = on_asked
        self._failures = 0
        self._stop = ""

    def ask(self, text: str) -> ServiceAnswer | None:
        """What the service says a text means; None where it knows no such place.

        Parameters
        ----------
        text
            The place in words; nothing else leaves the machine.

        Raises
        ------
        RateLimitedError
            The service asks to wait longer than we do.
        GeocoderRefusedError
            It refuses the key, the user agent or the rights.
        GeocoderUnavailableError
            It does not answer, or what it answers cannot be read.
        SchemaError
            It cannot read the question.
        """
        question = self._identity | {"query": text}
        is_known, told = self._cache.get(question)
        if is_known:
            self.kept += 1
            return ServiceAnswer(**told) if told else None
        if self._stop:
            raise GeocoderUnavailableError(f"{self.name}: not asked any more; {self._stop}")
        try:
            answer = self._asked(text)
        except GeoError as error:
            self._note(error)
            raise
        self._failures = 0
        self._cache.put(question, asdict(answer) if answer else None)
        return answer

    def _asked(self, text: str) -> ServiceAnswer | None:
        try:
            return self._once(text)
        except RateLimitedError as error:
            if error.retry_after_s is None or error.retry_after_s > self._max_wait_s:
                raise
            time.sleep(error.retry_after_s)
            return self._once(text)

    def _once(self, text: str) -> ServiceAnswer | None:
        self.asked += 1
        try:
            with warnings.catch_warnings():
                # Of a position that cannot be, geopy warns before it raises.
                warnings.simplefilter("ignore", UserWarning)
                return _read(self._geocode(text, exactly_one=True, **self._options))
        except ANSWER_FAULTS as error:
            raise mapped_error(error, self.name) from error
        finally:
            if self._on_asked is not None:
                self._on_asked()

    def _note(self, error: GeoError) -> None:
        self.failed += 1
        if not isinstance(error, GeocoderUnavailableError):
            return
        self._failures += 1
        is_final = isinstance(error, (RateLimitedError, GeocoderRefusedError))
        if is_final or self._failures >= _MOST_FAILURES:
            self._stop = str(error).removeprefix(f"{self.name}: ")


def _read(found: Location | None) -> ServiceAnswer | None:
    if found is None:
        return None
    return read_location(found.address, found.longitude, found.latitude, found.raw)


def _guarded(geocoder: Geocoder) -> Any:  # noqa: ANN401  # geopy's base has no geocode
    """The same geocoder; where it speaks through an adapter of geopy, it speaks through ours.

    With requests each wait that a service asks for, be it hours, is slept through unseen; and none
    of them minds how long an answer is.
    """
    adapter = geocoder.adapter
    if not isinstance(adapter, RequestsAdapter) and type(adapter) is not URLLibAdapter:
        return geocoder
    guarded = copy.copy(geocoder)
    guarded.adapter = BoundedAdapter(proxies=geocoder.proxies, ssl_context=geocoder.ssl_context)
    return guarded


def _usual_options(geocoder: Any) -> dict[str, Any]:  # noqa: ANN401  # as above
    """English names, and what lies around, where the service is one like Nominatim."""
    known = inspect.signature(geocoder.geocode).parameters
    return {"addressdetails": True, "language": "en"} if "addressdetails" in known else {}


def _check(geocoder: Geocoder, min_delay_s: float) -> None:
    if not isinstance(geocoder, Geocoder) or not isinstance(geocoder.adapter, BaseSyncAdapter):
        raise SchemaError(
            f"fallback is {type(geocoder).__name__}; expected a synchronous geocoder of geopy, "
            "such as geopy.geocoders.Nominatim(user_agent=...)."
        )
    agent = str(geocoder.headers.get("User-Agent") or "")
    if not agent.strip() or agent == geopy_options.default_user_agent:
        raise SchemaError(
            f"{type(geocoder).__name__} has no user agent of its own, which services demand; "
            'expected one that names you, such as user_agent="newsroom/1.0 (maps@example.org)".'
        )
    if not (agent.isascii() and agent.isprintable()):
        raise SchemaError(f"the user agent {agent!r} cannot be sent; expected printable ASCII.")
    if not min_delay_s >= 0:
        raise SchemaError(f"min_delay_s is {min_delay_s}; expected seconds, 0 or more.")
    if _host(geocoder) == _PUBLIC_NOMINATIM and min_delay_s < 1:
        raise SchemaError(
            f"min_delay_s is {min_delay_s}; {_PUBLIC_NOMINATIM} allows one question a second."
        )


def _host(geocoder: Geocoder) -> str:
    """Host that is asked, in small letters and without a port."""
    domain = str(getattr(geocoder, "domain", ""))
    try:
        host = urlsplit(f"//{domain}").hostname or ""
    except ValueError as error:
        raise SchemaError(
            f"{domain!r} is no host ({error}); expected one such as maps.example.org:8080."
        ) from error
    return host.rstrip(".")
