/** The drawer that tells how the map was made, and the way to it. */

import { closeButton } from "../reading/controls";
import { button, data, h } from "../reading/dom";
import { icon } from "../reading/glyphs";
import { headline } from "../reading/card";
import type { Stage } from "../reading/stage";
import type { Scene } from "../canvas/scene";
import type { Ref } from "../time/clock";
import { type Making, openMaking } from "../data/making";
import { NO_TABLE, NO_TEXTS, type Texts } from "../data/texts";
import { PRECISION_CLASSES } from "../data/precision";
import type { IncidentSet } from "../data/incidents";
import { say } from "../words/catalogue";
import type { Worldviews } from "../words/disputes";
import { type Line, makingParts, type PageFacts, type Part, plainParts } from "../words/making";
import { english } from "../words/told";
import { copyText } from "./copying";

/** Rows that a table opens with, and that each "more" adds. */
const FIRST_ROWS = 8;
const MORE_ROWS = 200;
const NOT_PLACED = PRECISION_CLASSES.indexOf("none");
const COUNTRY = PRECISION_CLASSES.indexOf("country");
const AREA = PRECISION_CLASSES.indexOf("area");

type GivenFacts = Pick<PageFacts, "provenance" | "worldview" | "notices" | "hosts">;

/** What the page was opened with. */
interface Opened {
  readonly provenance?: string | null;
  readonly worldview?: Worldviews;
  readonly notices?: PageFacts["notices"];
  readonly layers?: readonly { readonly host?: string | null }[];
}

/** The drawer of a record, with a button in the top bar and, for phones, one among the tools. */
export function methodPanel(scene: Scene, stage: Stage, record: string, opened: Opened, [top, tools]: readonly [HTMLElement, HTMLElement]): HTMLElement {
  const panel = new MethodPanel(scene, stage, record, {
    provenance: opened.provenance ?? "", worldview: opened.worldview ?? { borders: null, incidents: null }, notices: opened.notices ?? [],
    hosts: (opened.layers ?? []).flatMap(({ host }) => host ?? []),
  });
  const name = say("made.title");
  const show = (): void => void panel.show();
  top.prepend(button({}, show, name));
  tools.append(button({ class: "im-tool im-tool-info", "aria-label": name, title: name }, show, icon("info")));
  return panel.element;
}

class MethodPanel {
  readonly element = h("dialog", { class: "im-method im-surface", "aria-labelledby": "im-method-title" });
  readonly #scene: Scene;
  readonly #stage: Stage;
  readonly #record: string;
  readonly #given: GivenFacts;
  #making: Promise<Making> | null = null;

  constructor(scene: Scene, stage: Stage, record: string, given: GivenFacts) {
    this.#scene = scene;
    this.#stage = stage;
    this.#record = record;
    this.#given = given;
    // Keys of the page behind it rest meanwhile; the dialog itself closes on Escape.
    this.element.addEventListener("keydown", (event) => { event.stopPropagation(); });
    this.element.addEventListener("click", (event) => {
      if (event.target === this.element) this.element.close();
    });
  }

  async show(): Promise<void> {
    this.#making ??= openMaking(this.#record);
    const parts = makingParts(await this.#making, await this.#facts());
    if (this.element.open) return;
    const title = say("made.title");
    const copy = button({ class: "im-text-button" }, () => {
      void copyText(plainParts(title, parts), this.element).then((done) => {
        copy.textContent = say(done ? "card.copied" : "card.uncopied");
      });
    }, say("made.copy"));
    this.element.replaceChildren(
      h("header", { class: "im-method-head" },
        h("h2", { id: "im-method-title" }, title), copy,
        closeButton(() => { this.element.close(); }),
      ),
      h("div", { class: "im-method-body", tabindex: 0 }, ...parts.map(partBlock)),
    );
    this.element.showModal();
  }

  async #facts(): Promise<PageFacts> {
    const doubtful = { unlocated: 0, ambiguous: 0, suspicious: 0 };
    const facts = { vague: 0, undated: 0, grouped: false, unplaced: [] as Line[] };
    const places = { marked: 0, country: 0, none: 0 };
    for (const set of this.#scene.clock.sets) {
      facts.grouped ||= set.weights !== null;
      const rows: number[] = [];
      for (let row = 0; row < set.size; row++) {
        const weight = set.weights?.[row] ?? 1;
        if (row >= set.undatedFrom) facts.undated += weight;
        const precision = set.precisionClass[row]!;
        if (precision >= AREA && precision < NOT_PLACED) facts.vague += weight;
        places[precision < COUNTRY ? "marked" : precision === COUNTRY ? "country" : "none"] += weight;
        const status = doubtOf(set, row);
        if (status === null) continue;
        doubtful[status] += weight;
        rows.push(row);
      }
      if (rows.length === 0 || facts.grouped) continue;
      const table = await set.texts().catch(() => NO_TABLE);
      for (const row of rows) facts.unplaced.push(this.#unplaced({ set, row }, table.at(row) ?? NO_TEXTS));
    }
    return { ...this.#given, ...facts, places, doubtful };
  }

  #unplaced(ref: Ref, texts: Texts): Line {
    const unstated = say("made.unstated");
    const written = texts.placeText === null ? unstated : say("made.quoted", { text: texts.placeText });
    return {
      cells: [headline(ref, texts), written, texts.reason ?? unstated],
      open: () => {
        this.element.close();
        this.#stage.open(ref);
      },
    };
  }
}

/** Why an incident is not on the map, or should be doubted; null for all others. */
function doubtOf(set: IncidentSet, row: number): keyof PageFacts["doubtful"] | null {
  const status = set.word(set.status, row);
  if (status === "ambiguous" || status === "suspicious" || status === "unlocated") return status;
  return set.precisionClass[row] === NOT_PLACED ? "unlocated" : null;
}

function partBlock({ title, head, lines }: Part): HTMLElement {
  const rows = lines.filter((line) => typeof line !== "string");
  return h(
    "section", {},
    title === null ? null : h("h3", {}, title),
    ...lines.filter((line) => typeof line === "string").map((line) => h("p", {}, data(line))),
    rows.length === 0 ? null : head === undefined ? bars(rows) : table(head, rows),
  );
}

/** Numbers with their share of the largest one. */
function bars(rows: readonly Line[]): HTMLElement {
  return h("dl", { class: "im-method-bars" }, ...rows.flatMap(({ cells, share = 0 }) => {
    const bar = h("i", { "aria-hidden": "true" });
    bar.style.inlineSize = `${100 * share}%`;
    return [h("dt", {}, data(cells[0]!)), h("dd", {}, h("span", {}, bar), cells[1]!)];
  }));
}

function table(head: readonly string[], rows: readonly Line[]): HTMLElement {
  const body = h("tbody");
  const rest = button({ class: "im-text-button", hidden: true }, () => { grow(MORE_ROWS); });
  let shown = 0;
  const grow = (by: number): void => {
    // A last row alone is not worth a click.
    const end = shown + by + 1 >= rows.length ? rows.length : shown + by;
    for (const { cells, open } of rows.slice(shown, end)) {
      body.append(h("tr", {}, ...cells.map((cell, i) => {
        // The last cell of what can be opened is the reason, as Python gave it.
        const text = open !== undefined && i === cells.length - 1 ? english(cell) : data(cell);
        return h("td", {}, i === 0 && open !== undefined ? button({ class: "im-text-button" }, open, text) : text);
      })));
    }
    shown = end;
    rest.hidden = shown === rows.length;
    rest.textContent = say("made.more", { n: rows.length - shown });
  };
  grow(FIRST_ROWS);
  return h("div", {}, h("table", { class: `im-columns-${head.length}` }, h("thead", {}, h("tr", {}, ...head.map((name) => h("th", { scope: "col" }, name)))), body), rest);
}
