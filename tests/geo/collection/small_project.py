"""A small project: three articles, one table, about four incidents."""

from pathlib import Path

from geo.collection.project.starting import start_project

#: Two papers tell of one fire; a third of a flood.
ARTICLES = {
    "post.txt": "Four people were killed in a fire in Zarqa on 3 May 2024, officials said.",
    "herald.txt": "A fire in Zarqa on 3 May 2024 killed five people and injured nine, police said.",
    "flood.txt": "A flood in Homs on 12 May 2024 killed two people, residents said.",
}
TABLE = (
    "id,date,title,type,place,country,fatalities\n"
    "1,2024-05-20,Shots were fired at a checkpoint.,battle,Mosul,Iraq,1\n"
    "2,2024-05-22,A crowd marched through the centre.,protest,Irbid,Jordan,0\n"
)
OVERRIDES = (
    "action,incident_id,other_id,field,value,place_text,stated_country,place,country,admin1,"
    "place_id,lon,lat,uncertainty_m,note\n"
)


def small_project(folder: Path) -> Path:
    """Make the project, whose public outputs hold what is at least corroborated."""
    start_project(folder)
    for name, text in ARTICLES.items():
        (folder / "inputs" / name).write_text(text, encoding="utf-8")
    (folder / "inputs" / "desk.csv").write_text(TABLE, encoding="utf-8")
    return folder


def decide(folder: Path, *lines: str) -> None:
    """Write the decisions of an editor, each with the cells of one line."""
    (folder / "overrides.csv").write_text(OVERRIDES + "".join(f"{line}\n" for line in lines))


def edit(incident_id: str, field: str, value: str) -> str:
    """Line that gives a column of an incident another value."""
    return f"edit,{incident_id},,{field},{value},,,,,,,,,,"


def replace_in(folder: Path, old: str, new: str) -> None:
    """Change the settings."""
    path = folder / "incidentmap.toml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
