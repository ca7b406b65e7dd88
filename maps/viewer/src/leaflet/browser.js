// What Leaflet asks of the browser. All that the viewer runs in are of 2023 or later, so that most is known.
const { userAgent } = navigator;
const { platform } = navigator;

export const any3d = true;
export const pointer = true;
export const touch = true;
export const passiveEvents = true;
export const msPointer = false;
export const edge = false;
export const ie3d = false;
export const ielt9 = false;
export const mobileOpera = false;
export const chrome = /chrome/i.test(userAgent);
export const safari = !chrome && /safari/i.test(userAgent);
export const mobile = typeof orientation !== "undefined" || /mobile/i.test(userAgent);
export const linux = platform.startsWith("Linux");
export const mac = platform.startsWith("Mac");
export const touchNative = "ontouchstart" in window || "TouchEvent" in window;
export const retina = window.devicePixelRatio > 1;
