/** Texts as they are compared: without case, accents, apostrophes, what is not seen, and the variants of Arabic letters and digits. */

/** Most texts need no more than lower case. */
const PLAIN = /^(?:[!"#$%&(-_a-~]| (?! ))*$/;
const DROPPED = /[\p{M}\p{Cf}\u0640'‘’ʻʼʾʿ`´]/gu;
const DIGITS = /[\u0660-\u0669\u06f0-\u06f9]/g;
const LETTERS: Readonly<Record<string, string>> = {
  "ı": "i", "ø": "o", "đ": "d", "ł": "l", "ß": "ss", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th", "ى": "ي", "ة": "ه", "ک": "ك", "ی": "ي", "“": '"', "”": '"',
};
const VARIANTS = new RegExp(`[${Object.keys(LETTERS).join("")}]`, "g");

export function fold(text: string): string {
  if (PLAIN.test(text)) return text.toLowerCase();
  return text.normalize("NFKD").replace(DROPPED, "").toLowerCase().replace(VARIANTS, (letter) => LETTERS[letter]!)
    .replace(DIGITS, (digit) => String(digit.charCodeAt(0) & 15)).replace(/\s+/g, " ");
}

/** The words and the "quoted phrases" of a search, folded. */
export function needles(query: string): string[] {
  return [...fold(query).matchAll(/"([^"]*)"?|[^\s"]+/g)].map(([word, phrase]) => (phrase ?? word).trim()).filter((each) => each !== "");
}

/** The parts of a text that words of a search stand in, as its first and its end, in order and apart. */
export function hits(text: string, words: readonly string[]): [first: number, end: number][] {
  // What one letter is folded to may be none or several, so each is folded alone.
  const places: number[] = [];
  let folded = "";
  let at = 0;
  for (const letter of text) {
    // A break of lines is a space, and several spaces are one.
    const found = fold(letter).slice(folded.endsWith(" ") && letter.trim() === "" ? 1 : 0);
    places.push(...new Array<number>(found.length).fill(at));
    folded += found;
    at += letter.length;
  }
  places.push(at);
  const found = words.flatMap((word) => {
    const ranges: [number, number][] = [];
    for (let from = folded.indexOf(word); from >= 0; from = folded.indexOf(word, from + word.length)) {
      ranges.push([places[from]!, places[from + word.length]!]);
    }
    return ranges;
  }).sort((a, b) => a[0] - b[0]);
  const apart: [number, number][] = [];
  for (const range of found) {
    const last = apart.at(-1);
    if (last !== undefined && range[0] <= last[1]) last[1] = Math.max(last[1], range[1]);
    else apart.push(range);
  }
  return apart;
}
