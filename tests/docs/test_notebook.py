"""The saved notebook runs as it stands, and shows its maps."""

import ast
import json
from pathlib import Path
from typing import Any

import pytest

DOCS = Path(__file__).parents[2] / "docs"
NOTEBOOK = DOCS / "first_map.ipynb"


def run(cells: list[dict[str, Any]]) -> list[object]:
    """Run the code cells in one namespace; what the last line of each gives, as a notebook does.

    A kernel would talk through sockets and take seconds to start, and the cells use nothing of it.
    """
    names: dict[str, Any] = {"__name__": "notebook"}
    shown = []
    for cell in cells:
        if cell["cell_type"] != "code":
            continue
        tree = ast.parse("".join(cell["source"]), cell["id"])
        last = tree.body.pop() if isinstance(tree.body[-1], ast.Expr) else None
        exec(compile(tree, cell["id"], "exec"), names)  # noqa: S102
        if isinstance(last, ast.Expr):
            shown.append(eval(compile(ast.Expression(last.value), cell["id"], "eval"), names))  # noqa: S307
    return shown


def test_the_cells_run_and_their_maps_show_themselves(monkeypatch: pytest.MonkeyPatch) -> None:
    # A notebook runs in its folder.
    monkeypatch.chdir(DOCS)
    shown: list[Any] = run(json.loads(NOTEBOOK.read_text("utf-8"))["cells"])

    frames = [
        frame for each in shown if (frame := each._repr_html_()).count("<iframe srcdoc=") == 1
    ]
    assert len(shown) == 4
    assert len(frames) == 3
    for title in ("Incidents of the sample", "Within 50 km", "What the article reports"):
        assert sum(f"&lt;title&gt;{title}" in frame for frame in frames) == 1


def test_it_is_saved_without_outputs_in_the_form_of_notebooks() -> None:
    saved = json.loads(NOTEBOOK.read_text("utf-8"))
    assert (saved["nbformat"], saved["nbformat_minor"]) == (4, 5)
    assert saved["metadata"]["kernelspec"]["language"] == "python"
    identifiers = [cell["id"] for cell in saved["cells"]]
    assert len(set(identifiers)) == len(identifiers)
    for cell in saved["cells"]:
        assert cell["cell_type"] in {"code", "markdown"}
        assert isinstance(cell["metadata"], dict)
        assert "".join(cell["source"]).strip()
        if cell["cell_type"] == "code":
            assert cell["outputs"] == []
            assert cell["execution_count"] is None
