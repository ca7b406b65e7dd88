"""An online service by its name, for those who do not write Python."""

import inspect
from collections.abc import Mapping

from geopy.exc import GeopyError
from geopy.geocoders import get_geocoder_for_service
from geopy.geocoders.base import Geocoder

from geo.errors import SchemaError
from geo.geocoding.services.asking import Service
from geo.geocoding.services.faults import mapped_error

__all__ = ["named_service"]


def named_service(
    name: str,
    *,
    user_agent: str,
    domain: str | None = None,
    scheme: str = "https",
    timeout_s: float = 10.0,
    min_delay_s: float = 1.0,
) -> Service:
    """A service that geopy knows by name and that needs no key.

    Parameters
    ----------
    name
        Such as `nominatim`.
    user_agent
        Who asks.
    domain, scheme
        Its host, with a port where it has one; the public one by default.
    timeout_s
        How long to wait for an answer, in seconds.
    min_delay_s
        Least time from one question to the next, in seconds.

    Raises
    ------
    SchemaError
        There is no such service, it needs a key or a host, or it does not accept the user agent.

    Examples
    --------
    >>> named_service("nominatim", user_agent="newsroom/1.0", domain="maps.example.org").name
    'Nominatim (maps.example.org)'
    """
    options = {"user_agent": user_agent, "scheme": scheme, "timeout": timeout_s}
    given = options | ({"domain": domain} if domain else {})
    try:
        kind = get_geocoder_for_service(name)
        _check(name, kind, given)
        geocoder = kind(**given)
    except GeopyError as error:
        raise mapped_error(error, name) from error
    return Service(geocoder, min_delay_s=min_delay_s)


def _check(name: str, kind: type[Geocoder], given: Mapping[str, object]) -> None:
    try:
        inspect.signature(kind).bind(**given)
    except TypeError as error:
        raise SchemaError(
            f"{name}: {kind.__name__} of geopy cannot be made of a user agent and a host "
            f"({error}); expected a service without a key, such as nominatim or photon, with the "
            "domain of its host where it has no public one. In Python, any geocoder of geopy goes "
            "as fallback."
        ) from error
