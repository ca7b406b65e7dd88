"""rivers.parquet: rivers whose names we reviewed, one row each."""

import geopandas as gpd
import numpy as np
import pandas as pd
import pyproj
import shapely

import gazetteer
from products import EXTRACTS, PUBLIC_DOMAIN, Build, Product, check, own_table

PRODUCT = Product(
    name="rivers.parquet",
    title="Large rivers with names",
    licence=PUBLIC_DOMAIN,
    attribution="Made with Natural Earth.",
    vintage="Natural Earth 2 rivers",
    packages=("libmagics++-data",),
    own_files=("rivers.csv", "extracts/ne_10m_rivers.parquet"),
)
_GEOD = pyproj.Geod(ellps="WGS84")
# Segments of one river lie this close to each other, and this close to the stated point.
_GAP_DEG = 0.6
_NEAR_DEG = 1.5
# About 200 m, where Natural Earth is good to a kilometre.
_TOLERANCE_DEG = 0.002


def build(run: Build) -> None:
    """Build the product."""
    own = own_table("rivers.csv", columns=["name", "segments", "lon", "lat", "aliases"])
    lines = gpd.read_parquet(EXTRACTS / "ne_10m_rivers.parquet")
    rows = []
    for row in own.itertuples(index=False):
        segments = lines[lines["name"].isin(row.segments.split("|"))].geometry
        check(len(segments), f"rivers.csv: Natural Earth has no segment of {row.name}")
        near = shapely.Point(float(row.lon), float(row.lat)) if row.lon else None
        shape = _connected(segments.to_numpy(), near)
        name, aliases = _names(row.name, row.aliases)
        place_id = f"ne:river-{gazetteer.slug(row.name.removesuffix(' River'))}"
        rows.append((place_id, name, "river", "|".join(aliases), shape))
    frame = pd.DataFrame(rows, columns=["place_id", "name", "kind", "aliases", "geometry"])
    frame["length_km"] = [round(_GEOD.geometry_length(line) / 1000) for line in frame["geometry"]]
    frame["geometry"] = shapely.simplify(frame["geometry"].to_numpy(), _TOLERANCE_DEG)
    frame["source"] = "Natural Earth"
    frame = frame.sort_values("place_id", ignore_index=True)
    check(frame["place_id"].is_unique, "rivers: a name twice")
    run.write(gpd.GeoDataFrame(frame, crs="EPSG:4326"), PRODUCT.name)


def _names(name: str, aliases: str) -> tuple[str, list[str]]:
    """Name of a river, and its others: "Nile" is also "Nile River" and "River Nile".

    A name with the country behind it ("Han (China)") is not unique without.
    """
    bare, _, where = name.partition(" (")
    bare = bare.removesuffix(" River")
    full = f"{bare} River" + (f" ({where}" if where else "")
    others = list(filter(None, aliases.split("|")))
    others = [f"{bare} River", *others] if where else [bare, f"River {bare}", *others]
    others += [f"{other} River" for other in others if other.isascii() and "River" not in other]
    return full, [other for other in dict.fromkeys(others) if other != full]


def _connected(segments: np.ndarray, near: shapely.Point | None) -> shapely.Geometry:
    """The segments of one river among those of its name: round a point, or the longest."""
    groups = shapely.get_parts(shapely.union_all(shapely.buffer(segments, _GAP_DEG / 2)))
    at = shapely.STRtree(groups).nearest(segments)
    if near is None:
        length = np.bincount(at, weights=shapely.length(segments), minlength=len(groups))
        kept = {int(np.argmax(length))}
    else:
        kept = set(np.flatnonzero(shapely.dwithin(groups, near, _NEAR_DEG)).tolist())
        check(kept, f"rivers.csv: no segment near {near}")
    return shapely.line_merge(shapely.union_all(segments[np.isin(at, sorted(kept))]))
