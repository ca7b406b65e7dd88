"""Write the references from what the code says of itself: the command line and the Python API.

    python docs/make_reference.py

A test compares the files with what this gives.
"""

import inspect
from pathlib import Path
from types import ModuleType

import click
from click.testing import CliRunner

import geo
import layers
from incidentmap import cli

FOLDER = Path(__file__).parent
WIDTH = 88


def command_line() -> str:
    """Help of the program and of each of its commands."""
    group = cli.group
    names = group.list_commands(click.Context(group))
    runs = [[], *([name] for name in names)]
    return "\n".join(
        ["# The command line", "", "Made from `--help` by `docs/make_reference.py`.", ""]
        + [_help(arguments) for arguments in runs]
    )


def _help(arguments: list[str]) -> str:
    settings = {"prog_name": "incidentmap", "terminal_width": WIDTH, "max_content_width": WIDTH}
    result = CliRunner().invoke(cli.group, [*arguments, "--help"], **settings)
    title = " ".join(["incidentmap", *arguments])
    return f"## {title}\n\n```\n$ {title} --help\n{result.output.rstrip()}\n```\n"


def python_api() -> str:
    """Docstrings of all public names."""
    parts = ["# The Python API", "", "Made from the docstrings by `docs/make_reference.py`.", ""]
    for package in (geo, layers):
        parts += [f"## {package.__name__}", "", inspect.getdoc(package) or "", ""]
        parts += [_entry(package, name) for name in package.__all__]
    return "\n".join(parts)


def _entry(package: ModuleType, name: str) -> str:
    thing = getattr(package, name)
    shown: list[str] = []
    for parameter in inspect.signature(thing).parameters.values():
        bare = parameter.replace(annotation=inspect.Parameter.empty)
        if parameter.kind is inspect.Parameter.KEYWORD_ONLY and not any(
            "*" in one for one in shown
        ):
            shown.append("*")
        shown.append(str(bare))
    return (
        f"### {package.__name__}.{name}\n\n```\n{name}({', '.join(shown)})\n\n"
        f"{inspect.getdoc(thing)}\n```\n"
    )


def main() -> None:
    """Write both files."""
    (FOLDER / "cli.md").write_text(command_line(), encoding="utf-8")
    (FOLDER / "api.md").write_text(python_api(), encoding="utf-8")


if __name__ == "__main__":
    main()
