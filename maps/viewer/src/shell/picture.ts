/** The view as a picture file: page head, map, legend and sources on one canvas. */

import { applyTheme, KIND_COLOURS, SANS, SERIF, TOKENS } from "../canvas/tokens";
import type { Scene } from "../canvas/scene";
import { download, fileName } from "../list/export";
import { h } from "../reading/dom";
import type { Clock } from "../time/clock";
import { DIRECTION, say } from "../words/catalogue";
import { sentences } from "../words/evidence";
import { directionOf } from "../words/plaintext";
import { type PaperOptions, sentence, shownKinds } from "./paper";
import { snapshot } from "./snapshot";

const [WIDTH_PX, MAP_PX, EDGE_PX] = [1200, 640, 24];
const RATIO = 2;
const GLYPH_PX = 20;
const COLUMNS = 4;
const LINE_PX = 17;
const { surface, ink, ink2, ink3, line } = TOKENS.light;

interface Row {
  readonly image: HTMLImageElement | null;
  readonly colour: string;
  readonly text: string;
}

/** Saves what is on the map now; tiles and elements of folium are not ours to copy. */
export async function savePicture(scene: Scene, options: PaperOptions): Promise<void> {
  const { canvas } = snapshot(scene, options.layout, WIDTH_PX, MAP_PX);
  const light = h("div", { hidden: true });
  applyTheme(light, "light");
  document.body.append(light);
  const rows = await Promise.all([...document.querySelectorAll<HTMLElement>(".im-legend-body li")].map((each) => rowOf(each, light)));
  light.remove();
  const sheet = new Sheet();
  sheet.write(options.title, `600 26px ${directionOf(options.title) === "rtl" ? SANS : SERIF}`, ink, 34);
  sheet.write(sentence(scene.clock), `14px ${SANS}`, ink2, 20);
  sheet.legend(kindsOf(scene.clock));
  sheet.map(canvas);
  sheet.legend(rows);
  sheet.write(sentences(options.provenance, options.sources(), say("paper.made")), `11px ${SANS}`, ink3, 15);
  const blob = await sheet.blob();
  if (blob !== null) download(fileName(options.title, "png"), blob);
}

/** The kinds that are shown, with their counts. */
function kindsOf(clock: Clock): Row[] {
  return shownKinds(clock).map(({ slot, label, number }) => ({ image: null, colour: KIND_COLOURS.light[slot]!, text: `${label} ${number}` }));
}

/** A row of the legend; its glyph is drawn with the light colours, whatever the screen has. */
async function rowOf(row: HTMLElement, light: HTMLElement): Promise<Row> {
  const style = getComputedStyle(light);
  const glyph = row.querySelector("svg");
  const swatch = row.querySelector<HTMLElement>(".im-swatch");
  const text = row.textContent;
  if (glyph === null) return { image: null, colour: resolved(swatch?.style.getPropertyValue("--im-kind") ?? "none", style), text };
  const copy = glyph.cloneNode(true) as SVGElement;
  copy.setAttribute("color", ink2);
  const image = new Image();
  image.src = `data:image/svg+xml,${encodeURIComponent(resolved(new XMLSerializer().serializeToString(copy), style))}`;
  await image.decode();
  return { image, colour: "none", text };
}

function resolved(markup: string, style: CSSStyleDeclaration): string {
  return markup.replace(/var\((--[\w-]+)\)/g, (_, name: string) => style.getPropertyValue(name));
}

/** Drawn from the top down; as high as what was put on it. */
class Sheet {
  readonly #steps: ((context: CanvasRenderingContext2D) => void)[] = [];
  readonly #pen = document.createElement("canvas").getContext("2d")!;
  readonly #mirrored = document.documentElement.dir === "rtl";
  #y = EDGE_PX;

  write(text: string, font: string, colour: string, height: number): void {
    this.#pen.font = font;
    for (const words of this.#wrapped(text, WIDTH_PX - 2 * EDGE_PX)) {
      const y = this.#y + height / 2;
      this.#steps.push((context) => {
        this.#text(context, words, EDGE_PX, y, font, colour);
      });
      this.#y += height;
    }
    this.#y += 6;
  }

  map(picture: HTMLCanvasElement): void {
    const y = this.#y + 4;
    this.#steps.push((context) => {
      context.fillStyle = TOKENS.light.sea;
      context.fillRect(0, y, WIDTH_PX, MAP_PX);
      context.drawImage(picture, 0, y, WIDTH_PX, MAP_PX);
      context.strokeStyle = line;
      context.strokeRect(0.5, y + 0.5, WIDTH_PX - 1, MAP_PX - 1);
    });
    this.#y = y + MAP_PX + 14;
  }

  legend(rows: readonly Row[]): void {
    const width = (WIDTH_PX - 2 * EDGE_PX) / COLUMNS;
    const font = `13px ${SANS}`;
    this.#pen.font = font;
    for (let first = 0; first < rows.length; first += COLUMNS) {
      let most = 1;
      rows.slice(first, first + COLUMNS).forEach(({ image, colour, text }, i) => {
        const [x, y] = [EDGE_PX + i * width, this.#y];
        const lines = this.#wrapped(text, width - GLYPH_PX - 24);
        most = Math.max(most, lines.length);
        this.#steps.push((context) => {
          const left = this.#mirrored ? WIDTH_PX - x - GLYPH_PX : x;
          context.fillStyle = colour;
          if (image !== null) context.drawImage(image, left, y, image.width, image.height);
          else if (colour !== "none") context.fillRect(left + 5, y + 5, 10, 10);
          lines.forEach((words, at) => { this.#text(context, words, x + GLYPH_PX + 10, y + GLYPH_PX / 2 + at * LINE_PX, font, ink2); });
        });
      });
      this.#y += most * LINE_PX + 8;
    }
    this.#y += 6;
  }

  async blob(): Promise<Blob | null> {
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [WIDTH_PX * RATIO, (this.#y + EDGE_PX - 6) * RATIO];
    const context = canvas.getContext("2d")!;
    context.scale(RATIO, RATIO);
    context.fillStyle = surface;
    context.fillRect(0, 0, WIDTH_PX, this.#y + EDGE_PX);
    for (const step of this.#steps) step(context);
    return new Promise((resolve) => { canvas.toBlob(resolve); });
  }

  #text(context: CanvasRenderingContext2D, text: string, start: number, y: number, font: string, colour: string): void {
    context.font = font;
    context.fillStyle = colour;
    context.textBaseline = "middle";
    context.textAlign = this.#mirrored ? "right" : "left";
    context.direction = directionOf(text) === "rtl" ? "rtl" : DIRECTION;
    context.fillText(text, this.#mirrored ? WIDTH_PX - start : start, y);
  }

  #wrapped(text: string, width: number): string[] {
    const lines = [""];
    for (const word of text.split(" ")) {
      const longer = `${lines.at(-1)!} ${word}`.trim();
      if (this.#pen.measureText(longer).width <= width) lines[lines.length - 1] = longer;
      else lines.push(word);
    }
    return lines;
  }
}
