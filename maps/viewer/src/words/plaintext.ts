/** Texts from the data as they may be shown. */

// Overrides and embeddings would turn the words round them; isolates that are never closed do the same.
const DIRECTION = /[\u202A-\u202E\u2066-\u2069]/g;

/** The text without the characters that command a reading direction. */
export function undirected(text: string): string {
  return text.replace(DIRECTION, "");
}
