"""Files of users' own places, as tests write them, and what geocoding makes of a name."""

from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING

import pandas as pd

import geo

if TYPE_CHECKING:
    from pathlib import Path

CHANGED = "2024-03-01"


def line(
    number: int, name: str, lat: float, lon: float, code: str = "P.PPL", **said: object
) -> str:
    """One line of a GeoNames dump."""
    feature_class, feature_code = code.split(".")
    return "\t".join(
        map(str, [
            number, name, name, said.get("others", ""), lat, lon, feature_class, feature_code,
            said.get("country", "JO"), "", said.get("admin1", "15"), said.get("admin2", ""), "", "",
            said.get("people", 0), "", 700, "Asia/Amman", CHANGED,
        ])
    )  # fmt: skip


VILLAGE = line(90_000_001, "Qasr Burqu Village", 32.61, 37.96, others="qsrbrqw,قصر برقع الصغير")
DUMP = [
    VILLAGE,
    line(90_000_002, "Wadi Testun", 32.5, 38.0, "H.WAD"),
    line(90_000_003, "Road 10", 32.5, 38.1, "R.RD"),
    line(90_000_004, "Mafraq Governorate", 32.3, 37.3, "A.ADM1"),
    line(90_000_005, "Badiya Testun District", 32.4, 38.2, "A.ADM2", admin2="1504"),
    line(90_000_006, "Testun Camp", 32.45, 38.3, "S.CMPRF", admin2="1504"),
]


def dump(path: Path, lines: list[str], *, member: str = "XX.txt") -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("readme.txt", "Words")
        archive.writestr(member, "".join(f"{one}\n" for one in lines).encode())
    return path


def sites(path: Path, text: str, encoding: str = "utf-8") -> Path:
    path.write_bytes(text.encode(encoding))
    return path


def placed(name: str, country: str = "") -> pd.Series:
    return geo.geocode(pd.DataFrame({"place_text": [name], "country": [country]})).iloc[0]
