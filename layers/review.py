"""The page of a review: one offline file in which a person decides what the machine left open."""

import os
from html import escape
from pathlib import Path
from typing import Any, BinaryIO

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd

from geo.formats.atomic import open_atomic
from geo.reference import views
from geo.schema import COLUMNS, CRS, require
from geo.vocabulary import kinds
from layers import viewer_files
from layers.page_policy import content_security_policy
from layers.page_words import words_block
from layers.payload import Block, pack, texts
from layers.place_names import translated_provinces
from layers.review_candidates import CandidatePlaces
from layers.review_ground import ReviewGround
from layers.review_items import Item, items_of
from layers.review_lines import EarlierLines, read_lines
from layers.review_reports import report_records
from layers.script_json import script_json
from layers.style import direction
from layers.words import Language, Words, words_of

__all__ = ["ReviewPage", "review_page"]

#: Below this share a place stands hardly better than the next candidate.
_LOW_SCORE = 0.5
_FILE = "overrides.csv"
_CHOICES = ("date_precision", "verification", "sensitivity")
_SCRIPTS = ("leaflet_slim.js", "review.js")


class ReviewPage:
    """A page that lists what needs a person, and gives their decisions back as overrides.

    Made by `review_page`.

    Attributes
    ----------
    items
        What is listed, in the order of the page.
    """

    def __init__(
        self,
        reports: gpd.GeoDataFrame,
        items: list[Item],
        earlier: EarlierLines,
        *,
        title: str | None,
        words: Words,
        worldview: views.Worldview,
    ) -> None:
        self.items = items
        self._reports = reports
        self._earlier = earlier
        self._words = words
        self._title = title or words.say("review.title")
        self._worldview = worldview

    def render(self) -> str:
        """HTML of the whole page."""
        places = CandidatePlaces()
        records, points = self._records(places)
        ground = ReviewGround(points, self._worldview)
        options = script_json(self._options(ground))
        blocks = [records, *ground.blocks]
        scripts = [
            *map(viewer_files.read, _SCRIPTS),
            f"incidentmap.openReview({script_json(records.id)},{options});",
        ]
        policy = content_security_policy(scripts)
        language, title = escape(self._words.language), escape(self._title)
        say = self._words.say
        return "\n".join(
            [
                "<!DOCTYPE html>",
                f'<html lang="{language}" dir="{direction(self._words.language)}">',
                "<head>",
                '<meta charset="utf-8">',
                f'<meta http-equiv="Content-Security-Policy" content="{policy}">',
                '<meta name="viewport" content="width=device-width, initial-scale=1">',
                f"<title>{title}</title>",
                f"<style>{viewer_files.read('review.css')}</style>",
                words_block(self._words, self._names(places), "review"),
                "</head>",
                "<body>",
                f"<noscript><h1>{title}</h1><p>{escape(say('page.scripts'))}</p></noscript>",
                f'<p class="im-opening">{escape(say("page.opening"))}</p>',
                *(block.html for block in blocks),
                *(f"<script>{script}</script>" for script in scripts),
                "</body>",
                "</html>",
                "",
            ]
        )

    def save(self, outfile: str | Path | BinaryIO) -> None:
        """Write the page; a file appears whole or not at all.

        Parameters
        ----------
        outfile
            Path, or an open binary stream.

        Raises
        ------
        WriteError
            The file cannot be written.
        """
        html = self.render()
        if isinstance(outfile, str | Path):
            with open_atomic(os.fspath(outfile)) as stream:
                stream.write(html)
            return
        outfile.write(html.encode("utf-8"))

    def _records(self, places: CandidatePlaces) -> tuple[Block, npt.NDArray[np.float64]]:
        """Reports and items of the page as one block, and the places that it shows."""
        rows = sorted({row for item in self.items for row in item.rows})
        numbers = {row: number for number, row in enumerate(rows)}
        reports = report_records(self._reports, rows, places)
        items = [item.record(numbers) for item in self.items]
        earlier = {"columns": self._earlier.columns, "rows": self._earlier.rows}
        block = pack({"reports": texts(reports), "items": texts(items)}, {"earlier": earlier})
        return block, _places_of(reports)

    def _options(self, ground: ReviewGround) -> dict[str, object]:
        labels = [[code, kind.label] for code, kind in kinds().items()]
        choices = {
            name: [[value, value.capitalize()] for value in COLUMNS[name].choices]
            for name in _CHOICES
        }
        return {
            "title": self._title,
            "file": _FILE,
            "ground": ground.arguments(),
            "attribution": ground.attribution(),
            "choices": choices | {"kind": labels},
        }

    def _names(self, places: CandidatePlaces) -> dict[str, str]:
        """Names of provinces in the language of the page."""
        tables = [places.provinces]
        if {"admin1_code", "admin1"} <= set(self._reports.columns):
            tables.append(pd.DataFrame(self._reports[["admin1_code", "admin1"]]))
        return translated_provinces(pd.concat(tables), self._words.catalogue["locale"])


def review_page(  # noqa: PLR0913  # what is reviewed, and how it is shown
    reports: gpd.GeoDataFrame,
    incidents: pd.DataFrame | None = None,
    pairs: pd.DataFrame | None = None,
    *,
    overrides: str | Path | None = None,
    verification: str | None = None,
    title: str | None = None,
    language: Language = "en",
    worldview: str | views.Worldview = "default",
) -> ReviewPage:
    """Page that lists what needs a person, and gives their decisions back as overrides.

    Parameters
    ----------
    reports
        Incident table, one row per report, as `geo.geocode` or `geo.extract_incidents` makes it.
    incidents
        What `geo.merge_reports` made of the reports: lists what it joined.
    pairs
        What `geo.compare_reports` found: lists doubtful pairs.
    overrides
        The overrides of the project. The page gives them back with its own lines; what they say is
        seen or joined is not listed again.
    verification
        Least status that is published: incidents below it are listed last, to be verified.
    title
        Title of the page.
    language
        BCP 47 tag, a catalogue, or the path of its JSON file, as for `layers.Map`.
    worldview
        Whose borders are drawn: a name of `geo.worldviews()`, or a worldview of your own.

    Returns
    -------
    ReviewPage
        `save` writes it.

    Raises
    ------
    ReadError
        The overrides cannot be read.
    SchemaError
        A table lacks `incident_id`, holds what it must not, or names reports that are not there.

    Examples
    --------
    >>> import geo
    >>> places = pd.DataFrame({"incident_id": ["a-1"], "place_text": ["Springfield"]})
    >>> [item.why for item in review_page(geo.geocode(places)).items]
    ['ambiguous']
    """
    require(reports, ("incident_id",), by="review_page")
    earlier = read_lines(overrides)
    items = items_of(
        reports,
        incidents,
        pairs,
        low_score=_LOW_SCORE,
        verification=verification,
        settled=earlier.settled(),
    )
    return ReviewPage(
        reports.to_crs(CRS),
        items,
        earlier,
        title=title,
        words=words_of(language),
        worldview=views.view(worldview),
    )


def _places_of(reports: list[dict[str, Any]]) -> npt.NDArray[np.float64]:
    """Longitude and latitude in degrees of the reports and their candidates, shape (n, 2)."""
    spots = [
        (spot["lon"], spot["lat"])
        for report in reports
        for spot in (report, *report["candidates"])
        if "lon" in spot
    ]
    return np.array(spots, dtype=np.float64).reshape(-1, 2)
