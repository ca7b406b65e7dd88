"""Write a page for each profile, from what the profiles say of themselves.

    python docs/make_profiles.py

A test compares the pages with what this gives.
"""

from collections.abc import Iterator
from pathlib import Path

from geo.profiles.profile import Profile
from geo.profiles.registry import profiles

FOLDER = Path(__file__).parent / "profiles"
_INTRODUCTION = """# Profiles

A profile reads the files of one provider. It is recognised by the columns of a file and by what
they hold, never by their order; `--profile NAME` names it, and `--profile plain` reads a file by
the names of its columns alone. Every row stays a row, and the provider's own columns stay beside it
as `native_*`, untouched. Nothing is repaired: what contradicts itself is told in `reason`, and a
position that is doubtful makes a row `suspicious`. `incidentmap info` lists what is wrong;
`incidentmap update OLD NEW` brings a later file into an earlier one.

Made by `docs/make_profiles.py` from the tables in `geo/profiles/`.

| profile | files | rows may be passed on | licence |
|---|---|---|---|
"""


def pages() -> dict[str, str]:
    """Text of each page by the name of its file."""
    found = {f"{profile.name}.md": _page(profile) for profile in profiles().values()}
    return {"README.md": _index()} | found


def _index() -> str:
    rows = [
        f"| [`{one.name}`]({one.name}.md) | {one.title} | "
        f"{'yes' if one.redistributable else 'no'} | {one.licence} |"
        for one in profiles().values()
    ]
    return _INTRODUCTION + "\n".join(rows) + "\n"


def _page(profile: Profile) -> str:
    facts = profile.facts
    return "\n".join([f"# {facts.title}", "", facts.about.strip(), "", *_terms(profile)]) + "\n"


def _terms(profile: Profile) -> Iterator[str]:
    facts = profile.facts
    yield f"- Name: `{profile.name}`"
    if facts.needed:
        yield f"- Needs: {_codes(facts.needed)}"
    if facts.telling:
        yield f"- Told from others by: {_codes(facts.telling)}"
    if facts.edited:
        yield f"- The newer row is told by: {_codes(facts.edited)}"
    yield f"- Licence: {facts.licence}"
    yield f"- Rows may be passed on: {'yes' if facts.redistributable else 'no'}"
    yield f"- To print with it: {facts.attribution}"
    yield from ("", "## Columns", "", "| column | becomes | how |", "|---|---|---|")
    for column in facts.columns:
        yield f"| `{column.native}` | {_codes(column.to) or '—'} | {column.how} |"
    if facts.codes:
        yield from ("", "## Codes")
    for name, meanings in facts.codes.items():
        yield from ("", f"`{name}`:", "", "| value | means |", "|---|---|")
        yield from (f"| `{code}` | {_meaning(meaning)} |" for code, meaning in meanings.items())


def _codes(names: tuple[str, ...]) -> str:
    return ", ".join(f"`{name}`" for name in names)


def _meaning(meaning: object) -> str:
    return _codes(tuple(meaning)) if isinstance(meaning, list) else f"{meaning}"


def main() -> None:
    """Write the pages."""
    FOLDER.mkdir(exist_ok=True)
    for name, text in pages().items():
        (FOLDER / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
