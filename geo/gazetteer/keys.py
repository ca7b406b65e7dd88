"""Search keys of a place: all its names, each normalised once."""

from collections.abc import Iterable

from geo.grammar.names import normalise_name

__all__ = ["is_machine_made", "search_keys"]

_LONGEST = 80


def search_keys(names: Iterable[str]) -> set[str]:
    """Keys under which a place is found by its names; links and very long names give none.

    Examples
    --------
    >>> sorted(search_keys(["Bābā Kôšk", "Baba Koshk", "https://example.org/baba"]))
    ['baba koshk', 'baba kosk']
    """
    found = {normalise_name(name) for name in names if "://" not in name}
    return {key for key in found if 0 < len(key) <= _LONGEST}


def is_machine_made(name: str) -> bool:
    """Tell GeoNames' spellings of other scripts in small ASCII letters, which nobody writes.

    Examples
    --------
    >>> is_machine_made("hlb"), is_machine_made("Halab")
    (True, False)
    """
    return name.isascii() and name == name.lower()
