"""The columns of GDELT's event files, which have no header, by their number."""

__all__ = ["COLUMNS_BY_COUNT"]

_ACTOR = (
    "Code", "Name", "CountryCode", "KnownGroupCode", "EthnicCode", "Religion1Code",
    "Religion2Code", "Type1Code", "Type2Code", "Type3Code",
)  # fmt: skip
_EVENT = (
    "IsRootEvent", "EventCode", "EventBaseCode", "EventRootCode", "QuadClass", "GoldsteinScale",
    "NumMentions", "NumSources", "NumArticles", "AvgTone",
)  # fmt: skip
_PLACE = ("Type", "FullName", "CountryCode", "ADM1Code", "Lat", "Long", "FeatureID")
_PLACE_2 = ("Type", "FullName", "CountryCode", "ADM1Code", "ADM2Code", "Lat", "Long", "FeatureID")


def _columns(place: tuple[str, ...], last: tuple[str, ...]) -> tuple[str, ...]:
    actors = [f"Actor{number}{name}" for number in "12" for name in _ACTOR]
    places = [f"{who}Geo_{name}" for who in ("Actor1", "Actor2", "Action") for name in place]
    first = ("GLOBALEVENTID", "SQLDATE", "MonthYear", "Year", "FractionDate")
    return (*first, *actors, *_EVENT, *places, *last)


#: GDELT 1.0 until March 2013, GDELT 1.0, GDELT 2.0.
COLUMNS_BY_COUNT = {
    57: _columns(_PLACE, ("DATEADDED",)),
    58: _columns(_PLACE, ("DATEADDED", "SOURCEURL")),
    61: _columns(_PLACE_2, ("DATEADDED", "SOURCEURL")),
}
