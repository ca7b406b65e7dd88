"""Make usgs-week-2018-02.geojson from the npm package vega-datasets 3.2.1.

The package holds one week of the earthquake feed of the United States Geological Survey
(31 January to 7 February 2018, public domain). The recipe keeps every event, its position with
the depth in kilometres as third value, and the properties a map of incidents needs.
Run it again and the same bytes come out:

    python make_usgs_week.py vega-datasets-3.2.1.tgz
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
import tarfile
from pathlib import Path
from typing import Any

SHA256 = "6f72fda460a9863fae5fcb32f85bcd49e1761fdea6dc6cf9f4962472881cc5a3"
MEMBER = "package/data/earthquakes.json"
EVENTS = 1707
METADATA = ("title", "url", "generated", "count")
PROPERTIES = (
    "mag",
    "place",
    "time",
    "type",
    "url",
    "status",
    "magType",
    "title",
    "tsunami",
    "sig",
)


def read_feed(package: Path) -> dict[str, Any]:
    """Give the feed inside the package, after a check that it is the pinned package."""
    found = hashlib.sha256(package.read_bytes()).hexdigest()
    if found != SHA256:
        raise ValueError(
            f"{package}: the sha256 is {found}, expected {SHA256}; "
            "fetch vega-datasets 3.2.1 from the npm registry"
        )
    with tarfile.open(package, "r:gz") as archive:
        member = archive.extractfile(MEMBER)
        if member is None:
            raise ValueError(f"{package}: {MEMBER} is not a file")
        feed: dict[str, Any] = json.load(member)
    if len(feed["features"]) != EVENTS:
        raise ValueError(f"{package}: {len(feed['features'])} events, expected {EVENTS}")
    return feed


def compact(value: object) -> str:
    """Write JSON without spaces, keys in their given order."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def reduce_event(event: dict[str, Any]) -> dict[str, Any]:
    """Keep id and geometry as they are, and the chosen properties."""
    return {
        "type": "Feature",
        "id": event["id"],
        "properties": {name: event["properties"][name] for name in PROPERTIES},
        "geometry": event["geometry"],
    }


def collection_text(feed: dict[str, Any]) -> str:
    """Write the feed as GeoJSON with one event per line, in the order of the feed."""
    metadata = {name: feed["metadata"][name] for name in METADATA}
    events = ",\n".join(compact(reduce_event(event)) for event in feed["features"])
    return (
        f'{{"type":"FeatureCollection","metadata":{compact(metadata)},"features":[\n{events}\n]}}\n'
    )


def main() -> int:
    """Run the recipe; 0 is success, 1 an error told on stderr."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("package", type=Path, help="vega-datasets-3.2.1.tgz")
    parser.add_argument(
        "--output",
        type=Path,
        default=Path(__file__).with_name("usgs-week-2018-02.geojson"),
        help="file to write (default: beside this script)",
    )
    arguments = parser.parse_args()
    try:
        text = collection_text(read_feed(arguments.package))
    except (OSError, ValueError, KeyError, tarfile.TarError) as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    # A reader must never see half a file.
    partial = arguments.output.with_name(arguments.output.name + ".partial")
    partial.write_text(text, encoding="utf-8", newline="\n")
    partial.replace(arguments.output)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
