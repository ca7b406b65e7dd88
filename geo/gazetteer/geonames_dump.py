"""Lines of a GeoNames dump (19 columns, no header) to places."""

from geo.gazetteer.entries import (
    BadLineError,
    Entry,
    checked_name,
    checked_position,
    counted,
    shown,
)
from geo.gazetteer.feature_codes import features
from geo.gazetteer.keys import is_machine_made
from geo.gazetteer.unit_codes import unit_codes

__all__ = ["ATTRIBUTION", "LICENCE", "DumpReader"]

#: Licence and attribution of what GeoNames publishes.
LICENCE = "CC-BY-4.0"
ATTRIBUTION = "Contains data from GeoNames (geonames.org), CC-BY-4.0."

_COLUMNS = 19
_MOST_PEOPLE = 10**10
_LARGEST_ID = 2**62
_LONGEST_OTHER_NAME = 200


class DumpReader:
    """Reads one line after the other, and keeps what only all lines together say.

    Attributes
    ----------
    districts
        Names of second-level units by code: country, first level, second level.
    vintage
        Day of the latest change that a line states, `YYYY-MM-DD`; empty before the first line.
    """

    def __init__(self) -> None:
        self.districts: dict[str, str] = {}
        self.vintage = ""
        self._features = features()
        self._codes = unit_codes()

    def entry(self, line: int, content: str) -> Entry | None:
        """Place on a line; None where it is of a kind that is left out.

        Raises
        ------
        BadLineError
            The line is broken.
        """
        cells = content.split("\t")
        if len(cells) != _COLUMNS:
            raise BadLineError(f"{counted(len(cells), 'column')}, a GeoNames dump has {_COLUMNS}")
        number = _whole(cells[0], "geonameid", most=_LARGEST_ID)
        name = checked_name(cells[1])
        lon, lat = checked_position(_angle(cells[5]), _angle(cells[4]))
        people = _whole(cells[14] or "0", "population", most=_MOST_PEOPLE)
        self._note_change(cells[18])
        feature = self._features.get(cells[7])
        first_level = f"{cells[8]}.{cells[10]}"
        admin1_code = self._codes.admin1_code.get(first_level)
        # First-level units that are provinces of ours are in the shipped gazetteer.
        if (
            feature is None
            or feature.feature_class != cells[6]
            or (cells[7] == "ADM1" and admin1_code)
        ):
            return None
        district = f"{first_level}.{cells[11]}" if cells[11] else None
        if cells[7] == "ADM2" and district:
            self.districts[district] = name
        return Entry(
            line=line,
            number=number,
            place_id=f"geonames:{number}",
            name=name,
            kind=feature.kind,
            lon=lon,
            lat=lat,
            feature_code=cells[7],
            radius_m=feature.radius_m,
            country_a3=self._codes.country_a3.get(cells[8]),
            admin1_code=admin1_code,
            admin2=district,
            population=people,
            other_names=[
                other
                for other in cells[3].split(",")
                if not is_machine_made(other) and len(other) <= _LONGEST_OTHER_NAME
            ],
        )

    def _note_change(self, day: str) -> None:
        is_day = len(day) == 10 and day[4] == day[7] == "-" and day.replace("-", "").isdecimal()
        if is_day and day.isascii() and day > self.vintage:
            self.vintage = day


def _whole(cell: str, column: str, *, most: int) -> int:
    if not (cell.isascii() and cell.isdecimal() and len(cell) < 20 and int(cell) <= most):
        raise BadLineError(f"{column} {shown(cell)} is not a whole number")
    return int(cell)


def _angle(cell: str) -> float | None:
    try:
        return float(cell)
    except ValueError:
        return None
