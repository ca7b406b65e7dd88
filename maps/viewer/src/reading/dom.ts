/** Elements from data: texts become text nodes, never markup. */

import { undirected } from "../words/plaintext";

type Child = Node | string | null;
type Attributes = Readonly<Record<string, string | number | boolean | null>>;

/** Makes an element. An attribute of null or false is left out; true is written empty. */
export function h<K extends keyof HTMLElementTagNameMap>(
  tag: K, attributes: Attributes = {}, ...children: readonly Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== null && value !== false) element.setAttribute(name, value === true ? "" : undirected(String(value)));
  }
  append(element, children);
  return element;
}

const SVG = "http://www.w3.org/2000/svg";

export function svg(tag: string, attributes: Attributes = {}, ...children: readonly Node[]): SVGElement {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== null && value !== false) element.setAttribute(name, String(value));
  }
  element.append(...children);
  return element;
}

export function append(element: Element, children: readonly Child[]): void {
  for (const child of children) if (child !== null) element.append(typeof child === "string" ? undirected(child) : child);
}

/** A text from the data, in its own reading direction. */
export function data(text: string): HTMLElement {
  return h("bdi", {}, text);
}

/** A link for http and https addresses only; anything else stays text. */
export function safeLink(address: string): HTMLElement {
  const url = URL.canParse(address) ? new URL(address) : null;
  if (url?.protocol !== "http:" && url?.protocol !== "https:") return data(address);
  return h(
    "a",
    { href: url.href, target: "_blank", rel: "noopener noreferrer", title: url.href },
    url.hostname.replace(/^www\./, ""),
  );
}

/** A button; an icon button needs a name. */
export function button(
  attributes: Attributes, onClick: (event: MouseEvent) => void, ...children: readonly Child[]
): HTMLButtonElement {
  const element = h("button", { type: "button", ...attributes }, ...children);
  element.addEventListener("click", onClick);
  return element;
}
