/** Texts from the data as they may be shown. */

// Up to its first letter a text has no direction; what follows are the scripts that run from right to left.
const RIGHT_TO_LEFT = /^\P{L}*[\u0590-\u08FF\uFB1D-\uFDFF\uFE70-\uFEFC]/u;

/** The reading direction of a text, as a canvas wants to be told. */
export function directionOf(text: string): "ltr" | "rtl" {
  return RIGHT_TO_LEFT.test(text) ? "rtl" : "ltr";
}

// Overrides and embeddings would turn the words round them; isolates that are never closed do the same.
const DIRECTION = /[\u202A-\u202E\u2066-\u2069]/g;

/** The text without the characters that command a reading direction. */
export function undirected(text: string): string {
  return text.replace(DIRECTION, "");
}
