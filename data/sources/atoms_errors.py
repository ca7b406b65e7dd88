"""How far the lines between atoms may be off: within `error_m` of the truth in 90 % of places.

Coasts and province lines are Natural Earth's and were measured. What OpenStreetMap's borders are
worth is our judgement: nothing independent at hand is better than they are.
"""

import geopandas as gpd
import numpy as np
from numpy.typing import NDArray

import atoms_areas
import atoms_claims
import atoms_islands
from topology import NONE

# Coast: 90 % of 6,000 vertices lie within 1,290 m of OpenStreetMap's land (measure_coast.py).
# Province lines: 90 % of Natural Earth's borders lie within 2,900 m of OpenStreetMap's.
_BY_KIND = {"coast": 1300.0, "province": 3000.0, "claim": 1000.0, "outer": 500.0, "cut": 0.0}
# Of Antarctica the two draw other edges of the ice.
_ANTARCTIC_COAST_M = 30_000.0
_BY_STATUS = {
    "international": 100.0,
    "lease": 100.0,
    "line_of_control": 500.0,
    "disputed": 1000.0,
    "indefinite": 2000.0,
}
_TWO_COURSES_M = 1000.0
_LEAST_AT_SEA_M = 500.0


def error_m(atoms: gpd.GeoDataFrame, arcs: gpd.GeoDataFrame) -> NDArray[np.float32]:
    """Error of each arc in metres, by its kind, status and origin."""
    unsure = atoms_claims.unsure_pairs()
    by_island = atoms_islands.line_errors()
    by_area = atoms_areas.line_errors() | by_island
    area = atoms["area"].tolist()
    province = atoms["admin1_code"].tolist()
    claims = atoms["claims"].tolist()
    found = []
    for row in arcs.assign(right=arcs["right"].fillna(NONE)).itertuples(index=False):
        if row.kind in ("border", "sea_border"):
            metres = _BY_STATUS[row.status]
            if row.border_pair in unsure:
                metres = max(metres, _TWO_COURSES_M)
            if row.kind == "sea_border":
                metres = max(metres, _LEAST_AT_SEA_M)
        else:
            metres = _BY_KIND[row.kind]
        one, other = int(row.left), int(row.right)
        if row.kind == "coast" and claims[one] == "ATA":
            metres = _ANTARCTIC_COAST_M
        if row.kind == "outer":
            metres = max(metres, by_island.get(area[one], metres))
        if row.kind == "claim":
            if area[one] != area[other]:
                metres = max(by_area.get(name, metres) for name in (area[one], area[other]))
            elif claims[one] == claims[other] and province[one] != province[other]:
                metres = _BY_KIND["province"]
        found.append(metres)
    return np.array(found, dtype=np.float32)
