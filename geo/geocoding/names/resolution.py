"""What the text of a place was found to mean."""

from dataclasses import dataclass

from geo.gazetteer.places import Place
from geo.geocoding.names.candidates import Candidate

__all__ = ["Resolution"]


@dataclass(frozen=True)
class Resolution:
    """What a query means. `place` is None unless the status is `located` or `suspicious`.

    `finding` tells why, `around` the area that stands in for a place that nobody knows. `radius_m`
    is that of the place where it is None.
    """

    place: Place | None
    status: str
    method: str
    finding: str
    score: float | None = None
    candidates: tuple[Candidate, ...] = ()
    radius_m: float | None = None
    around: Place | None = None

    @property
    def reason(self) -> str:
        """Why this place, or none, in words."""
        if self.around is None:
            return self.finding
        link = " Placed" if self.finding.endswith("?") else "; placed"
        return f"{self.finding}{link} by {self.around.name} around it"
