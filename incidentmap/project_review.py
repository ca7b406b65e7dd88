"""The page of a review: of a project's last build, or of single files."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    import geopandas as gpd

    from layers.review import ReviewPage
    from layers.words import Language

__all__ = ["review_project", "review_table"]


def review_project(
    folder: Path, *, title: str | None, language: str | Path | None, worldview: str | None
) -> "ReviewPage":
    """Page of what the last build of a project leaves open.

    Parameters
    ----------
    folder
        The project.
    title, language, worldview
        What the user says; None for what the settings of the project say.

    Raises
    ------
    ReadError
        It is no project, or it has not been built.
    """
    import geo
    import layers
    from geo.collection.project.kept_tables import read_kept
    from geo.collection.project.known_names import worldview_of
    from geo.collection.project.planning import plan_build
    from geo.collection.project.run_record import INCIDENTS, REPORTS, is_current
    from geo.collection.project.swapping import OUTPUTS
    from geo.errors import ReadError

    plan = plan_build(folder)
    settings, made = plan.settings, folder / OUTPUTS
    if not (made / REPORTS).is_file():
        raise ReadError(f"{folder}: it has not been built; run “incidentmap build {folder}” first.")
    if not is_current(plan):
        click.echo(
            "The project has changed since its last build, which is reviewed; “incidentmap build "
            f"{folder}” brings what is new.",
            err=True,
        )
    reports = read_kept(made / REPORTS)
    merges = settings.rules.merge
    return layers.review_page(
        reports,
        read_kept(made / INCIDENTS) if merges else None,
        geo.compare_reports(reports, decisions=plan.overrides) if merges else None,
        overrides=plan.overrides,
        verification=settings.verification,
        title=title or settings.map.title or None,
        language=language or _language(settings.map.language, folder),
        worldview=worldview_of(worldview or settings.worldview, folder),
    )


def review_table(
    reports: "gpd.GeoDataFrame",
    *,
    overrides: Path | None,
    title: str,
    language: str | Path | None,
    worldview: str | None,
) -> "ReviewPage":
    """Page of what is open in a table of placed incidents.

    Parameters
    ----------
    reports
        Placed incidents.
    overrides
        Lines that the page gives back with its own.
    title, language, worldview
        What the user says; None for English, and for the borders as they are.
    """
    import layers
    from incidentmap.inputs import read_view

    return layers.review_page(
        reports,
        overrides=overrides,
        title=title,
        language=language or "en",
        worldview=read_view(worldview or "default"),
    )


def _language(said: str, folder: Path) -> "Language":
    return folder / said if said.lower().endswith(".json") else said
