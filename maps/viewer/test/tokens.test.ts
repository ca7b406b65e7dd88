import assert from "node:assert/strict";
import { test } from "vitest";
import { HOT_AND_COLD, KIND_COLOURS, RAMPS, type Theme, TOKENS } from "../src/canvas/tokens";

const THEMES: readonly Theme[] = ["light", "dark"];

function linear(hex: string): [number, number, number] {
  const channel = (at: number): number => {
    const value = parseInt(hex.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  return [channel(1), channel(3), channel(5)];
}

function luminance(hex: string): number {
  const [red, green, blue] = linear(hex);
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** Contrast ratio of WCAG 2. */
function contrast(one: string, other: string): number {
  const [high, low] = [luminance(one), luminance(other)].sort((a, b) => b - a) as [number, number];
  return (high + 0.05) / (low + 0.05);
}

test("every kind stands out on every ground", () => {
  for (const theme of THEMES) {
    const { land, land2, sea, surface } = TOKENS[theme];
    for (const colour of KIND_COLOURS[theme]) {
      for (const ground of [land, land2, sea, surface]) assert.ok(contrast(colour, ground) >= 3, `${theme} ${colour} on ${ground}`);
    }
  }
});

test("text and borders can be read", () => {
  for (const theme of THEMES) {
    const { surface, surface2, ink, ink2, ink3, land, land2, label, city, sea, seaLabel, border, control, notice, noticeGround } = TOKENS[theme];
    for (const text of [ink, ink2, ink3]) for (const ground of [surface, surface2]) assert.ok(contrast(text, ground) >= 4.5);
    for (const ground of [land, land2]) {
      assert.ok(contrast(label, ground) >= 4.5);
      assert.ok(contrast(city, ground) >= 4.5);
      assert.ok(contrast(border, ground) >= 3);
    }
    assert.ok(contrast(seaLabel, sea) >= 4.45);
    assert.ok(contrast(control, surface) >= 3);
    assert.ok(contrast(notice, noticeGround) >= 4.5);
  }
});

test("the steps of a ramp go one way, away from the land", () => {
  for (const theme of THEMES) {
    const steps = [TOKENS[theme].land, ...RAMPS[theme]].map(luminance);
    const rising = steps.every((step, i) => i === 0 || (theme === "dark" ? step > steps[i - 1]! : step < steps[i - 1]!));
    assert.ok(rising, theme);
    RAMPS[theme].slice(1).forEach((colour, i) => {
      assert.ok(contrast(colour, RAMPS[theme][i]!) >= 1.2, `${theme} ${colour}`);
    });
  }
});

/** CIE L*a*b* of a colour, D65. */
function lab(hex: string): [number, number, number] {
  const [red, green, blue] = linear(hex);
  const f = (value: number): number => (value > 216 / 24389 ? Math.cbrt(value) : ((24389 / 27) * value + 16) / 116);
  const x = f((0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.95047);
  const y = f(0.2126 * red + 0.7152 * green + 0.0722 * blue);
  const z = f((0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.08883);
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}

/** CIE 1976 colour difference. */
function difference(one: string, other: string): number {
  const [a, b] = [lab(one), lab(other)];
  return Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);
}

test("no class of a ramp looks like the sea, the land or another class", () => {
  for (const theme of THEMES) {
    const { sea, sea2, land, land2 } = TOKENS[theme];
    RAMPS[theme].forEach((colour, i) => {
      for (const other of [sea, sea2, land, land2, ...RAMPS[theme].slice(0, i)]) {
        assert.ok(difference(colour, other) >= 10, `${theme} ${colour} and ${other}: ${difference(colour, other)}`);
      }
    });
  }
});

/** A colour as eyes without one kind of cone see it (Machado 2009, full strength). */
function seen(hex: string, [red, green, blue]: readonly (readonly number[])[]): string {
  const from = linear(hex);
  const channel = (row: readonly number[]): string => {
    const value = Math.max(0, Math.min(1, row.reduce((sum, part, i) => sum + part * from[i]!, 0)));
    const coded = value <= 0.0031308 ? 12.92 * value : 1.055 * value ** (1 / 2.4) - 0.055;
    return Math.round(255 * coded).toString(16).padStart(2, "0");
  };
  return `#${channel(red!)}${channel(green!)}${channel(blue!)}`;
}

const EYES = {
  usual: [[1, 0, 0], [0, 1, 0], [0, 0, 1]],
  protanopia: [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
  deuteranopia: [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.01182, 0.04294, 0.968881]],
  tritanopia: [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.3039]],
} as const;

test("hot and cold are told apart by all eyes, and the surer is farther from the land", () => {
  for (const theme of THEMES) {
    const levels = HOT_AND_COLD[theme].filter((colour) => colour !== "none");
    const { land, land2, sea } = TOKENS[theme];
    for (const [eye, matrix] of Object.entries(EYES)) {
      const shown = [...levels, land, land2, sea].map((colour) => seen(colour, matrix));
      levels.forEach((_, i) => {
        shown.forEach((other, j) => {
          if (j > i) assert.ok(difference(shown[i]!, other) >= 10, `${theme} ${eye} ${i} ${j}: ${difference(shown[i]!, other)}`);
        });
      });
    }
    const apart = [land, ...HOT_AND_COLD[theme].slice(4)].map(luminance);
    const cold = [land, ...HOT_AND_COLD[theme].slice(0, 3).reverse()].map(luminance);
    for (const steps of [apart, cold]) {
      assert.ok(steps.every((step, i) => i === 0 || (theme === "dark" ? step > steps[i - 1]! : step < steps[i - 1]!)), theme);
    }
  }
});
