"""Which provider the rows of an incident table are from, by their own columns."""

import pandas as pd

from geo.profiles.native_cells import folded
from geo.profiles.profile import Profile
from geo.profiles.registry import profiles

__all__ = ["provider_of"]

_NATIVE = "native_"


def provider_of(incidents: pd.DataFrame) -> Profile | None:
    """Profile whose columns stand in a table as `native_*`; None where those of none do.

    Examples
    --------
    >>> provider_of(pd.DataFrame({"native_Post ID": ["1"], "native_Post Status": ["draft"]})).name
    'ushahidi'
    """
    own = {folded(str(name).removeprefix(_NATIVE)) for name in incidents if _is_native(name)}
    fitting = [
        profile
        for profile in profiles().values()
        if profile.facts.needed and {folded(name) for name in profile.facts.needed} <= own
    ]
    return max(fitting, key=lambda profile: len(profile.facts.needed), default=None)


def _is_native(name: object) -> bool:
    return isinstance(name, str) and name.startswith(_NATIVE)
