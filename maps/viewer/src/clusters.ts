/** Groups of marks that would lie on each other, and small moves that keep groups apart. */

/** Points as columns; `id` is whatever the caller knows a point by. */
export interface Points {
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly size: number;
}

export interface Group {
  x: number;
  y: number;
  /** Indexes into the points. */
  readonly members: number[];
}

/** Above this many points, near points are first gathered in cells of a few pixels. */
const MANY = 4000;
const CELL_PX = 6;
const LONE_PX = 7;
/** Overlap that pushing apart can undo. */
const ALLOWED_PX = 20;

interface Cell {
  sumX: number;
  sumY: number;
  readonly members: number[];
  taken: boolean;
}

/**
 * Gathers points closer than `radius` round the densest places first; a radius of 0 joins what lies on one spot. Positions are world pixels of one
 * zoom, so panning never changes a group.
 */
export function groupPoints(points: Points, radius: number): Group[] {
  const cells = gather(points, radius === 0 || points.size <= MANY ? 0.5 : CELL_PX);
  if (radius === 0) return cells.map(({ sumX, sumY, members }) => ({ x: sumX / members.length, y: sumY / members.length, members }));
  cells.sort((a, b) => b.members.length - a.members.length);
  const buckets = new Map<string, Cell[]>();
  const bucketOf = (cell: Cell): [number, number] => [
    Math.floor(cell.sumX / cell.members.length / radius), Math.floor(cell.sumY / cell.members.length / radius),
  ];
  for (const cell of cells) {
    const key = bucketOf(cell).join();
    const bucket = buckets.get(key);
    if (bucket === undefined) buckets.set(key, [cell]);
    else bucket.push(cell);
  }
  const groups: Group[] = [];
  for (const seed of cells) {
    if (seed.taken) continue;
    const [seedX, seedY] = [seed.sumX / seed.members.length, seed.sumY / seed.members.length];
    const [column, row] = bucketOf(seed);
    let [sumX, sumY] = [0, 0];
    const members: number[] = [];
    for (let dx = -1; dx <= 1; dx++) {
      for (let dy = -1; dy <= 1; dy++) {
        for (const cell of buckets.get(`${column + dx},${row + dy}`) ?? []) {
          if (cell.taken) continue;
          const size = cell.members.length;
          if (Math.hypot(cell.sumX / size - seedX, cell.sumY / size - seedY) > radius) continue;
          cell.taken = true;
          sumX += cell.sumX;
          sumY += cell.sumY;
          for (const member of cell.members) members.push(member);
        }
      }
    }
    groups.push({ x: sumX / members.length, y: sumY / members.length, members });
  }
  return mergeCrowded(groups);
}

/** Joins groups whose donuts would still lie on each other after the small moves that are allowed. */
function mergeCrowded(groups: Group[]): Group[] {
  const all = [...groups].sort((a, b) => b.members.length - a.members.length);
  const reach = 60;
  let merged = all.length > 1;
  while (merged) {
    merged = false;
    const grid = new Map<string, Group[]>();
    const kept: Group[] = [];
    for (const group of all) {
      const [column, row] = [Math.floor(group.x / reach), Math.floor(group.y / reach)];
      const host = neighbours(grid, column, row).find((other) => crowds(other, group));
      if (host === undefined) {
        kept.push(group);
        const key = `${column},${row}`;
        const here = grid.get(key);
        if (here === undefined) grid.set(key, [group]);
        else here.push(group);
        continue;
      }
      absorb(host, group);
      merged = true;
    }
    all.length = 0;
    all.push(...kept);
  }
  return all;
}

function* around(grid: ReadonlyMap<string, Group[]>, column: number, row: number): Generator<Group> {
  for (let dx = -1; dx <= 1; dx++) for (let dy = -1; dy <= 1; dy++) yield* grid.get(`${column + dx},${row + dy}`) ?? [];
}

function neighbours(grid: ReadonlyMap<string, Group[]>, column: number, row: number): Group[] {
  return [...around(grid, column, row)];
}

function radiusOf({ members }: Group): number {
  return members.length === 1 ? LONE_PX : donutRadius(members.length);
}

function crowds(a: Group, b: Group): boolean {
  // Lone marks are small and may touch a donut; only what hides much of the other is joined.
  return Math.hypot(a.x - b.x, a.y - b.y) < radiusOf(a) + radiusOf(b) - ALLOWED_PX;
}

function absorb(host: Group, group: Group): void {
  const [own, more] = [host.members.length, group.members.length];
  host.x = (host.x * own + group.x * more) / (own + more);
  host.y = (host.y * own + group.y * more) / (own + more);
  for (const member of group.members) host.members.push(member);
}

function gather(points: Points, cellSize: number): Cell[] {
  const cells = new Map<number, Cell>();
  for (let i = 0; i < points.size; i++) {
    const x = points.x[i]!;
    const y = points.y[i]!;
    // Below 2^26 cells each way, which zoom 16 has, the key is exact; above it two cells far apart may share one.
    const key = Math.floor(x / cellSize) * 67108864 + Math.floor(y / cellSize);
    const cell = cells.get(key);
    if (cell === undefined) cells.set(key, { sumX: x, sumY: y, members: [i], taken: false });
    else {
      cell.sumX += x;
      cell.sumY += y;
      cell.members.push(i);
    }
  }
  return [...cells.values()];
}

/** Radius of the donut that stands for n incidents. */
export function donutRadius(n: number): number {
  return Math.min(30, 9.5 + 2.7 * Math.log2(n));
}

export interface Body {
  x: number;
  y: number;
  readonly radius: number;
  /** How far it may be moved from its true place, in pixels. */
  readonly most: number;
}

const GAP_PX = 2;

/** Moves bodies apart until 2 px are free between them, none further from its true place than it may. */
export function pushApart(bodies: readonly Body[], rounds = 12): void {
  const homes = bodies.map(({ x, y }) => ({ x, y }));
  const order = bodies.map((_, i) => i).sort((a, b) => bodies[a]!.x - bodies[b]!.x);
  const widest = bodies.reduce((found, { radius }) => Math.max(found, radius), 0);
  const furthest = bodies.reduce((found, { most }) => Math.max(found, most), 0);
  for (let round = 0; round < rounds; round++) {
    let moved = false;
    for (let i = 0; i < order.length; i++) {
      const a = bodies[order[i]!]!;
      for (let j = i + 1; j < order.length; j++) {
        const b = bodies[order[j]!]!;
        // Each moves by so much at most, so this bound on the axis sorted before stays safe.
        if (b.x - a.x > a.radius + widest + GAP_PX + 2 * furthest) break;
        const need = a.radius + b.radius + GAP_PX;
        const [dx, dy] = [b.x - a.x, b.y - a.y];
        const apart = Math.hypot(dx, dy);
        if (apart >= need) continue;
        const [ux, uy] = apart < 1e-6 ? [1, 0] : [dx / apart, dy / apart];
        const push = (need - apart) / 2;
        a.x -= ux * push;
        a.y -= uy * push;
        b.x += ux * push;
        b.y += uy * push;
        moved = true;
      }
    }
    bodies.forEach((body, i) => {
      const home = homes[i]!;
      const away = Math.hypot(body.x - home.x, body.y - home.y);
      if (away <= body.most) return;
      body.x = home.x + ((body.x - home.x) * body.most) / away;
      body.y = home.y + ((body.y - home.y) * body.most) / away;
    });
    if (!moved) break;
  }
}
