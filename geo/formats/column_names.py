"""Names of columns that stay apart in formats that do not tell `Kind` from `kind`."""

from collections.abc import Collection, Sequence

from geo.schema import COLUMNS

__all__ = ["distinct_names"]


def distinct_names(names: Sequence[str], taken: Collection[str] = ()) -> list[str]:
    """Names that differ also where case does not count; those that would not get a number.

    Parameters
    ----------
    names
        Of columns. Those of the incident table keep theirs, wherever they stand.
    taken
        Names that the format uses itself.

    Examples
    --------
    >>> distinct_names(["Kind", "kind", "fid", "Kind_2"], taken=["fid"])
    ['Kind_3', 'kind', 'fid_2', 'Kind_2']
    """
    used = {name.casefold() for name in taken}
    found: dict[int, str] = {}
    for at in sorted(range(len(names)), key=lambda at: names[at] not in COLUMNS):
        if names[at].casefold() not in used:
            found[at] = names[at]
            used.add(names[at].casefold())
    for at, name in enumerate(names):
        if at in found:
            continue
        number = 2
        while f"{name}_{number}".casefold() in used:
            number += 1
        found[at] = f"{name}_{number}"
        used.add(found[at].casefold())
    return [found[at] for at in range(len(names))]
