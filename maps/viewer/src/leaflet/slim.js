// The modules of Leaflet that our own layers and the shell use, for pages that hold nothing else.
import { disableScrollPropagation } from "leaflet/src/dom/DomEvent.js";
import { getPosition, setPosition, setTransform } from "leaflet/src/dom/DomUtil.js";
import { EPSG3857 } from "leaflet/src/geo/crs/CRS.EPSG3857.js";
import { toPoint as point } from "leaflet/src/geometry/Point.js";
import { Layer } from "leaflet/src/layer/Layer.js";
import { createMap as map, Map } from "leaflet/src/map/Map.js";
import "leaflet/src/map/handler/Map.BoxZoom.js";
import "leaflet/src/map/handler/Map.DoubleClickZoom.js";
import "leaflet/src/map/handler/Map.Drag.js";
import "leaflet/src/map/handler/Map.Keyboard.js";
import "leaflet/src/map/handler/Map.ScrollWheelZoom.js";
import "leaflet/src/map/handler/Map.TouchZoom.js";

const DomEvent = { disableScrollPropagation };
const DomUtil = { getPosition, setPosition, setTransform };
window.L = { CRS: { EPSG3857 }, DomEvent, DomUtil, Layer, Map, map, point };
