"""The command `incidentmap`: a group whose commands load when they are called."""

import sys
import warnings
from collections.abc import Callable
from functools import partial
from importlib import import_module
from typing import Any

import click

__all__ = ["group", "main"]

_COMMANDS = {
    "build": "Build the outputs of a project, only what has changed.",
    "convert": "Write incidents in another format.",
    "data": "List the reference data with licences, check it, add your own places.",
    "enrich": "Add countries, provinces and border distances.",
    "extract": "Print the incidents that articles report.",
    "geocode": "Place names, descriptions and coordinates, with uncertainty and reason.",
    "hotspots": "Find where incidents gather, and how surely.",
    "info": "Tell what a table holds, and what is wrong with it.",
    "init": "Make a project: a folder for a collection that grows.",
    "map": "Make an offline map of incidents.",
    "near": "Keep the incidents within a distance of sites, a place or a border.",
    "review": "Make a page on which a person decides what is in doubt.",
    "update": "Bring a later file of the same provider into an earlier one.",
}


class _LazyGroup(click.Group):
    """Lists commands by their one-line help, and imports a command's module only to run it."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        del ctx
        return sorted(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        del ctx
        if cmd_name not in _COMMANDS:
            return None
        command = import_module(f"incidentmap.commands.{cmd_name}_command").command
        return command if isinstance(command, click.Command) else None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        del ctx
        with formatter.section("Commands"):
            formatter.write_dl(sorted(_COMMANDS.items()))


@click.group(
    cls=_LazyGroup,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Example: incidentmap map incidents.csv -o map.html --geojson incidents.geojson",
)
@click.version_option(package_name="incidentmap")
def group() -> None:
    """From reports of incidents to maps that one can trust, offline.

    As the name of a file, - is the standard input or output.
    """


def main() -> None:
    """Run the command line; errors of ours become one sentence and exit code 1."""
    with warnings.catch_warnings():
        shown = warnings.showwarning
        warnings.showwarning = partial(_show_warning, shown)
        try:
            group()
        except Exception as error:
            if not _is_ours(error):
                raise
            click.echo(f"incidentmap: {_in_words(error)}", err=True)
            sys.exit(1)


def _show_warning(
    otherwise: Callable[..., None],
    message: Warning | str,
    category: type[Warning],
    *place: Any,  # noqa: ANN401
    **more: Any,  # noqa: ANN401
) -> None:
    """Say a warning of ours as one sentence, without the place in the code."""
    if category.__module__ == "geo.errors":
        click.echo(f"incidentmap: {_in_words(message)}", err=True)
    else:
        otherwise(message, category, *place, **more)


def _in_words(message: object) -> str:
    from incidentmap.standard_streams import in_words

    return in_words(str(message))


def _is_ours(error: Exception) -> bool:
    from geo.errors import GeoError

    return isinstance(error, GeoError)
