// The small functions that Leaflet builds upon, in the words of browsers of 2023.

/** Copies what other objects have, also what they inherit. */
export function extend(target, ...sources) {
  for (const source of sources) for (const name in source) target[name] = source[name];
  return target;
}

export const { create } = Object;
export const { isArray } = Array;
export const bind = (run, ...given) => run.bind(...given);
export const falseFn = () => false;
export const indexOf = (list, item) => list.indexOf(item);
export const splitWords = (words) => words.trim().split(/\s+/);

let lastId = 0;

export function stamp(object) {
  return (object._leaflet_id ??= ++lastId);
}

export function wrapNum(value, [least, most], includesMost) {
  const range = most - least;
  return value === most && includesMost ? value : ((((value - least) % range) + range) % range) + least;
}

export function formatNum(value, digits = 6) {
  return digits === false ? value : Math.round(value * 10 ** digits) / 10 ** digits;
}

export function setOptions(object, options) {
  if (!Object.hasOwn(object, "options")) object.options = object.options ? create(object.options) : {};
  return extend(object.options, options);
}

export const requestAnimFrame = (run, context) => requestAnimationFrame(run.bind(context));
export const cancelAnimFrame = (id) => { cancelAnimationFrame(id); };
