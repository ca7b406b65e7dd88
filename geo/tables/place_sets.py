"""A user's own places, from a file into the folder that every search looks into."""

import hashlib
import itertools
import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import geopandas as gpd

from geo.errors import ReadError, WriteError
from geo.gazetteer.entries import Entry, Fault, counted
from geo.gazetteer.geonames_dump import ATTRIBUTION, LICENCE, DumpReader
from geo.gazetteer.index_file import IndexBuilder
from geo.gazetteer.user_places import (
    PlaceSet,
    place_set_names,
    publish_place_set,
    set_name,
    unfinished_index,
)
from geo.joins.countries import add_countries
from geo.schema import CRS
from geo.tables.dump_files import Progress, read_dump
from geo.tables.site_files import read_site_csv, read_site_layers
from geo.tables.sites import SITE_KINDS, SiteReader
from geo.tables.strays import stray_reasons

__all__ = ["FIRST", "PlaceOptions", "install_places"]

#: Priority of places that come before the shipped ones.
FIRST = 1

_DUMPS = (".zip", ".txt")
_TABLES = (".csv", ".tsv")
_LAYERS = (".geojson", ".json", ".gpkg")
_BATCH = 50_000
_HIGHEST_PRIORITY = 100


@dataclass(frozen=True)
class PlaceOptions:
    """How a file of places is to be taken.

    Parameters
    ----------
    name
        Name of the set; by default that of the file.
    priority
        Above 0, the places win over the shipped ones that have the name as written; at 0 all are
        weighed together; below 0 they answer where no other place has the name.
    kind
        Kind of the places that do not say theirs; not for dumps.
    licence, attribution
        Terms of the source, and what it wants to read where its places are shown. GeoNames' own for
        dumps.
    encoding
        Encoding of a CSV file without a mark of its own.
    overwrite
        Whether a set of this name is replaced.
    """

    name: str = ""
    priority: int = 0
    kind: str = "site"
    licence: str = ""
    attribution: str = ""
    encoding: str = "utf-8"
    overwrite: bool = False


@dataclass
class _Count:
    rows: int = 0
    bad_rows: int = 0
    left_out: int = 0


def install_places(
    path: str | os.PathLike[str],
    options: PlaceOptions | None = None,
    *,
    on_fault: Callable[[Fault], None] | None = None,
    progress: Progress | None = None,
) -> PlaceSet:
    """Add a file of places to those that every search looks into.

    A row that is no place is left out, and told; the others are kept. The set appears whole or not
    at all. The same file with the same options gives the same bytes.

    Parameters
    ----------
    path
        A dump of GeoNames (`JO.zip`, `allCountries.zip`, or the unpacked `.txt`), a CSV with
        columns for name, longitude and latitude, GeoJSON, or a GeoPackage.
    options
        Name, priority, kind and terms of the set.
    on_fault
        Called with each row that is no place: its line (or feature) and what is wrong.
    progress
        Called now and then with what is done and what there is.

    Returns
    -------
    PlaceSet
        What was added: name, rows, bad rows, rows of kinds that are left out, path.

    Raises
    ------
    ReadError
        The file cannot be read, is of an unknown kind, or holds not one place.
    WriteError
        A set of this name exists, or the user's folder cannot be written.
    """
    source, chosen = Path(path), options or PlaceOptions()
    name = set_name(chosen.name or source.stem)
    _check(source, name, chosen)
    dump = DumpReader() if source.suffix.lower() in _DUMPS else None
    tell, count = on_fault or (lambda _: None), _Count()
    with unfinished_index() as unfinished:
        with IndexBuilder(unfinished) as builder:
            found = _read(source, name, chosen, dump, progress or (lambda _done, _total: None))
            for batch in _batches(found):
                _take(batch, builder, count, tell)
            if not count.rows:
                raise ReadError(
                    f"{source}: not one place among "
                    f"{counted(count.bad_rows + count.left_out, 'row')} "
                    f"({count.bad_rows:,} bad); nothing was added."
                )
            meta = _meta(source, chosen, dump, count)
            builder.finish(meta, districts=dump.districts if dump else None)
        return publish_place_set(unfinished, name)


def _check(source: Path, name: str, options: PlaceOptions) -> None:
    if not source.is_file():
        raise ReadError(f"{source}: there is no such file.")
    if source.suffix.lower() not in (*_DUMPS, *_TABLES, *_LAYERS):
        raise ReadError(
            f"{source}: unknown kind of file {source.suffix!r}; expected a dump of GeoNames (.zip, "
            ".txt), a CSV (.csv, .tsv), GeoJSON (.geojson, .json) or a GeoPackage (.gpkg)."
        )
    if options.kind not in SITE_KINDS:
        raise ReadError(f"{options.kind!r} is no kind of place; expected {', '.join(SITE_KINDS)}.")
    if abs(options.priority) > _HIGHEST_PRIORITY:
        raise ReadError(
            f"priority {options.priority}: expected a number from -{_HIGHEST_PRIORITY} to "
            f"{_HIGHEST_PRIORITY}."
        )
    if name in place_set_names() and not options.overwrite:
        raise WriteError(
            f"{name}: a set of places has this name already; choose another one (--name) or say "
            "--overwrite."
        )


def _read(
    source: Path, name: str, options: PlaceOptions, dump: DumpReader | None, progress: Progress
) -> Iterator[Entry | Fault | None]:
    if dump is not None:
        return read_dump(source, dump, progress)
    reader = SiteReader(name, options.kind)
    if source.suffix.lower() in _TABLES:
        return read_site_csv(source, reader, progress, encoding=options.encoding)
    return read_site_layers(source, reader, progress)


def _batches(found: Iterator[Entry | Fault | None]) -> Iterator[list[Entry | Fault | None]]:
    while batch := list(itertools.islice(found, _BATCH)):
        yield batch


def _take(
    batch: list[Entry | Fault | None],
    builder: IndexBuilder,
    count: _Count,
    tell: Callable[[Fault], None],
) -> None:
    entries = [one for one in batch if isinstance(one, Entry)]
    again = builder.known(entry.number for entry in entries)
    fresh: dict[int, Entry] = {}
    faults = [one for one in batch if isinstance(one, Fault)]
    for entry in entries:
        if entry.number in again or entry.number in fresh:
            faults.append(Fault(entry.line, f"{entry.place_id} stands twice"))
        else:
            fresh[entry.number] = entry
    for number, reason in stray_reasons(list(fresh.values())).items():
        faults.append(Fault(fresh.pop(number).line, reason))
    for fault in sorted(faults, key=lambda one: one.line):
        tell(fault)
    count.rows += len(fresh)
    count.bad_rows += len(faults)
    count.left_out += batch.count(None)
    _locate(fresh.values())
    builder.add(
        (entry.row() for entry in fresh.values()),
        ((key, entry.number) for entry in fresh.values() for key in entry.search_keys()),
    )


def _locate(entries: Iterable[Entry]) -> None:
    """Give a country and a province to those that do not state theirs."""
    lost = [one for one in entries if one.admin1_code is None]
    if not lost:
        return
    points = gpd.points_from_xy([one.lon for one in lost], [one.lat for one in lost])
    found = add_countries(gpd.GeoDataFrame(geometry=points, crs=CRS))
    units = found[["country_a3", "admin1_code"]].astype(object)
    units = units.where(units.notna(), None)
    for entry, country_a3, admin1_code in zip(lost, *units.to_numpy().T, strict=True):
        if entry.country_a3 is None and entry.place_id.startswith("site:"):
            entry.country_a3 = country_a3
        if entry.country_a3 == country_a3:
            entry.admin1_code = admin1_code


def _meta(
    source: Path, options: PlaceOptions, dump: DumpReader | None, count: _Count
) -> dict[str, str]:
    with source.open("rb") as stream:
        sha256 = hashlib.file_digest(stream, "sha256").hexdigest()
    return {
        "schema_version": "1",
        "source": source.name,
        "source_sha256": sha256,
        "rows": str(count.rows),
        "bad_rows": str(count.bad_rows),
        "left_out": str(count.left_out),
        "priority": str(options.priority),
        "licence": options.licence or (LICENCE if dump else "not stated"),
        "attribution": options.attribution or (ATTRIBUTION if dump else "not stated"),
        "vintage": dump.vintage if dump else "",
    }
