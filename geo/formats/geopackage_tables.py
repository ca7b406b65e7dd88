"""Tables of a GeoPackage beside its layers: sources, actors, styles, what it says of itself."""

import sqlite3
from collections.abc import Iterable, Sequence
from pathlib import Path

from geo.canonical_json import to_json
from geo.formats.qgis_style import qml, styles_of

__all__ = [
    "NO_TIME",
    "add_actors",
    "add_project",
    "add_rows",
    "add_sources",
    "add_styles",
    "opened",
]

#: Of all times in a file, so that the same table gives the same bytes.
NO_TIME = "1970-01-01T00:00:00.000Z"
_LIST = "CASE WHEN json_valid(i.{0}) AND json_type(i.{0}) = 'array' THEN i.{0} ELSE '[]' END"
_STYLE_COLUMNS = (
    "id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, f_table_catalog TEXT(256), "
    "f_table_schema TEXT(256), f_table_name TEXT(256), f_geometry_column TEXT(256), "
    "styleName TEXT(30), styleQML TEXT, styleSLD TEXT, useAsDefault BOOLEAN, description TEXT, "
    "owner TEXT(30), ui TEXT(30), update_time DATETIME DEFAULT "
    "(strftime('%Y-%m-%dT%H:%M:%fZ','now'))"
)
_CITED = f"""
CREATE TEMP TABLE cited AS
SELECT i.fid AS fid, i.incident_id AS incident_id,
  json_extract(s.value, '$.publisher') AS publisher, json_extract(s.value, '$.url') AS url,
  json_extract(s.value, '$.published') AS published, json_extract(s.value, '$.sha256') AS sha256,
  json_extract(s.value, '$.fact') AS fact, json_extract(s.value, '$.quote') AS quote,
  json_extract(s.value, '$.start') AS start, json_extract(s.value, '$.end') AS "end",
  json_array(json_extract(s.value, '$.publisher'), json_extract(s.value, '$.url'),
    json_extract(s.value, '$.published'), json_extract(s.value, '$.sha256')) AS citation
FROM incidents i, json_each({_LIST.format("sources")}) s
WHERE s.type = 'object' ORDER BY i.fid, s.key
"""  # noqa: S608  # all of it is written here
_ACTING = f"""
CREATE TEMP TABLE acting AS
SELECT i.fid AS fid, i.incident_id AS incident_id, json_extract(a.value, '$.name') AS name,
  json_extract(a.value, '$.role') AS role,
  json_extract(a.value, '$.attribution') AS attribution, json_extract(a.value, '$.by') AS "by"
FROM incidents i, json_each({_LIST.format("actors")}) a
WHERE a.type = 'object' ORDER BY i.fid, a.key
"""  # noqa: S608  # all of it is written here


def opened(path: Path) -> sqlite3.Connection:
    """A GeoPackage as an SQLite database that writes without a journal beside it."""
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA journal_mode = MEMORY")
    connection.execute("PRAGMA temp_store = MEMORY")
    return connection


def add_sources(connection: sqlite3.Connection) -> None:
    """Add each source once as `sources`, and who cites which as `incident_sources`."""
    _create(
        connection, "sources", "publisher TEXT, url TEXT, published TEXT, sha256 TEXT",
        "Publications that report incidents, each once",
    )  # fmt: skip
    _create(
        connection, "incident_sources",
        "base_id INTEGER NOT NULL, related_id INTEGER NOT NULL, incident_id TEXT, fact TEXT, "
        'quote TEXT, start INTEGER, "end" INTEGER',
        "Which incident is reported by which source, in which words",
    )  # fmt: skip
    connection.execute(_CITED)
    connection.execute(
        "CREATE TEMP TABLE distinct_cited AS SELECT citation, min(rowid) AS first, publisher, url, "
        "published, sha256 FROM cited GROUP BY citation ORDER BY first"
    )
    connection.execute("CREATE UNIQUE INDEX temp.by_citation ON distinct_cited (citation)")
    connection.execute(
        "INSERT INTO sources SELECT rowid, publisher, url, published, sha256 FROM distinct_cited "
        "ORDER BY rowid"
    )
    connection.execute(
        "INSERT INTO incident_sources "
        '(base_id, related_id, incident_id, fact, quote, start, "end") '
        'SELECT c.fid, d.rowid, c.incident_id, c.fact, c.quote, c.start, c."end" FROM cited c '
        "CROSS JOIN distinct_cited d ON d.citation = c.citation ORDER BY c.rowid"
    )
    connection.execute("DROP TABLE temp.cited")
    connection.execute("DROP TABLE temp.distinct_cited")


def add_actors(connection: sqlite3.Connection) -> None:
    """Add who did what by whose word as `actors`, paired with incidents as `incident_actors`."""
    _create(
        connection, "actors",
        'incident_id TEXT, name TEXT, role TEXT, attribution TEXT, "by" TEXT',
        "Who did what, by whose word",
    )  # fmt: skip
    _create(
        connection, "incident_actors", "base_id INTEGER NOT NULL, related_id INTEGER NOT NULL",
        "Which actor belongs to which incident",
    )  # fmt: skip
    connection.execute(_ACTING)
    connection.execute(
        'INSERT INTO actors SELECT rowid, incident_id, name, role, attribution, "by" FROM acting '
        "ORDER BY rowid"
    )
    connection.execute(
        "INSERT INTO incident_actors SELECT rowid, fid, rowid FROM acting ORDER BY rowid"
    )
    connection.execute("DROP TABLE temp.acting")


def add_rows(
    connection: sqlite3.Connection,
    name: str,
    title: str,
    columns: Sequence[str],
    rows: Iterable[Sequence[str]],
) -> None:
    """Add a table of texts.

    Parameters
    ----------
    connection
        Of a GeoPackage.
    name, title
        Of the table.
    columns, rows
        Names and values.
    """
    _create(connection, name, ", ".join(f'"{column}" TEXT' for column in columns), title)
    marks = ", ".join("?" for _ in columns)
    names = ", ".join(f'"{column}"' for column in columns)
    connection.executemany(f'INSERT INTO "{name}" ({names}) VALUES ({marks})', rows)  # noqa: S608


def add_styles(connection: sqlite3.Connection, geometry: str) -> None:
    """Add the styles that QGIS opens the layers with, as `layer_styles`.

    Parameters
    ----------
    connection
        Of a GeoPackage.
    geometry
        Name of the geometry column of all layers.
    """
    found = connection.execute(
        "SELECT table_name, geometry_type_name FROM gpkg_contents "
        "JOIN gpkg_geometry_columns USING (table_name) ORDER BY gpkg_contents.rowid"
    ).fetchall()
    # GDAL lists the table, and QGIS finds the styles, only where it is registered.
    connection.execute(f"CREATE TABLE layer_styles ({_STYLE_COLUMNS})")
    _register(connection, "layer_styles", "Styles of QGIS")
    for layer, kind in found:
        told = connection.execute("SELECT name FROM pragma_table_info(?)", (layer,))
        columns = [name for (name,) in told]
        for number, look in enumerate(styles_of(layer, kind)):
            connection.execute(
                "INSERT INTO layer_styles (f_table_catalog, f_table_schema, f_table_name, "
                "f_geometry_column, styleName, styleQML, styleSLD, useAsDefault, description, "
                "owner, update_time) VALUES ('', '', ?, ?, ?, ?, '', ?, ?, '', ?)",
                (layer, geometry, look.name, qml(look, columns), number == 0,
                 "Colours and words of incidentmap", NO_TIME),
            )  # fmt: skip


def add_project(connection: sqlite3.Connection, name: str, archive: bytes) -> None:
    """Add a project that QGIS opens by its name, as `qgis_projects`.

    Parameters
    ----------
    connection
        Of a GeoPackage.
    name
        What QGIS lists it as.
    archive
        The project as a file of QGIS.
    """
    connection.execute(
        "CREATE TABLE qgis_projects (name TEXT PRIMARY KEY, metadata BLOB, content BLOB)"
    )
    said = to_json({"last_modified_time": NO_TIME, "last_modified_user": "incidentmap"})
    connection.execute("INSERT INTO qgis_projects VALUES (?, ?, ?)", (name, said, archive.hex()))


def _create(connection: sqlite3.Connection, name: str, columns: str, title: str) -> None:
    key = "id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL"
    connection.execute(f'CREATE TABLE "{name}" ({key}, {columns})')
    _register(connection, name, title)


def _register(connection: sqlite3.Connection, name: str, title: str) -> None:
    connection.execute(
        "INSERT INTO gpkg_contents (table_name, data_type, identifier, description, last_change, "
        "srs_id) VALUES (?, 'attributes', ?, ?, ?, 0)",
        (name, name, title, NO_TIME),
    )
