"""Errors of geopy, and of answers that cannot be read, as errors of ours."""

from collections.abc import Callable

from geopy import exc
from geopy.adapters import AdapterHTTPError

from geo.errors import (
    GeocoderRefusedError,
    GeocoderUnavailableError,
    GeoError,
    RateLimitedError,
    SchemaError,
)
from geo.geocoding.wording import quoted

__all__ = ["ANSWER_FAULTS", "mapped_error"]

#: What geopy raises on purpose, and what its readers raise on an answer of another shape.
ANSWER_FAULTS = (
    exc.GeopyError,
    OSError,
    ValueError,
    TypeError,
    LookupError,
    AttributeError,
    RecursionError,
)

_Kind = tuple[type[Exception], Callable[[str], GeoError], str]

# The first that fits counts.
_KINDS: tuple[_Kind, ...] = (
    (exc.GeocoderQuotaExceeded, RateLimitedError, "the quota is used up; go on later"),
    (
        exc.GeocoderAuthenticationFailure,
        GeocoderRefusedError,
        "it does not accept the key or account",
    ),
    (
        exc.GeocoderInsufficientPrivileges,
        GeocoderRefusedError,
        "it refuses to answer; is the user agent your own, and does its policy allow the use?",
    ),
    (exc.GeocoderQueryError, SchemaError, "it cannot read the question"),
    (exc.ConfigurationError, SchemaError, "the geocoder is not set up as geopy expects it"),
    (exc.GeocoderNotFound, SchemaError, "geopy has no geocoder of this name"),
    (
        exc.GeocoderTimedOut,
        GeocoderUnavailableError,
        "no answer in time; go on later, or give the geocoder a longer timeout",
    ),
    (exc.GeocoderUnavailable, GeocoderUnavailableError, "it cannot be reached"),
    (exc.GeocoderParseError, GeocoderUnavailableError, "its answer cannot be read"),
    (exc.GeopyError, GeocoderUnavailableError, "it reports an error"),
    (OSError, GeocoderUnavailableError, "it cannot be reached"),
    (Exception, GeocoderUnavailableError, "its answer cannot be read"),
)


def mapped_error(error: Exception, service: str) -> GeoError:
    """The error of ours that stands for one of geopy.

    Parameters
    ----------
    error
        What geopy, or the reading of its answer, has raised.
    service
        What to call the service.

    Examples
    --------
    >>> mapped_error(exc.GeocoderRateLimited("429", retry_after=30), "Nominatim").retry_after_s
    30.0
    """
    if isinstance(error, exc.GeocoderRateLimited):
        wait_s = error.retry_after
        asks = "to wait" if wait_s is None else f"to wait {wait_s:,.0f} s"
        return RateLimitedError(
            f"{service}: it asks {asks}; go on later, what it has answered is kept",
            retry_after_s=None if wait_s is None else float(wait_s),
        )
    if isinstance(error, exc.GeocoderQueryError) and not isinstance(
        error.__cause__, AdapterHTTPError
    ):
        # With a status of success an error tells of the service: a quota, a ban.
        error = exc.GeocoderServiceError(str(error))
    _, kind, words = next(one for one in _KINDS if isinstance(error, one[0]))
    # The message of an answer that is no JSON is all of the answer.
    said = str(error)
    return kind(f"{service}: {words} ({quoted(said)})" if said else f"{service}: {words}")
