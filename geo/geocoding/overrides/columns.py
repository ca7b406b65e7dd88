"""The columns of an overrides file: what each may be called, and what is a slip."""

from collections import Counter
from collections.abc import Sequence
from difflib import get_close_matches

from geo.errors import SchemaError
from geo.geocoding.wording import quoted

__all__ = ["ACTIONS", "KEYS", "PLACES", "PLACE_ACTIONS", "check_columns"]

#: Columns that say which rows a line speaks of.
KEYS = ("incident_id", "place_text", "stated_country")
#: Columns that say where it puts them.
PLACES = ("place", "country", "admin1", "place_id", "lon", "lat")
#: What a line may do; one that does not say it says a place.
ACTIONS = ("place", "merge", "split", "edit", "seen")
PLACE_ACTIONS = frozenset({"", "place"})
# Some are of lines that say no place; `rows` and `reason` stand in a file begun for an editor.
_BESIDES = (
    "uncertainty_m", "note", "action", "other_id", "field", "value", "rows", "reason",
)  # fmt: skip
_KNOWN = (*KEYS, *PLACES, *_BESIDES)
# An editor may have columns of their own; so alike are only slips.
_LIKENESS = 0.85
_OTHER_SEPARATORS = ";\t|"


def check_columns(what: str, names: Sequence[str]) -> None:
    """Refuse columns that say nothing of rows, stand there twice, or are misspelt.

    Parameters
    ----------
    what
        What has them, for the message.
    names
        The names, without blanks around them.

    Raises
    ------
    SchemaError
        One of these holds.
    """
    if not {"incident_id", "place_text"} & set(names):
        is_other = any(sign in name for name in names for sign in _OTHER_SEPARATORS)
        hint = "; put commas between the columns" if is_other else ""
        raise SchemaError(
            f"{what}: there is no column incident_id or place_text among "
            f"{', '.join(names) or 'none'}; expected one of them, and a place{hint}."
        )
    twice = [name for name, count in Counter(names).items() if count > 1 and name]
    if twice:
        raise SchemaError(f"{what}: the column {twice[0]} stands there twice; remove one of them.")
    unknown = [name for name in names if name and name not in _KNOWN]
    for name in unknown:
        meant = get_close_matches(name.casefold(), _KNOWN, n=1, cutoff=_LIKENESS)
        if meant:
            raise SchemaError(
                f"{what}: there is no column {quoted(name)}; expected {meant[0]}, or a "
                "name that is less like it."
            )
    if unknown and not set(PLACES) & set(names):
        raise SchemaError(
            f"{what}: none of the columns {', '.join(map(quoted, unknown))} says a place; expected "
            f"one of {', '.join(PLACES)}."
        )
