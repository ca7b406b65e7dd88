"""How sure it is that a file is of a provider, and why."""

from dataclasses import dataclass

__all__ = ["Recognition"]


@dataclass(frozen=True)
class Recognition:
    """How sure it is that a file is of a provider.

    Parameters
    ----------
    confidence
        Above 0, at most 1.
    reason
        What it was recognised by, in words for people.
    """

    confidence: float
    reason: str
