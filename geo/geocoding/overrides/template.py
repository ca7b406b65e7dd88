"""The start of an overrides file: the texts that were not placed, for an editor to fill in."""

import pandas as pd

__all__ = ["unplaced_texts"]

_EMPTY = ("place", "country", "admin1", "lon", "lat", "uncertainty_m", "note")


def unplaced_texts(
    placed: pd.DataFrame, *, place: str = "place_text", country: str = "country"
) -> pd.DataFrame:
    """Lines for overrides that say no place yet, one for each text that was not placed.

    Parameters
    ----------
    placed
        Table that was geocoded.
    place
        Column with the place as written.
    country
        Column with the country that a row states; may be missing.

    Returns
    -------
    pandas.DataFrame
        `place_text`, `stated_country`, empty columns for the place, the number of `rows`, and
        `reason`, which says why none was found. Texts of which only the surroundings are known
        count as not placed. The most frequent ones come first.

    Examples
    --------
    >>> from geo.geocoding.table import geocode
    >>> placed = geocode(pd.DataFrame({"place_text": ["Amman", "HQ Qurx", "HQ Qurx"]}))
    >>> unplaced_texts(placed)[["place_text", "rows"]].values.tolist()
    [['HQ Qurx', 2]]
    """
    is_open = (placed["status"] != "located") | (placed["method"] == "surrounding place")
    texts = placed.reindex(columns=[place, country]).astype("str").fillna("")
    lines = pd.DataFrame(
        {
            "place_text": texts[place].str.strip(),
            "stated_country": texts[country].str.strip(),
            "reason": placed["reason"],
        }
    )[is_open.fillna(value=False).to_numpy(dtype=bool)]
    lines = lines[lines["place_text"] != ""]
    groups = lines.groupby(["place_text", "stated_country"], sort=False, as_index=False)
    counted = groups.agg(rows=("reason", "size"), reason=("reason", "first"))
    counted = counted.sort_values("rows", ascending=False, kind="stable", ignore_index=True)
    counted = counted.assign(**dict.fromkeys(_EMPTY, ""))
    return counted[["place_text", "stated_country", *_EMPTY, "rows", "reason"]]
