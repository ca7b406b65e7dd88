"""Every error that `geo` raises on purpose.

    GeoError
    ├── SchemaError (ValueError)            a table lacks a column, or holds values it must not
    ├── ReadError (OSError)                 an input cannot be read as what it should be
    ├── WriteError (OSError)                an output cannot be written, or exists already
    ├── PlaceNotFoundError (LookupError)    no place, country or border of that name
    ├── AmbiguousPlaceError (LookupError)   several places of that name, none preferred
    ├── GeocoderUnavailableError (OSError)  an online service does not answer
    │   ├── RateLimitedError                it asks to wait `retry_after_s` seconds
    │   └── GeocoderRefusedError            it refuses this key, user agent or right
    ├── TooManyPairsError (ValueError)      more pairs lie near each other than are made at once
    ├── TooManyCellsError (ValueError)      a grid so fine over an area so large has too many cells
    ├── ShippedDataError (OSError)          a reference file is missing or damaged
    └── MissingExtraError (ImportError)     an optional library is not installed

One warning: RestrictedRowsWarning, before rows are written that must not be passed on.

Each is also the fitting builtin, so that code that knows nothing of incidentmap can catch it. A
message says what, where (file, row, column), what was expected, and what to do.
"""

from collections.abc import Sequence

__all__ = [
    "AmbiguousPlaceError",
    "GeoError",
    "GeocoderRefusedError",
    "GeocoderUnavailableError",
    "MissingExtraError",
    "PlaceNotFoundError",
    "RateLimitedError",
    "ReadError",
    "RestrictedRowsWarning",
    "SchemaError",
    "ShippedDataError",
    "TooManyCellsError",
    "TooManyPairsError",
    "WriteError",
]


class GeoError(Exception):
    """Root of all errors that incidentmap raises on purpose."""


class SchemaError(GeoError, ValueError):
    """A table lacks a column, or a column holds values that it must not hold."""


class ReadError(GeoError, OSError):
    """An input cannot be read as what it should be."""


class WriteError(GeoError, OSError):
    """An output cannot be written, or exists already."""


class PlaceNotFoundError(GeoError, LookupError):
    """No place, country, province or border has the name that was asked for."""


class AmbiguousPlaceError(GeoError, LookupError):
    """Several places have the name that was asked for, and none is preferred.

    Parameters
    ----------
    message
        One sentence for the user.
    candidates
        The names of the places it could be, best first.
    """

    def __init__(self, message: str, *, candidates: Sequence[str] = ()) -> None:
        super().__init__(message)
        self.candidates = tuple(candidates)


class TooManyPairsError(GeoError, ValueError):
    """More pairs of incidents lie near each other than are made at once.

    Parameters
    ----------
    message
        One sentence for the user.
    count
        How many there are.
    smaller_m
        Distance in metres that would do; 0 where none would.
    """

    def __init__(self, message: str, *, count: int, smaller_m: float) -> None:
        super().__init__(message)
        self.count = count
        self.smaller_m = smaller_m


class TooManyCellsError(GeoError, ValueError):
    """A grid so fine over an area so large has more cells than are made at once.

    Parameters
    ----------
    message
        One sentence for the user.
    count
        About how many there are.
    """

    def __init__(self, message: str, *, count: int) -> None:
        super().__init__(message)
        self.count = count


class GeocoderUnavailableError(GeoError, OSError):
    """An online geocoding service does not answer."""


class RateLimitedError(GeocoderUnavailableError):
    """An online geocoding service asks to wait.

    Parameters
    ----------
    message
        One sentence for the user.
    retry_after_s
        How long the service asks to wait, in seconds; None when it does not say.
    """

    def __init__(self, message: str, *, retry_after_s: float | None = None) -> None:
        super().__init__(message)
        self.retry_after_s = retry_after_s


class GeocoderRefusedError(GeocoderUnavailableError):
    """An online geocoding service refuses the key, the user agent or the rights of the user."""


class ShippedDataError(GeoError, OSError):
    """A shipped reference file is missing or damaged."""


class MissingExtraError(GeoError, ImportError):
    """An optional library is not installed."""


class RestrictedRowsWarning(UserWarning):
    """Rows are written whose provider does not allow to pass them on."""
