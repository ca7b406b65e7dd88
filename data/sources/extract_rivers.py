"""Makes extracts/ne_10m_rivers.parquet from Debian's libmagics++-data, once.

Point releases of Debian remove old versions of a package, so the extract is committed with the
sha256 of the package in pins.toml. `python data/sources/extract_rivers.py` needs apt-get and
dpkg-deb.
"""

import subprocess
import tempfile
from pathlib import Path

import geopandas as gpd
import shapely

import fetch
from products import EXTRACTS, own_table

_PACKAGE = "libmagics++-data"
_LAYER = "usr/share/magics/10m/ne_10m_rivers_lake_centerlines.shp"
# About ten metres, where Natural Earth is good to a kilometre.
_GRID_DEG = 1e-4


def main() -> None:
    """Fetch the package, and write the rivers of rivers.csv."""
    package = fetch.package_file(_PACKAGE)
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["dpkg-deb", "-x", str(package), folder], check=True)  # noqa: S603, S607
        # The attributes are in a code page of Windows, after some letters became question marks.
        rivers = gpd.read_file(Path(folder) / _LAYER, encoding="cp1252")
    own = own_table("rivers.csv", columns=["name", "segments", "lon", "lat", "aliases"])
    wanted = {segment for cell in own["segments"] for segment in cell.split("|")}
    rivers = rivers.loc[rivers["name"].isin(wanted), ["name", "featurecla", "rivernum", "geometry"]]
    rivers["geometry"] = shapely.set_precision(rivers.geometry, _GRID_DEG, mode="pointwise")
    rivers = rivers.sort_values(["name", "rivernum"], kind="stable", ignore_index=True)
    EXTRACTS.mkdir(exist_ok=True)
    rivers.to_parquet(
        EXTRACTS / "ne_10m_rivers.parquet", index=False, compression="zstd", compression_level=15
    )


if __name__ == "__main__":
    main()
