"""`incidentmap build`: a project's inputs to its outputs, only what has changed."""

import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Self

import click

__all__ = ["command"]

_SHOWN = 5


@click.command(
    "build",
    epilog="""\b
Examples:
  incidentmap build
  incidentmap build strikes
""",
)
@click.argument("folder", required=False, default=Path(), type=click.Path(path_type=Path))
def command(folder: Path) -> None:
    """Build the outputs of the project in FOLDER, by default the current one.

    Reads the inputs that have changed, places and merges their reports, obeys overrides.csv, and
    writes outputs/private (all incidents) and outputs/public (those that are verified well enough):
    maps, GeoJSON and GeoPackage, what has changed since the last build and why, and a note on what
    is left out. The same folder gives the same files; an interrupted build leaves the last ones.
    """
    from geo.collection.changes.texts import count_changes
    from geo.collection.project.running import build_project
    from incidentmap.project_maps import draw_maps

    with _Progress() as progress:
        result = build_project(folder, telling=progress.telling(), draw=draw_maps)
    if result is None:
        click.echo("Nothing has changed since the last build.", err=True)
        return
    changed = count_changes(result.changes)
    for sentence in (*_summary(result.counts), _listed(changed)):
        click.echo(f"{sentence}.", err=True)
    click.echo(result.outputs)


def _summary(counts: Mapping[str, Mapping[str, int]]) -> Iterator[str]:
    """How many reports and incidents there are, and how many of them are public."""
    reports, incidents = counts["reports_counted"]["all"], dict(counts["incidents"])
    total = incidents.pop("all")
    yield f"{_counted(reports, 'report')}, {_counted(total, 'incident')}: {_listed(incidents)}"
    held = {
        name.removeprefix("held_back_"): count
        for name, count in counts["published"].items()
        if name.startswith("held_back_")
    }
    public = counts["published"]["public"]
    yield f"Public: {public:,} of them" + (f"; held back: {_listed(held)}" if held else "")


def _listed(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{count:,} {word}" for word, count in counts.items()) or "none"


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


class _Progress:
    """What a build says on stderr: which inputs it reads, how far it is, what to look at."""

    def __init__(self) -> None:
        self._bar: Any = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._end()

    def telling(self) -> Any:  # noqa: ANN401  # a type that takes long to load
        """Whom the build tells."""
        from geo.collection.project.building import Telling

        return Telling(self._warn, self._inputs, self._input, self._step)

    def _warn(self, sentence: str) -> None:
        from geo.geocoding.wording import on_one_line

        self._end()
        click.echo(on_one_line(sentence), err=True)

    def _inputs(self, total: int, new: Sequence[str]) -> None:
        from geo.geocoding.wording import on_one_line

        names = ", ".join(map(on_one_line, new[:_SHOWN])) + (", …" if len(new) > _SHOWN else "")
        said = f"{len(new):,} read: {names}" if new else "none read"
        click.echo(f"Inputs: {said}; {total - len(new):,} as before.", err=True)
        self._bar = click.progressbar(length=total, label="Reading", file=sys.stderr)
        self._bar.__enter__()

    def _input(self, steps: int) -> None:
        if self._bar is not None:
            self._bar.update(steps)

    def _step(self, title: str) -> None:
        self._end()
        click.echo(f"{title} ...", err=True)

    def _end(self) -> None:
        if self._bar is not None:
            self._bar.__exit__(None, None, None)
            self._bar = None
