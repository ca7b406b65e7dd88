/** Which reports are one incident as the decisions stand, and which edits of one the reader of the file refuses. */

import { keyOf, type Line, pairLine } from "./lines";

/** Gives what is equal for two reports of one incident. */
export type IncidentOf = (report: string) => string;

const ORDERS = [["date_start", "date_end"], ["fatalities_low", "fatalities_best", "fatalities_high"]] as const;

/** What merging joined and no line parts again, and what lines join. */
export function incidents(merged: Iterable<readonly string[]>, lines: readonly Line[]): IncidentOf {
  const parents = new Map<string, string>();
  const root = (id: string): string => {
    let at = id;
    for (let next = parents.get(at); next !== undefined; next = parents.get(at)) at = next;
    return at;
  };
  const join = (a: string, b: string): void => { if (root(a) !== root(b)) parents.set(root(b), root(a)); };
  const split = new Set(lines.flatMap((line) => (line["action"] === "split" ? [keyOf(line)] : [])));
  for (const ids of merged) {
    const parts: string[][] = [];
    for (const id of ids) {
      const part = parts.find((each) => each.every((other) => !split.has(keyOf(pairLine("split", id, other)))));
      if (part === undefined) parts.push([id]);
      else part.push(id);
    }
    for (const [first, ...others] of parts) for (const other of others) join(first!, other);
  }
  for (const { action, incident_id: a = "", other_id: b = "" } of lines) if (action === "merge") join(a, b);
  return root;
}

function isAbove(one: string, other: string): boolean {
  return /^\d+$/.test(one) && /^\d+$/.test(other) ? Number(one) > Number(other) : one > other;
}

/** Two edits of one incident that cannot both hold: of one field, or of a range that would end before it begins. */
export function editClash(lines: readonly Line[], incidentOf: IncidentOf): readonly [Line, Line] | null {
  const found = new Map<string, Map<string, Line>>();
  for (const line of lines) {
    if (line["action"] !== "edit") continue;
    const [incident, field] = [incidentOf(line["incident_id"] ?? ""), line["field"] ?? ""];
    const edits = found.get(incident) ?? new Map<string, Line>();
    found.set(incident, edits);
    const other = edits.get(field);
    if (other !== undefined && other["value"] !== line["value"]) return [other, line];
    edits.set(field, line);
  }
  for (const edits of found.values()) {
    for (const names of ORDERS) {
      const told = names.flatMap((name) => (edits.get(name)?.["value"] ? [edits.get(name)!] : []));
      const place = told.findIndex((line, i) => i > 0 && isAbove(told[i - 1]!["value"]!, line["value"]!));
      if (place > 0) return [told[place - 1]!, told[place]!];
    }
  }
  return null;
}
