"""What the text of a place was found to mean."""

from dataclasses import dataclass

from geo.gazetteer.places import Place
from geo.geocoding.names.candidates import Candidate

__all__ = ["Resolution"]


@dataclass(frozen=True)
class Resolution:
    """What a query means. `place` is None unless the status is `located` or `suspicious`.

    `radius_m` is that of the place where it is None.
    """

    place: Place | None
    status: str
    method: str
    reason: str
    score: float | None = None
    candidates: tuple[Candidate, ...] = ()
    radius_m: float | None = None
