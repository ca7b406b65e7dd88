"""The map: a folium map on a page of its own, with the shell of the viewer round it."""

import datetime as dt
from html import escape
from pathlib import Path
from typing import Any, BinaryIO, Self

import folium
import geopandas as gpd
from branca.element import Element
from folium.map import FitBounds, Layer
from folium.raster_layers import TileLayer, WmsTileLayer
from folium.template import Template, tojavascript

from geo import shipped
from geo.reference import views
from layers.border_link_layer import BorderLinkLayer
from layers.compat import leave_out_layer_controls, show_ground_in_minimaps
from layers.country_layer import CountryLayer
from layers.element_tree import children
from layers.folium_texts import quiet_texts
from layers.incident_columns import IncidentBlocks, encode_incidents
from layers.incident_layer import IncidentLayer
from layers.method_record import InputFile, hashed, method_record
from layers.page import Page
from layers.panel_entries import panel_entries
from layers.payload import Block
from layers.place_names import translated_provinces, viewing_country
from layers.script_json import script_json
from layers.size_budget import DEFAULT_MAX_SIZE_MB, Notice, within
from layers.style import MAX_ZOOM, direction
from layers.uncertainty_layer import UncertaintyLayer
from layers.viewer_layer import DataBlock, Verbatim, ViewerLayer
from layers.words import Language, Words

__all__ = ["Map", "map_incidents"]

#: Finest zoom of the first view, so that a single incident shows its surroundings.
_FIRST_ZOOM = 11
_CSS_POSITIONS = ("relative", "absolute", "fixed", "static", "sticky")


class Map(folium.Map):
    """A folium map that works from one file without a network.

    Layers are drawn in the order given, the ground first: without a `CountryLayer` the map adds the
    ground itself. It opens on the incidents that have a point, unless `location` is given.

    Tiles (`tiles`, a name or a provider of `xyzservices`, or a `folium.TileLayer`) need `online`.
    They are a background to choose: nothing is asked for before a reader has agreed to it.

    Parameters
    ----------
    *layers
        Layers of this package or of folium; more can be added later with `add_to`.
    title
        Title of the map.
    provenance
        One line that says whose data this is.
    language
        BCP 47 tag of the page; its sentences are there in English and Arabic. For any other
        language a catalogue or the path of its file, as `layers.words.catalogue` describes it.
    online
        Whether elements of folium may ask the hosts that they name, such as those of tiles.
    worldview
        Whose borders the map's own ground shows, as for `CountryLayer`.
    max_size_mb
        Beyond this size in MB the page counts incidents by cell, kind and time, and says so.
    **folium_options
        Options of `folium.Map`; tiles are off unless asked for.

    Examples
    --------
    >>> Map(title="Attacks in January").get_root().title
    'Attacks in January'
    """

    _template = Template("")

    def __init__(
        self,
        *layers: Element,
        title: str | None = None,
        provenance: str | None = None,
        language: Language = "en",
        online: bool = False,
        worldview: str | views.Worldview | None = None,
        max_size_mb: float = DEFAULT_MAX_SIZE_MB,
        **folium_options: Any,  # noqa: ANN401  (each has its own type)
    ) -> None:
        max_zoom = folium_options.pop("max_zoom", MAX_ZOOM)
        # folium hands max_zoom to tiles only; without tiles Leaflet would have no limit, and
        # marker clusters refuse to work.
        options = {
            "tiles": None,
            "zoom_control": False,
            "attributionControl": False,
            "maxZoom": max_zoom,
        }
        super().__init__(max_zoom=max_zoom, **(options | folium_options))
        if not self.crs.isidentifier() or self.position not in _CSS_POSITIONS:
            raise ValueError(
                f"crs is {self.crs!r} and position {self.position!r}; expected a name such as "
                f"EPSG3857, and one of {', '.join(_CSS_POSITIONS)}."
            )
        self._name = "Map"
        page = Page(language=language, online=online)
        self.title = page.title = title or page.words.say("page.title")
        self.provenance = provenance
        self.max_size_mb = max_size_mb
        self._inputs: tuple[InputFile, ...] = ()
        self._made_on: dt.date | None = None
        self._notices: list[Notice] = []
        self._ground = CountryLayer(name="Built in", worldview=worldview)
        self._fits = folium_options.get("location") is None
        # folium keeps these per class and changes them there; ours stand in the page already.
        self.default_js = []
        self.default_css = []
        page.add_child(self)
        for layer in layers:
            layer.add_to(self)

    def render(self, **kwargs: object) -> Any:  # noqa: ANN401  (branca says str, folium None)
        """Draw the map into its page; the page calls it, on a copy of the map."""
        page = self.get_root()
        if not isinstance(page, Page):
            raise TypeError(
                "layers.Map stands on a page of its own; "
                "use folium.Map with our layers inside another figure."
            )
        self._add_ground()
        grounds = [layer for layer in self._added() if isinstance(layer, CountryLayer)]
        show_ground_in_minimaps(self, grounds[0])
        leave_out_layer_controls(self)
        quiet_texts(self)
        for tiles in self._tiles():
            # Nothing is asked for before the reader says so.
            tiles.show = False
        record = self._record()
        self._fit_incidents(page.words)
        page.title = self.title
        page.names = self._province_names(page.words.catalogue["locale"])
        page.without_scripts = self._words_without_scripts(page.words)
        page.before_leaflet = self._switches()
        name = self.get_name()
        page.header.add_child(Verbatim(self._style()), name=name)
        ground = (
            f'<p class="im-opening">{escape(page.words.say("page.opening"))}</p>'
            f'<div id="{name}" class="folium-map"></div>'
        )
        page.html.add_child(Verbatim(ground), name=name)
        page.script.add_child(Verbatim(self._creation()), name=name)
        super().render(**kwargs)  # type: ignore[no-untyped-call]
        page.html.add_child(DataBlock(record.html), name=record.id)
        page.script.add_child(Verbatim(self._opening(page, record.id)), name=f"{name}_open")
        return ""

    def made_from(self, *inputs: str | Path, on: dt.date | None = None) -> Self:
        """State in the method panel what the incidents were read from, and when.

        Parameters
        ----------
        *inputs
            Paths of files. Their names and checksums are told, and not their folders.
        on
            Day on which the map is made; without it equal input gives equal bytes.

        Returns
        -------
        Map
            The same map.

        Raises
        ------
        ReadError
            A file is missing or cannot be read.
        """
        self._inputs, self._made_on = hashed(inputs), on
        return self

    def save(
        self,
        outfile: str | bytes | Path | BinaryIO,
        close_file: bool = True,  # noqa: FBT001, FBT002  (the signature of branca)
        **kwargs: object,
    ) -> None:
        """Write the page; a file appears whole or not at all.

        Parameters
        ----------
        outfile
            Path, or an open binary stream.
        close_file
            Whether to close the stream.

        Raises
        ------
        OnlineAssetError
            An element needs the network, and `online` is off.
        WriteError
            The file cannot be written.
        """
        self.get_root().save(outfile, close_file, **kwargs)

    @property
    def needs_whole_leaflet(self) -> bool:
        """Whether the map itself uses what only the whole of Leaflet has."""
        switches = self.global_switches
        return (
            self.crs != "EPSG3857"
            or bool(self.zoom_control_position)
            or switches.no_touch
            or switches.disable_3d
        )

    def _added(self) -> list[Element]:
        return list(children(self).values())

    def _add_ground(self) -> None:
        if not any(isinstance(element, CountryLayer) for element in self._added()):
            self.add_child(self._ground, index=0)

    def _tiles(self) -> list[TileLayer | WmsTileLayer]:
        """Backgrounds that a server draws."""
        return [
            element for element in self._added() if isinstance(element, TileLayer | WmsTileLayer)
        ]

    def _incidents(self) -> list[IncidentBlocks]:
        """Incident tables on the map, each once, however many layers show it."""
        tables = [getattr(element, "incidents", None) for element in self._added()]
        encoded = [table for table in tables if isinstance(table, IncidentBlocks)]
        # Of equal blocks the table with most columns: what a layer counts by may be in one only.
        encoded.sort(key=lambda table: len(table.fields))
        by_id = {table.columns.id: table for table in encoded}
        return list(by_id.values())

    def _province_names(self, language: str) -> dict[str, str]:
        found: dict[str, str] = {}
        for table in self._incidents():
            found |= translated_provinces(table.source, language)
        return found

    def _fit_incidents(self, words: Words) -> None:
        """Group the incidents of tables that would make the page too large."""
        tables = self._incidents()
        fitted = {
            table.columns.id: within(
                table, max_size_mb=self.max_size_mb, tables=len(tables), words=words
            )
            for table in tables
        }
        self._notices = [notice for _, notice in fitted.values() if notice is not None]
        for layer in self._added():
            table = getattr(layer, "incidents", None)
            if isinstance(table, IncidentBlocks):
                layer.incidents = fitted[table.columns.id][0]  # type: ignore[attr-defined]

    def _fit(self) -> list[list[float]] | None:
        """Bounds to open on, [[south, west], [north, east]] in degrees; None to keep the view."""
        if not self._fits or any(isinstance(element, FitBounds) for element in self._added()):
            return None
        (south, west), (north, east) = self.get_bounds()
        if south is None or west is None or north is None or east is None:
            return None
        return [[south, west], [north, east]]

    def _style(self) -> str:
        (left, top), (width, height) = (
            ["".join(map(str, size)) for size in sizes]
            for sizes in ((self.left, self.top), (self.width, self.height))
        )
        return (
            "<style>html,body{width:100%;height:100%;margin:0;padding:0}"
            f"#{self.get_name()}{{position:{self.position};left:{left};top:{top};"
            f"width:{width};height:{height}}}</style>"
        )

    def _switches(self) -> list[str]:
        """Settings that Leaflet reads while it loads."""
        switches = {
            "L_NO_TOUCH": self.global_switches.no_touch,
            "L_DISABLE_3D": self.global_switches.disable_3d,
        }
        return [f"var {name} = true;" for name, on in switches.items() if on]

    def _creation(self) -> str:
        name = self.get_name()
        options = tojavascript(self.options | {"center": self.location})
        lines = [f'var {name} = L.map("{name}", {{crs: L.CRS.{self.crs}, ...{options}}});']
        bounds = self._fit()
        if bounds is not None:
            how = script_json({"animate": False, "maxZoom": _FIRST_ZOOM})
            lines.append(f"{name}.fitBounds({script_json(bounds)}, {how});")
        if self.zoom_control_position:
            position = script_json({"position": self.zoom_control})
            lines.append(f"L.control.zoom({position}).addTo({name});")
        if self.objects_to_stay_in_front:
            raised = "".join(
                f"{layer.get_name()}.bringToFront();" for layer in self.objects_to_stay_in_front
            )
            lines.append(f'{name}.on("overlayadd", function () {{{raised}}});')
        return "\n".join(lines)

    def _opening(self, page: Page, record: str) -> str:
        options = script_json(
            {
                "title": self.title,
                "provenance": self.provenance,
                "language": page.language,
                "dir": direction(page.language),
                "worldview": self._worldview(),
                "attribution": self._attribution(),
                "bounds": self._fit(),
                "method": record,
                "notices": [[notice.head, notice.text] for notice in self._notices],
            }
        )
        entries = ",".join(
            f"Object.assign({script_json(entry.words)}, {{layer: {entry.layer}}})"
            for entry in panel_entries(
                [element for element in self._added() if isinstance(element, Layer)], page.words
            )
        )
        # A layer whose own script failed is not there; the others must still open.
        return (
            f"incidentmap.open({self.get_name()}, Object.assign({options}, {{layers: [{entries}]"
            ".filter(function (entry) { return entry.layer; })}));"
        )

    def _worldview(self) -> dict[str, object]:
        """Whose borders are drawn, and by whose the incidents were joined; null where unknown."""
        grounds = [layer for layer in self._added() if isinstance(layer, CountryLayer)]
        joined = ", ".join(sorted({table.worldview for table in self._incidents()}))
        named = {
            "borders": grounds[0].drawn_worldview().name if grounds else None,
            "incidents": joined or None,
        }
        return {
            of: None if name is None else {"name": name, "country": viewing_country(name)}
            for of, name in named.items()
        }

    def _drawn(self) -> list[str]:
        """Shipped files that the layers are drawn from."""
        shown = [layer for layer in self._added() if isinstance(layer, ViewerLayer)]
        return [file for layer in shown for file in layer.shipped_files()]

    def _record(self) -> Block:
        """How the map was made, told before incidents are grouped."""
        tables, drawn = self._incidents(), self._drawn()
        return method_record(tables, drawn, inputs=self._inputs, made_on=self._made_on)

    def _attribution(self) -> list[str]:
        """Lines that the licences of the shipped files ask for."""
        products = shipped.products()
        files = [file for file in self._drawn() if file in products]
        found = dict.fromkeys(products[file].attribution for file in files)
        # Who stands in a longer line is not named again.
        return [
            line for line in found if not any(line in other for other in found if other != line)
        ]

    def _words_without_scripts(self, words: Words) -> list[str]:
        counts = [
            words.say("page.counts", total=table.total, placed=table.placed)
            for table in self._incidents()
        ]
        counts += [f"{notice.head} {notice.text}" for notice in self._notices]
        return [*counts, words.say("page.scripts"), *self._attribution()]


def map_incidents(
    table: gpd.GeoDataFrame,
    *,
    title: str | None = None,
    provenance: str | None = None,
    language: Language = "en",
    online: bool = False,
    worldview: str | views.Worldview | None = None,
    max_size_mb: float = DEFAULT_MAX_SIZE_MB,
    **folium_options: Any,  # noqa: ANN401  (each has its own type)
) -> Map:
    """Map of an incident table with all that its columns allow to show.

    Parameters
    ----------
    table
        Incident table, EPSG:4326; needs `incident_id`. Discs of uncertainty and the way to the
        border are drawn if the table has their columns.
    title
        Title of the map.
    provenance
        One line that says whose data this is.
    language
        BCP 47 tag of the page; its sentences are there in English and Arabic. For any other
        language a catalogue or the path of its file, as `layers.words.catalogue` describes it.
    online
        Whether elements of folium may ask the hosts that they name.
    worldview
        Whose borders are drawn: a name of `geo.worldviews()`, or a worldview of your own; by
        default that of the table.
    max_size_mb
        Beyond this size in MB the page counts incidents by cell, kind and time, and says so.
    **folium_options
        Options of `folium.Map`.

    Returns
    -------
    Map
        More layers can be added to it; `save` writes it.

    Raises
    ------
    SchemaError
        The table lacks a column, or a column holds what it must not.
    """
    incidents = encode_incidents(table, by="map_incidents")
    shown: list[ViewerLayer] = []
    if "uncertainty_m" in incidents.fields:
        shown.append(UncertaintyLayer(incidents))
    if {"border_pair", "border_distance_m", "border_bearing_deg"} <= incidents.fields:
        shown.append(BorderLinkLayer(incidents, show=False))
    return Map(
        *shown,
        IncidentLayer(incidents),
        title=title,
        provenance=provenance,
        language=language,
        online=online,
        worldview=worldview,
        max_size_mb=max_size_mb,
        **folium_options,
    )
