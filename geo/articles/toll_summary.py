"""Several statements of one toll to a best figure and a range."""

from collections.abc import Sequence
from dataclasses import dataclass

from geo.grammar.tolls import Toll

__all__ = ["TollSummary", "summarise"]


@dataclass(frozen=True)
class TollSummary:
    """People killed and injured; null where the text gives no figure."""

    killed_best: int | None = None
    killed_low: int | None = None
    killed_high: int | None = None
    injured: int | None = None


def summarise(tolls: Sequence[Toll]) -> TollSummary:
    """One toll of all that an article says of an incident.

    A confirmed figure counts as the best, else the first one; the ends of ranges and the figures of
    other sources are the range.

    Examples
    --------
    >>> from geo.grammar.tolls import find_tolls
    >>> summarise(find_tolls("At least 19 workers died. A doctor spoke of 26 confirmed dead."))
    TollSummary(killed_best=26, killed_low=19, killed_high=26, injured=None)
    """
    killed = [toll for toll in tolls if toll.harm == "killed"]
    injured = [toll.best for toll in tolls if toll.harm == "injured"]
    if not killed:
        return TollSummary(injured=injured[0] if injured else None)
    best = next((toll.best for toll in killed if toll.is_confirmed), killed[0].best)
    figures = {toll.best for toll in killed}
    lows = [toll.low for toll in killed if toll.low is not None]
    highs = [toll.high for toll in killed if toll.high is not None]
    if len(figures) > 1:
        lows.append(min(figures))
        highs.append(max(figures))
    return TollSummary(
        killed_best=best,
        killed_low=min(lows, default=None),
        killed_high=max(highs, default=None),
        injured=injured[0] if injured else None,
    )
