/** Keys on the map and on the whole page. */

import { type Ref, sameRef } from "../time/clock";
import type { Hit } from "../canvas/frame";
import type { Scene } from "../canvas/scene";
import type { Stage } from "../reading/stage";
import { refsOf } from "../data/members";
import { headline, placeFacts, textsOf } from "../reading/card";
import { h } from "../reading/dom";
import { say } from "../words/catalogue";
import { shortWhen } from "../words/dates";
import { incidents } from "../words/numbers";
import { placeNames } from "../words/places";
import { namesIn, toldIn } from "../words/told";
import { singleKeys } from "./keylist";
import type { Strip } from "../strip/strip";

/** Of a mark of many incidents so many are looked up, and so many places are read. */
const [MOST_READ, MOST_PLACES] = [20, 3];

export interface KeyActions {
  readonly strip: Strip;
  /** Closes the topmost part; false if nothing was open. */
  readonly close: () => boolean;
  readonly toggleLayers: () => void;
  readonly toggleTheme: () => void;
  readonly toggleTable: () => void;
  readonly toggleMeasure: () => void;
  readonly openKeys: () => void;
  readonly search: () => void;
  readonly filters: () => void;
}

/** Marks of the frame from west to east, then from north to south. */
function inReadingOrder(hits: readonly Hit[]): readonly Hit[] {
  return [...hits].sort((a, b) => a.x - b.x || a.y - b.y);
}

/** The keys of a map. */
export class MapKeys {
  /** Says which mark the keys are on. */
  readonly live = h("p", { class: "im-unseen", "aria-live": "polite" });
  readonly #scene: Scene;
  readonly #stage: Stage;
  #at = -1;

  constructor(scene: Scene, stage: Stage, fit: () => void) {
    this.#scene = scene;
    this.#stage = stage;
    scene.map.getContainer().addEventListener("keydown", (event) => {
      this.#onMap(event, fit);
    });
    scene.map.on("movestart zoomstart", () => {
      this.#at = -1;
    });
  }

  #onMap(event: KeyboardEvent, fit: () => void): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const key = event.key.toLowerCase();
    if (key === "n" || key === "p") void this.#step(key === "n" ? 1 : -1);
    else if (key === "enter") this.#open();
    else if (key === "0") fit();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  async #step(direction: 1 | -1): Promise<void> {
    const hits = inReadingOrder(this.#scene.frame?.hits ?? []);
    if (hits.length === 0) {
      this.live.textContent = say("map.nomarks");
      return;
    }
    this.#at = this.#at < 0 ? (direction === 1 ? 0 : hits.length - 1) : (this.#at + direction + hits.length) % hits.length;
    const hit = hits[this.#at]!;
    const ref = hit.first;
    if (this.#uncover(hit)) this.#at = inReadingOrder(this.#scene.frame?.hits ?? []).findIndex(({ first }) => sameRef(first, ref));
    this.#scene.clock.hover(ref);
    this.live.replaceChildren(hit.count > 1 ? await manyWords(hit) : await markWords(ref));
  }

  /** Moves the map until no part of the page covers a mark; false if none did. */
  #uncover(hit: Hit): boolean {
    const { map } = this.#scene;
    const { x, y } = this.#scene.toContainer(hit.x, hit.y);
    const { topLeft, bottomRight } = this.#stage.padding();
    const size = map.getSize();
    const past = (at: number, from: number, to: number): number => (at < from ? at - from : at > to ? at - to : 0);
    const by: [number, number] = [past(x, topLeft.x, size.x - bottomRight.x), past(y, topLeft.y, size.y - bottomRight.y)];
    if (by[0] === 0 && by[1] === 0) return false;
    map.panBy([Math.round(by[0]), Math.round(by[1])], { animate: false });
    this.#scene.flush();
    return true;
  }

  #open(): void {
    const hit = inReadingOrder(this.#scene.frame?.hits ?? [])[this.#at];
    if (hit !== undefined) this.#stage.activate(hit);
  }
}

/** "Drone attack, 28 Jan 2024, Tower 22, Jordan". */
async function markWords(ref: Ref): Promise<HTMLElement> {
  const { set, row } = ref;
  const texts = await textsOf(ref);
  const date = shortWhen(row < set.undatedFrom ? set.start[row]! : null, set.word(set.datePrecision, row));
  return toldIn("map.mark", { title: headline(ref, texts), date, place: namesIn(placeNames(placeFacts(ref, texts))) });
}

/** "6 incidents, Mafraq, Jordan"; of several places the first ones. */
async function manyWords({ count, members }: Hit): Promise<HTMLElement> {
  const places = await Promise.all(refsOf(members(), MOST_READ).map(async (ref) => placeNames(placeFacts(ref, await textsOf(ref)))));
  const first = [...new Set(places.map(([name]) => name!))];
  return toldIn("map.marks", { incidents: incidents(count), place: namesIn(first.length === 1 ? places[0]! : first.slice(0, MOST_PLACES)) });
}

/** The keys of the whole page. */
export function followKeys(actions: KeyActions): void {
  document.addEventListener("keydown", (event) => {
    onPage(event, actions);
  });
}

function onPage(event: KeyboardEvent, actions: KeyActions): void {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
  const target = event.target instanceof HTMLElement ? event.target : null;
  if (event.key === "Escape") {
    if (actions.close()) event.preventDefault();
    return;
  }
  if (!singleKeys() || target?.matches("input, textarea, select, [contenteditable]")) return;
  switch (event.key) {
    case "[":
      actions.strip.step(-1);
      break;
    case "]":
      actions.strip.step(1);
      break;
    case "{":
      actions.strip.widen(-1);
      break;
    case "}":
      actions.strip.widen(1);
      break;
    case "l":
      actions.toggleLayers();
      break;
    case "d":
      actions.toggleTheme();
      break;
    case "t":
      actions.toggleTable();
      break;
    case "/":
      actions.search();
      event.preventDefault();
      break;
    case "f":
      actions.filters();
      break;
    case "m":
      actions.toggleMeasure();
      break;
    case "?":
      actions.openKeys();
      break;
    case " ":
      if (target?.closest("button, a, [role=slider]") !== null) return;
      actions.strip.togglePlay();
      event.preventDefault();
      break;
  }
}
