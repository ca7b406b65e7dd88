/** What the reports say: toll, claims, verification. Reported speech only. */

import { lookUp } from "../data/lookup";
import { type Key, named, say, type Tell } from "./catalogue";
import { count } from "./numbers";

export interface Toll {
  readonly best: number | null;
  readonly low: number | null;
  readonly high: number | null;
  readonly injured: number | null;
}

/** How a number is said alone, as a range, and with one bound only. */
type Forms = readonly [alone: (n: number) => string, range: Key, least: Key, most: Key];

/** What the reports say of the killed; empty where they say nothing. */
function told({ best, low, high }: Toll, [alone, range, least, most]: Forms): string {
  // "More than 30 killed" gives its number and where it begins, and no end.
  const open = high === null && low !== null && low === best && low > 0;
  const [from, to] = [low ?? best, open ? null : (high ?? best)];
  if (from === null) return to === null ? "" : say(most, { n: to });
  if (to === null) return say(least, { n: from });
  return from < to ? say(range, { from, to, n: best ?? to }) : alone(best ?? to);
}

export function killed(toll: Toll): string {
  const alone = (n: number): string => (n === 0 ? say("toll.none") : say("toll.killed", { n }));
  return told(toll, [alone, toll.best === null ? "toll.differ" : "toll.killed.range", "toll.least", "toll.most"]) || say("toll.unstated");
}

export function injuredWords({ injured }: Toll): string {
  if (injured === null) return say("toll.injured.unstated");
  return injured === 0 ? say("toll.injured.none") : say("toll.injured", { n: injured });
}

/** A short form for lists: "3 killed", "1–8 killed"; empty where nothing is stated. */
export function shortToll(toll: Toll): string {
  if ((toll.high ?? toll.best ?? toll.low ?? 0) === 0) return "";
  return told(toll, [(n) => say("toll.killed", { n }), "toll.short.range", "toll.short.least", "toll.short.most"]);
}

/** The same as a number alone: "3", "1–8", "4+". */
export function tollNumber(toll: Toll): string {
  return told(toll, [count, "range.dash", "range.least", "range.most"]);
}

export interface Actor {
  readonly name?: string | null;
  readonly role?: string | null;
  readonly attribution?: string | null;
  readonly by?: string | null;
}

/** The two halves of one line of "Who says what", in what `tell` makes of it; the text never says that an actor did it. */
export function claim<T>({ name, role, attribution, by }: Actor, tell: Tell<T>): readonly [term: string, text: string | T] {
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
      const acts = role === null || role === undefined || role === "" ? who : tell("claim.as", { who, role: named(role.replaceAll("_", " ")) });
      return [say(attribution === "stated" ? "claim.stated" : "claim.named"), source === null ? acts : tell("claim.by", { who: acts, by: source })];
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

/** "Unverified · 1 source"; of the verification nothing where nobody states it. */
export function verificationBadge(value: string | null, sources: number): string {
  const counted = sources === 0 ? "" : say("count.sources", { n: sources });
  if (value === null) return counted;
  const name = verificationName(value);
  return counted === "" ? name : say("verification.badge", { name, sources: counted });
}
