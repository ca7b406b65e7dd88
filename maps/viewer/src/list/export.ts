/** What the list shows as files, made in the page: columns of the incident table, which `geo.read_incidents` takes back. */

import type { IncidentSet } from "../data/incidents";
import { lookUp } from "../data/lookup";
import { PRECISION_CLASSES } from "../data/precision";
import { type Mark, NO_TABLE, type Source, type TextTable } from "../data/texts";
import { dateText } from "../shell/viewstate";
import type { Ref } from "../time/clock";
import type { Tables } from "./sorting";

type Cell = string | number | null | readonly object[];
type Fact = (row: number) => Cell;
type Column = (set: IncidentSet, table: TextTable) => Fact;

/** So long the page may wait for a file before it lives on. */
const BUSY_MS = 12;
const COUNTRY = PRECISION_CLASSES.indexOf("country");

const text = (name: string): Column => (_, table) => {
  const values = table.column(name) as readonly (string | null)[];
  return (row) => values[row] ?? null;
};

const list = (name: string, entries: (value: unknown) => readonly object[]): Column => (_, table) => {
  const values = table.column(name);
  return (row) => {
    const found = entries(values[row]);
    return found.length === 0 ? null : found;
  };
};

const word = (name: string): Column => (set) => {
  const column = set.column(name);
  return (row) => set.word(column, row);
};

/** Numbers of 32 bits, without the digits that they do not have. */
const number = (name: string): Column => (set) => (row) => {
  const value = set.number(name, row);
  return value === null || Number.isInteger(value) ? value : Number(value.toPrecision(7));
};

/** The name of a code as the table has it, whatever the language of the page. */
const nameOf = (code: string, names: string): Column => (set) => {
  const column = set.column(code);
  const known = (set.meta[names] ?? {}) as Readonly<Record<string, string>>;
  return (row) => lookUp(known, set.word(column, row) ?? "") ?? null;
};

const day = (of: (set: IncidentSet, row: number) => number): Column => (set) => (row) => (row < set.undatedFrom ? dateText(of(set, row)) : null);

const COLUMNS: Readonly<Record<string, Column>> = {
  incident_id: text("incident_id"),
  title: text("title"),
  kind: word("kind"),
  date_start: day((set, row) => set.start[row]!),
  date_end: day((set, row) => set.lastDay(row)),
  date_precision: word("date_precision"),
  ...columns(text, "date_note", "time_utc", "date_zone", "place_text", "place"),
  uncertainty_m: number("uncertainty_m"),
  precision: word("precision"),
  ...columns(text, "method", "reason"),
  candidates: list("candidates", otherPlaces),
  status: (set) => (row) => {
    const said = set.word(set.status, row);
    return said === "located" && !isPoint(set, row) ? "unlocated" : said;
  },
  country_a3: word("country_a3"),
  country: nameOf("country_a3", "countries"),
  admin1_code: word("admin1_code"),
  admin1: nameOf("admin1_code", "provinces"),
  claimed_by: text("claimed_by"),
  worldview: (set) => {
    // Where rows differ, nobody knows whose view each has.
    const view = String(set.meta["worldview"]);
    return (row) => (view.includes(",") || set.word(set.country, row) === null ? null : view);
  },
  border_pair: word("border_pair"),
  ...columns(number, "border_distance_m", "border_distance_min_m", "border_distance_max_m", "border_bearing_deg"),
  border_status: word("border_status"),
  tripoint: text("tripoint"),
  actors: list("actors", asList),
  ...columns(number, "fatalities_best", "fatalities_low", "fatalities_high", "injured"),
  sources: list("sources", (value) => (asList(value) as readonly Source[]).flatMap(sourcesOf)),
  verification: word("verification"),
  sensitivity: text("sensitivity"),
  incidents: ({ weights }) => (row) => weights?.[row] ?? 1,
  lon: (set) => (row) => (isPoint(set, row) ? set.lon(row) : null),
  lat: (set) => (row) => (isPoint(set, row) ? set.lat(row) : null),
};
const NAMES = Object.keys(COLUMNS);

function columns(make: (name: string) => Column, ...names: readonly string[]): Record<string, Column> {
  return Object.fromEntries(names.map((name) => [name, make(name)]));
}

/** What is known to a country only is no point. */
function isPoint(set: IncidentSet, row: number): boolean {
  return set.isPlaced(row) && set.precisionClass[row]! < COUNTRY;
}

function asList(value: unknown): readonly object[] {
  return Array.isArray(value) ? (value as readonly object[]) : [];
}

function otherPlaces(value: unknown): readonly object[] {
  if (typeof value !== "string") return [];
  return (JSON.parse(value) as readonly (readonly unknown[])[]).map(([name, country_a3, lat, lon]) => ({ name, country_a3, lat, lon }));
}

/** A source as the table has it: where its quote stands in the text, and each fact in it as a source of its own. */
function sourcesOf({ span, marks = [], ...source }: Source): object[] {
  if (span === undefined) return [source];
  // Python counts whole characters, and marks count halves.
  const count = (words: string): number => Array.from(words).length;
  const [quote, start] = [source.quote ?? "", span[0] - 1];
  const { publisher, url } = source;
  const facts = marks.map(([first, end, fact]: Mark) => {
    const words = quote.slice(first, end);
    const from = start + count(quote.slice(0, first));
    return { publisher, url, quote: words, start: from, end: from + count(words), fact };
  });
  return [{ ...source, start, end: span[1] }, ...facts];
}

/** What spreadsheets take for a formula, behind whatever is not seen. */
const FORMULA = /^(?:[\t\r\n]|[\0-\x20\x7f-\xa0\xad\u1680\u2000-\u200f\u2028-\u202f\u205f-\u2069\u3000\ufeff]*[=+\-@＝＋－＠﹢﹣﹦﹫])/;
const NUMBER = /^[-+]?(\d+(\.\d*)?|\.\d+)([eE][-+]?\d+)?$/;

/** A cell of a line; a spreadsheet must not take a text for a formula. */
export function quoted(cell: Cell): string {
  if (cell === null) return "";
  const words = typeof cell === "object" ? JSON.stringify(cell) : String(cell);
  const safe = typeof cell === "string" && FORMULA.test(cell) && !NUMBER.test(cell) ? `'${cell}` : words;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

export type About = Readonly<Record<string, unknown>>;

/** A format of files. */
export interface FileKind {
  readonly name: "export.csv" | "export.geojson";
  readonly ending: string;
  readonly type: string;
  readonly head: (about: About) => string;
  /** What stands for one incident: its cells are in the order of the columns. */
  readonly line: (cells: readonly Cell[]) => string;
  readonly between: string;
  readonly end: string;
}

export const CSV: FileKind = {
  name: "export.csv", ending: "csv", type: "text/csv;charset=utf-8",
  // The mark tells spreadsheets that the letters are UTF-8.
  head: () => `\ufeff${NAMES.join()}\r\n`,
  line: (cells) => `${cells.map(quoted).join()}\r\n`,
  between: "", end: "",
};

export const GEOJSON: FileKind = {
  name: "export.geojson", ending: "geojson", type: "application/geo+json",
  head: (about) => `{"type":"FeatureCollection","incidentmap":${JSON.stringify(about)},"features":[\n`,
  line: (cells) => {
    const [lon, lat] = cells.slice(-2);
    // What is not known needs no room.
    const properties = NAMES.slice(0, -2).flatMap((name, i) => (cells[i] === null ? [] : [`"${name}":${JSON.stringify(cells[i])}`]));
    const point = lon === null ? "null" : `{"type":"Point","coordinates":[${lon as number},${lat as number}]}`;
    return `{"type":"Feature","geometry":${point},"properties":{${properties.join()}}}`;
  },
  between: ",\n", end: "\n]}\n",
};

const rest = (): Promise<void> => new Promise((resolve) => { setTimeout(resolve); });

/** A file of some incidents, made in parts between which the page lives on: all of it may be longer than a text can be. `onPart` hears how many are done. */
export async function fileOf(kind: FileKind, refs: Iterable<Ref>, tables: Tables, about: About, onPart?: (done: number) => void): Promise<Blob> {
  const parts: BlobPart[] = [];
  const facts = new Map<IncidentSet, readonly Fact[]>();
  let [part, begun] = [kind.head(about), performance.now()];
  let [before, done] = ["", 0];
  for (const { set, row } of refs) {
    let known = facts.get(set);
    if (known === undefined) {
      const made: Fact[] = [];
      // Each may be read for the first time, which takes long where there are many incidents.
      for (const column of Object.values(COLUMNS)) {
        made.push(column(set, tables.get(set) ?? NO_TABLE));
        await rest();
      }
      facts.set(set, known = made);
    }
    part += before + kind.line(known.map((fact) => fact(row)));
    before = kind.between;
    done++;
    if (performance.now() - begun < BUSY_MS) continue;
    parts.push(new Blob([part]));
    part = "";
    onPart?.(done);
    await rest();
    begun = performance.now();
  }
  return new Blob([...parts, part, kind.end], { type: kind.type });
}

/** A name of a file from the title of a map: its letters and digits. */
export function fileName(title: string, ending: string): string {
  const name = title.normalize("NFC").toLowerCase().replace(/[^\p{L}\p{M}\p{N}]+/gu, "-").replace(/^-+|-+$/g, "").slice(0, 80);
  return `${name === "" ? "incidents" : name}.${ending}`;
}

export function download(name: string, file: Blob): void {
  const url = URL.createObjectURL(file);
  const link = document.createElement("a");
  [link.href, link.download] = [url, name];
  link.click();
  window.setTimeout(() => { URL.revokeObjectURL(url); }, 10_000);
}
