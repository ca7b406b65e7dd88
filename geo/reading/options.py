"""What a user says of an input, so that it need not be guessed."""

from collections.abc import Mapping
from dataclasses import dataclass, field

__all__ = ["PLAIN", "ReadOptions"]

#: In place of a profile: the columns alone decide.
PLAIN = "plain"


@dataclass(frozen=True)
class ReadOptions:
    """What a user says of an input.

    Parameters
    ----------
    profile
        Name of the provider's profile; `plain` for none; None looks for one.
    layer
        Sheet or layer; None takes the first that has incidents.
    encoding
        Encoding of a text file; None finds it.
    day_first
        Whether days stand before months; None lets the dates of the file decide.
    columns
        Field to column; None where the column is looked for.
    """

    profile: str | None = None
    layer: str | None = None
    encoding: str | None = None
    day_first: bool | None = None
    columns: Mapping[str, str | None] = field(default_factory=dict)

    @property
    def names_columns(self) -> bool:
        """Whether the user names a column."""
        return any(column is not None for column in self.columns.values())
