"""Loops that run as plain Python on little data, and compiled by numba on much.

A kernel is a function over arrays that uses scalar `math` only, so that both ways give the same
bits. It converts what it reads from an array by `int()` or `float()`: numpy's own scalars would
warn where numba's do not. It is marked `typing.no_type_check`, because a checker that rewrites
functions while they are imported leaves nothing that numba understands.

Importing numba takes as long as ten thousand points do in plain Python. Where numba is absent
everything runs plain; where no folder can be written, nothing is kept for the next process.
"""

import hashlib
import inspect
from collections.abc import Callable, Iterable
from functools import cache
from operator import attrgetter
from pathlib import Path
from types import FunctionType
from typing import Any

__all__ = ["compiled", "kernel_for"]

Kernel = Callable[..., Any]

_in_use: set[Kernel] = set()


def kernel_for(kernel: Kernel, count: int, *, plain_below: int = 10_000) -> Kernel:
    """Kernel to call for a number of items: the plain function for few, else compiled.

    A kernel that was compiled once stays compiled for every later count.

    Parameters
    ----------
    kernel
        Plain function.
    count
        Items that the call handles.
    plain_below
        Least count that is worth the import of numba.

    Examples
    --------
    >>> def double(values, out):
    ...     for i in range(len(values)):
    ...         out[i] = 2 * values[i]
    >>> kernel_for(double, 5) is double
    True
    """
    if count < plain_below and kernel not in _in_use:
        return kernel
    _in_use.add(kernel)
    return compiled(kernel)


@cache
def compiled(kernel: Kernel) -> Kernel:
    """Kernel compiled by numba, together with the plain functions that it calls.

    Parameters
    ----------
    kernel
        Plain function; it is handed back as it is where numba is absent.
    """
    try:
        from numba import njit  # noqa: PLC0415  # small batches never pay for it
    except ImportError:
        return kernel
    linked = _linked(kernel)
    try:
        return njit(cache=True, nogil=True, error_model="numpy")(linked)
    except RuntimeError:
        # There is no folder that the compiled code could be kept in.
        return njit(nogil=True, error_model="numpy")(linked)


def _linked(kernel: Kernel) -> Kernel:
    """Copy of a kernel that calls compiled functions."""
    if not isinstance(kernel, FunctionType):
        return kernel
    known = {name: kernel.__globals__.get(name) for name in kernel.__code__.co_names}
    called = {
        name: compiled(value)
        for name, value in known.items()
        if isinstance(value, FunctionType) and value is not kernel
    }
    linked = FunctionType(kernel.__code__, {**kernel.__globals__, **called}, kernel.__name__)
    linked.__defaults__ = kernel.__defaults__
    linked.__module__ = kernel.__module__
    # What is kept for the next process is found by name and by the kernel's own file only.
    linked.__qualname__ = f"{kernel.__qualname__}-{_fingerprint(called.values())}"
    return linked


def _fingerprint(called: Iterable[Kernel]) -> str:
    """Digest of the names of called functions, with their fingerprints, and of their files."""
    plain = sorted((inspect.unwrap(kernel) for kernel in called), key=attrgetter("__qualname__"))
    names = "".join(kernel.__qualname__ for kernel in plain).encode()
    files = sorted({inspect.getfile(kernel) for kernel in plain})
    sources = b"".join(Path(file).read_bytes() for file in files)
    return hashlib.sha256(names + sources).hexdigest()[:12]
