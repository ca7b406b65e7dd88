"""Gets the pinned source packages with the ordinary clients, and proves their sha256.

`python data/sources/fetch.py [--cache FOLDER] [PACKAGE...]`
"""

import argparse
import hashlib
import os
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import platformdirs

_PINS = Path(__file__).parent / "pins.toml"


@dataclass(frozen=True)
class Pin:
    """One source package, as pinned."""

    package: str
    registry: str
    version: str
    file: str
    sha256: str
    licence: str
    attribution: str
    vintage: str
    note: str


@cache
def pins() -> dict[str, Pin]:
    """Pinned packages by name."""
    table = tomllib.loads(_PINS.read_text(encoding="utf-8"))
    return {name: Pin(package=name, **entry) for name, entry in table.items()}


def cache_folder() -> Path:
    """Folder of the downloads: INCIDENTMAP_CACHE, else the user's cache folder."""
    base = os.environ.get("INCIDENTMAP_CACHE")
    return Path(base or platformdirs.user_cache_dir("incidentmap")) / "packages"


def package_file(name: str, *, cache: Path | None = None) -> Path:
    """Path of a pinned package, downloaded first when it is not in the cache.

    Raises
    ------
    ValueError
        The registry delivers another file than the pinned one.
    """
    pin = pins()[name]
    target = (cache or cache_folder()) / pin.file
    if not (target.is_file() and _sha256(target) == pin.sha256):
        target.parent.mkdir(parents=True, exist_ok=True)
        _download(pin, target.parent)
        found = _sha256(target)
        if found != pin.sha256:
            raise ValueError(f"{target}: sha256 is {found}, pins.toml says {pin.sha256}.")
    return target


def _sha256(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _download(pin: Pin, folder: Path) -> None:
    print(f"fetch {pin.package} {pin.version} from {pin.registry}", file=sys.stderr)
    if pin.registry == "npm":
        command = [_client("npm"), "pack", f"{pin.package}@{pin.version}"]
        command += ["--pack-destination", str(folder.resolve())]
    elif pin.registry == "debian":
        command = [_client("apt-get"), "download", f"{pin.package}={pin.version}"]
    else:
        command = [_client("pip"), "download", "--no-deps", "--only-binary", ":all:"]
        command += ["--dest", str(folder.resolve()), f"{pin.package}=={pin.version}"]
    # apt-get has no option for the folder. The pins are ours.
    subprocess.run(command, check=True, stdout=sys.stderr, cwd=folder)  # noqa: S603


def _client(name: str) -> str:
    found = shutil.which(name)
    if found is None:
        raise FileNotFoundError(f"{name} is not installed; it is needed to fetch the packages.")
    return found


def main(arguments: Sequence[str] | None = None) -> None:
    """Fetch the named packages, or all that no extract stands for."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("packages", nargs="*", metavar="PACKAGE")
    parser.add_argument("--cache", type=Path, help="folder of the downloads")
    options = parser.parse_args(arguments)
    wanted = [name for name, pin in pins().items() if pin.registry != "debian"]
    for name in options.packages or wanted:
        print(package_file(name, cache=options.cache), file=sys.stderr)


if __name__ == "__main__":
    main()
