"""What the table of feature codes promises to those that read it."""

from geo.gazetteer.feature_codes import features
from geo.gazetteer.index_file import KINDS
from geo.tables.sites import SITE_KINDS


def test_every_code_has_a_kind_that_is_known_and_a_radius() -> None:
    for code, feature in features().items():
        assert feature.kind in KINDS & set(SITE_KINDS), code
        assert (feature.radius_m is None) == (feature.kind == "settlement"), code
        assert feature.radius_m is None or feature.radius_m > 0, code


def test_a_district_weighs_less_than_the_smallest_village() -> None:
    villages = [one.weight for one in features().values() if one.kind == "settlement"]
    districts = [one.weight for one in features().values() if one.kind == "admin2"]

    assert max(districts) < min(villages) - 2
    assert not {"RD", "SCH", "HTL", "PCLI"} & set(features())
