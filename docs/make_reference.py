"""Write the references from what the code says of itself: the command line and the Python API.

    python docs/make_reference.py

Writes the tables of the guide to worldviews too. A test compares the files with what this gives.
"""

import inspect
from collections.abc import Iterator
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
    runs = [[], *_commands(group)]
    return "\n".join(
        ["# The command line", "", "Made from `--help` by `docs/make_reference.py`.", ""]
        + [_help(arguments) for arguments in runs]
    )


def _commands(group: click.Group) -> Iterator[list[str]]:
    """Names that lead to each command, those of a group below it."""
    context = click.Context(group)
    for name in group.list_commands(context):
        yield [name]
        command = group.get_command(context, name)
        if isinstance(command, click.Group):
            yield from ([name, *below] for below in _commands(command))


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


def with_exceptions(guide: str) -> str:
    """Guide to the worldviews, with the tables between its two marks written anew."""
    start, end = "<!-- exceptions -->\n", "<!-- end of exceptions -->"
    before, rest = guide.split(start)
    return before + start + _exceptions() + end + rest.split(end)[1]


def _exceptions() -> str:
    """One table for each worldview, from the shipped one."""
    parts: list[str] = []
    for name, rows in geo.worldviews().groupby("worldview", sort=False):
        parts += [f"### {name}", "", "| place | holder | when | source | note |"]
        parts += ["|---|---|---|---|---|"]
        for row in rows.itertuples():
            holder = f"{row.holder} ({row.holder_name})" if row.holder_name else row.holder
            times = (("from", row.valid_from), ("until", row.valid_until))
            when = " ".join(f"{word} {day}" for word, day in times if day) or "always"
            parts.append(f"| {row.place} | {holder} | {when} | {row.source} | {row.note} |")
        parts.append("")
    return "\n".join(parts)


def main() -> None:
    """Write the references, and the tables of the guide to worldviews."""
    guide = FOLDER / "worldviews.md"
    guide.write_text(with_exceptions(guide.read_text(encoding="utf-8")), encoding="utf-8")
    (FOLDER / "cli.md").write_text(command_line(), encoding="utf-8")
    (FOLDER / "api.md").write_text(python_api(), encoding="utf-8")


if __name__ == "__main__":
    main()
