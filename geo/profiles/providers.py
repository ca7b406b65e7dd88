"""Which provider the rows of an incident table are from, by their own columns."""

import numpy as np
import numpy.typing as npt
import pandas as pd

from geo.profiles.native_cells import folded
from geo.profiles.profile import Profile
from geo.profiles.registry import profiles

__all__ = ["provider_of", "providers_of", "rows_of"]

_NATIVE = "native_"


def provider_of(incidents: pd.DataFrame) -> Profile | None:
    """Profile whose columns stand in a table as `native_*`; None where those of none do.

    Examples
    --------
    >>> provider_of(pd.DataFrame({"native_Post ID": ["1"], "native_Post Status": ["draft"]})).name
    'ushahidi'
    """
    return next(iter(_fitting(incidents)), None)


def providers_of(incidents: pd.DataFrame) -> list[Profile]:
    """All profiles whose rows stand in a table, which may be joined of several.

    Those whose rows may not be passed on count as soon as their columns are there; others where a
    row fills their columns.

    Examples
    --------
    >>> [profile.name for profile in providers_of(pd.DataFrame({"native_Post ID": ["1"]}))]
    []
    """
    fitting = _fitting(incidents)
    return [
        profile
        for number, profile in enumerate(fitting)
        if number == 0
        or not profile.redistributable
        or _filled(incidents, profile).all(axis=1).any()
    ]


def rows_of(incidents: pd.DataFrame, profile: Profile) -> npt.NDArray[np.bool_]:
    """Which rows of a table, which may be joined of several, are those of a provider.

    Those that fill most of the columns by which the provider is known.

    Examples
    --------
    >>> joined = pd.DataFrame(
    ...     {"native_Post ID": ["1", None], "native_Post Status": ["draft", None]}
    ... )
    >>> rows_of(joined, providers_of(joined)[0]).tolist()
    [True, False]
    """
    filled = _filled(incidents, profile)
    return np.asarray(filled.sum(axis=1) * 2 > filled.shape[1])


def _fitting(incidents: pd.DataFrame) -> list[Profile]:
    own = {folded(str(name).removeprefix(_NATIVE)) for name in incidents if _is_native(name)}
    found = [
        profile
        for profile in profiles().values()
        if profile.keeps_native
        and profile.facts.needed
        and {folded(name) for name in profile.facts.needed} <= own
    ]
    return sorted(found, key=lambda profile: -len(profile.facts.needed))


def _filled(incidents: pd.DataFrame, profile: Profile) -> npt.NDArray[np.bool_]:
    """Which cells of the columns by which a provider is known are filled."""
    needed = {folded(name) for name in profile.facts.needed}
    names = [
        name
        for name in incidents
        if _is_native(name) and folded(str(name).removeprefix(_NATIVE)) in needed
    ]
    return incidents[names].notna().to_numpy(np.bool_)


def _is_native(name: object) -> bool:
    return isinstance(name, str) and name.startswith(_NATIVE)
