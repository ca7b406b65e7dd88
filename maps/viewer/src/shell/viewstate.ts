/** What of a map stands in its address: the view, the window, the filters, the selection and the layers. */

import type L from "leaflet";
import { civilOf, dayOf } from "../data/civil";
import type { Clock } from "../time/clock";
import type { Scene } from "../canvas/scene";
import { type Facet, FACETS, hiddenAtFirst } from "../time/filters";
import type { Window } from "../time/tally";
import { remember, remembered, rememberedTheme } from "./hash";
import type { LayerEntry } from "./layerpanel";

const WAIT_MS = 250;

export interface View {
  readonly lat: number;
  readonly lon: number;
  readonly zoom: number;
}

/** "6.25/33.3/38.7": zoom, latitude, longitude. */
export function viewText({ lat, lon, zoom }: View): string {
  const digits = Math.max(1, Math.ceil(zoom / 3));
  return `${Number(zoom.toFixed(2))}/${lat.toFixed(digits)}/${lon.toFixed(digits)}`;
}

export function readView(text: string | null): View | null {
  const [zoom, lat, lon, ...rest] = (text ?? "").split("/").map((part) => (part.trim() === "" ? NaN : Number(part)));
  if (zoom === undefined || lat === undefined || lon === undefined || rest.length > 0) return null;
  const sane = zoom >= 0 && zoom <= 30 && Math.abs(lat) <= 90 && Math.abs(lon) <= 540;
  return sane ? { lat, lon, zoom } : null;
}

export function dateText(day: number): string {
  const { year, month, day: date } = civilOf(day);
  return `${String(year).padStart(4, "0")}-${String(month).padStart(2, "0")}-${String(date).padStart(2, "0")}`;
}

/** The days of "2024-01-08..2024-02-29"; null for anything else. */
export function readWindow(text: string | null): readonly [number, number] | null {
  const found = /^(\d{4})-(\d\d)-(\d\d)\.\.(\d{4})-(\d\d)-(\d\d)$/.exec(text ?? "");
  if (found === null) return null;
  const [y1, m1, d1, y2, m2, d2] = found.slice(1).map(Number) as [number, number, number, number, number, number];
  const days = [dayOf(y1, m1, d1), dayOf(y2, m2, d2)] as const;
  return `${dateText(days[0])}..${dateText(days[1])}` === text && days[0] <= days[1] ? days : null;
}

/** The days as far as there are any of the data in them; a link may be older than its data. */
export function windowInData(days: Window | null, extent: Window | null): Window | null {
  return days === null || extent === null || days[1] < extent[0] || days[0] > extent[1] ? null : days;
}

function stateOf(map: L.Map, clock: Clock, layers: readonly LayerEntry[]): Record<string, string | null> {
  const { lat, lng } = map.getCenter();
  const { window } = clock;
  const toggled = layers.flatMap(({ layer, visible, host }, i) => (host != null || map.hasLayer(layer) === visible ? [] : [i]));
  const hidden = Object.fromEntries(FACETS.map((facet) => [facet, facetText(clock, facet)]));
  return {
    map: viewText({ lat, lon: lng, zoom: map.getZoom() }),
    dates: clock.showsAllDates || window === null ? null : `${dateText(window[0])}..${dateText(window[1])}`,
    undated: clock.undatedShown ? null : "off",
    size: clock.sizedByToll ? "toll" : null,
    layers: toggled.length === 0 ? null : toggled.join(),
    ...hidden,
  };
}

/** Names of actors and sources stay out of the address: a short number stands for each, and for what a list of words cannot hold. */
export function valueCode(facet: Facet, value: string): string {
  if (value === "") return "~";
  if (facet !== "actor" && facet !== "source" && /^[\w*]+$/.test(value)) return value;
  let sum = 0;
  for (const letter of value) sum = (Math.imul(sum, 31) + letter.codePointAt(0)!) | 0;
  return (sum >>> 0).toString(36);
}

/** What a facet hides, "-7", or what it shows where that is shorter, ".3"; null for the usual. */
function facetText(clock: Clock, facet: Facet): string | null {
  const hidden = clock.hidden(facet);
  if (hidden.join() === hiddenAtFirst(facet).join()) return null;
  const shown = clock.present(facet).filter((value) => clock.isShown(facet, value));
  const [sign, values] = shown.length > 0 && shown.length < hidden.length ? [".", shown] : ["-", hidden];
  return sign + values.map((value) => valueCode(facet, value)).join();
}

/** The values that a text of the address hides. */
function hiddenBy(clock: Clock, facet: Facet): readonly string[] {
  const text = remembered(facet) ?? "";
  const codes = new Set(text.slice(1).split(","));
  const isNamed = (value: string): boolean => codes.has(valueCode(facet, value));
  const present = clock.present(facet);
  if (text.startsWith("-")) return [...new Set([...present, ...hiddenAtFirst(facet)])].filter(isNamed);
  if (text.startsWith(".") && present.some(isNamed)) return present.filter((value) => !isNamed(value));
  return hiddenAtFirst(facet);
}

/** Applies what the address says of the incidents; only values that the data has. */
function applyFilters(clock: Clock): void {
  const days = windowInData(readWindow(remembered("dates")), clock.extent);
  for (const facet of FACETS) {
    const values = hiddenBy(clock, facet);
    if (values.toSorted().join() !== clock.hidden(facet).join()) clock.hide(facet, values);
  }
  clock.showUndated(remembered("undated") !== "off");
  clock.sizeByToll(remembered("size") === "toll");
  if (days !== null) clock.setWindow(days[0], days[1]);
  else if (!clock.showsAllDates) clock.showAllDates();
}

/** Layers that the address names are not as the map opens with them. */
function applyLayers(map: L.Map, layers: readonly LayerEntry[]): void {
  const toggled = new Set((remembered("layers") ?? "").split(",").filter((place) => /^\d+$/.test(place)).map(Number));
  layers.forEach(({ layer, visible, host }, i) => {
    // A layer that asks a server waits for a click, whatever a link says.
    if (host != null || map.hasLayer(layer) === (visible !== toggled.has(i))) return;
    if (map.hasLayer(layer)) layer.remove();
    else layer.addTo(map);
  });
}

function applyView(map: L.Map): boolean {
  const view = readView(remembered("map"));
  if (view === null) return false;
  const look = (): void => { map.setView([view.lat, view.lon], view.zoom, { animate: false }); };
  look();
  // A zoom that is under way, or begins with the next frame, still ends where it was going; Leaflet has no public word for it.
  const again = (): boolean => {
    const zooms = (map as { _animatingZoom?: boolean })._animatingZoom === true;
    if (zooms) map.once("moveend", () => setTimeout(look));
    return zooms;
  };
  if (!again()) requestAnimationFrame(again);
  return true;
}

export interface StateTarget {
  readonly layers: readonly LayerEntry[];
  /** Opens the card of an incident by its id. */
  readonly select: (id: string) => Promise<boolean>;
}

/** Restores the state of the address and keeps it there; true if the address says where to look. */
export function followAddress(scene: Scene, { layers, select }: StateTarget): boolean {
  const { map, clock } = scene;
  const looksSomewhere = applyView(map);
  applyLayers(map, layers);
  const id = remembered("incident");
  const start = (): void => {
    if (!scene.ready) return;
    scene.afterDraw.delete(start);
    applyFilters(clock);
    if (id !== null) void select(id);
    keepAddress(scene, layers);
    // Only the reader and links change it here; what the page writes itself makes no such event.
    window.addEventListener("hashchange", () => {
      const [theme, asked] = [rememberedTheme(), remembered("incident")];
      if (theme !== null && theme !== scene.theme) scene.setTheme(theme);
      applyView(map);
      applyLayers(map, layers);
      applyFilters(clock);
      if (asked === null) clock.select(null);
      else void select(asked);
    });
  };
  scene.afterDraw.add(start);
  return looksSomewhere;
}

function keepAddress(scene: Scene, layers: readonly LayerEntry[]): void {
  const { map, clock } = scene;
  let timer = 0;
  const later = (): void => {
    const { hash } = window.location;
    window.clearTimeout(timer);
    timer = window.setTimeout(() => void addressState(scene, layers).then((state) => {
      // What else has come into the address meanwhile may be a link, which is applied first.
      if (window.location.hash === hash) remember(state);
      else later();
    }), WAIT_MS);
  };
  map.on("moveend", later);
  for (const change of ["filter", "select", "size"] as const) clock.on(change, later);
  for (const { layer } of layers) layer.on("add remove", later);
}

/** What the address says of the map as it is now. */
export async function addressState({ map, clock }: Scene, layers: readonly LayerEntry[]): Promise<Record<string, string | null>> {
  return { ...stateOf(map, clock, layers), incident: await selectedId(clock) };
}

async function selectedId({ selected }: Clock): Promise<string | null> {
  if (selected === null) return null;
  return (await selected.set.texts().catch(() => null))?.at(selected.row)?.id ?? null;
}
