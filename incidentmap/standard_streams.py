"""`-` as a file: the standard input is read like one, and one is handed to the standard output."""

import os
import re
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

import click

from incidentmap.stream_kinds import kind_of

__all__ = ["InputFile", "hand_over", "in_words", "output_file"]

_INPUT, _OUTPUT = "incidentmap.input", "incidentmap.output"
# Also what other programs take for it.
_INPUTS, _OUTPUTS = (Path("-"), Path("/dev/stdin")), (Path("-"), Path("/dev/stdout"))
_PREFIX = "incidentmap"
# What a terminal would show as noise.
_NO_TEXT = (".gpkg", ".parquet", ".geoparquet", ".fgb", ".xlsx")


class InputFile(click.Path):
    """Path of a file to read; for `-`, of one that holds what the standard input brings.

    Parameters
    ----------
    otherwise
        Extension of plain text.
    """

    def __init__(self, otherwise: str = ".csv") -> None:
        super().__init__(path_type=Path)
        self._otherwise = otherwise

    def convert(
        self,
        value: Any,  # noqa: ANN401
        param: click.Parameter | None,
        ctx: click.Context | None,
    ) -> Any:  # noqa: ANN401
        """Path that a command can open."""
        path = super().convert(value, param, ctx)
        if path not in _INPUTS or ctx is None:
            return path
        if _INPUT in ctx.meta:
            self.fail("the standard input can be read once only.", param, ctx)
        ctx.meta[_INPUT] = True
        held = _folder(ctx) / "standard_input"
        with held.open("wb") as stream:
            shutil.copyfileobj(sys.stdin.buffer, stream)
        return held.rename(held.with_suffix(kind_of(held, otherwise=self._otherwise)))


def output_file(path: Path, *, suffix: str = ".geojson") -> Path:
    """Path to write to; for `-`, of a file that `hand_over` copies to the standard output.

    Parameters
    ----------
    path
        As the user names it.
    suffix
        Extension for `-`, which has none of its own.
    """
    if path not in _OUTPUTS:
        return path
    context = click.get_current_context()
    if _OUTPUT in context.meta:
        raise click.UsageError("only one output can be the standard output, -.")
    if suffix in _NO_TEXT and sys.stdout.isatty():
        raise click.UsageError(
            f"a file of the kind {suffix} is no text that a terminal can show; send it to a file, "
            f"with > or -o NAME{suffix}, or to a program, with |."
        )
    context.meta[_OUTPUT] = _folder(context) / f"standard_output{suffix}"
    found: Path = context.meta[_OUTPUT]
    return found


def hand_over(target: Path) -> None:
    """Say where a file was written, or hand it to the standard output.

    Parameters
    ----------
    target
        What `output_file` gave.

    Raises
    ------
    WriteError
        The standard output takes no more, such as a file on a full disk.
    """
    output = click.get_current_context().meta.get(_OUTPUT)
    if target != output:
        # Beside data, words have no place.
        click.echo(target, err=output is not None)
        return
    try:
        with target.open("rb") as stream:
            shutil.copyfileobj(stream, sys.stdout.buffer)
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        # Who reads it has enough, as head has; click ends in silence.
        raise
    except OSError as error:
        # What is left in the buffer would fail once more when Python ends.
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)
        raise _write_error(error) from error


def _write_error(error: OSError) -> Exception:
    from geo.errors import WriteError

    return WriteError(
        f"the standard output: cannot be written ({error.strerror}); make room where it leads, or "
        "name a file with -o."
    )


def in_words(text: str) -> str:
    """A message that calls the standard streams so, not by the files that stand for them.

    Parameters
    ----------
    text
        Message that may name files.
    """
    folder = re.escape(str(Path(tempfile.gettempdir()) / _PREFIX))
    return re.sub(rf"{folder}\w+[/\\]standard_(input|output)[.\w]*\w", r"the standard \1", text)


def _folder(context: click.Context) -> Path:
    """Folder that is removed when the command has ended, also where it was called wrongly."""
    return Path(context.find_root().with_resource(tempfile.TemporaryDirectory(prefix=_PREFIX)))
