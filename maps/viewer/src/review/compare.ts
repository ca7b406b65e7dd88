/** Reports side by side: what they say of one incident, and why they were compared. */

import { button, data, h } from "../reading/dom";
import { sources } from "../reading/quotes";
import { clauses, type Key, say } from "../words/catalogue";
import { days, digits, length } from "../words/numbers";
import { english, own } from "../words/told";
import { actorList, headline, placeNow, tollWords, verificationWords, whenWords } from "./facts";
import type { Link, Report } from "./records";

type Row = readonly [term: Key, cells: readonly (Node | string | null)[]];

function rowsOf(reports: readonly Report[]): Row[] {
  return [
    ["card.when", reports.map(whenWords)],
    ["card.where", reports.map((report) => h("div", {}, report.place_text === undefined ? null : h("p", {}, "“", data(report.place_text), "”"), placeNow(report)))],
    ["card.toll", reports.map(tollWords)],
    ["card.claims", reports.map(actorList)],
    ["review.field.verification", reports.map(verificationWords)],
    ["card.source", reports.map((report) => sources({ sources: report.sources, placeText: report.place_text ?? null }))],
  ];
}

function textOf(cell: Node | string | null): string {
  return (typeof cell === "string" ? cell : (cell?.textContent ?? "")).trim();
}

/** A table with a column for each report; `active` is the one that keys and forms concern. */
export function comparison(reports: readonly Report[], active: number, choose: (place: number) => void): HTMLElement {
  const heads = reports.map((report, place) => h(
    "th", { scope: "col", class: place === active ? "im-review-active" : null },
    button({ class: "im-review-column", "aria-pressed": String(place === active) }, () => { choose(place); },
      h("span", { class: "im-review-number" }, String(place + 1)), data(headline(report))),
  ));
  const rows = rowsOf(reports).filter(([, cells]) => cells.some((cell) => textOf(cell) !== "")).map(([term, cells]) => {
    const differs = term !== "card.source" && new Set(cells.map(textOf)).size > 1;
    const head = h("th", { scope: "row" }, say(term), differs ? h("span", { class: "im-review-differs" }, say("review.differs")) : null);
    return h("tr", {}, head, ...cells.map((cell, place) => h("td", { class: place === active ? "im-review-active" : null }, cell)));
  });
  const table = h("table", { class: "im-review-compare" }, h("thead", {}, h("tr", {}, h("td", {}), ...heads)), h("tbody", {}, ...rows));
  // What is wider than the page moves by itself, also by keys.
  return h("div", { class: "im-review-sideways", role: "group", tabindex: "0", "aria-label": say("review.compare") }, table);
}

/** "1 and 2: 3.2 km and 1 day apart, score 0.62. Same kind and town." */
function linkSentence(link: Link, numbers: ReadonlyMap<string, number>): HTMLElement {
  const { a, b, score, reason, distance_m, days: apart } = link;
  const metres = distance_m === undefined ? null : distance_m < 1 ? say("review.sameplace") : say("link.apart", { distance: length(distance_m) });
  const apartWords = [...(metres === null ? [] : [metres]), ...(apart === undefined ? [] : [apart === 0 ? say("review.sameday") : say("link.apart", { distance: days(apart) })])];
  const facts = [...apartWords, ...(score === undefined ? [] : [say("review.score", { score: digits(score) })])];
  const pair = [a, b].map((id) => numbers.get(id) ?? id).join("–");
  return h("li", {}, h("strong", {}, pair), " ", own(clauses(facts)), reason === undefined ? null : h("p", { class: "im-note" }, english(reason)));
}

export function linkList(links: readonly Link[], reports: readonly Report[]): HTMLElement | null {
  if (links.length === 0) return null;
  const numbers = new Map(reports.map(({ id }, place) => [id, place + 1]));
  return h(
    "section", { class: "im-card-part" },
    h("h3", {}, say("review.compared")), h("ul", { class: "im-review-plain" }, ...links.map((link) => linkSentence(link, numbers))),
  );
}
