"""The maps of a project: one of all incidents, one of those that may be published."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import geopandas as gpd

    from geo.collection.project.building import Built
    from layers.viewer_layer import ViewerLayer

__all__ = ["draw_maps"]


def draw_maps(built: "Built", staging: Path) -> None:
    """Write a map of all incidents, and one of those that may be published.

    Parameters
    ----------
    built
        Tables of a build.
    staging
        Folder of its outputs.
    """
    from geo.collection.project.writing_outputs import PRIVATE, PUBLIC

    inputs = [one.file for one in built.plan.found.inputs if one.path in built.readings]
    wanted = built.plan.settings.map.layers
    _draw(built.incidents, built, wanted, inputs, staging / PRIVATE / "map.html")
    # Names of inputs, and places that only the user knows, may tell more than may be published.
    shown = [name for name in wanted if name != "sites"]
    _draw(built.public, built, shown, [], staging / PUBLIC / "map.html")


def _draw(
    incidents: "gpd.GeoDataFrame",
    built: "Built",
    names: Sequence[str],
    files: Sequence[Path],
    target: Path,
) -> None:
    import layers
    from geo.collection.project.known_names import worldview_of

    plan = built.plan
    wanted, language = plan.settings.map, plan.settings.map.language
    is_file = language.lower().endswith(".json")
    page = layers.Map(
        *_layers(incidents, names, plan.folder),
        layers.IncidentLayer(incidents),
        title=wanted.title or None,
        language=plan.folder / language if is_file else language,
        worldview=worldview_of(plan.settings.worldview, plan.folder),
        max_size_mb=wanted.max_size_mb,
    )
    page.made_from(*files).save(target)


def _layers(
    incidents: "gpd.GeoDataFrame", names: Sequence[str], folder: Path
) -> "list[ViewerLayer]":
    import layers
    from geo.collection.project.own_sites import sites_table

    chosen: list[ViewerLayer] = []
    if "uncertainty" in names:
        chosen.append(layers.UncertaintyLayer(incidents))
    if "border_links" in names:
        chosen.append(layers.BorderLinkLayer(incidents, show=False))
    if "sites" in names:
        chosen.append(layers.SiteLayer(sites_table(folder)))
    return chosen
