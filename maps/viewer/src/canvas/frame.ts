/** One redraw of a map, and what takes part in it. */

import type { CountryNote } from "../marks/areagroups";
import type { Box } from "./boxes";
import type { Ref } from "../time/clock";
import type { Members } from "../data/members";
import { kindColoursOf, type Theme, type Tokens, tokensOf } from "./tokens";
import { moved, type Viewport, worldCopies } from "./trace";

/** Something on the canvas that answers to the pointer. */
export interface Hit {
  readonly x: number;
  readonly y: number;
  /** Half the size of the sensitive box. */
  readonly halfWidth: number;
  readonly halfHeight: number;
  readonly count: number;
  /** One of the incidents; it stands for all of them when the mark is pointed at. */
  readonly first: Ref;
  /** The incidents that it stands for, in time order. */
  readonly members: () => readonly Members[];
  /** Radius of the ring that hovering draws; 0 for none. */
  readonly ring: number;
}

/** The box of a mark, and what it stands for. */
export interface MarkBox extends Box {
  readonly count: number;
  readonly first: Ref;
}

/** One redraw. */
export interface Frame {
  readonly view: Viewport;
  /** The view once for each copy of the world in sight. */
  readonly views: readonly Viewport[];
  readonly zoom: number;
  readonly tokens: Tokens;
  readonly theme: Theme;
  readonly kindColours: readonly string[];
  /** The part of the canvas that is in sight. */
  readonly sight: Box;
  /** Boxes that labels keep clear of. */
  readonly obstacles: Box[];
  /** Boxes of the marks alone. */
  readonly marks: MarkBox[];
  readonly hits: Hit[];
  /** What the drawers of names have drawn. */
  readonly labels: Label[];
  /** Incidents known only to a country, by its code. */
  readonly countryOnly: Map<string, CountryNote>;
  /** Incidents that the marks of this frame stand for, within the view. */
  drawn: number;
}

/** The drawn base map. */
export interface Ground {
  /** Paints its lines again, for what has been painted over them. */
  lines: (context: CanvasRenderingContext2D, frame: Frame) => void;
  /** The land in sight, for what can lie only on water. */
  land: (frame: Frame) => Path2D | null;
}

/** A name or a number on the map, with the room that it has. */
export interface Label {
  readonly text: string;
  readonly style: string;
  readonly box: Box;
}

export interface Drawer {
  /** The ground, what summarises the incidents on it, and all that is drawn one by one. */
  readonly surface: "base" | "summary" | "top";
  /** Lower orders are drawn first; higher orders are laid out first, and so claim their room. */
  readonly order: number;
  /** Finds positions before anything of this frame is drawn. */
  layout?(frame: Frame): void;
  draw?(context: CanvasRenderingContext2D, frame: Frame): void;
}

/** A redraw in which nothing has its place yet. */
export function newFrame(view: Viewport, zoom: number, theme: Theme, sight: Box, obstacles: Box[]): Frame {
  return {
    view, zoom, theme, sight, obstacles,
    views: worldCopies(view).map((copy) => moved(view, copy)),
    tokens: tokensOf(theme),
    kindColours: kindColoursOf(theme),
    marks: [], hits: [], labels: [], countryOnly: new Map(), drawn: 0,
  };
}
