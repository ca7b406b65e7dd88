"""What is public is said in `__all__`, and no function hides behind a module of its name."""

import importlib
import inspect
import pkgutil
from types import ModuleType

import pytest

PACKAGES = ("geo", "layers", "incidentmap")


def every_module() -> list[str]:
    names = list(PACKAGES)
    for package in PACKAGES:
        folder = importlib.import_module(package).__path__
        names += [found.name for found in pkgutil.walk_packages(folder, f"{package}.")]
    # Importing `__main__` would start the command line.
    return sorted(name for name in names if not name.endswith("__main__"))


def defined_in(module: ModuleType) -> set[str]:
    """Return the public functions and classes that a module makes itself."""
    return {
        name
        for name, value in vars(module).items()
        if (inspect.isfunction(value) or inspect.isclass(value))
        and value.__module__ == module.__name__
        and not name.startswith("_")
    }


@pytest.mark.parametrize("name", every_module())
def test_all_names_what_the_module_makes(name: str) -> None:
    module = importlib.import_module(name)
    public = list(getattr(module, "__all__", []))

    assert len(public) == len(set(public))
    assert [entry for entry in public if not hasattr(module, entry)] == []
    assert defined_in(module) - set(public) == set()


@pytest.mark.parametrize("name", PACKAGES)
def test_a_face_shows_its_public_names(name: str) -> None:
    face = importlib.import_module(name)

    assert set(getattr(face, "__all__", [])) <= set(dir(face))


@pytest.mark.parametrize("name", PACKAGES)
def test_no_public_name_is_the_name_of_a_module(name: str) -> None:
    # Whoever imports `geo.write` the module first would find it in place of `geo.write()`.
    face = importlib.import_module(name)
    modules = {found.name for found in pkgutil.iter_modules(face.__path__)}

    assert modules & set(getattr(face, "__all__", [])) == set()
