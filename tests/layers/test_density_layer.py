"""What the surface of density is made of."""

import geopandas as gpd
import numpy as np
import pytest

import layers
from layers.incident_columns import encode_incidents
from tests.layers.result_blocks import handed


def test_the_viewer_gets_the_bandwidth_and_what_to_leave_out(incidents: gpd.GeoDataFrame) -> None:
    layer = layers.DensityLayer(incidents, bandwidth_m=10_000)
    found = handed(layer, "density")
    assert (found.meta, found.name) == ({"bandwidth_m": 10_000.0}, "Density")
    encoded = encode_incidents(incidents, by="test")
    assert found.incidents == encoded.columns.id
    rows = incidents.iloc[encoded.order]
    vague = rows["precision"].isin(["admin1", "country", "none"]) | (rows["uncertainty_m"] > 10_000)
    assert found.columns["left_out"] == (vague | rows.geometry.isna()).astype(int).tolist()
    assert 0 < vague.sum() < len(rows)


def test_a_wider_limit_lets_more_in(incidents: gpd.GeoDataFrame) -> None:
    some, more = (
        sum(handed(layer, "density").columns["left_out"])
        for layer in (
            layers.DensityLayer(incidents, bandwidth_m=5_000),
            layers.DensityLayer(incidents, bandwidth_m=5_000, coarsest_m=20_000),
        )
    )
    assert more < some


@pytest.mark.parametrize("bandwidth", [0, -1, np.nan, np.inf])
def test_a_bandwidth_is_above_zero(incidents: gpd.GeoDataFrame, bandwidth: float) -> None:
    with pytest.raises(ValueError, match=r"bandwidth_m is .*expected above 0"):
        layers.DensityLayer(incidents, bandwidth_m=bandwidth)
