/** What the page is about: reports, and the items in which a person has to decide. */

import { openBlock } from "../data/payload";
import type { Source } from "../data/texts";
import type { Actor } from "../words/reports";

export type Why = "suspicious" | "ambiguous" | "doubtful" | "unlocated" | "low" | "merged" | "unverified";

/** The order in which groups of items stand: what is most likely wrong on a map comes first. */
export const WHYS: readonly Why[] = ["suspicious", "ambiguous", "doubtful", "unlocated", "low", "merged", "unverified"];

/** A place that a text may mean. */
export interface Candidate {
  readonly place_id?: string;
  readonly name: string;
  /** What it is, such as `settlement`. */
  readonly is?: string;
  readonly province?: string;
  readonly country?: string;
  readonly population?: number;
  readonly lon: number;
  readonly lat: number;
  readonly uncertainty_m?: number;
}

/** One report; what is not known is left out. Days count from 1970-01-01. */
export interface Report {
  readonly id: string;
  readonly title?: string;
  readonly kind?: string;
  readonly kind_label?: string;
  readonly subkind?: string;
  readonly start?: number;
  readonly end?: number;
  readonly date_precision?: string;
  readonly place_text?: string;
  readonly stated_country?: string;
  readonly place?: string;
  readonly country?: string;
  readonly province?: string;
  readonly lon?: number;
  readonly lat?: number;
  readonly uncertainty_m?: number;
  readonly precision?: string;
  readonly method?: string;
  readonly score?: number;
  readonly reason?: string;
  readonly status?: string;
  readonly verification?: string;
  readonly sensitivity?: string;
  readonly best?: number;
  readonly low?: number;
  readonly high?: number;
  readonly injured?: number;
  readonly sources: readonly Source[];
  readonly actors: readonly Actor[];
  readonly candidates: readonly Candidate[];
  /** Reports with an equal number say the same place, and `same` is how many they are. */
  readonly group: number;
  readonly same: number;
}

/** Why two reports are one incident, or may be. */
export interface Link {
  readonly a: string;
  readonly b: string;
  readonly score?: number;
  readonly reason?: string;
  readonly distance_m?: number;
  readonly days?: number;
}

export interface Item {
  readonly why: Why;
  /** Places of its reports in the list of reports: one, a pair, or all of an incident. */
  readonly reports: readonly number[];
  readonly score?: number;
  readonly links?: readonly Link[];
  /** What a merged incident says in each field, as the overrides write it. */
  readonly says?: Readonly<Record<string, string>>;
}

/** What an editor had decided before: the lines of the file, by column. */
export interface Earlier {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

export interface Records {
  readonly reports: readonly Report[];
  readonly items: readonly Item[];
  readonly earlier: Earlier;
}

export async function openRecords(id: string): Promise<Records> {
  const block = await openBlock(id);
  return {
    reports: block.json("reports") as Report[],
    items: block.json("items") as Item[],
    earlier: block.meta["earlier"] as Earlier,
  };
}
