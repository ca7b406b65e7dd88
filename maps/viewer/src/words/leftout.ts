/** What the filters leave out, as one sentence. */

export interface LeftOut {
  readonly kinds: readonly string[];
  readonly places: readonly string[];
  readonly verifications: readonly string[];
  readonly undated: boolean;
}

/** "Left out: Flood, Storm; place known to: Country only; undated incidents."; empty without filters. */
export function leftOut({ kinds, places, verifications, undated }: LeftOut): string {
  const parts: string[] = [];
  if (kinds.length > 0) parts.push(kinds.join(", "));
  if (places.length > 0) parts.push(`place known to: ${places.join(", ")}`);
  if (verifications.length > 0) parts.push(`verification: ${verifications.join(", ")}`);
  if (undated) parts.push("undated incidents");
  return parts.length === 0 ? "" : `Left out: ${parts.join("; ")}.`;
}
