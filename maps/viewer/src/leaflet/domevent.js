// What Leaflet asks of events, in the words of browsers of 2023; where there is a touch screen, all of them tell of touches.
import { stamp } from "leaflet/src/core/Util.js";
import { addDoubleTapListener, removeDoubleTapListener } from "leaflet/src/dom/DomEvent.DoubleTap.js";
import { getScale } from "leaflet/src/dom/DomUtil.js";
import { Point } from "leaflet/src/geometry/Point.js";
import { chrome, linux, mac } from "./browser.js";

const KEY = "_leaflet_events";

/** Types with their listeners, as one text of types or as an object. */
function listeners(types, run, context) {
  if (typeof types === "object") return Object.entries(types).map(([type, each]) => [type, each, run]);
  return types.split(" ").map((type) => [type, run, context]);
}

function nameOf([type, run, context]) {
  return type + stamp(run) + (context ? `_${stamp(context)}` : "");
}

export function on(target, ...given) {
  const known = (target[KEY] ??= {});
  for (const each of listeners(...given)) {
    const [type, run, context] = each;
    const name = nameOf(each);
    if (known[name]) continue;
    const handler = (event) => run.call(context ?? target, event);
    if (type === "dblclick") known[name] = addDoubleTapListener(target, handler);
    else target.addEventListener(type, (known[name] = handler), { passive: false });
  }
}

export function off(target, ...given) {
  for (const each of listeners(...given)) {
    const [type] = each;
    const name = nameOf(each);
    const handler = target[KEY]?.[name];
    if (!handler) continue;
    if (type === "dblclick") removeDoubleTapListener(target, handler);
    else target.removeEventListener(type, handler);
    delete target[KEY][name];
  }
}

export function stopPropagation(event) {
  if (event.stopPropagation) event.stopPropagation();
  else event.originalEvent._stopped = true;
}

export function preventDefault(event) {
  event.preventDefault();
}

export function stop(event) {
  event.preventDefault();
  stopPropagation(event);
}

export const disableScrollPropagation = (element) => { on(element, "wheel", stopPropagation); };
export const getPropagationPath = (event) => event.composedPath();

export function getMousePosition({ clientX, clientY }, container) {
  if (!container) return new Point(clientX, clientY);
  const { x, y, boundingClientRect: { left, top } } = getScale(container);
  return new Point((clientX - left) / x - container.clientLeft, (clientY - top) / y - container.clientTop);
}

const PX_PER_STEP = devicePixelRatio * (linux && chrome ? 1 : mac ? 3 : 2);

/** How far a wheel has turned upwards: it tells so in pixels, lines or pages. */
export const getWheelDelta = ({ deltaY, deltaMode }) => -deltaY * ([1 / PX_PER_STEP, 20, 60][deltaMode] ?? 0);

export const isExternalTarget = (element, { relatedTarget }) => !element.contains(relatedTarget);
