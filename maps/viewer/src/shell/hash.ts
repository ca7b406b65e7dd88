/** The theme in the address, so that a reload or a copied link keeps it. */

import type { Theme } from "../tokens";

function parameters(): URLSearchParams {
  return new URLSearchParams(window.location.hash.replace(/^#/, ""));
}

export function rememberedTheme(): Theme | null {
  const theme = parameters().get("theme");
  return theme === "light" || theme === "dark" ? theme : null;
}

export function rememberTheme(theme: Theme): void {
  const wanted = parameters();
  wanted.set("theme", theme);
  try {
    window.history.replaceState(null, "", `#${wanted.toString()}`);
  } catch {
    // In an iframe made from text the address cannot change; the choice then lasts as long as the page.
  }
}
