"""Options that several commands share, each with one meaning."""

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

import click

__all__ = [
    "check_differ",
    "check_targets",
    "metres",
    "overrides_option",
    "overwrite_option",
    "published_option",
    "worldview_option",
]

_UNITS_M = {"m": 1.0, "km": 1_000.0, "mi": 1_609.344, "nm": 1_852.0}
_DISTANCE = re.compile(r"(\d+(?:\.\d+)?)\s*(m|km|mi|nm)", re.IGNORECASE)

published_option = click.option(
    "--published",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="YYYY-MM-DD",
    help="Day on which the articles appeared; settles “on Tuesday” and dates without a year.",
)
overrides_option = click.option(
    "--overrides",
    type=click.Path(path_type=Path),
    metavar="CSV",
    help="Places that an editor assigns, by incident_id or place_text; they come first. Lines that "
    "do nothing are told.",
)
worldview_option = click.option(
    "--worldview",
    default="default",
    show_default=True,
    metavar="NAME|CSV",
    help="Point of view on disputed areas, such as UA or IN, or a table of your own.",
)
overwrite_option = click.option("--overwrite", is_flag=True, help="Replace files that exist.")


def metres(context: click.Context, option: click.Parameter, value: str | None) -> float | None:
    """Metres of a distance with its unit; None where none was asked for."""
    if value is None:
        return None
    found = _DISTANCE.fullmatch(value.strip())
    if found is None:
        raise click.BadParameter(
            f"{value!r} is no distance; expected a number and a unit (m, km, mi, nm), as 25km.",
            context,
            option,
        )
    return float(found[1]) * _UNITS_M[found[2].lower()]


def check_targets(
    targets: Mapping[Path | None, tuple[str, ...]], *, inputs: Sequence[Path], overwrite: bool
) -> None:
    """Stop before any work when a target cannot be written, or must not be.

    Parameters
    ----------
    targets
        Target to the extensions that it may have; None is a target that was not asked for.
    inputs
        Files that are read, which no target may replace.
    overwrite
        Whether an existing file is replaced.
    """
    wanted = {target: suffixes for target, suffixes in targets.items() if target is not None}
    for target, suffixes in wanted.items():
        _check_name(target, suffixes)
        _check_inputs(target, inputs)
        _check_place(target, overwrite=overwrite)


def check_differ(first: Path | None, second: Path | None) -> None:
    """Stop when two targets are the same file."""
    from geo.errors import WriteError

    if first is not None and second is not None and first.resolve() == second.resolve():
        raise WriteError(f"{second}: two outputs have this name; give each a name of its own.")


def _check_name(target: Path, suffixes: tuple[str, ...]) -> None:
    from geo.errors import WriteError

    if target.suffix.lower() not in suffixes:
        raise WriteError(
            f"{target}: unknown kind of file {target.suffix!r}; expected {' or '.join(suffixes)}."
        )


def _check_place(target: Path, *, overwrite: bool) -> None:
    from geo.errors import WriteError
    from geo.formats.atomic import naming_target

    with naming_target(target):
        is_folder, exists = target.is_dir(), target.exists()
    if is_folder:
        raise WriteError(f"{target}: cannot be written, it is a folder; choose another name.")
    if not target.parent.is_dir():
        raise WriteError(
            f"{target}: cannot be written, there is no folder {target.parent}; make it first."
        )
    if exists and not overwrite:
        raise WriteError(f"{target}: exists already; choose another name or say --overwrite.")


def _check_inputs(target: Path, inputs: Sequence[Path]) -> None:
    from geo.errors import WriteError

    if target.resolve() in {path.resolve() for path in inputs}:
        raise WriteError(f"{target}: is an input, which is never replaced; choose another name.")
