/** What the list shows as files, made in the page. */

import { NO_TEXTS, type Texts } from "../data/texts";
import { dateText } from "../shell/viewstate";
import type { Ref } from "../time/clock";
import type { Tables } from "./sorting";

type Cell = string | number | null;
type Fact = (ref: Ref, texts: Texts) => Cell;

/** Columns as the tables of the project name them. */
const COLUMNS: Readonly<Record<string, Fact>> = {
  incident_id: (_, { id }) => id,
  title: (_, { title }) => title,
  kind: ({ set, row }) => set.word(set.kind, row),
  date_start: ({ set, row }) => (row < set.undatedFrom ? dateText(set.start[row]!) : null),
  date_end: ({ set, row }) => (row < set.undatedFrom ? dateText(set.lastDay(row)) : null),
  date_precision: ({ set, row }) => set.word(set.datePrecision, row),
  place_text: (_, { placeText }) => placeText,
  place: (_, { place }) => place,
  lon: (ref) => placed(ref)?.[0] ?? null,
  lat: (ref) => placed(ref)?.[1] ?? null,
  precision: ({ set, row }) => set.word(set.precision, row),
  uncertainty_m: ({ set, row }) => rounded(set.uncertainty(row)),
  country_a3: ({ set, row }) => set.word(set.country, row),
  country: ({ set, row }) => set.countryName(row),
  admin1_code: ({ set, row }) => set.word(set.province, row),
  admin1: ({ set, row }) => set.provinceName(row),
  border_pair: ({ set, row }) => set.border(row)?.pair ?? null,
  border_distance_m: ({ set, row }) => rounded(set.border(row)?.distanceM),
  border_distance_min_m: ({ set, row }) => rounded(set.border(row)?.minM),
  border_distance_max_m: ({ set, row }) => rounded(set.border(row)?.maxM),
  fatalities_best: ({ set, row }) => set.toll(row).best,
  fatalities_low: ({ set, row }) => set.toll(row).low,
  fatalities_high: ({ set, row }) => set.toll(row).high,
  injured: ({ set, row }) => set.toll(row).injured,
  verification: ({ set, row }) => set.word(set.verification, row),
  sources: (_, { sources }) => sources.map(({ url, publisher }) => url ?? publisher ?? "").filter((each) => each !== "").join(" ") || null,
  incidents: ({ set, row }) => set.weights?.[row] ?? 1,
};

/** Numbers of 32 bits, without the digits that they do not have. */
function rounded(metres: number | null | undefined): number | null {
  return metres == null ? null : Math.round(metres);
}

function placed({ set, row }: Ref): [number, number] | null {
  return set.isPlaced(row) ? [set.lon(row), set.lat(row)] : null;
}

function textsOf({ set, row }: Ref, tables: Tables): Texts {
  return tables.get(set)?.at(row) ?? NO_TEXTS;
}

/** A spreadsheet must not take a text for a formula. */
function quoted(cell: Cell): string {
  if (typeof cell !== "string") return cell === null ? "" : String(cell);
  const safe = /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

export function csv(refs: Iterable<Ref>, tables: Tables): string {
  const facts = Object.values(COLUMNS);
  const lines = [Object.keys(COLUMNS).join()];
  for (const ref of refs) {
    const texts = textsOf(ref, tables);
    lines.push(facts.map((fact) => quoted(fact(ref, texts))).join());
  }
  // The mark tells spreadsheets that the letters are UTF-8.
  return `\ufeff${lines.join("\r\n")}\r\n`;
}

export function geojson(refs: Iterable<Ref>, tables: Tables): string {
  const names = Object.entries(COLUMNS).filter(([name]) => name !== "lon" && name !== "lat");
  const features: string[] = [];
  for (const ref of refs) {
    const texts = textsOf(ref, tables);
    const coordinates = placed(ref);
    features.push(JSON.stringify({
      type: "Feature",
      properties: Object.fromEntries(names.map(([name, fact]) => [name, fact(ref, texts)])),
      geometry: coordinates === null ? null : { type: "Point", coordinates },
    }));
  }
  return `{"type":"FeatureCollection","features":[\n${features.join(",\n")}\n]}\n`;
}

/** A name of a file from the title of a map: its letters and digits. */
export function fileName(title: string, ending: string): string {
  const name = title.normalize("NFC").toLowerCase().replace(/[^\p{L}\p{M}\p{N}]+/gu, "-").replace(/^-+|-+$/g, "").slice(0, 80);
  return `${name === "" ? "incidents" : name}.${ending}`;
}

export function download(name: string, type: string, text: BlobPart): void {
  const url = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement("a");
  [link.href, link.download] = [url, name];
  link.click();
  window.setTimeout(() => { URL.revokeObjectURL(url); }, 10_000);
}
