"""What QGIS makes of a GeoPackage; the system's Python runs it, which has QGIS.

Arguments: the GeoPackage, the PNG to draw. Prints JSON.
"""

import json
import sys
from typing import Any

# From the top of the picture down.
DRAWN = ("incidents", "sites", "border_links", "uncertainty", "admin_counts")
WIDTH, HEIGHT = 960, 600
MARGIN = 1.15
DAY = (2024, 1, 31)


def said_of(layer: Any) -> dict[str, Any]:
    """Return renderer, labels, clock and map tip of a layer with its default style."""
    from qgis.core import QgsExpression, QgsExpressionContext, QgsExpressionContextUtils

    # As “Load default style” does; QGIS 3.22 forgets the clock where it loads the style by itself.
    layer.loadDefaultStyle()
    temporal, renderer = layer.temporalProperties(), layer.renderer()
    is_categorised = renderer.type() == "categorizedSymbol"
    scopes = QgsExpressionContextUtils.globalProjectLayerScopes(layer)
    context = QgsExpressionContext(scopes)
    context.setFeature(next(layer.getFeatures()))
    return {
        "valid": layer.isValid(),
        "features": layer.featureCount(),
        "renderer": renderer.type(),
        "attribute": renderer.classAttribute() if is_categorised else None,
        "categories": {
            category.value(): [category.label(), category.symbol().color().name()]
            for category in (renderer.categories() if is_categorised else [])
        },
        "labels": layer.labelsEnabled() and layer.labeling().settings().fieldName,
        "active": temporal.isActive(),
        "fields": [temporal.startField(), temporal.endField()],
        "shown": shown_on(layer, *DAY) if temporal.isActive() else [],
        "tip": QgsExpression.replaceExpressionText(layer.mapTipTemplate(), context),
        "types": {field.name(): field.typeName() for field in layer.fields()},
        "licences": layer.metadata().licenses(),
        "rights": layer.metadata().rights(),
    }


def shown_on(layer: Any, year: int, month: int, day: int) -> list[str]:
    """Return the incidents that the clock shows on one day."""
    from qgis.core import QgsDateTimeRange, QgsFeatureRequest, QgsVectorLayerTemporalContext
    from qgis.PyQt.QtCore import QDate, QDateTime, QTime

    context = QgsVectorLayerTemporalContext()
    context.setLayer(layer)
    date = QDate(year, month, day)
    whole = QgsDateTimeRange(QDateTime(date, QTime(0, 0)), QDateTime(date, QTime(23, 59)))
    chosen = layer.temporalProperties().createFilterString(context, whole)
    found = layer.getFeatures(QgsFeatureRequest().setFilterExpression(chosen))
    return sorted(feature["incident_id"] for feature in found)


def draw(layers: list[Any], picture: str) -> None:
    """Draw layers as QGIS does."""
    from qgis.core import QgsMapRendererSequentialJob, QgsMapSettings, QgsProject
    from qgis.PyQt.QtCore import QSize
    from qgis.PyQt.QtGui import QColor

    QgsProject.instance().addMapLayers(layers)
    settings = QgsMapSettings()
    settings.setLayers(layers)
    settings.setOutputSize(QSize(WIDTH, HEIGHT))
    settings.setBackgroundColor(QColor("white"))
    box = layers[0].extent()
    box.scale(MARGIN)
    settings.setExtent(box)
    job = QgsMapRendererSequentialJob(settings)
    job.start()
    job.waitForFinished()
    job.renderedImage().save(picture)


def opened_project(path: str) -> dict[str, Any]:
    """Return what the project inside the GeoPackage opens, from the top layer down."""
    from qgis.core import QgsProject

    project = QgsProject.instance()
    is_read = project.read(f"geopackage:{path}?projectName=Incidents")
    days = project.timeSettings().temporalRange()
    said = {
        "read": is_read,
        "crs": project.crs().authid(),
        "days": [day.date().toString("yyyy-MM-dd") for day in (days.begin(), days.end())],
        "layers": [
            {
                "name": layer.name(),
                "valid": layer.isValid(),
                "active": layer.temporalProperties().isActive(),
                "labels": layer.labelsEnabled(),
                "renderer": layer.renderer().type(),
                "shown": shown_on(layer, *DAY) if "incident_id" in layer.fields().names() else [],
                "licences": layer.metadata().licenses(),
            }
            for layer in project.layerTreeRoot().layerOrder()
        ],
    }
    project.clear()
    return said


def main(path: str, picture: str) -> None:
    """Open all layers, draw them, print what they are."""
    from qgis.core import QgsApplication, QgsProviderRegistry, QgsVectorLayer

    application = QgsApplication([], False)  # noqa: FBT003  # without windows
    application.initQgis()
    layers = {
        found.name(): QgsVectorLayer(f"{path}|layername={found.name()}", found.name(), "ogr")
        for found in QgsProviderRegistry.instance().querySublayers(path)
    }
    said = {
        name: said_of(layer)
        if layer.isSpatial()
        else {"valid": layer.isValid(), "features": layer.featureCount()}
        for name, layer in layers.items()
    }
    project = opened_project(path)
    draw([layers[name] for name in DRAWN if name in layers], picture)
    sys.stdout.write(json.dumps({"layers": said, "project": project}))
    sys.stdout.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])
