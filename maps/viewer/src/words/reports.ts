/** What the reports say: toll, claims, verification. Reported speech only. */

import { lookUp } from "../data/lookup";
import { count, plural } from "./numbers";

export interface Toll {
  readonly best: number | null;
  readonly low: number | null;
  readonly high: number | null;
  readonly injured: number | null;
}

export function killed({ best, low, high }: Toll): string {
  if (best !== null) {
    const spread = (low ?? best) < best || (high ?? best) > best;
    if (best === 0 && !spread) return "No one reported killed";
    return `${count(best)} killed${spread ? ` (${count(low ?? best)} to ${count(high ?? best)})` : ""}`;
  }
  if (low !== null && high !== null) {
    return low === high ? `${count(low)} killed` : `Killed: reports differ, ${count(low)} to ${count(high)}`;
  }
  if (low !== null) return `At least ${count(low)} killed`;
  if (high !== null) return `At most ${count(high)} killed`;
  return "Killed: not stated";
}

export function injuredWords({ injured }: Toll): string {
  if (injured === null) return "Injured: not stated";
  return injured === 0 ? "No one reported injured" : `${count(injured)} injured`;
}

/** A short form for lists: "3 killed", "1–8 killed"; empty where nothing is stated. */
export function shortToll({ best, low, high }: Toll): string {
  const from = low ?? best;
  const to = high ?? best;
  if (from !== null && to !== null && to > 0) return `${from === to ? count(to) : `${count(from)}–${count(to)}`} killed`;
  return low !== null && low > 0 ? `${count(low)}+ killed` : "";
}

export interface Actor {
  readonly name?: string | null;
  readonly role?: string | null;
  readonly attribution?: string | null;
  readonly by?: string | null;
}

/** The two halves of one line of "Who says what"; the text never says that an actor did it. */
export function claim({ name, role, attribution, by }: Actor): readonly [term: string, text: string] {
  const who = name ?? "an actor who is not named";
  const source = by === null || by === undefined || by === "" ? "" : `, by ${by}`;
  switch (attribution) {
    case "accused":
      return ["Accused", `${who}${source}`];
    case "claimed":
      return ["Claimed by", `${who}${source === "" ? "" : `, says ${by ?? ""}`}`];
    case "denied":
      return ["Denied by", `${who}${source === "" ? "" : `, says ${by ?? ""}`}`];
    default: {
      const as = role === null || role === undefined || role === "" ? "" : `, as ${role.replaceAll("_", " ")}`;
      return [attribution === "stated" ? "Stated" : "Named", `${who}${as}${source}`];
    }
  }
}

const VERIFICATION: Readonly<Record<string, string>> = {
  unverified: "Unverified",
  corroborated: "Corroborated",
  verified: "Verified",
  disputed: "Disputed",
  withdrawn: "Withdrawn",
};

export function verificationName(value: string | null): string {
  if (value === null) return "Not stated";
  return lookUp(VERIFICATION, value) ?? value.charAt(0).toUpperCase() + value.slice(1).replaceAll("_", " ");
}

/** "Unverified · 1 source". */
export function verificationBadge(value: string | null, sources: number): string {
  const name = value === null ? "Unverified" : verificationName(value);
  return sources === 0 ? name : `${name} · ${plural(sources, "source")}`;
}
