"""Options of all commands that read tables: what a table may leave open."""

import functools
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from geo.reading.options import ReadOptions

__all__ = ["TableOptions", "file_options", "table_options"]

_COLUMNS = {
    "lon": "Column with the longitude of tables.",
    "lat": "Column with the latitude of tables.",
    "place": "Column with the place as written.",
    "date": "Column with the date.",
    "kind": "Column with the kind of incident.",
}


_FILE_OPTIONS = (
    click.option(
        "--profile", metavar="NAME",
        help="Provider of tables, such as acled or gdelt; plain for none. Found by default.",
    ),
    click.option("--layer", metavar="NAME", help="Sheet or layer of tables that have several."),
    click.option("--encoding", metavar="NAME", help="Encoding of text tables. Found by default."),
    click.option(
        "--day-first/--month-first", default=None,
        help="Whether 03/04/2024 is in April or in March. The file decides by default.",
    ),
)  # fmt: skip


@dataclass(frozen=True)
class TableOptions:
    """What the user says of the tables that are read.

    Parameters
    ----------
    profile, layer, encoding, day_first
        As `geo.read_incidents` takes them.
    columns
        Field to column.
    """

    profile: str | None
    layer: str | None
    encoding: str | None
    day_first: bool | None
    columns: dict[str, str | None]

    def options(self) -> "ReadOptions":
        """The same for the reader."""
        from geo.reading.options import ReadOptions

        return ReadOptions(self.profile, self.layer, self.encoding, self.day_first, self.columns)


def file_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the options of files, which it gets as one argument `table`."""
    return _with_options(command, {})


def table_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the options of files and their columns, as one argument `table`."""
    return _with_options(command, _COLUMNS)


def _with_options(command: Callable[..., Any], columns: Mapping[str, str]) -> Callable[..., Any]:
    @functools.wraps(command)
    def with_table(*args: Any, **kwargs: Any) -> Any:  # noqa: ANN401  # hands all on
        named = {name: kwargs.pop(name) for name in columns}
        said = {name: kwargs.pop(name) for name in ("profile", "layer", "encoding", "day_first")}
        return command(*args, table=TableOptions(**said, columns=named), **kwargs)

    options = [
        *_FILE_OPTIONS,
        *(click.option(f"--{name}", metavar="COLUMN", help=columns[name]) for name in columns),
    ]
    for option in reversed(options):
        with_table = option(with_table)
    return with_table
