"""OpenStreetMap's countries with their 12 nm sea, as faces with the set of their claimants."""

import io
import tarfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyogrio
import shapely

import atoms_noding as noding
from products import check, say
from topology import Polygons

PACKAGE = "@geo-maps/countries-maritime-10m"
Claims = tuple[str, ...]

_DEPENDENCIES = {
    "FRA": "PYF NCL GUF ATF MYT WLF SPM REU BLM GLP MTQ MAF",
    "NOR": "SJM BVT",
    "USA": "PRI UMI ASM MNP VIR GUM",
    "FIN": "ALA",
    "NLD": "BES CUW ABW SXM",
    "AUS": "HMD CCK CXR NFK",
    "CHN": "HKG MAC",
}
SOVEREIGN = {part: whole for whole, parts in _DEPENDENCIES.items() for part in parts.split()}
"""Country codes that the source holds twice: by themselves and inside their sovereign."""
# The source ends where web maps do, at -85.05; there everything is Antarctica.
_POLE_CAP_DEG = -85.0
# Countries simplified one by one differ by 10 m along a shared border and by 20 m at its end.
_SLIVER_KM2 = 1.0
_SLIVER_WIDTH_KM = 0.3


@dataclass(frozen=True)
class Source:
    """The countries as the package has them, made valid."""

    codes: list[str]
    polygons: Polygons

    def claims_at(self, points: Polygons) -> list[Claims]:
        """Who claims each point; a sovereign does not compete with its dependency."""
        found = noding.holders_of(points, self.polygons)
        return [_claims([self.codes[number] for number in numbers]) for numbers in found]


def _claims(codes: list[str]) -> Claims:
    twice = {SOVEREIGN.get(code) for code in codes}
    return tuple(sorted(set(codes) - twice))


def read(package: Path) -> tuple[Source, Polygons]:
    """Read the package: the countries made valid, and as they are."""
    with tarfile.open(package) as archive:
        member = archive.extractfile("package/map.geo.json")
        check(member, f"{package}: no package/map.geo.json inside.")
        frame = pyogrio.read_dataframe(io.BytesIO(member.read() if member else b""))
    frame = frame.sort_values("A3", ignore_index=True)
    check(frame["A3"].is_unique, f"{package}: a country comes twice")
    raw = frame.geometry.to_numpy().copy()
    # "Nested shells" are holes drawn as shells: even-odd reads them as they are meant.
    valid = np.where(shapely.is_valid(raw), raw, shapely.make_valid(raw))
    polar = list(frame["A3"]).index("ATA")
    cap = shapely.box(-180, -90, 180, _POLE_CAP_DEG)
    raw[polar] = valid[polar] = shapely.union_all([valid[polar], cap])
    return Source(list(frame["A3"]), valid), raw


def faces(source: Source, raw: Polygons) -> tuple[Polygons, list[Claims]]:
    """Faces of all country lines together, without slivers, and who claims each."""
    edges, _ = noding.ring_edges(raw)
    found = noding.faces_of(edges)
    claims = source.claims_at(shapely.point_on_surface(found))
    thin = (noding.area_km2(found) < _SLIVER_KM2) | (noding.mean_width_km(found) < _SLIVER_WIDTH_KM)
    sliver = thin & np.array([len(one) != 1 for one in claims])
    area = noding.area_km2(found)[sliver].sum()
    say(f"  {len(found)} faces, {sliver.sum()} slivers of {area:.0f} km2 in all")
    taken = noding.absorb(sliver, noding.shared_km(found), _rank(claims))
    return found, [claims[taken.get(number, number)] for number in range(len(found))]


def _rank(claims: list[Claims]) -> Callable[[int, int], int | None]:
    """Claimants of a sliver come first; the open sea never takes one."""

    def rank(sliver: int, other: int) -> int | None:
        if not claims[other]:
            return None
        return int(set(claims[sliver]) >= set(claims[other]))

    return rank
