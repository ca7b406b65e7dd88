/** Forms of an item: another place, and what else a report says. */

import { lookUp } from "../data/lookup";
import { button, h } from "../reading/dom";
import { type Key, named, say } from "../words/catalogue";
import { verificationName } from "../words/reports";
import { type Fault, faultOf, type Typed } from "./choices";
import type { Report } from "./records";

const FAULTS: Readonly<Record<Fault, Key>> = {
  nothing: "review.fault.nothing", half: "review.fault.half", lon: "review.fault.lon", lat: "review.fault.lat", radius: "review.fault.radius",
};

function field(name: string, label: string, input: HTMLInputElement | HTMLSelectElement): HTMLElement {
  input.name = name;
  return h("label", { class: "im-review-field" }, h("span", {}, label), input);
}

function text(value = "", attributes: Readonly<Record<string, string>> = {}): HTMLInputElement {
  const input = h("input", { type: "text", autocomplete: "off", spellcheck: "false", dir: "auto", ...attributes });
  input.value = value;
  return input;
}

const NUMBER = { inputmode: "decimal", dir: "ltr" };

/** Another place: its name, or where it is. `onPoint` asks for a click on the map. */
export class PlaceForm {
  readonly element: HTMLFormElement;
  readonly #inputs = {
    place: text(), country: text(), lon: text("", NUMBER), lat: text("", NUMBER), radius: text("", NUMBER), note: text(),
  } as const;
  readonly #fault = h("p", { class: "im-review-fault", role: "alert" });

  constructor(onTyped: (typed: Typed) => void, onPoint: () => void) {
    const { place, country, lon, lat, radius, note } = this.#inputs;
    this.element = h(
      "form", { class: "im-review-form" },
      field("place", say("review.place.name"), place), field("country", say("review.place.country"), country),
      field("lon", say("review.place.lon"), lon), field("lat", say("review.place.lat"), lat),
      field("radius", say("review.place.radius"), radius), field("note", say("review.place.note"), note),
      this.#fault,
      h(
        "div", { class: "im-review-form-foot" },
        h("button", { type: "submit", class: "im-review-button" }, say("review.place.use")),
        button({ class: "im-review-button" }, onPoint, say("review.place.click")),
      ),
      h("p", { class: "im-note" }, say("review.place.hint")),
    );
    this.element.addEventListener("submit", (event) => {
      event.preventDefault();
      const typed = this.typed;
      const fault = faultOf(typed);
      this.#fault.textContent = fault === null ? "" : say(FAULTS[fault]);
      if (fault === null) onTyped(typed);
    });
  }

  get typed(): Typed {
    const { place, country, lon, lat, radius, note } = this.#inputs;
    const trimmed = (input: HTMLInputElement): string => input.value.trim();
    return { place: trimmed(place), country: trimmed(country), lon: trimmed(lon), lat: trimmed(lat), radius: trimmed(radius), note: trimmed(note) };
  }

  /** Begins to write the name of a place, or where it is. */
  focus(name: "place" | "lon"): void { this.#inputs[name].focus(); }

  setPoint(lon: number, lat: number): void {
    this.#inputs.lon.value = lon.toFixed(5);
    this.#inputs.lat.value = lat.toFixed(5);
    this.#inputs.radius.focus();
  }
}

/** The values that a field may have, with their names in English; of the page's own, in its language. */
export type Choices = Readonly<Record<string, readonly (readonly [value: string, label: string])[]>>;

const TEXTS = [["title", "review.field.title"], ["kind", "panel.kind"], ["subkind", "review.field.subkind"]] as const;
const DATES = [["date_start", "review.field.start"], ["date_end", "review.field.end"], ["date_precision", "review.field.precision"]] as const;
const COUNTS = [
  ["fatalities_best", "review.field.best"], ["fatalities_low", "review.field.low"], ["fatalities_high", "review.field.high"], ["injured", "review.field.injured"],
] as const;
const STANDING = [["verification", "review.field.verification"], ["sensitivity", "review.field.sensitivity"]] as const;

function isoOf(day: number | undefined): string {
  return day === undefined ? "" : new Date(day * 86_400_000).toISOString().slice(0, 10);
}

/** What a report says in a field, as the overrides file writes it. */
export function valueOf(report: Report, name: string): string {
  const found: Readonly<Record<string, string | number | undefined>> = {
    title: report.title, kind: report.kind, subkind: report.subkind, date_start: isoOf(report.start), date_end: isoOf(report.end),
    date_precision: report.date_precision, fatalities_best: report.best, fatalities_low: report.low, fatalities_high: report.high,
    injured: report.injured, verification: report.verification, sensitivity: report.sensitivity,
  };
  return String(found[name] ?? "");
}

const CHOICES: Readonly<Record<string, Key>> = {
  day: "review.choice.day", week: "review.choice.week", month: "review.choice.month", year: "review.choice.year", range: "review.choice.range",
  unknown: "review.choice.unknown", public: "review.choice.public", restricted: "review.choice.restricted", private: "review.choice.private",
};

/** The name of a value that a field may have. */
export function choiceName(field: string, value: string, label: string): string {
  if (field === "verification" && value !== "") return verificationName(value);
  const key = lookUp(CHOICES, value);
  return key === undefined ? named(label) : say(key);
}

function choice(value: string, choices: Choices[string], name: string): HTMLSelectElement {
  const known = choices.some(([each]) => each === value) ? choices : [[value, value === "" ? "–" : value] as const, ...choices];
  const select = h("select", {}, ...known.map(([each, label]) => h("option", { value: each }, choiceName(name, each, label))));
  select.value = value;
  return select;
}

function typeOf(name: string): Readonly<Record<string, string>> {
  if (name === "date_start" || name === "date_end") return { type: "date", max: "9999-12-31", dir: "ltr" };
  return /^(fatalities|injured)/.test(name) ? { type: "number", min: "0", max: "999999999", step: "1", dir: "ltr" } : {};
}

/** Everything that an editor may correct; each change is decided at once. */
export function editForm(title: string, current: (name: string) => string, choices: Choices, onEdit: (name: string, value: string) => void): HTMLElement {
  const fields = [...TEXTS, ...DATES, ...COUNTS, ...STANDING].map(([name, key]) => {
    const known = choices[name];
    const input = known === undefined ? text(current(name), typeOf(name)) : choice(current(name), known, name);
    input.addEventListener("change", () => {
      // What cannot be is said by the browser, and not taken.
      if (!input.reportValidity()) return;
      const value = input.value.trim();
      // "1e3" is a number to the browser.
      onEdit(name, input.type === "number" && value !== "" ? String(Number(value)) : value);
    });
    return field(name, say(key), input);
  });
  const form = h("form", { class: "im-review-form", "aria-label": say("review.edit.of", { title }) }, ...fields);
  form.addEventListener("submit", (event) => { event.preventDefault(); });
  return form;
}
