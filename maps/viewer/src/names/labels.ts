/** Names on the map: countries, what is known only to a country, cities. Placed after the marks, greedily. */

import type { BaseMap } from "../ground/basemap";
import { type Box, overlaps, within } from "../canvas/boxes";
import { CountryRoom } from "./countryroom";
import { metresPerPixel, worldX, worldY } from "../canvas/geodesic";
import { onCanvas } from "../marks/marklayout";
import { refsOf } from "../data/members";
import { openBlock } from "../data/payload";
import type { Drawer, Frame, MarkBox } from "../canvas/frame";
import { PRECISION_CLASSES } from "../data/precision";
import { SeaRoom } from "./searoom";
import { SANS, SERIF, type Tokens } from "../canvas/tokens";
import { shortCount } from "../words/numbers";
import { directionOf, undirected } from "../words/plaintext";
import { named, say } from "../words/catalogue";

interface Name {
  readonly x: number;
  readonly y: number;
  readonly text: string;
  readonly kind: string;
  readonly rank: number;
  readonly country: string | null;
}

interface Placed {
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly style: "subject" | "country" | "city" | "sea" | "pill";
  readonly align: CanvasTextAlign;
  readonly dot: { readonly x: number; readonly y: number } | null;
  readonly box: Box;
}

const GAP_PX = 4;
/** Free room round a city's name: fewer names, easier to read. */
const CITY_ROOM = { x: 26, y: 13 };
/** From which zoom on places of a kind are named, in the countries of the data. */
const CITY_ZOOM: Readonly<Record<string, number>> = { capital: 4, seat: 5.5, city: 7 };
const MISTAKABLE_PX = 16;
const SAME_PLACE_M = 2000;
const FONTS = {
  subject: `600 13px ${SANS}`, country: `600 11px ${SANS}`, city: `400 12px ${SANS}`, pill: `500 11.5px ${SANS}`,
  sea: `italic 400 12.5px ${SERIF}`,
};
const SPACING = { subject: 2.2, country: 1.8, city: 0, pill: 0, sea: 0.4 };

export class LabelDrawer implements Drawer {
  readonly surface = "top";
  readonly order = 22;
  shown = true;
  readonly #blockId: string | null;
  readonly #subject: ReadonlySet<string>;
  readonly #room: CountryRoom;
  readonly #seaRoom: SeaRoom;
  readonly #ruler = document.createElement("canvas").getContext("2d")!;
  readonly #widths = new Map<string, number>();
  #countries: readonly Name[] = [];
  #seas: readonly Name[] = [];
  #cities: readonly Name[] = [];
  #placed: Placed[] = [];

  constructor(blockId: string | null, base: BaseMap, subject: readonly string[]) {
    this.#blockId = blockId;
    this.#subject = new Set(subject);
    this.#room = new CountryRoom(base);
    this.#seaRoom = new SeaRoom(base);
  }

  async open(): Promise<void> {
    if (this.#blockId === null) return;
    const block = await openBlock(this.#blockId);
    const [lon, lat, rank, texts] = [block.numbers("lon"), block.numbers("lat"), block.numbers("rank"), block.json("text").map((text) => undirected(String(text)))];
    const [kinds, kindNames] = [block.numbers("kind"), block.values("kind")];
    const [codes, codeNames] = [block.numbers("country_a3"), block.values("country_a3")];
    const names = texts.map((text, i) => {
      const kind = kindNames[kinds[i]!] ?? "city";
      return {
        x: worldX(lon[i]! / 1e5),
        y: worldY(lat[i]! / 1e5),
        // A city may be called as the province round it is, whose name in the page's language is not the city's.
        text: kind in CITY_ZOOM ? text : named(text),
        kind,
        rank: rank[i]!,
        country: codeNames[codes[i]!] ?? null,
      };
    });
    const byRank = (a: Name, b: Name): number => a.rank - b.rank;
    const weight = (name: Name): number => ["capital", "seat", "city"].indexOf(name.kind) + (this.#isSubject(name) ? 0 : 3);
    this.#countries = names
      .filter(({ kind }) => kind === "country")
      .sort((a, b) => Number(this.#isSubject(b)) - Number(this.#isSubject(a)) || byRank(a, b));
    this.#seas = names.filter(({ kind }) => kind === "sea").sort((a, b) => byRank(b, a));
    this.#cities = names.filter(({ kind }) => kind in CITY_ZOOM).sort((a, b) => weight(a) - weight(b) || byRank(a, b));
  }

  #isSubject({ country }: Name): boolean {
    return country !== null && this.#subject.has(country);
  }

  layout(frame: Frame): void {
    this.#placed = [];
    if (!this.shown) return;
    const taken = frame.obstacles;
    for (const name of this.#countries) this.#placeCountry(frame, name, taken);
    for (const name of this.#seas) this.#placeSea(frame, name, taken);
    // Cities keep more room among themselves than to marks and panels.
    const rooms: Box[] = [];
    const named = new Set<Box>();
    for (const name of this.#cities) this.#placeCity(frame, name, taken, rooms, named);
  }

  #width(style: Placed["style"], text: string): number {
    const key = `${style}${text}`;
    let width = this.#widths.get(key);
    if (width === undefined) {
      this.#ruler.font = FONTS[style];
      width = this.#ruler.measureText(text).width + SPACING[style] * text.length;
      this.#widths.set(key, width);
    }
    return width;
  }

  #placeCountry(frame: Frame, name: Name, taken: Box[]): void {
    const subject = this.#isSubject(name);
    const style = subject ? "subject" : "country";
    const text = name.text.toLocaleUpperCase();
    const half = this.#width(style, text) / 2;
    const only = name.country === null ? 0 : (frame.countryOnly.get(name.country)?.count ?? 0);
    const pills = only === 0 ? [""] : [say("map.countryonly", { n: only }), say("map.countrylevel", { n: only }), shortCount(only)];
    for (const pill of pills) {
      const pillHalf = pill === "" ? 0 : this.#width("pill", pill) / 2 + 9;
      const spot = this.#room.spots(frame, name.country, name, half, subject).find((at) =>
        [nameBox(at, half), ...(pill === "" ? [] : [pillBox(at, pillHalf)])].every(
          (box) => within(box, frame.sight) && !taken.some((other) => overlaps(box, other, GAP_PX)),
        ),
      );
      if (spot === undefined) continue;
      const box = nameBox(spot, half);
      this.#placed.push({ text, x: spot.x, y: spot.y, style, align: "center", dot: null, box });
      taken.push(box);
      if (pill !== "") this.#placePill(frame, pill, pillBox(spot, pillHalf), name.country!, taken);
      return;
    }
  }

  #placePill(frame: Frame, text: string, box: Box, country: string, taken: Box[]): void {
    const note = frame.countryOnly.get(country);
    const [first] = refsOf(note?.members ?? [], 1);
    if (note === undefined || first === undefined) return;
    const [x, y] = [(box.left + box.right) / 2, (box.top + box.bottom) / 2];
    this.#placed.push({ text, x, y, style: "pill", align: "center", dot: null, box });
    taken.push(box);
    frame.hits.push({
      x, y, halfWidth: (box.right - box.left) / 2, halfHeight: 12, count: note.count, first, members: () => note.members, ring: 0,
    });
    frame.drawn += note.count;
    frame.countryOnly.delete(country);
  }

  #placeSea(frame: Frame, name: Name, taken: Box[]): void {
    const half = this.#width("sea", name.text) / 2;
    // The rank of a sea is its radius in hundredths of a degree.
    const spot = this.#seaRoom.spots(frame, name.text, { ...name, radiusDeg: name.rank / 100 }, half).find(
      (at) => !taken.some((other) => overlaps(nameBox(at, half), other, GAP_PX)),
    );
    if (spot === undefined) return;
    const box = nameBox(spot, half);
    this.#placed.push({ text: name.text, ...spot, style: "sea", align: "center", dot: null, box });
    taken.push(box);
  }

  #placeCity(frame: Frame, name: Name, taken: Box[], rooms: Box[], named: Set<Box>): void {
    if (frame.zoom < (CITY_ZOOM[name.kind] ?? 7) + (this.#isSubject(name) || this.#subject.size === 0 ? 0 : 0.75)) return;
    const { x, y } = onCanvas(frame.view, name.x, name.y);
    const { sight } = frame;
    if (x < sight.left || y < sight.top || x > sight.right || y > sight.bottom) return;
    const room = { left: x - CITY_ROOM.x, right: x + CITY_ROOM.x, top: y - CITY_ROOM.y, bottom: y + CITY_ROOM.y };
    if (rooms.some((other) => overlaps(room, other))) return;
    if (name.kind !== "capital" && frame.marks.some((mark) => isMistakable(mark, x, y, name, frame))) return;
    // Under a mark the name stands beside the mark and needs no dot; the first city there names it.
    const mark = frame.marks.find((box) => x > box.left - 4 && x < box.right + 4 && y > box.top - 4 && y < box.bottom + 4);
    if (mark !== undefined && named.has(mark)) return;
    if (mark !== undefined) named.add(mark);
    const around = mark ?? { left: x - 3, right: x + 3, top: y - 3, bottom: y + 3 };
    if (mark === undefined && taken.some((other) => overlaps(around, other))) return;
    const side = citySides(around, this.#width("city", name.text)).find(
      ({ box }) => within(box, sight) && !taken.some((other) => other !== mark && overlaps(box, other, 2)),
    );
    if (side === undefined) return;
    const { box, align } = side;
    const at = align === "left" ? box.left : align === "right" ? box.right : (box.left + box.right) / 2;
    const dot = mark === undefined ? { x, y } : null;
    this.#placed.push({ text: name.text, x: at, y: (box.top + box.bottom) / 2, style: "city", align, dot, box });
    taken.push(box);
    if (dot !== null) taken.push(around);
    rooms.push(room, { ...box, left: box.left - 8, right: box.right + 8 });
  }

  draw(context: CanvasRenderingContext2D, frame: Frame): void {
    frame.labels.push(...this.#placed);
    context.textBaseline = "middle";
    context.lineJoin = "round";
    for (const placed of this.#placed) drawName(context, frame, placed);
  }
}

/** End side first, then the other one, below, above. */
function citySides(around: Box, length: number): { align: "left" | "right" | "center"; box: Box }[] {
  const x = (around.left + around.right) / 2;
  const y = (around.top + around.bottom) / 2;
  const [east, west] = [around.right + 3, around.left - 3];
  const centred = { left: x - length / 2, right: x + length / 2 };
  return [
    { align: "left", box: { left: east, right: east + length, top: y - 8, bottom: y + 8 } },
    { align: "right", box: { left: west - length, right: west, top: y - 8, bottom: y + 8 } },
    { align: "center", box: { ...centred, top: around.bottom, bottom: around.bottom + 16 } },
    { align: "center", box: { ...centred, top: around.top - 16, bottom: around.top } },
  ];
}

/** True for a town so near to the mark of another place that its name would be read as that place's. */
export function isMistakable(
  mark: MarkBox, x: number, y: number, town: { readonly x: number; readonly y: number }, { view, zoom }: Pick<Frame, "view" | "zoom">,
): boolean {
  if (mark.count > 1 || Math.hypot((mark.left + mark.right) / 2 - x, (mark.top + mark.bottom) / 2 - y) > MISTAKABLE_PX) return false;
  const { set, row } = mark.first;
  // A site has a name of its own. Other marks stand where the gazetteer has their town.
  if (PRECISION_CLASSES[set.precisionClass[row]!] === "point") return true;
  const apartPx = Math.hypot(set.x[row]! - town.x, set.y[row]! - town.y) * view.scale;
  return apartPx * metresPerPixel(set.lat(row), zoom) > SAME_PLACE_M;
}

function nameBox({ x, y }: { x: number; y: number }, half: number): Box {
  return { left: x - half, right: x + half, top: y - 8, bottom: y + 8 };
}

function pillBox({ x, y }: { x: number; y: number }, half: number): Box {
  return { left: x - half, right: x + half, top: y + 12, bottom: y + 31 };
}

function drawName(context: CanvasRenderingContext2D, frame: Frame, placed: Placed): void {
  const { tokens } = frame;
  const { style, text, x, y, box, dot } = placed;
  if (style === "pill") {
    context.beginPath();
    context.roundRect(box.left, box.top, box.right - box.left, box.bottom - box.top, 9.5);
    context.fillStyle = tokens.surface;
    context.fill();
    context.strokeStyle = tokens.line2;
    context.lineWidth = 1;
    context.stroke();
  }
  if (dot !== null) {
    context.beginPath();
    context.arc(dot.x, dot.y, 2, 0, 2 * Math.PI);
    context.lineWidth = 2.5;
    context.strokeStyle = tokens.halo;
    context.stroke();
    context.fillStyle = tokens.city;
    context.fill();
  }
  context.font = FONTS[style];
  context.letterSpacing = `${SPACING[style]}px`;
  context.textAlign = placed.align;
  context.direction = directionOf(text);
  // Spacing follows each letter, so a centred name moves by half of the last one.
  const shift = placed.align === "center" ? SPACING[style] / 2 : 0;
  if (style !== "pill" && style !== "sea") {
    context.lineWidth = 3.5;
    context.strokeStyle = tokens.halo;
    context.strokeText(text, x + shift, y + 0.5);
  }
  context.fillStyle = inkOf(style, tokens);
  context.fillText(text, x + shift, y + 0.5);
  context.letterSpacing = "0px";
}

function inkOf(style: Placed["style"], tokens: Tokens): string {
  if (style === "sea") return tokens.seaLabel;
  if (style === "city") return tokens.city;
  return style === "pill" ? tokens.ink2 : tokens.label;
}
