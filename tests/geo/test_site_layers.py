"""Lists of sites whose coordinates nobody can read."""

from pathlib import Path

import pytest

from geo.errors import ReadError
from geo.tables.site_layers import read_site_layer


def test_sites_that_all_have_no_position_are_refused_with_the_file(tmp_path: Path) -> None:
    path = tmp_path / "camps.csv"

    path.write_text("name,lat,lon\nazraq,north,east\nzaatari,x,y\n", "utf-8")
    with pytest.raises(
        ReadError, match=r"camps\.csv: no row .* row has lon 'east' and lat 'north'"
    ):
        read_site_layer(path)

    path.write_text("name,lat,lon\nazraq,north,east\nzaatari,32.29,36.33\n", "utf-8")
    assert read_site_layer(path).geometry.isna().tolist() == [True, False]

    path.write_text("name,lat,lon\n", "utf-8")
    with pytest.raises(ReadError, match=r"camps\.csv: no row .*, there are no rows"):
        read_site_layer(path)
