// What Leaflet asks of elements, in the words of browsers of 2023.
import { off, on, preventDefault } from "leaflet/src/dom/DomEvent.js";
import { Point } from "leaflet/src/geometry/Point.js";

export const TRANSFORM = "transform";
export const TRANSITION = "transition";
export const TRANSITION_END = "transitionend";

export const get = (id) => (typeof id === "string" ? document.getElementById(id) : id);
export const getStyle = (element, name) => getComputedStyle(element)[name];
export const remove = (element) => { element.remove(); };
export const hasClass = (element, name) => element.classList.contains(name);
export const addClass = (element, names) => { element.classList.add(...names.split(" ")); };
export const removeClass = (element, name) => { element.classList.remove(name); };

export function create(tag, name, container) {
  const element = document.createElement(tag);
  element.className = name ?? "";
  container?.append(element);
  return element;
}

export function setTransform(element, offset, scale) {
  const { x, y } = offset ?? { x: 0, y: 0 };
  element.style.transform = `translate3d(${x}px,${y}px,0)${scale ? ` scale(${scale})` : ""}`;
}

export function setPosition(element, point) {
  element._leaflet_pos = point;
  setTransform(element, point);
}

export const getPosition = (element) => element._leaflet_pos ?? new Point(0, 0);

export const disableTextSelection = () => { on(window, "selectstart", preventDefault); };
export const enableTextSelection = () => { off(window, "selectstart", preventDefault); };
export const disableImageDrag = () => { on(window, "dragstart", preventDefault); };
export const enableImageDrag = () => { off(window, "dragstart", preventDefault); };

/** Who drags with a mouse sees no ring of focus until the next key. */
let outlined = null;

export function preventOutline(element) {
  while (element.tabIndex === -1) element = element.parentNode;
  restoreOutline();
  outlined = { style: element.style, before: element.style.outlineStyle };
  outlined.style.outlineStyle = "none";
  on(window, "keydown", restoreOutline);
}

export function restoreOutline() {
  if (outlined === null) return;
  outlined.style.outlineStyle = outlined.before;
  outlined = null;
  off(window, "keydown", restoreOutline);
}

export function getSizedParentNode(element) {
  do element = element.parentNode;
  while ((!element.offsetWidth || !element.offsetHeight) && element !== document.body);
  return element;
}

export function getScale(element) {
  const boundingClientRect = element.getBoundingClientRect();
  return {
    boundingClientRect, x: boundingClientRect.width / element.offsetWidth || 1, y: boundingClientRect.height / element.offsetHeight || 1,
  };
}
