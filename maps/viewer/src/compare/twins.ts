/** The same layers on a second map: each is made once more by what the page has called for it. */

import L from "leaflet";
import { api } from "../api";
import { CountryLayer } from "../layers/countries";

type Make = (...given: unknown[]) => unknown;

const makers = new WeakMap<L.Layer, () => unknown>();

/** From now on the page remembers how each of its layers is made; parts may still add functions. */
export function rememberLayers(): void {
  window.incidentmap = new Proxy(api, {
    get(face, name) {
      const made: unknown = Reflect.get(face, name);
      if (typeof made !== "function") return made;
      return (...given: unknown[]): unknown => {
        const found = (made as Make)(...given);
        if (found instanceof L.Layer) makers.set(found, () => (made as Make)(...given));
        return found;
      };
    },
  });
}

/** Puts the layers of one map on another, now and as they come and go; the answer ends it. */
export function followLayers(from: L.Map, to: L.Map, parts: readonly L.Layer[]): () => void {
  const twins = new Map<L.Layer, L.Layer>();
  const add = ({ layer }: { layer: L.Layer }): void => {
    if (!twins.has(layer)) {
      const twin = makers.get(layer)?.() ?? tilesLike(layer);
      if (!(twin instanceof L.Layer)) return;
      twins.set(layer, twin);
      if (layer instanceof CountryLayer && twin instanceof CountryLayer) {
        for (const part of ["borders", "provinces", "names"] as const) twins.set(layer.parts[part], twin.parts[part]);
      }
    }
    twins.get(layer)!.addTo(to);
  };
  const remove = ({ layer }: { layer: L.Layer }): void => { twins.get(layer)?.remove(); };
  from.eachLayer((layer) => { add({ layer }); });
  // A part of the ground that is switched off says so only when it goes.
  for (const part of parts) if (!from.hasLayer(part)) twins.get(part)?.addTo(to).remove();
  from.on("layeradd", add).on("layerremove", remove);
  return () => { from.off("layeradd", add).off("layerremove", remove); };
}

/** Tiles that the reader has agreed to; only the whole Leaflet has them. */
function tilesLike(layer: L.Layer): L.Layer | null {
  const { TileLayer } = L as { TileLayer?: typeof L.TileLayer };
  if (TileLayer === undefined || !(layer instanceof TileLayer)) return null;
  const twin = new TileLayer("", layer.options);
  // Both maps stand at the same zoom.
  twin.getTileUrl = (at) => layer.getTileUrl(at);
  return twin;
}
