"""The faces and the command line start without the libraries that take long to load."""

import subprocess
import sys

import pytest

HEAVY = (
    "folium",
    "geopandas",
    "geopy",
    "numba",
    "pandas",
    "pyarrow",
    "pyogrio",
    "pyproj",
    "scipy",
    "shapely",
)

REPORT = f"""
import sys
loaded = sorted(set({HEAVY!r}) & set(sys.modules))
sys.exit(", ".join(loaded) or 0)
"""

HELP = """
import sys
from incidentmap.cli import main
sys.argv = ["incidentmap", "--help"]
try:
    main()
except SystemExit as leave:
    assert not leave.code, leave.code
"""


@pytest.mark.parametrize("code", ["import geo", "import layers", "import incidentmap", HELP])
def test_nothing_heavy_is_loaded(code: str) -> None:
    result = subprocess.run(
        [sys.executable, "-c", code + REPORT], capture_output=True, text=True, check=False
    )

    assert result.returncode == 0, f"loaded: {result.stderr}"
