/** Groups of cells whose marks would lie on each other. */

import type { Cells } from "./gather";
import { OTHER_SLOT } from "../data/kinds";

export interface Group {
  x: number;
  y: number;
  /** How many incidents it stands for. */
  count: number;
  vague: number;
  readonly bySlot: number[];
  /** Number of its densest cell, valid as long as the cells. */
  readonly seed: number;
  /** Places of its cells in the grid. */
  readonly places: number[];
}

const SLOTS = OTHER_SLOT + 1;
const CELL_PX = 4;
const LONE_PX = 7;
/** Overlap that pushing apart can undo. */
const ALLOWED_PX = 12;
/** Cells with up to so many incidents are sorted by counting. */
const FEW = 64;

/** Gathers cells closer than `radius` round the densest ones first. */
export function groupCells(cells: Cells, radius: number): Group[] {
  const taken = new Uint8Array(cells.size);
  const { columns, lines, grid, place: places, x, y } = cells;
  const groups: Group[] = [];
  const reach = Math.ceil(radius / CELL_PX);
  for (const seed of densestFirst(cells)) {
    if (taken[seed] === 1) continue;
    const group = emptyGroup(seed);
    const [seedX, seedY] = [x[seed]!, y[seed]!];
    const place = places[seed]!;
    const line = Math.floor(place / columns);
    const column = place - line * columns;
    const south = Math.min(lines - 1, line + reach);
    for (let row = Math.max(0, line - reach); row <= south; row++) {
      // How far a circle round any point of the seed's cell reaches in this line of cells.
      const apart = Math.max(0, Math.abs(row - line) - 1) * CELL_PX;
      const wide = Math.min(reach, Math.ceil(Math.sqrt(radius * radius - apart * apart) / CELL_PX));
      const last = row * columns + Math.min(columns - 1, column + wide);
      for (let at = row * columns + Math.max(0, column - wide); at <= last; at++) {
        const cell = grid[at]! - 1;
        if (cell < 0 || taken[cell] === 1) continue;
        const [dx, dy] = [x[cell]! - seedX, y[cell]! - seedY];
        if (dx * dx + dy * dy > radius * radius) continue;
        taken[cell] = 1;
        addCell(group, cells, cell);
      }
    }
    groups.push(finished(group));
  }
  return mergeCrowded(groups);
}

function emptyGroup(seed: number): Group {
  return { x: 0, y: 0, count: 0, vague: 0, bySlot: new Array<number>(SLOTS).fill(0), seed, places: [] };
}

function addCell(group: Group, { count, x, y, vague, bySlot, place }: Cells, cell: number): void {
  const more = count[cell]!;
  group.x += more * x[cell]!;
  group.y += more * y[cell]!;
  group.count += more;
  group.vague += vague[cell]!;
  const own = group.bySlot;
  for (let slot = 0, at = cell * SLOTS; slot < SLOTS; slot++, at++) own[slot]! += bySlot[at]!;
  group.places.push(place[cell]!);
}

function finished(group: Group): Group {
  group.x /= group.count;
  group.y /= group.count;
  return group;
}

/** Numbers of the cells by falling count, then by their place: sorted by counting, as most cells hold few. */
function densestFirst(cells: Cells): Uint32Array {
  const counts = cells.count;
  const first = new Uint32Array(FEW + 2);
  for (let cell = 0; cell < cells.size; cell++) first[rankOf(counts[cell]!) + 1]!++;
  for (let rank = 1; rank < first.length; rank++) first[rank]! += first[rank - 1]!;
  const many = first[1]!;
  const order = new Uint32Array(cells.size);
  const places = cells.columns * cells.lines;
  for (let place = 0, left = cells.size; left > 0 && place < places; place++) {
    const cell = cells.grid[place]! - 1;
    if (cell < 0) continue;
    order[first[rankOf(counts[cell]!)]!++] = cell;
    left--;
  }
  order.subarray(0, many).sort((a, b) => counts[b]! - counts[a]! || cells.place[a]! - cells.place[b]!);
  return order;
}

/** 0 for cells with more than a few, then by falling count. */
function rankOf(count: number): number {
  return count > FEW ? 0 : FEW + 1 - count;
}

/** Joins groups whose donuts would still lie on each other after the small moves that are allowed. */
function mergeCrowded(groups: readonly Group[]): Group[] {
  let all = [...groups].sort((a, b) => b.count - a.count);
  const reach = 60;
  for (let merged = all.length > 1; merged; ) {
    merged = false;
    const near = new Map<number, Group[]>();
    const kept: Group[] = [];
    for (const group of all) {
      const [column, line] = [Math.floor(group.x / reach), Math.floor(group.y / reach)];
      const host = neighbour(near, column, line, group);
      if (host === null) {
        kept.push(group);
        const here = near.get(column * 67108864 + line);
        if (here === undefined) near.set(column * 67108864 + line, [group]);
        else here.push(group);
        continue;
      }
      absorb(host, group);
      merged = true;
    }
    all = kept;
  }
  return all;
}

function neighbour(near: ReadonlyMap<number, Group[]>, column: number, line: number, group: Group): Group | null {
  for (let dx = -1; dx <= 1; dx++) {
    for (let dy = -1; dy <= 1; dy++) {
      for (const other of near.get((column + dx) * 67108864 + line + dy) ?? []) if (crowds(other, group)) return other;
    }
  }
  return null;
}

function radiusOf({ count }: Group): number {
  return count === 1 ? LONE_PX : donutRadius(count);
}

function crowds(a: Group, b: Group): boolean {
  // Lone marks are small and may touch a donut; only what hides much of the other is joined.
  return Math.hypot(a.x - b.x, a.y - b.y) < radiusOf(a) + radiusOf(b) - ALLOWED_PX;
}

function absorb(host: Group, group: Group): void {
  const [own, more] = [host.count, group.count];
  host.x = (host.x * own + group.x * more) / (own + more);
  host.y = (host.y * own + group.y * more) / (own + more);
  host.count += more;
  host.vague += group.vague;
  for (let slot = 0; slot < SLOTS; slot++) host.bySlot[slot]! += group.bySlot[slot]!;
  for (const place of group.places) host.places.push(place);
}

/** Radius of the donut that stands for n incidents. */
export function donutRadius(n: number): number {
  return Math.min(30, 9.5 + 2.7 * Math.log2(n));
}
