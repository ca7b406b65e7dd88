"""Every exception of geopy has an error of ours."""

import inspect

import pytest
from geopy import exc
from geopy.adapters import AdapterHTTPError

from geo import errors
from geo.geocoding.services.faults import ANSWER_FAULTS, mapped_error

OURS = {
    exc.GeopyError: errors.GeocoderUnavailableError,
    exc.ConfigurationError: errors.SchemaError,
    exc.GeocoderServiceError: errors.GeocoderUnavailableError,
    exc.GeocoderQueryError: errors.GeocoderUnavailableError,
    exc.GeocoderQuotaExceeded: errors.RateLimitedError,
    exc.GeocoderRateLimited: errors.RateLimitedError,
    exc.GeocoderAuthenticationFailure: errors.GeocoderRefusedError,
    exc.GeocoderInsufficientPrivileges: errors.GeocoderRefusedError,
    exc.GeocoderTimedOut: errors.GeocoderUnavailableError,
    exc.GeocoderUnavailable: errors.GeocoderUnavailableError,
    exc.GeocoderParseError: errors.GeocoderUnavailableError,
    exc.GeocoderNotFound: errors.SchemaError,
}


def test_no_exception_of_geopy_is_forgotten() -> None:
    theirs = {one for _, one in inspect.getmembers(exc, inspect.isclass)}

    assert theirs == set(OURS)


@pytest.mark.parametrize("theirs", OURS, ids=lambda one: one.__name__)
def test_each_is_an_error_of_ours(theirs: type[Exception]) -> None:
    error = mapped_error(theirs("what it said"), "Nominatim")

    assert type(error) is OURS[theirs]
    assert str(error).startswith("Nominatim: ")
    assert issubclass(theirs, ANSWER_FAULTS)


@pytest.mark.parametrize("wait_s", [None, 0, 12.5])
def test_the_wait_comes_along(wait_s: float | None) -> None:
    error = mapped_error(exc.GeocoderRateLimited("429", retry_after=wait_s), "Nominatim")

    assert isinstance(error, errors.RateLimitedError)
    assert error.retry_after_s == wait_s


def test_what_a_host_sends_is_cut_and_harmless() -> None:
    error = mapped_error(exc.GeocoderParseError("\x1b[31m" + "x" * 10_000), "Nominatim")

    assert len(str(error)) < 250
    assert "\x1b" not in str(error)


def test_a_question_is_at_fault_only_where_its_status_says_so() -> None:
    fault = exc.GeocoderQueryError("400")
    fault.__cause__ = AdapterHTTPError("400", status_code=400, headers={}, text="")

    error = mapped_error(fault, "Nominatim")

    assert type(error) is errors.SchemaError
    assert "it cannot read the question" in str(error)
