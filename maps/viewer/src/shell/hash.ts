/** Values in the part of the address after `#`, so that a reload or a copied link shows the same map. */

import type { Theme } from "../canvas/tokens";

function parameters(): URLSearchParams {
  return new URLSearchParams(window.location.hash.replace(/^#/, ""));
}

export function remembered(key: string): string | null {
  return parameters().get(key);
}

type Values = Readonly<Record<string, string | null>>;

/** The part after `#` with some values changed; null takes one away. */
function changed(values: Values): string {
  const wanted = parameters();
  for (const [key, value] of Object.entries(values)) {
    if (value === null) wanted.delete(key);
    else wanted.set(key, value);
  }
  // Slashes, commas and colons may stand in a fragment as they are; so people can read it.
  return wanted.toString().replace(/%2F/g, "/").replace(/%2C/g, ",").replace(/%3A/g, ":");
}

/** A link to this page with some values changed; null in a frame made from text, which has no address. */
export function linkWith(values: Values): string | null {
  const [page] = window.location.href.split("#");
  return window.location.protocol === "about:" ? null : `${page!}#${changed(values)}`;
}

/** Writes values; null takes one away. */
export function remember(values: Values): void {
  const text = changed(values);
  if (text === window.location.hash.replace(/^#/, "")) return;
  try {
    window.history.replaceState(null, "", text === "" ? `${window.location.pathname}${window.location.search}` : `#${text}`);
  } catch {
    // In a frame made from text, as in notebooks, the address cannot change; the choice then lasts as long as the page.
  }
}

export function rememberedTheme(): Theme | null {
  const theme = remembered("theme");
  return theme === "light" || theme === "dark" ? theme : null;
}

export function rememberTheme(theme: Theme): void {
  remember({ theme });
}
