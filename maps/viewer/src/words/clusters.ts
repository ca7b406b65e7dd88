/** What a map of clusters says of itself. */

import type { ClusterCount } from "../drawers/clusterhulls";
import { shortDate } from "./dates";
import { count, plural } from "./numbers";

function dates({ first, last }: ClusterCount): string {
  if (first === null || last === null) return "";
  return first === last ? shortDate(first) : `${shortDate(first)} – ${shortDate(last)}`;
}

/** Beside the middle of a cluster: "12, 3 Jan 2024 – 9 Feb 2024". */
export function clusterChip(found: ClusterCount): string {
  const when = dates(found);
  return when === "" ? count(found.count) : `${count(found.count)}, ${when}`;
}

/** "Cluster 3: 12 of 20 incidents, 3 Jan 2024 – 9 Feb 2024". */
export function clusterSentence(name: string, total: number, found: ClusterCount): string {
  const number = found.count === total ? plural(total, "incident") : `${count(found.count)} of ${plural(total, "incident")} shown`;
  const when = dates(found);
  return `Cluster ${name}: ${number}${when === "" ? "" : `, ${when}`}`;
}

export function clusterNotes(shown: number, all: number, incidents: number): string[] {
  if (all === 0) return ["No clusters were found."];
  return [`${count(shown)} of ${plural(all, "cluster")} ${shown === 1 ? "has" : "have"} incidents that are shown: ${count(incidents)}. The others are hidden.`];
}
