"""Which columns of an incident have another value than before."""

from collections.abc import Iterator

import geopandas as gpd
import pandas as pd

from geo.formats.cell_texts import cell_columns, text_table

__all__ = ["FieldChange", "changed_fields"]

FieldChange = tuple[str, str, str]
_NATIVE = "native_"


def changed_fields(
    before: gpd.GeoDataFrame, after: gpd.GeoDataFrame
) -> dict[str, list[FieldChange]]:
    """Name, old and new value of each column that differs, by incident.

    The input's own columns (`native_*`) are not compared. Only incidents of both tables are.

    Parameters
    ----------
    before, after
        Incident tables, EPSG:4326.

    Examples
    --------
    >>> table = gpd.GeoDataFrame(
    ...     {"incident_id": ["a"], "injured": pd.array([3], "Int64")}, geometry=[None], crs=4326
    ... )
    >>> changed_fields(table, table.assign(injured=pd.array([4], "Int64")))
    {'a': [('injured', '3', '4')]}
    """
    old, new = _texts(before), _texts(after)
    common = new.index[new.index.isin(old.index)]
    names = [*new.columns, *(name for name in old.columns if name not in new.columns)]
    old, new = (one.reindex(index=common, columns=names, fill_value="") for one in (old, new))
    found: dict[str, list[FieldChange]] = {}
    for name in names:
        for identifier, one, other in _differing(old[name], new[name]):
            found.setdefault(identifier, []).append((str(name), one, other))
    return found


def _texts(table: gpd.GeoDataFrame) -> pd.DataFrame:
    own = [name for name in table.columns if str(name).startswith(_NATIVE)]
    texts = text_table(cell_columns(gpd.GeoDataFrame(table.drop(columns=own))))
    return texts.set_index("incident_id")


def _differing(old: "pd.Series[str]", new: "pd.Series[str]") -> Iterator[tuple[str, str, str]]:
    differs = (old != new).to_numpy()
    yield from zip(
        old.index[differs].astype("str"), old[differs].tolist(), new[differs].tolist(), strict=True
    )
