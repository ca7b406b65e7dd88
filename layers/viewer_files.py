"""The viewer's built files: scripts and styles that stand inside the page."""

from functools import cache
from pathlib import Path

from geo.errors import ShippedDataError

__all__ = ["read"]

_INSTALLED = Path(__file__).parent / "_viewer"
_CHECKOUT = Path(__file__).parent.parent / "maps" / "viewer" / "bundle"


def read(name: str) -> str:
    """Text of a built file of the viewer.

    Parameters
    ----------
    name
        Its name, such as `page.js`.

    Raises
    ------
    ShippedDataError
        The viewer has not been built.
    """
    return _read(_INSTALLED if _INSTALLED.is_dir() else _CHECKOUT, name)


@cache
def _read(folder: Path, name: str) -> str:
    path = folder / name
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError as error:
        raise ShippedDataError(
            f"{path}: the map viewer has not been built. "
            "Run `python hatch_build.py` in a checkout, or reinstall incidentmap."
        ) from error
    closing = "</style" if name.endswith(".css") else "</script"
    if closing in text.lower():
        raise ShippedDataError(f"{path}: holds {closing!r}, which would end it inside a page.")
    return text
