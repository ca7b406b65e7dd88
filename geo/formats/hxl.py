"""Incident tables as CSV with tags of the Humanitarian Exchange Language under the header."""

from pathlib import Path

import geopandas as gpd
import pandas as pd

from geo.errors import WriteError
from geo.formats.about import About
from geo.formats.cell_texts import cell_columns, text_table
from geo.formats.csv_files import write_text_table
from geo.formats.listed_cells import joined_members
from geo.formats.options import Options

__all__ = ["HXL_TAGS", "write_hxl"]

#: Column to its tag; `publisher` and `url` are those of the sources.
HXL_TAGS = {
    "incident_id": "#event+id",
    "title": "#event+name",
    "kind": "#event+type",
    "subkind": "#event+type+sub",
    "date_start": "#date+start",
    "date_end": "#date+end",
    "date_precision": "#date+precision",
    "lat": "#geo+lat",
    "lon": "#geo+lon",
    "precision": "#geo+precision",
    "uncertainty_m": "#geo+radius+m",
    "country_a3": "#country+code+v_iso3",
    "country": "#country+name",
    "admin1_code": "#adm1+code",
    "admin1": "#adm1+name",
    "admin2": "#adm2+name",
    "place": "#loc+name",
    "place_text": "#loc+name+original",
    "actor": "#group+name",
    "fatalities_best": "#affected+killed",
    "fatalities_low": "#affected+killed+min",
    "fatalities_high": "#affected+killed+max",
    "injured": "#affected+injured",
    "status": "#status+located",
    "method": "#geo+method",
    "reason": "#geo+reason",
    "verification": "#status+verified",
    "sensitivity": "#meta+sensitivity",
    "publisher": "#meta+source",
    "url": "#meta+url",
}
_LISTED = {"actor": ("actors", "name"), "publisher": ("sources", "publisher"),
           "url": ("sources", "url")}  # fmt: skip


def write_hxl(table: gpd.GeoDataFrame, target: Path, about: About, options: Options) -> None:
    """Write the columns that have a tag; no cell can be run as a formula.

    Raises
    ------
    WriteError
        No column has one.

    Notes
    -----
    Source: HXL standard 1.1.
    """
    del about, options
    texts = text_table(cell_columns(table))
    for name, (column, member) in _LISTED.items():
        if column in table:
            texts[name] = joined_members(table[column], member).to_numpy()
    names = [name for name in HXL_TAGS if name in texts]
    if not names:
        raise WriteError(
            "none of the columns has a tag of HXL, which incidents and points have; write CSV."
        )
    tags = pd.DataFrame([[HXL_TAGS[name] for name in names]], columns=names, dtype="str")
    write_text_table(
        pd.concat([tags, texts[names]], ignore_index=True), target, excel_safe=True
    )  # fmt: skip
