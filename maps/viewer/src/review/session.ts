/** What has been decided in a review, and what the file of the project said before. */

import { data, h } from "../reading/dom";
import { listed } from "../words/catalogue";
import { told } from "../words/told";
import { placeKeys, splitLines } from "./choices";
import { editClash, type IncidentOf, incidents } from "./edits";
import { candidateWords, headline } from "./facts";
import { valueOf } from "./forms";
import { asCsv, contradiction, editLine, keyOf, type Line, together } from "./lines";
import { Log } from "./log";
import { madeWords } from "./made";
import { Progress } from "./progress";
import type { Item, Records, Report } from "./records";

/** Lines to decide, and keys of those that hold no longer. */
type Change = [lines: Line[], dropped: string[]];

export class Session {
  readonly records: Records;
  readonly log = new Log();
  readonly progress: Progress;
  /** The lines of the file. */
  readonly earlier: readonly Line[];
  readonly #byId: ReadonlyMap<string, Report>;
  /** "Springfield, Illinois, United States" by the identifier of the place. */
  readonly #places: ReadonlyMap<string, string>;
  /** Reports of each incident that merging made. */
  readonly #merged: readonly (readonly string[])[];
  #incidentOf: IncidentOf;
  /** The file as the decisions stand. */
  #lines: readonly Line[];

  constructor(records: Records) {
    const { columns, rows } = records.earlier;
    this.records = records;
    this.progress = new Progress(records, this.log);
    this.earlier = rows.map((cells) => Object.fromEntries(columns.map((name, i) => [name, cells[i] ?? ""])));
    this.#byId = new Map(records.reports.map((report) => [report.id, report]));
    this.#places = new Map(records.reports.flatMap(({ candidates }) => candidates.flatMap((each) => (
      each.place_id === undefined ? [] : [[each.place_id, listed([each.name, ...candidateWords(each)[1]])] as const]))));
    this.#merged = records.items.flatMap(({ why, reports }) => (why === "merged" ? [reports.map((place) => records.reports[place]!.id)] : []));
    this.#lines = this.earlier;
    this.#incidentOf = incidents(this.#merged, this.#lines);
  }

  /** Follows what was decided, or taken back. */
  refresh(): void {
    this.progress.refresh();
    this.#lines = together(this.earlier, this.log.lines);
    this.#incidentOf = incidents(this.#merged, this.#lines);
  }


  /** The file as it would be saved now. */
  get csv(): string { return asCsv(this.records.earlier.columns, this.#lines); }

  /** Why the reader of the file would refuse it with these lines, in words; null where it would not. */
  refusal(lines: readonly Line[]): (Node | string)[] | null {
    const all = together(this.earlier, this.log.with(lines));
    const pair = contradiction(all);
    if (pair !== null) return told("review.clash", { a: this.#named(pair["incident_id"] ?? ""), b: this.#named(pair["other_id"] ?? "") });
    const edits = editClash(all, incidents(this.#merged, all));
    return edits && told("review.clash.edits", { a: h("span", {}, ...this.words(edits[0])), b: h("span", {}, ...this.words(edits[1])) });
  }

  /** True for a merged incident that no decision parts. */
  isWhole(item: Item): boolean { return item.why === "merged" && new Set(this.#partsOf(item)).size === 1; }

  /** Which report of an item comes first: of a merged incident that was parted one of the larger part. */
  foremost(item: Item | undefined): number {
    if (item?.why !== "merged") return 0;
    const parts = this.#partsOf(item);
    const sizes = parts.map((one) => parts.filter((other) => other === one).length);
    return sizes.indexOf(Math.max(...sizes));
  }

  /** The incident of each report of an item. */
  #partsOf({ reports }: Item): string[] { return reports.map((place) => this.#incidentOf(this.records.reports[place]!.id)); }

  /** Lines that give the incident of a report a value, and keys of what holds no longer: what stands changes, so that no two contradict each other. */
  edited(item: Item, report: Report, field: string, value: string): Change {
    const standing = this.#standing(report).filter((line) => line["field"] === field);
    const lines = (standing.length > 0 ? standing : [{ incident_id: report.id }]).map((line) => editLine(line["incident_id"] ?? "", field, value));
    return lines.every((line) => this.#isNoEdit(item, report, line)) ? [[], lines.map(keyOf)] : [lines, []];
  }

  /** Lines that take one report out of an item, and keys of what they replace: what was said of an incident stays with the others. */
  parted(item: Item, place: number): Change {
    const parts = this.#partsOf(item);
    const [apart, heir] = [item.reports[place]!, item.reports.find((_, i) => i !== place && parts[i] === parts[place])].map((each) => this.records.reports[each ?? -1]);
    // Edits of a merged incident name any of its reports, those of a pair mean the report that they name.
    const moved = item.why !== "merged" || heir === undefined ? [] : this.#standing(apart!).filter((line) => line["incident_id"] === apart!.id);
    const lines = moved.map((line) => editLine(heir!.id, line["field"] ?? "", line["value"] ?? ""));
    return [[...splitLines(item, this.records.reports, place), ...lines], moved.map(keyOf)];
  }

  /** Edits of the incident of a report. */
  #standing(report: Report): Line[] {
    const incident = this.#incidentOf(report.id);
    return this.#lines.filter((line) => line["action"] === "edit" && this.#incidentOf(line["incident_id"] ?? "") === incident);
  }

  /** True where an edit says what is there without it. */
  #isNoEdit(item: Item, report: Report, line: Line): boolean {
    return line["value"] === before(item, report, line["field"] ?? "") && !this.earlier.some((each) => keyOf(each) === keyOf(line));
  }

  /** What a report says in a field, or the incident that it was merged into, after the edits. */
  value(item: Item, report: Report, field: string): string {
    return this.#standing(report).find((line) => line["field"] === field)?.["value"] ?? before(item, report, field);
  }

  /** The line that places a report; undefined where none was decided here. */
  placed(report: Report): Line | undefined {
    const [own, text] = placeKeys(report);
    return this.log.at(own) ?? this.log.at(text);
  }

  /** What a decision says, in words. */
  words(line: Line): (Node | string)[] {
    return madeWords(line, { named: (id) => this.#named(id), place: this.#places.get(line["place_id"] ?? "") ?? null });
  }

  #named(id: string): HTMLElement {
    const report = this.#byId.get(id);
    return data(report === undefined ? id : headline(report));
  }
}

function before(item: Item, report: Report, field: string): string {
  return item.says === undefined ? valueOf(report, field) : (item.says[field] ?? "");
}
