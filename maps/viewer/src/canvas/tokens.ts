/** Colours of the interface, the base map and the kinds, in both themes. */

export type Theme = "light" | "dark";

const LIGHT = {
  sea: "#DEE7EB", sea2: "#CCDAE0", land: "#FBF9F5", land2: "#EFECE5", coast: "#A9B8BF",
  border: "#857D6D", admin1: "#DCD6CA", label: "#6A655B", city: "#4C4942", seaLabel: "#4E6B78",
  halo: "rgba(251,249,245,.92)", surface: "#FFFFFF", surface2: "#F4F4F1", surface3: "#E9E9E4",
  line: "#E4E3DE", line2: "#CFCDC5", control: "#858C95", ink: "#17202A", ink2: "#4A5460", ink3: "#636C78",
  notice: "#7A4B00", noticeGround: "#FFF6E3", noticeLine: "#EBD3A0", hatch: "rgba(23,32,42,.17)",
  shadow: "0 0 0 1px rgba(23,32,42,.07), 0 1px 2px rgba(23,32,42,.05), 0 10px 28px -6px rgba(23,32,42,.14)",
};

export type Tokens = Readonly<Record<keyof typeof LIGHT, string>>;

const DARK: Tokens = {
  sea: "#0F141A", sea2: "#0B0F14", land: "#232A33", land2: "#1A2027", coast: "#3C4754",
  border: "#78838F", admin1: "#343D48", label: "#98A2AE", city: "#BAC2CC", seaLabel: "#7C92A2",
  halo: "rgba(27,33,40,.9)", surface: "#171B21", surface2: "#20262E", surface3: "#2A313A",
  line: "#2B323B", line2: "#414A55", control: "#75808C", ink: "#EEF1F4", ink2: "#B7BFC9", ink3: "#929CA8",
  notice: "#F2CF8B", noticeGround: "#2A2418", noticeLine: "#54451F", hatch: "rgba(238,241,244,.20)",
  shadow: "0 0 0 1px rgba(255,255,255,.07), 0 12px 32px -6px rgba(0,0,0,.55)",
};

export const TOKENS: Readonly<Record<Theme, Tokens>> = { light: LIGHT, dark: DARK };

/** Where the reader's system dictates the colours, shapes and dashes say what hues say elsewhere. */
const FORCED: Tokens = {
  sea: "Canvas", sea2: "Canvas", land: "Canvas", land2: "Canvas", coast: "GrayText",
  border: "CanvasText", admin1: "GrayText", label: "CanvasText", city: "CanvasText", seaLabel: "CanvasText",
  halo: "Canvas", surface: "Canvas", surface2: "Canvas", surface3: "Canvas",
  line: "GrayText", line2: "GrayText", control: "CanvasText", ink: "CanvasText", ink2: "CanvasText", ink3: "CanvasText",
  notice: "CanvasText", noticeGround: "Canvas", noticeLine: "CanvasText", hatch: "GrayText", shadow: "none",
};

/** One hue per slot; the ninth is neutral and takes what finds no slot. */
export const KIND_COLOURS: Readonly<Record<Theme, readonly string[]>> = {
  light: ["#8E2E02", "#DE571A", "#662E5D", "#363FC1", "#008FA5", "#685D3D", "#8B6CE0", "#5B8B59", "#6E7580"],
  dark: ["#DB5251", "#DA9231", "#C155B3", "#3498FF", "#44D6C3", "#F6DB33", "#C9B1EA", "#94BB82", "#8D96A3"],
};

/** Counts and rates, from few to many, in a hue that the sea has not; on dark ground more is lighter. */
export const RAMPS: Readonly<Record<Theme, readonly string[]>> = {
  light: ["#C6CBE8", "#A2ABD8", "#7D89C4", "#5967AA", "#364589"],
  dark: ["#3A3D63", "#4A5184", "#5E68A6", "#7B86C4", "#A3ABDF"],
};

/** From surely cold to surely hot: violet and orange, which all eyes tell apart; what is neither has no colour. */
export const HOT_AND_COLD: Readonly<Record<Theme, readonly string[]>> = {
  light: ["#40297A", "#7A68AE", "#B9AEDA", "none", "#F3BC6B", "#DB8226", "#9A4A06"],
  dark: ["#BDB0F2", "#8878CC", "#574C8C", "none", "#7E5420", "#BF7F2B", "#F5BE62"],
};

export const SANS =
  'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Noto Sans Arabic", sans-serif';
export const SERIF = 'ui-serif, "New York", Charter, "Noto Serif", Georgia, serif';

/** True where the reader's system dictates the colours. */
export const forcedColours = "matchMedia" in globalThis ? matchMedia("(forced-colors: active)") : null;

export function tokensOf(theme: Theme): Tokens {
  return forcedColours?.matches === true ? FORCED : TOKENS[theme];
}

export function kindColoursOf(theme: Theme): readonly string[] {
  return forcedColours?.matches === true ? KIND_COLOURS[theme].map(() => FORCED.ink) : KIND_COLOURS[theme];
}

function dashed(name: string): string {
  return name.replace(/[A-Z]|\d/g, (part) => (/\d/.test(part) ? part : `-${part.toLowerCase()}`));
}

/** Writes the theme as custom properties, so that style sheets and canvases share one source. */
export function applyTheme(element: HTMLElement, theme: Theme): void {
  for (const [name, value] of Object.entries(tokensOf(theme))) {
    element.style.setProperty(`--im-${dashed(name)}`, value);
  }
  kindColoursOf(theme).forEach((colour, slot) => {
    element.style.setProperty(`--im-kind-${slot}`, colour);
  });
  RAMPS[theme].forEach((colour, step) => {
    element.style.setProperty(`--im-ramp-${step}`, colour);
  });
  HOT_AND_COLD[theme].forEach((colour, level) => {
    element.style.setProperty(`--im-heat-${level}`, colour);
  });
  element.style.setProperty("color-scheme", theme);
  element.dataset["imTheme"] = theme;
}
