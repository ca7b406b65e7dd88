"""Committed files belong to no machine: no registry host, no local path, hashes in every lock."""

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LOCKS = sorted((ROOT / "requirements").glob("*.txt"))
LARGEST_BYTES = 50_000_000

# A registry is reached through its ordinary client, which knows where it is: on some networks that
# is a mirror, and the address of a package or an index in a file would go round it.
PACKAGE_ADDRESSES = re.compile(
    rb"https?://[^\s\"')>]+\.(?:whl|tgz|tar\.gz|deb|crate)\b|--(?:extra-)?index-url|--find-links"
    rb"|//(?:localhost|127\.0\.0\.1):\d"
)
MACHINE_PATHS = re.compile(rb"(?<![\w.])/(?:root|home|Users|work|tmp)/[\w.-]+")


def committed_files() -> list[Path]:
    """Return the files that git tracks or would track."""
    if not (ROOT / ".git").exists():
        pytest.skip("not a git checkout")
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listing = subprocess.run(command, cwd=ROOT, capture_output=True, check=True).stdout
    files = [ROOT / name.decode() for name in listing.split(b"\0") if name]
    return [file for file in files if file.is_file()]


def is_text(content: bytes) -> bool:
    return b"\0" not in content[:8192]


def pins(lock: Path) -> set[str]:
    return set(re.findall(r"^[\w.-]+==.*", lock.read_text(encoding="utf-8"), re.MULTILINE))


@pytest.mark.parametrize("pattern", [PACKAGE_ADDRESSES, MACHINE_PATHS], ids=["addresses", "paths"])
def test_no_file_names_a_machine(pattern: re.Pattern[bytes]) -> None:
    found = {}
    for file in committed_files():
        content = file.read_bytes()
        if is_text(content) and file != Path(__file__) and (match := pattern.search(content)):
            found[file.relative_to(ROOT).as_posix()] = match.group().decode()

    assert found == {}


def test_no_file_is_too_large_for_git() -> None:
    assert [file.name for file in committed_files() if file.stat().st_size > LARGEST_BYTES] == []


def test_there_are_locks() -> None:
    assert {lock.stem for lock in LOCKS} == {
        "bench", "bootstrap", "build", "dev", "oldest", "run", "test",
    }  # fmt: skip


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.stem)
def test_every_locked_package_has_hashes_and_no_address(lock: Path) -> None:
    text = lock.read_text(encoding="utf-8")
    entries = re.split(r"\n(?=\S)", text.strip())

    assert "://" not in text
    assert [entry for entry in entries if not re.match(r"[\w.-]+==\S+ ", entry)] == []
    assert [entry for entry in entries if "--hash=sha256:" not in entry] == []


def test_the_locks_agree() -> None:
    # `dev` holds all groups but the engines of `bench`; only `oldest` is meant to differ.
    everything = pins(ROOT / "requirements" / "dev.txt")
    others = [lock for lock in LOCKS if lock.stem not in {"bench", "oldest"}]

    assert [lock.stem for lock in others if not pins(lock) <= everything] == []


def test_the_engines_of_the_benchmarks_change_no_version() -> None:
    locks = [ROOT / "requirements" / f"{name}.txt" for name in ("bench", "test")]
    bench, test = (dict(pin.split("==", maxsplit=1) for pin in pins(lock)) for lock in locks)

    assert {name: bench.get(name) for name in test} == test


def test_the_viewers_lock_names_no_registry() -> None:
    text = (ROOT / "maps" / "viewer" / "package-lock.json").read_text(encoding="utf-8")

    assert '"resolved"' not in text
    assert '"integrity": "sha512-' in text
