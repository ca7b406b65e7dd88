"""The command line, in this process or in one of its own: the same words, codes and folder."""

import os
import subprocess
import sys
import warnings
from pathlib import Path

import pytest
from click.testing import CliRunner

from incidentmap.cli import main

ROOT = Path(__file__).parents[2]


def run_process(*arguments: object, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    """Run a command as a shell does."""
    command = [sys.executable, "-m", "incidentmap", *map(str, arguments)]
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    return subprocess.run(
        command, capture_output=True, text=True, check=False, cwd=cwd, env=environment
    )


def run(*arguments: object, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    """Run a command; a process of its own would first import for a second what is here already."""
    command = ["incidentmap", *map(str, arguments)]
    code: object = 0
    with (
        pytest.MonkeyPatch.context() as patch,
        warnings.catch_warnings(),
        CliRunner().isolation() as (stdout, stderr, _),
    ):
        # Users read warnings; only tests end with them.
        warnings.simplefilter("default")
        patch.setattr(sys, "argv", command)
        if cwd is not None:
            patch.chdir(cwd)
        try:
            main()
        except SystemExit as leave:
            code = leave.code or 0
        sys.stdout.flush()
        sys.stderr.flush()
        said = stdout.getvalue().decode(), stderr.getvalue().decode()
    assert isinstance(code, int)
    return subprocess.CompletedProcess(command, code, *said)
