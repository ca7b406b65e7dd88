"""Makes extracts/us_census_places.parquet from Debian's weather-util-data, once.

Point releases of Debian remove old versions of a package, so the extract is committed with the
sha256 of the package in pins.toml. `python data/sources/extract_us_places.py` needs apt-get and
dpkg-deb.
"""

import gzip
import re
import subprocess
import tempfile
from pathlib import Path

import numpy as np
import pandas as pd

import fetch
from products import EXTRACTS

_PACKAGE = "weather-util-data"
_LIST = "usr/share/weather-util/places.gz"
_ENTRY = re.compile(
    r"^\[fips(\d+)\]\ncentroid = \((\S+), (\S+)\)\ndescription = (.+), ([A-Z]{2})$", re.MULTILINE
)
# Places have seven digits (state, place), divisions of counties ten (state, county, division).
_DIGITS = {7: "place", 10: "division"}
# Divisions without a government are known to statisticians only.
_UNITS = re.compile(
    r" (city|town|village|borough|CDP|township|charter township|plantation|comunidad"
    r"|zona urbana|municipality)$"
)


def main() -> None:
    """Fetch the package, and write its places, towns and townships."""
    package = fetch.package_file(_PACKAGE)
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["dpkg-deb", "-x", str(package), folder], check=True)  # noqa: S603, S607
        text = gzip.decompress((Path(folder) / _LIST).read_bytes()).decode("utf-8")
    rows = [
        (int(code), _DIGITS[len(code)], _UNITS.sub("", name), unit[1], state, lon, lat)
        for code, lat, lon, name, state in _ENTRY.findall(text)
        if len(code) in _DIGITS and (unit := _UNITS.search(name))
    ]
    columns = ["fips", "level", "name", "unit", "state", "lon", "lat"]
    places = pd.DataFrame(rows, columns=columns)
    for column in ("lon", "lat"):
        places[column] = np.degrees(places[column].astype(float)).round(4)
    places = places.sort_values(["level", "fips"], ignore_index=True)
    EXTRACTS.mkdir(exist_ok=True)
    places.to_parquet(
        EXTRACTS / "us_census_places.parquet",
        index=False,
        compression="zstd",
        compression_level=15,
    )


if __name__ == "__main__":
    main()
