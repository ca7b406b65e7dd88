"""Throw bytes at the readers of tables for a bounded time; what is no error of ours is a fault.

    pip install atheris
    python benchmarks/fuzz_readers.py [--seconds 60] [--kind .csv]

Starts from small files of each kind. A fault stops it, and its bytes are kept in the folder.
"""

import argparse
import json
import os
import sys
import tempfile
import warnings
import zipfile
from importlib import import_module
from pathlib import Path
from typing import Any

import geopandas as gpd
import shapely

from geo.errors import GeoError

# What is watched for new paths, so that input that finds one is kept.
WATCHED = ["geo.tables", "geo.reading", "geo.profiles", "geo.grammar"]
ROW = {"place": "Amman", "date": "28/01/2024", "coordinates": "33°18'N 38°42'E", "killed": "٣"}
KML = (
    '<kml xmlns="http://www.opengis.net/kml/2.2"><Placemark><name>a</name><Point>'
    "<coordinates>1,2</coordinates></Point></Placemark></kml>"
)


def seeds(kind: str) -> list[bytes]:
    """Small sound files of a kind, where one is easily made."""
    line = ";".join(ROW) + "\n" + ";".join(ROW.values()) + "\n"
    texts = {
        ".csv": [line, line.replace(";", ","), "1\t20240128\t33.3\n"],
        ".json": [json.dumps([ROW]), json.dumps({"features": [{"geometry": None}]})],
        ".ndjson": [json.dumps(ROW)],
        ".kml": [KML],
        ".gpx": ['<gpx version="1.1"><wpt lat="1" lon="2"/></gpx>'],
        ".xml": ['<rss><channel><item><point xmlns="g">1 2</point></item></channel></rss>'],
    }
    found = [text.encode() for text in texts.get(kind, [])]
    points = gpd.GeoDataFrame(ROW, index=[0], geometry=[shapely.Point(1, 2)], crs=4326)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, f"seed{kind}")
        if kind == ".parquet":
            points.to_parquet(path)
        elif kind in {".gpkg", ".shp"}:
            points.to_file(path)
        elif kind == ".zip":
            with zipfile.ZipFile(path, "w") as archive:
                archive.writestr("table.csv", line)
        return [*found, *([path.read_bytes()] if path.exists() else [])]


def main() -> None:
    """Fuzz one kind of file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--kind", default=".csv", help="Extension of the files.")
    asked = parser.parse_args()
    atheris: Any = import_module("atheris")
    warnings.simplefilter("ignore")
    with atheris.instrument_imports(include=WATCHED):
        read = import_module("geo.reading.incidents").read_incidents
    validate = import_module("geo.schema").validate
    with tempfile.TemporaryDirectory() as folder:
        corpus = Path(folder, "corpus")
        corpus.mkdir()
        for number, content in enumerate(seeds(asked.kind)):
            (corpus / str(number)).write_bytes(content)
        path = Path(folder, f"sent{asked.kind}")

        def one(content: bytes) -> None:
            path.write_bytes(content)
            try:
                validate(read(os.fspath(path)))
            except GeoError:
                return

        limits = [f"-max_total_time={asked.seconds}", "-max_len=4096", "-rss_limit_mb=4096"]
        atheris.Setup([sys.argv[0], *limits, str(corpus)], one)
        atheris.Fuzz()


if __name__ == "__main__":
    main()
