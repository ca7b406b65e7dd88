/** What the method panel says, part by part. */

import type { Making } from "../data/making";
import { lookUp } from "../data/lookup";
import { clauses, type Key, listed, say } from "./catalogue";
import { longDate } from "./dates";
import { worldviewLine, type Worldviews } from "./disputes";
import { methodName } from "./methods";
import { count } from "./numbers";

/** A sentence, or the cells of a row; a row may have a share to draw, and something to open. */
export interface Line {
  readonly cells: readonly string[];
  readonly share?: number;
  readonly open?: () => void;
}

export interface Part {
  readonly title: string | null;
  readonly head?: readonly string[];
  readonly lines: readonly (string | Line)[];
}

/** What the page itself knows and counts. */
export interface PageFacts {
  readonly provenance: string;
  readonly worldview: Worldviews;
  readonly notices: readonly (readonly [head: string, text: string])[];
  /** Whom the page asks after a reader's word. */
  readonly hosts: readonly string[];
  readonly grouped: boolean;
  /** Incidents with a mark, those that are counted with their country, and those without any place. */
  readonly places: Readonly<Record<"marked" | "country" | "none", number>>;
  readonly vague: number;
  readonly undated: number;
  readonly doubtful: Readonly<Record<"unlocated" | "ambiguous" | "suspicious", number>>;
  /** What is not on the map, or doubtful: incident, place as written, reason. */
  readonly unplaced: readonly Line[];
}

const USES: Readonly<Record<string, Key>> = {
  map: "made.map", places: "made.places", joins: "made.joins", borders: "made.distances",
};

function result({ total }: Making, { hosts, notices, places }: PageFacts): Part {
  const others = ([["unplaced.country", places.country], ["unplaced.none", places.none]] as const)
    .filter(([, n]) => n > 0).map(([key, n]) => say(key, { n }));
  return {
    title: null,
    lines: [
      ...(total === 0 ? [] : [say("made.result", { n: total, placed: places.marked })]),
      ...(others.length === 0 ? [] : [say("summary.sentence", { clauses: clauses(others) })]),
      hosts.length === 0 ? say("made.offline") : say("made.online", { hosts: listed(hosts) }),
      ...notices.map(([head, text]) => `${head} ${text}`),
    ],
  };
}

function found({ methods }: Making): Part {
  const most = methods[0]?.[1] ?? 1;
  return {
    title: say("made.found"),
    lines: methods.map(([method, number]) => ({ cells: [method === "" ? say("made.unstated") : methodName(method), count(number)], share: number / most })),
  };
}

function unplaced({ grouped, doubtful, unplaced: rows }: PageFacts): Part {
  const { unlocated, ambiguous, suspicious } = doubtful;
  const n = unlocated + ambiguous + suspicious;
  const numbers = ([["made.unlocated", unlocated], ["made.ambiguous", ambiguous], ["made.suspicious", suspicious]] as const)
    .filter(([, number]) => number > 0).map(([key, number]) => say(key, { n: number }));
  return {
    title: say("made.unplaced", { n }),
    head: [say("made.incident"), say("made.place"), say("made.why")],
    lines: n === 0 ? [] : [numbers.join(" "), ...(grouped ? [say("made.grouped")] : rows)],
  };
}

function borders({ lines }: Making, { worldview }: PageFacts): Part {
  const view = worldviewLine(worldview);
  return {
    title: say("made.borders"),
    lines: [
      ...(view === "" ? [] : [say("summary.sentence", { clauses: view })]), say("made.dashed"),
      ...(lines === null ? [] : [say("made.lines", { lines })]),
    ],
  };
}

function licences({ data, others }: Making, { provenance }: PageFacts): Part {
  const unstated = say("made.unstated");
  const own = others.map((name) => ({ cells: [say("made.places"), name === "site" ? say("made.own") : name, unstated, ""] }));
  return {
    title: say("made.data"),
    head: [say("made.what"), say("made.from"), say("made.licence"), say("made.age")],
    lines: [
      { cells: [say("made.incidents"), provenance || unstated, unstated, ""] }, ...own,
      ...data.map(({ from, licence, uses, as_of }) => ({
        cells: [listed(uses.map((use) => say(lookUp(USES, use) ?? "made.map"))), from, licence, as_of.join("; ")],
      })),
    ],
  };
}

function limits({ unsourced }: Making, { vague, undated }: PageFacts): Part {
  const counted = ([["made.vague", vague], ["made.undated", undated], ["made.unsourced", unsourced]] as const)
    .filter(([, n]) => n > 0).map(([key, n]) => say(key, { n }));
  return { title: say("made.limits"), lines: [say("made.reports"), ...counted] };
}

function versions({ software, schema, made_on, inputs, fingerprints }: Making): Part {
  return {
    title: say("made.versions"),
    lines: [
      say("made.software", { version: software, schema }),
      made_on === null ? say("made.noday") : say("made.on", { date: longDate(made_on) }),
      ...(inputs.length === 0 ? [say("made.noinput")] : inputs.map(([name, sum]) => say("made.input", { name, sum }))),
      ...fingerprints.map((sum) => say("made.print", { sum })),
    ],
  };
}

/** The panel from top to bottom; a part without lines is left out. */
export function makingParts(making: Making, facts: PageFacts): readonly Part[] {
  const parts = [
    result(making, facts), found(making), unplaced(facts), borders(making, facts), licences(making, facts), limits(making, facts), versions(making),
  ];
  return parts.filter(({ lines }) => lines.length > 0);
}

/** The same as text: a line each, with tabs between cells. */
export function plainParts(title: string, parts: readonly Part[]): string {
  const blocks = parts.map(({ title: head, lines }) =>
    [...(head === null ? [] : [head]), ...lines.map((line) => (typeof line === "string" ? line : line.cells.join("\t")))].join("\n"));
  return [title, ...blocks].join("\n\n");
}
