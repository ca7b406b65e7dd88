"""Time the main job and the help as whole processes, cold, and check the result first.

    python benchmarks/bench_main_job.py [--runs 7]

Prints Markdown rows: median, minimum and maximum of the wall time, and the peak memory.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
SAMPLES = ROOT / "data" / "samples"


@dataclass(frozen=True)
class Job:
    """A command with the wall time that it must and should take, in seconds."""

    name: str
    arguments: list[str]
    must_s: float | None = None


def jobs(folder: Path) -> list[Job]:
    """Commands to time; outputs go to a folder."""

    def main_job(sample: str) -> list[str]:
        page, data = folder / f"{sample}.html", folder / f"{sample}.geojson"
        return ["map", str(SAMPLES / sample), "-o", str(page), "--geojson", str(data),
                "--overwrite"]  # fmt: skip

    return [
        Job("incidentmap --help", ["--help"], must_s=0.150),
        Job("map and GeoJSON, 60 rows of CSV", main_job("incidents.csv"), must_s=4.0),
        Job("map and GeoJSON, one article", main_job("article.txt"), must_s=3.0),
        Job("map and GeoJSON, 1,707 rows of GeoJSON", main_job("usgs-week-2018-02.geojson")),
    ]


def run(job: Job) -> tuple[float, float]:
    """Wall time in seconds and peak memory in MB of one run."""
    command = [sys.executable, "-m", "incidentmap", *job.arguments]
    started = time.perf_counter()
    with subprocess.Popen(  # noqa: S603  # our own command line
        command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as process:
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        raise SystemExit(f"{job.name}: exit code {process.returncode}")
    return time.perf_counter() - started, usage.ru_maxrss / 1024


def check(folder: Path) -> None:
    """Every row of the sample is a feature with a status; the outpost is where it is."""
    text = (folder / "incidents.csv.geojson").read_text(encoding="utf-8")
    features = [feature["properties"] for feature in json.loads(text)["features"]]
    outpost = next(one for one in features if one["native_id"] == "S001")
    if (outpost["country_a3"], outpost["border_pair"]) != ("JOR", "JOR-SYR"):
        raise SystemExit(f"wrong answer for the outpost: {outpost}")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=7)
    runs = parser.parse_args().runs
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        listed = jobs(folder)
        for job in listed:
            run(job)
        check(folder)
        measured: dict[str, list[tuple[float, float]]] = {job.name: [] for job in listed}
        for _ in range(runs):
            for job in listed:
                measured[job.name].append(run(job))
    print("| command | must s | median s | min s | max s | peak MB |")
    print("|---|--:|--:|--:|--:|--:|")
    for job in listed:
        walls, peaks = zip(*measured[job.name], strict=True)
        must = "" if job.must_s is None else f"{job.must_s:g}"
        print(
            f"| {job.name} | {must} | {statistics.median(walls):.3f} | {min(walls):.3f} "
            f"| {max(walls):.3f} | {max(peaks):.0f} |"
        )


if __name__ == "__main__":
    main()
