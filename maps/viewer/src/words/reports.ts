/** What the reports say: toll, claims, verification. Reported speech only. */

import { lookUp } from "../data/lookup";
import { type Key, say } from "./catalogue";
import { count } from "./numbers";

export interface Toll {
  readonly best: number | null;
  readonly low: number | null;
  readonly high: number | null;
  readonly injured: number | null;
}

export function killed({ best, low, high }: Toll): string {
  if (best !== null) {
    const spread = (low ?? best) < best || (high ?? best) > best;
    if (best === 0 && !spread) return say("toll.none");
    return spread ? say("toll.killed.range", { n: best, from: low ?? best, to: high ?? best }) : say("toll.killed", { n: best });
  }
  if (low !== null && high !== null) {
    return low === high ? say("toll.killed", { n: low }) : say("toll.differ", { from: low, to: high });
  }
  if (low !== null) return say("toll.least", { n: low });
  if (high !== null) return say("toll.most", { n: high });
  return say("toll.unstated");
}

export function injuredWords({ injured }: Toll): string {
  if (injured === null) return say("toll.injured.unstated");
  return injured === 0 ? say("toll.injured.none") : say("toll.injured", { n: injured });
}

/** A short form for lists: "3 killed", "1–8 killed"; empty where nothing is stated. */
export function shortToll({ best, low, high }: Toll): string {
  const from = low ?? best;
  const to = high ?? best;
  if (from !== null && to !== null && to > 0) return from === to ? say("toll.killed", { n: to }) : say("toll.short.range", { from, to });
  return low !== null && low > 0 ? say("toll.short.least", { n: low }) : "";
}

/** The same as a number alone: "3", "1–8", "4+". */
export function tollNumber({ best, low, high }: Toll): string {
  const [from, to] = [low ?? best, high ?? best];
  if (from === null) return to === null ? "" : say("range.most", { n: to });
  if (to === null) return say("range.least", { n: from });
  return from === to ? count(to) : say("range.dash", { from, to });
}

export interface Actor {
  readonly name?: string | null;
  readonly role?: string | null;
  readonly attribution?: string | null;
  readonly by?: string | null;
}

/** The two halves of one line of "Who says what", in what `tell` makes of it; the text never says that an actor did it. */
export function claim<T>({ name, role, attribution, by }: Actor, tell: (key: Key, values: Readonly<Record<string, string | T>>) => T): readonly [term: string, text: string | T] {
  const who = name ?? say("claim.unnamed");
  const source = by === "" ? null : (by ?? null);
  const says = source === null ? who : tell("claim.says", { who, by: source });
  switch (attribution) {
    case "accused":
      return [say("claim.accused"), source === null ? who : tell("claim.by", { who, by: source })];
    case "claimed":
      return [say("claim.claimed"), says];
    case "denied":
      return [say("claim.denied"), says];
    default: {
      const named = role === null || role === undefined || role === "" ? who : tell("claim.as", { who, role: role.replaceAll("_", " ") });
      return [say(attribution === "stated" ? "claim.stated" : "claim.named"), source === null ? named : tell("claim.by", { who: named, by: source })];
    }
  }
}

const VERIFICATION: Readonly<Record<string, Key>> = {
  unverified: "verification.unverified",
  corroborated: "verification.corroborated",
  verified: "verification.verified",
  disputed: "verification.disputed",
  withdrawn: "verification.withdrawn",
};

export function verificationName(value: string | null): string {
  if (value === null) return say("verification.unstated");
  const key = lookUp(VERIFICATION, value);
  return key === undefined ? value.charAt(0).toUpperCase() + value.slice(1).replaceAll("_", " ") : say(key);
}

/** "Unverified · 1 source". */
export function verificationBadge(value: string | null, sources: number): string {
  const name = verificationName(value ?? "unverified");
  return sources === 0 ? name : say("verification.badge", { name, sources: say("count.sources", { n: sources }) });
}
