"""Pages small enough to open: beyond a size incidents are grouped, and the page says so."""

from dataclasses import dataclass

from layers.grouping import groupings
from layers.incident_columns import IncidentBlocks
from layers.words import Words, words_of

__all__ = ["DEFAULT_MAX_SIZE_MB", "Notice", "size_mb", "within"]

DEFAULT_MAX_SIZE_MB = 25.0
_MB = 1e6
#: Of the ground and the viewer, and the least that incidents get beside them.
_PAGE_MB, _LEAST_MB = 2.5, 0.2


@dataclass(frozen=True)
class Notice:
    """What a page says about grouped incidents.

    Parameters
    ----------
    head
        What has been done, in a few words.
    text
        Why, and what to do about it.
    """

    head: str
    text: str


def size_mb(incidents: IncidentBlocks) -> float:
    """Size of the blocks of an incident table in MB of the page."""
    blocks = (incidents.columns, incidents.texts, incidents.footprints)
    return sum(len(block.base64) for block in blocks if block is not None) / _MB


def within(
    incidents: IncidentBlocks, *, max_size_mb: float, tables: int = 1, words: Words | None = None
) -> tuple[IncidentBlocks, Notice | None]:
    """Blocks that fit into a page, and what the page must say if incidents were grouped for it.

    Parameters
    ----------
    incidents
        Encoded incident table.
    max_size_mb
        Size that the page may have; the coarsest groups are taken if none fit.
    tables
        How many tables share the page.
    words
        Words of the page; English by default.
    """
    size = size_mb(incidents)
    room = max(_LEAST_MB, max_size_mb - _PAGE_MB) / tables
    if size <= room:
        return incidents, None
    found, cell_km = incidents, 0.0
    for grouped in groupings(incidents.source):
        found, cell_km = incidents.grouped(grouped.table, grouped.weights), grouped.cell_km
        if size_mb(found) <= room:
            break
    said = words or words_of("en")
    text = said.say(
        "page.grouped.text",
        total=incidents.total,
        size=f"{size + _PAGE_MB:.0f}",
        limit=f"{max_size_mb:g}",
        width=f"{cell_km:.0f}",
    )
    return found, Notice(said.say("page.grouped"), text)
