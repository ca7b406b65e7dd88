"""All inputs of a project to one table of reports, as its editor wants them."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd

from geo.collection.project.input_cache import InputCache, KeptInput
from geo.collection.project.input_reading import INPUT
from geo.collection.project.inputs import ProjectInput
from geo.collection.project.kept_tables import incident_table
from geo.collection.project.known_names import country_codes, worldview_of
from geo.collection.project.settings import ProjectSettings
from geo.errors import GeoError, MissingExtraError, ReadError
from geo.geocoding.overrides.replay import apply_overrides, check_overrides, settle
from geo.geocoding.overrides.rules import OverrideRules
from geo.geocoding.table import geocode
from geo.geocoding.wording import on_one_line, quoted
from geo.joins.borders import add_borders
from geo.joins.countries import add_countries
from geo.schema import CRS, conform
from geo.tables.identifiers import unique_identifiers

__all__ = ["Gathered", "gather_reports", "read_inputs"]

_FOOTPRINT = "footprint"


@dataclass(frozen=True)
class Gathered:
    """Reports of all inputs.

    Parameters
    ----------
    reports
        Placed, joined, of the countries that are asked for.
    elsewhere
        Reports of other countries, by input.
    idle
        One sentence for each line of the overrides that places nothing.
    """

    reports: gpd.GeoDataFrame
    elsewhere: Mapping[str, int]
    idle: tuple[str, ...]


def read_inputs(
    keyed: Sequence[tuple[ProjectInput, str]],
    cache: InputCache,
    *,
    skip_unreadable: bool,
    on_input: Callable[[int], object],
) -> tuple[dict[str, KeptInput], dict[str, str]]:
    """Read each input, or find what was read of it; readings and faults by path.

    Parameters
    ----------
    keyed
        Inputs with the keys of their readings.
    cache
        What was read before.
    skip_unreadable
        Whether inputs that cannot be read are left out.
    on_input
        Called with 1 after each input.

    Raises
    ------
    ReadError
        Inputs cannot be read; names all of them. To leave them out unasked would withdraw their
        incidents.
    """
    readings: dict[str, KeptInput] = {}
    faults: dict[str, GeoError] = {}
    for one, key in keyed:
        try:
            readings[one.path] = cache.find(key) or cache.read(one, key)
        except GeoError as error:
            faults[one.path] = error
        on_input(1)
    can_skip = all(isinstance(fault, ReadError | MissingExtraError) for fault in faults.values())
    if faults and not (skip_unreadable and can_skip and readings):
        told = "\n".join(f"- {on_one_line(str(fault))}" for fault in faults.values())
        raise ReadError(
            f"{len(faults)} of {len(keyed)} inputs cannot be read, and nothing was built, since "
            f"their incidents would count as withdrawn:\n{told}\nMend them, take them away, or say "
            "skip_unreadable = true in incidentmap.toml."
        ) from next(iter(faults.values()))
    files = {one.path: str(one.file) for one, _ in keyed}
    # Where the project lies is no part of its outputs.
    return readings, {path: str(fault).replace(files[path], path) for path, fault in faults.items()}


def gather_reports(
    readings: Sequence[KeptInput],
    settings: ProjectSettings,
    folder: Path,
    rules: OverrideRules | None,
) -> Gathered:
    """Reports of all inputs: placed where the editor says, with countries and borders.

    Parameters
    ----------
    readings
        What the inputs hold.
    settings
        Of the project.
    folder
        The project.
    rules
        Lines of the overrides that place reports.
    """
    read = incident_table([one.read for one in readings])
    placed = incident_table([one.placed for one in readings])
    identifiers = unique_identifiers(read["incident_id"])
    read, placed = (table.assign(incident_id=identifiers) for table in (read, placed))
    idle: tuple[str, ...] = ()
    if rules is not None and rules.lines:
        idle = tuple(_idle(read, rules))
        is_later = np.repeat(
            [one.read is not one.placed for one in readings],
            [one.read.num_rows for one in readings],
        )
        placed = _settled(read, placed, is_later, rules)
    worldview = worldview_of(settings.worldview, folder)
    known = placed.pipe(add_countries, worldview=worldview).pipe(add_borders, worldview=worldview)
    wanted = country_codes(settings.rules.countries)
    # Where it is not known in which country a report lies, it may lie in one of them.
    is_elsewhere = known["country_a3"].notna() & ~known["country_a3"].isin(list(wanted))
    is_elsewhere &= bool(wanted)
    elsewhere = {
        str(path): int(n) for path, n in known.loc[is_elsewhere, INPUT].value_counts().items()
    }
    reports = gpd.GeoDataFrame(known[~is_elsewhere].reset_index(drop=True))
    return Gathered(reports, elsewhere, idle)


def _settled(
    read: gpd.GeoDataFrame,
    placed: gpd.GeoDataFrame,
    is_later: npt.NDArray[np.bool_],
    rules: OverrideRules,
) -> gpd.GeoDataFrame:
    """Placed reports, of which the editor's lines place some anew, as if they had come first."""
    _, is_settled = settle(read, rules)
    if not is_settled.any():
        return placed
    parts = [placed[~is_settled]]
    if (is_settled & is_later).any():
        parts.append(geocode(read[is_settled & is_later], overrides=rules))
    if (is_settled & ~is_later).any():
        parts.append(apply_overrides(read[is_settled & ~is_later], rules))
    together = gpd.GeoDataFrame(pd.concat([part for part in parts if len(part)]).sort_index())
    if _FOOTPRINT in together:
        # Where one of the parts has no areas, those of the others come as plain objects.
        shapes = gpd.GeoSeries(list(together[_FOOTPRINT]), index=together.index, crs=CRS)
        together = together.assign(**{_FOOTPRINT: shapes})
    return conform(together)


def _idle(read: gpd.GeoDataFrame, rules: OverrideRules) -> Iterator[str]:
    report = check_overrides(read, rules)
    for line in report[report["use"] != "used"].itertuples():
        keys = (line.incident_id, line.place_text, line.stated_country)
        said = " ".join(quoted(str(text)) for text in keys if text)
        yield f"{rules.lines[0].source}, line {line.line}: {said}: {line.use}, {line.reason}"
