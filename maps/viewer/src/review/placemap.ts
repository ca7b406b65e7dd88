/** The map beside an item: where it lies, where else it could be, and where the other reports put it. */

import L from "leaflet";
import { type Box, overlaps } from "../canvas/boxes";
import type { Drawer, Frame } from "../canvas/frame";
import { metresPerPixel, worldX, worldY } from "../canvas/geodesic";
import { type Scene, sceneOf } from "../canvas/scene";
import { SANS, type Theme } from "../canvas/tokens";
import { CountryLayer, type CountryOptions } from "../layers/countries";
import { onCanvas } from "../marks/marklayout";
import { h } from "../reading/dom";
import { say } from "../words/catalogue";

export interface Spot {
  readonly lon: number;
  readonly lat: number;
  readonly radiusM: number | null;
  /** A number, or nothing for where it lies now. */
  readonly label: string;
  /** Stands out: what is chosen. */
  readonly chosen: boolean;
  readonly act: (() => void) | null;
}

export interface GroundBlocks {
  readonly worlds: readonly string[];
  readonly labels: string;
  readonly options: CountryOptions;
}

const RADIUS_PX = 11;
const LEAST_DISC_PX = 13;
const HIT_PX = 22;
/** Between the marks and the edges of the map. */
const PAD_PX = 28;
const METRES_PER_DEGREE = 111_320;
const MOST_ZOOM = 11;
const AWAY = [[0, 0], [1, 0], [-1, 0], [0, 1], [0, -1], [1, 1], [-1, -1], [2, 0], [-2, 0]] as const;

interface Placed {
  readonly spot: Spot;
  /** Where it lies, and where its mark has room. */
  readonly at: { x: number; y: number };
  readonly mark: { x: number; y: number };
  readonly disc: number;
}

class SpotDrawer implements Drawer {
  readonly surface = "top";
  readonly order = 60;
  spots: readonly Spot[] = [];
  placed: readonly Placed[] = [];

  layout(frame: Frame): void {
    const boxes: Box[] = [];
    this.placed = this.spots.map((spot) => {
      const at = onCanvas(frame.view, worldX(spot.lon), worldY(spot.lat));
      const boxAt = ([right, down]: readonly [number, number]): Box => {
        const [x, y] = [at.x + right * 2 * RADIUS_PX, at.y + down * 2 * RADIUS_PX];
        return { left: x - RADIUS_PX, right: x + RADIUS_PX, top: y - RADIUS_PX, bottom: y + RADIUS_PX };
      };
      const box = AWAY.map(boxAt).find((each) => !boxes.some((other) => overlaps(each, other, -1))) ?? boxAt([0, 0]);
      boxes.push(box);
      const disc = spot.radiusM === null ? 0 : spot.radiusM / metresPerPixel(spot.lat, frame.zoom);
      return { spot, at, mark: { x: box.left + RADIUS_PX, y: box.top + RADIUS_PX }, disc };
    });
    frame.obstacles.push(...boxes);
  }

  draw(context: CanvasRenderingContext2D, frame: Frame): void {
    for (const each of this.placed) disc(context, frame, each);
    // The first ones, which keys choose, lie on top.
    for (const each of this.placed.toReversed()) mark(context, frame, each);
  }
}

function disc(context: CanvasRenderingContext2D, { tokens }: Frame, { spot, at, disc: radius }: Placed): void {
  if (radius < LEAST_DISC_PX) return;
  context.beginPath();
  context.arc(at.x, at.y, radius, 0, 2 * Math.PI);
  context.fillStyle = context.strokeStyle = tokens.ink;
  context.globalAlpha = spot.chosen ? 0.1 : 0.05;
  context.fill();
  context.globalAlpha = spot.chosen ? 0.9 : 0.5;
  context.lineWidth = spot.chosen ? 1.5 : 1;
  context.setLineDash([4, 3]);
  context.stroke();
  context.setLineDash([]);
  context.globalAlpha = 1;
}

function mark(context: CanvasRenderingContext2D, { tokens }: Frame, { spot, at, mark: { x, y } }: Placed): void {
  if (x !== at.x || y !== at.y) {
    context.beginPath();
    context.moveTo(at.x, at.y);
    context.lineTo(x, y);
    context.strokeStyle = context.fillStyle = tokens.ink;
    context.lineWidth = 1;
    context.stroke();
    context.beginPath();
    context.arc(at.x, at.y, 2.5, 0, 2 * Math.PI);
    context.fill();
  }
  const core = spot.label === "";
  context.beginPath();
  context.arc(x, y, core ? 7 : RADIUS_PX - 1, 0, 2 * Math.PI);
  context.lineWidth = 4;
  context.strokeStyle = tokens.halo;
  context.stroke();
  context.fillStyle = spot.chosen && !core ? tokens.ink : tokens.surface;
  context.fill();
  context.lineWidth = spot.chosen ? 2 : 1.5;
  context.strokeStyle = tokens.ink;
  context.stroke();
  if (core) {
    context.beginPath();
    context.arc(x, y, 3, 0, 2 * Math.PI);
    context.fillStyle = tokens.ink;
    context.fill();
    return;
  }
  context.font = `600 12px ${SANS}`;
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.fillStyle = spot.chosen ? tokens.surface : tokens.ink;
  context.fillText(spot.label, x, y + 0.5);
}

export class PlaceMap {
  readonly element: HTMLElement;
  readonly map: L.Map;
  /** Takes the next click on the map as a place, instead of a mark. */
  onPoint: ((lon: number, lat: number) => void) | null = null;
  readonly #scene: Scene;
  readonly #spots = new SpotDrawer();
  readonly #none = h("p", { class: "im-review-nowhere", hidden: true }, say("review.map.none"));

  constructor(element: HTMLElement, ground: GroundBlocks) {
    this.element = element;
    element.setAttribute("role", "application");
    element.setAttribute("aria-label", say("review.map"));
    this.map = L.map(element, { zoomControl: false, attributionControl: false, center: [20, 20], zoom: 2, minZoom: 1, maxZoom: 18 });
    this.#scene = sceneOf(this.map);
    this.#scene.add(this.#spots);
    new CountryLayer(ground.worlds, ground.labels, ground.options).addTo(this.map);
    element.append(this.#none);
    this.map.on("click", (event) => { this.#click(event); });
    new ResizeObserver(() => { this.map.invalidateSize({ animate: false }); }).observe(element);
  }

  get ready(): boolean { return this.#scene.ready; }

  /** What is shown now, as plain data. */
  get spots(): readonly { readonly label: string; readonly chosen: boolean; readonly lon: number; readonly lat: number }[] {
    return this.#spots.spots.map(({ label, chosen, lon, lat }) => ({ label, chosen, lon, lat }));
  }

  setTheme(theme: Theme): void { this.#scene.setTheme(theme); }

  /** Shows the places of an item; the view moves only when told. */
  show(spots: readonly Spot[], fit: boolean): void {
    this.#spots.spots = spots;
    this.#none.hidden = spots.length > 0;
    if (fit) this.fit();
    this.#scene.request("top");
  }

  fit(): void {
    const boxes = this.#spots.spots.map(({ lon, lat, radiusM }) => {
      const reach = Math.min(Math.max(radiusM ?? 0, 2_000) / METRES_PER_DEGREE, 60);
      const across = Math.min(reach / Math.max(Math.cos((lat * Math.PI) / 180), 0.05), 120);
      return { west: lon - across, east: lon + across, south: Math.max(lat - reach, -85), north: Math.min(lat + reach, 85) };
    });
    if (boxes.length === 0) {
      this.map.setView([20, 20], 2, { animate: false });
      return;
    }
    const [west, south] = [Math.min(...boxes.map((box) => box.west)), Math.min(...boxes.map((box) => box.south))];
    const [east, north] = [Math.max(...boxes.map((box) => box.east)), Math.max(...boxes.map((box) => box.north))];
    const { topLeft, bottomRight } = this.#free();
    this.map.fitBounds([[south, west], [north, east]], { animate: false, paddingTopLeft: topLeft, paddingBottomRight: bottomRight, maxZoom: MOST_ZOOM });
  }

  /** What the tools leave free: they stand at one side, or below. */
  #free(): { topLeft: [number, number]; bottomRight: [number, number] } {
    const tools = this.element.querySelector(".im-review-maptools")?.getBoundingClientRect();
    const box = this.element.getBoundingClientRect();
    if (tools === undefined) return { topLeft: [PAD_PX, PAD_PX], bottomRight: [PAD_PX, PAD_PX] };
    if (tools.width > tools.height) return { topLeft: [PAD_PX, PAD_PX], bottomRight: [PAD_PX, box.bottom - tools.top + 16] };
    const atLeft = tools.left - box.left < box.right - tools.right;
    const beside = (atLeft ? tools.right - box.left : box.right - tools.left) + 16;
    return atLeft
      ? { topLeft: [beside, PAD_PX], bottomRight: [PAD_PX, PAD_PX] } : { topLeft: [PAD_PX, PAD_PX], bottomRight: [beside, PAD_PX] };
  }

  #click({ containerPoint, latlng }: L.LeafletMouseEvent): void {
    if (this.onPoint !== null) {
      this.onPoint(latlng.wrap().lng, latlng.lat);
      return;
    }
    const near = this.#spots.placed
      .map(({ spot, mark: { x, y } }) => ({ spot, away: this.#scene.toContainer(x, y).distanceTo(containerPoint) }))
      .filter(({ away }) => away <= HIT_PX).sort((one, other) => one.away - other.away);
    near[0]?.spot.act?.();
  }
}
