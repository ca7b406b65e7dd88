import importlib.util
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from geo.spatial import compiling
from geo.spatial.compiling import compiled, kernel_for

HELPER = "def scale(value):\n    return {factor} * value\n"
KERNEL = """
from helper_of_kernel import scale

def scale_all(values, out):
    for i in range(len(values)):
        out[i] = scale(float(values[i]))
"""


def load(folder: Path, name: str, text: str) -> Any:
    path = folder / f"{name}.py"
    path.write_text(text, encoding="utf-8")
    spec = importlib.util.spec_from_file_location(name, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    # Read anew: Python itself would take a file of one second and size for unchanged.
    exec(compile(text, str(path), "exec"), module.__dict__)  # noqa: S102  # written above
    return module


@pytest.fixture
def kernel_with(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setenv("NUMBA_CACHE_DIR", str(tmp_path / "cache"))

    def build(factor: int) -> Any:
        load(tmp_path, "helper_of_kernel", HELPER.format(factor=factor))
        return load(tmp_path, "kernel_of_test", KERNEL).scale_all

    yield build
    sys.modules.pop("helper_of_kernel", None)
    sys.modules.pop("kernel_of_test", None)


def answer(kernel: Any) -> list[float]:
    out = np.empty(2)
    kernel(np.array([1.0, 2.0]), out)
    return out.tolist()


def test_a_compiled_kernel_calls_functions_of_other_modules(kernel_with: Any) -> None:
    kernel = kernel_with(3)

    assert compiled(kernel) is not kernel
    assert answer(compiled(kernel)) == answer(kernel) == [3.0, 6.0]


def test_a_kernel_follows_the_functions_that_it_calls(kernel_with: Any) -> None:
    before = compiled(kernel_with(3))
    assert answer(before) == [3.0, 6.0]

    after = compiled(kernel_with(5))

    assert answer(after) == [5.0, 10.0]
    assert before.__qualname__ != after.__qualname__


def test_few_items_run_plain_until_the_kernel_has_been_compiled(kernel_with: Any) -> None:
    kernel = kernel_with(2)

    assert kernel_for(kernel, 9, plain_below=10) is kernel
    assert kernel_for(kernel, 10, plain_below=10) is compiled(kernel)
    assert kernel_for(kernel, 9, plain_below=10) is compiled(kernel)


def test_a_kernel_stays_plain_where_numba_is_absent(
    kernel_with: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    kernel = kernel_with(2)
    monkeypatch.setitem(sys.modules, "numba", None)

    assert compiling.compiled(kernel) is kernel
