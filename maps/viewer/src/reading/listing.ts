/** Lists of incidents: the members of a group, and what is not on the map. */

import { headline, placeFacts } from "./card";
import type { Clock, Ref } from "../time/clock";
import { button, data, h } from "./dom";
import { precisionGlyph } from "./glyphs";
import { NO_TABLE, NO_TEXTS, type Texts } from "../data/texts";
import { PRECISION_CLASSES } from "../data/precision";
import { shortWhen } from "../words/dates";
import { say } from "../words/catalogue";
import { count, incidents, length, NBSP } from "../words/numbers";
import { hasDisc, placeNames } from "../words/places";
import { shortToll } from "../words/reports";
import { english, namesIn } from "../words/told";

/** Longer lists end with a count of the rest. */
export const MOST_LISTED = 500;

/** Incidents in an order, without making them all: how many, the one at a place, and the place of one. */
export type Order = ReturnType<Clock["order"]>;

const orders = new WeakMap<Clock, () => Order>();

/** A list that the reader sorts says here in which order it stands. */
export function orderBy(clock: Clock, order: () => Order): void {
  orders.set(clock, order);
}

/** What is visible, in the order of the list; by time where there is none. */
export function visibleOrder(clock: Clock): Order {
  return orders.get(clock)?.() ?? clock.order();
}

function placeNote(ref: Ref, texts: Texts): (Node | string)[] {
  const facts = placeFacts(ref, texts);
  const place = namesIn(placeNames({ ...facts, province: null }));
  if (!hasDisc(facts.precision) || facts.uncertaintyM === null) return [place];
  return [place, " · ", data(`±${NBSP}${length(facts.uncertaintyM)}`)];
}

/** A row that stands for several incidents says so. */
export function rowTitle(ref: Ref, texts: Texts): string {
  const weight = ref.set.weights?.[ref.row] ?? 1;
  return weight === 1 ? headline(ref, texts) : `${ref.set.kindLabel(ref.row)} (${count(weight)})`;
}

function row(clock: Clock, ref: Ref, texts: Texts, withReason: boolean, onOpen: (ref: Ref) => void): HTMLElement {
  const { set } = ref;
  const glyph = h("span", { class: "im-row-glyph" }, precisionGlyph(PRECISION_CLASSES[set.precisionClass[ref.row]!]!));
  glyph.style.color = `var(--im-kind-${clock.slot(ref)})`;
  const start = ref.row < set.undatedFrom ? set.start[ref.row]! : null;
  const second = withReason && texts.reason !== null ? [english(texts.reason)] : placeNote(ref, texts);
  return h("li", {}, button(
    { class: "im-row" },
    () => {
      onOpen(ref);
    },
    glyph,
    h("span", { class: "im-row-title" }, data(rowTitle(ref, texts))),
    h("span", { class: "im-row-date" }, data(shortWhen(start, set.word(set.datePrecision, ref.row)))),
    h("span", { class: "im-row-place" }, ...second),
    h("span", { class: "im-row-toll" }, data(shortToll(set.toll(ref.row)))),
  ));
}

/** The rows of some incidents; with reasons, each says why it has no place. */
export async function listRows(
  clock: Clock, refs: readonly Ref[], onOpen: (ref: Ref) => void, total = refs.length, withReason = false,
): Promise<HTMLElement> {
  const texts = new Map(
    await Promise.all(
      [...new Set(refs.map(({ set }) => set))].map(async (set) => [set, await set.texts().catch(() => NO_TABLE)] as const),
    ),
  );
  const list = h("ul", { class: "im-rows" });
  const listed = refs.slice(0, MOST_LISTED);
  for (const ref of listed) {
    list.append(row(clock, ref, texts.get(ref.set)?.at(ref.row) ?? NO_TEXTS, withReason, onOpen));
  }
  const more = total - listed.reduce((sum, { set, row }) => sum + (set.weights?.[row] ?? 1), 0);
  if (more > 0) list.append(h("li", { class: "im-rows-more" }, say("count.more", { n: more })));
  return list;
}

/** A titled list of the members of a group. */
export async function listContent(
  clock: Clock, refs: readonly Ref[], onOpen: (ref: Ref) => void, total = refs.length,
): Promise<HTMLElement> {
  return h(
    "div", { class: "im-card-body im-list-body" },
    h("h2", { class: "im-headline" }, incidents(total)),
    await listRows(clock, refs, onOpen, total),
  );
}
