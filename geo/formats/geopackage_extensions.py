"""Extensions of GeoPackage that other programs know: metadata of layers, related tables."""

import sqlite3
import xml.etree.ElementTree as ET

from geo.formats.geopackage_tables import NO_TIME
from geo.formats.qgis_metadata import STANDARD

__all__ = ["add_metadata", "add_relation"]

_METADATA = "gpkg_metadata"
_METADATA_URL = "http://www.geopackage.org/spec130/#extension_metadata"
_RELATED = "gpkg_related_tables"
_RELATED_URL = "http://docs.opengeospatial.org/is/18-000/18-000.html"
# As the standards define them.
_EXTENSIONS_COLUMNS = (
    "table_name TEXT, column_name TEXT, extension_name TEXT NOT NULL, definition TEXT NOT NULL, "
    "scope TEXT NOT NULL, CONSTRAINT ge_tce UNIQUE (table_name, column_name, extension_name)"
)
_METADATA_COLUMNS = (
    "id INTEGER CONSTRAINT m_pk PRIMARY KEY ASC NOT NULL, "
    "md_scope TEXT NOT NULL DEFAULT 'dataset', md_standard_uri TEXT NOT NULL, "
    "mime_type TEXT NOT NULL DEFAULT 'text/xml', metadata TEXT NOT NULL DEFAULT ''"
)
_REFERENCE_COLUMNS = (
    "reference_scope TEXT NOT NULL, table_name TEXT, column_name TEXT, row_id_value INTEGER, "
    "timestamp DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')), "
    "md_file_id INTEGER NOT NULL, md_parent_id INTEGER, "
    "CONSTRAINT crmr_mfi_fk FOREIGN KEY (md_file_id) REFERENCES gpkg_metadata(id), "
    "CONSTRAINT crmr_mpi_fk FOREIGN KEY (md_parent_id) REFERENCES gpkg_metadata(id)"
)
_RELATION_COLUMNS = (
    "id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, base_table_name TEXT NOT NULL, "
    "base_primary_column TEXT NOT NULL DEFAULT 'id', related_table_name TEXT NOT NULL, "
    "related_primary_column TEXT NOT NULL DEFAULT 'id', relation_name TEXT NOT NULL, "
    "mapping_table_name TEXT NOT NULL UNIQUE"
)


def add_metadata(
    connection: sqlite3.Connection, metadata: ET.Element, layer: str | None = None
) -> None:
    """Add what a layer says of itself, or the whole file.

    Parameters
    ----------
    connection
        Of a GeoPackage.
    metadata
        As QGIS writes it.
    layer
        Name of the layer; None for the whole file.

    Notes
    -----
    Source: GeoPackage 1.3, annex F.8 (metadata).
    """
    connection.execute(f"CREATE TABLE IF NOT EXISTS gpkg_metadata ({_METADATA_COLUMNS})")
    connection.execute(f"CREATE TABLE IF NOT EXISTS gpkg_metadata_reference ({_REFERENCE_COLUMNS})")
    for table in ("gpkg_metadata", "gpkg_metadata_reference"):
        _register(connection, table, _METADATA, _METADATA_URL)
    added = connection.execute(
        "INSERT INTO gpkg_metadata (md_scope, md_standard_uri, mime_type, metadata) "
        "VALUES ('dataset', ?, 'text/xml', ?)",
        (STANDARD, ET.tostring(metadata, encoding="unicode")),
    )
    connection.execute(
        "INSERT INTO gpkg_metadata_reference (reference_scope, table_name, timestamp, md_file_id) "
        "VALUES (?, ?, ?, ?)",
        ("geopackage" if layer is None else "table", layer, NO_TIME, added.lastrowid),
    )


def add_relation(connection: sqlite3.Connection, related: str, mapping: str) -> None:
    """Say that a table belongs to the incidents, row by row.

    Parameters
    ----------
    connection
        Of a GeoPackage with the layer `incidents`.
    related
        Name of the table, with the key `id`.
    mapping
        Name of the table that pairs them: `base_id` is the incident's `fid`, `related_id` the
        other's `id`.

    Notes
    -----
    Source: OGC GeoPackage Related Tables Extension 1.0, section on attributes.
    """
    connection.execute(f"CREATE TABLE IF NOT EXISTS gpkgext_relations ({_RELATION_COLUMNS})")
    for table in ("gpkgext_relations", mapping):
        _register(connection, table, _RELATED, _RELATED_URL)
    connection.execute(
        "INSERT INTO gpkgext_relations (base_table_name, base_primary_column, related_table_name, "
        "related_primary_column, relation_name, mapping_table_name) "
        "VALUES ('incidents', 'fid', ?, 'id', 'attributes', ?)",
        (related, mapping),
    )


def _register(connection: sqlite3.Connection, table: str, extension: str, url: str) -> None:
    connection.execute(f"CREATE TABLE IF NOT EXISTS gpkg_extensions ({_EXTENSIONS_COLUMNS})")
    # The rule that forbids repetition does not see equal rows of which a cell is null.
    connection.execute(
        "INSERT INTO gpkg_extensions (table_name, extension_name, definition, scope) "
        "SELECT ?1, ?2, ?3, 'read-write' WHERE NOT EXISTS "
        "(SELECT 1 FROM gpkg_extensions WHERE table_name = ?1 AND extension_name = ?2)",
        (table, extension, url),
    )
