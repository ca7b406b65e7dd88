/** All that a person needs to decide on one item. */

import { button, data, h } from "../reading/dom";
import { sources } from "../reading/quotes";
import { type Key, named, say } from "../words/catalogue";
import { length, NBSP } from "../words/numbers";
import { sensitivityWords } from "../words/evidence";
import { english, namesIn } from "../words/told";
import { comparison, linkList } from "./compare";
import { actorList, candidateWords, headline, placeNow, tollWords, verificationWords, whenWords } from "./facts";
import type { Item, Report, Why } from "./records";

export const WHY_NAMES: Readonly<Record<Why, Key>> = {
  suspicious: "review.why.suspicious", ambiguous: "review.why.ambiguous", doubtful: "review.why.doubtful",
  unlocated: "review.why.unlocated", low: "review.why.low", merged: "review.why.merged", unverified: "review.why.unverified",
};
const WHY_SAYS: Readonly<Record<Why, Key>> = {
  suspicious: "review.says.suspicious", ambiguous: "review.says.ambiguous", doubtful: "review.says.doubtful",
  unlocated: "review.says.unlocated", low: "review.says.low", merged: "review.says.merged", unverified: "review.says.unverified",
};

/** What can be done in an item, and what has been. */
export interface Acts {
  readonly item: Item;
  readonly reports: readonly Report[];
  readonly active: number;
  /** What has been decided, in words. */
  readonly decided: readonly HTMLElement[];
  /** Whether a choice of place concerns all reports that say it. */
  readonly all: boolean;
  /** The candidate that is chosen; -1 for none. */
  readonly chosen: number;
  readonly choose: (place: number) => void;
  readonly setAll: (all: boolean) => void;
  readonly merge: () => void;
  readonly split: () => void;
  readonly placeForm: HTMLElement;
  readonly editForm: HTMLElement;
}

type Fact = readonly [term: string, text: Node | string | null];

function facts(list: readonly Fact[]): HTMLElement {
  const rows = list.flatMap(([term, text]) => (text === null ? [] : [h("dt", {}, term), h("dd", {}, typeof text === "string" ? h("p", {}, text) : text)]));
  return h("dl", { class: "im-facts" }, ...rows);
}

function key(letter: string): HTMLElement {
  return h("kbd", { "aria-hidden": "true" }, letter);
}

function factsOf(report: Report): HTMLElement {
  return facts([
    [say("card.when"), whenWords(report)],
    [say("review.written"), report.place_text === undefined ? null : h("p", {}, "“", data(report.place_text), "”")],
    [say("review.now"), placeNow(report)],
    [say("panel.kind"), report.kind_label === undefined ? null : data(named(report.kind_label))],
    [say("card.toll"), tollWords(report)],
    [say("card.claims"), actorList(report)],
    [say("review.field.verification"), verificationWords(report)],
  ]);
}

function candidates(acts: Acts): HTMLElement | null {
  const { candidates: found } = acts.reports[0]!;
  if (found.length === 0) return null;
  const rows = found.map((each, place) => {
    const [what, where] = candidateWords(each);
    return h("li", {}, button(
      { class: "im-review-candidate", "aria-pressed": String(place === acts.chosen), "data-place": place }, () => { acts.choose(place); },
      h("span", { class: "im-review-number" }, String(place + 1)),
      h("span", { class: "im-review-name" }, data(each.name)),
      h("span", { class: "im-review-where" }, where.length === 0 ? null : namesIn(where)),
      h("span", { class: "im-review-what" }, what, what === "" ? "" : " · ", data(`${each.lat.toFixed(2)}, ${each.lon.toFixed(2)}`),
        each.uncertainty_m === undefined ? "" : " · ", each.uncertainty_m === undefined ? null : data(`±${NBSP}${length(each.uncertainty_m)}`)),
    ));
  });
  return h("section", { class: "im-card-part" }, h("h3", {}, say("review.candidates")), h("ol", { class: "im-review-candidates" }, ...rows));
}

function allSwitch({ reports, all, setAll }: Acts): HTMLElement | null {
  const { same, place_text } = reports[0]!;
  if (same < 2 || place_text === undefined) return null;
  const box = h("input", { type: "checkbox" });
  box.checked = all;
  box.addEventListener("change", () => { setAll(box.checked); });
  return h("label", { class: "im-review-all" }, box, h("span", {}, say("review.all", { n: same, text: place_text })), key("A"));
}

/** What may not be for everybody's eyes waits for a click. */
function quotes(report: Report): HTMLElement | null {
  const found = sources({ sources: report.sources, placeText: report.place_text ?? null });
  const warning = sensitivityWords(report.sensitivity ?? null);
  return found === null || warning === null ? found : h("details", { class: "im-card-part im-folded" }, h("summary", {}, warning), found);
}

function onePlace(acts: Acts): (HTMLElement | null)[] {
  const report = acts.reports[0]!;
  return [
    report.reason === undefined ? null : h("p", { class: "im-review-reason" }, english(report.reason)),
    candidates(acts),
    allSwitch(acts),
    h("details", { class: "im-card-part im-review-other", open: report.candidates.length === 0 }, h("summary", {}, say("review.other"), key("P"), key("C")), acts.placeForm),
    quotes(report),
    h("section", { class: "im-card-part" }, h("h3", {}, say("review.facts")), factsOf(report)),
  ];
}

function several({ item, reports, active, choose, merge, split }: Acts): (HTMLElement | null)[] {
  const pair = item.why === "doubtful";
  const actions = h(
    "div", { class: "im-review-decide" },
    button({ class: "im-review-button im-review-main" }, merge, pair ? say("review.merge") : say("review.keep"), key("M")),
    button({ class: "im-review-button im-review-main" }, split, pair || reports.length === 2 ? say("review.split") : say("review.takeout", { n: active + 1 }), key("S")),
  );
  return [actions, linkList(item.links ?? [], reports), comparison(reports, active, choose)];
}

/** What has been decided in the item; it is renewed while a form has the focus. */
export function decidedBox(words: readonly HTMLElement[]): HTMLElement {
  return h("div", { class: "im-review-decided", role: "note", hidden: words.length === 0 }, ...words.map((each) => h("p", {}, each)));
}

/** Everything of an item, below its head. */
export function detail(acts: Acts, position: string): HTMLElement {
  const { item, reports, active, decided } = acts;
  const single = reports.length === 1;
  const title = single ? headline(reports[0]!) : say("review.reports", { n: reports.length, title: headline(reports[0]!) });
  return h(
    "article", { class: "im-card-body im-review-item", "aria-labelledby": "im-review-title" },
    h("header", { class: "im-review-item-head" }, h("span", { class: "im-review-why" }, say(WHY_NAMES[item.why])), h("span", { class: "im-note" }, position)),
    h("h2", { class: "im-headline", id: "im-review-title", tabindex: "-1", dir: "auto" }, title),
    h("p", { class: "im-note" }, say(WHY_SAYS[item.why])),
    decidedBox(decided),
    ...(single ? onePlace(acts) : several(acts)),
    h("details", { class: "im-card-part im-review-edit" },
      h("summary", {}, single ? say("review.edit") : item.why === "merged" ? say("review.edit.incident") : say("review.edit.one", { n: active + 1 }), key("E")), acts.editForm),
  );
}
