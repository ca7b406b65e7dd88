"""What GeoNames' feature codes mean for us: the kind of a place, its radius, its weight."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

__all__ = ["Feature", "features"]


@dataclass(frozen=True)
class Feature:
    """What a feature code says of a place.

    `radius_m` is None where the inhabitants tell the radius; `weight` is the decadic logarithm that
    compares with that of the inhabitants of a settlement.
    """

    feature_class: str
    kind: str
    radius_m: float | None
    weight: float


@cache
def features() -> dict[str, Feature]:
    """What is known of each GeoNames feature code that counts as a place, by code.

    Examples
    --------
    >>> features()["AIRB"].kind, features()["PPL"].radius_m, "RD" in features()
    ('site', None, False)
    """
    text = Path(__file__).with_name("feature_codes.toml").read_text(encoding="utf-8")
    return {
        code: Feature(group["class"], group["kind"], group.get("radius_m"), group["weight"])
        for group in tomllib.loads(text)["group"]
        for code in group["codes"]
    }
