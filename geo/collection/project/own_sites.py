"""The places of a project's own: the lines of `sites.csv`."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import geopandas as gpd
import pandas as pd

from geo.collection.project.inputs import digest_of, refuse_streams
from geo.collection.project.starting import SITES_FILE
from geo.errors import ReadError
from geo.gazetteer.entries import Entry, Fault
from geo.gazetteer.user_places import places_in
from geo.schema import CRS
from geo.tables.place_sets import FIRST, PlaceOptions, install_places
from geo.tables.site_files import read_site_csv
from geo.tables.sites import SiteReader

__all__ = ["sites_digest", "sites_table", "with_sites"]


def sites_digest(folder: Path) -> str:
    """SHA-256 of a project's sites; empty where it has none.

    Parameters
    ----------
    folder
        The project.

    Raises
    ------
    ReadError
        The file cannot be read.
    """
    path = folder / SITES_FILE
    if not path.exists():
        return ""
    refuse_streams(path)
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, ValueError) as error:
        raise ReadError(f"{path}: cannot be read ({error}); expected a CSV in UTF-8.") from error
    # The first line names the columns.
    has_rows = any(line.strip(" \t,;|") for line in text.splitlines()[1:])
    return digest_of(path)[0] if has_rows else ""


@contextmanager
def with_sites(folder: Path, places: Path, on_fault: Callable[[Fault], None]) -> Iterator[None]:
    """Let all searches know the project's own sites, and no others of the user's.

    So the same folder gives the same answers on every machine.

    Parameters
    ----------
    folder
        The project.
    places
        Folder in which the indexes of sites are kept.
    on_fault
        Called with each line that is no place.
    """
    digest = sites_digest(folder)
    with places_in(places / (digest[:12] or "none")):
        if digest:
            options = PlaceOptions(name=Path(SITES_FILE).stem, priority=FIRST, overwrite=True)
            install_places(folder / SITES_FILE, options, on_fault=on_fault)
        yield


def sites_table(folder: Path) -> gpd.GeoDataFrame:
    """Names and points of a project's own sites, EPSG:4326.

    Parameters
    ----------
    folder
        The project.
    """
    entries: list[Entry] = []
    if sites_digest(folder):
        reader = SiteReader(Path(SITES_FILE).stem, "site")
        found = read_site_csv(folder / SITES_FILE, reader, lambda *_: None, encoding="utf-8")
        entries = [one for one in found if isinstance(one, Entry)]
    points = gpd.points_from_xy([one.lon for one in entries], [one.lat for one in entries])
    names = pd.Series([one.name for one in entries], dtype="str")
    return gpd.GeoDataFrame({"name": names}, geometry=points, crs=CRS)
