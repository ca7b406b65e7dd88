"""Pictures of pages that all machines, fonts and versions draw alike, and how far two are apart."""

import base64
import struct
import zlib
from typing import Any

import numpy as np
import numpy.typing as npt
from playwright.sync_api import Page
from syrupy.extensions.image import PNGImageSnapshotExtension

Pixels = npt.NDArray[np.uint8]

#: Side of the square of a screenshot that becomes one pixel: each version draws edges a little
#: differently, and their mean colour is the same.
SQUARE_PX = 3
#: How far one of the three colours may be off, of 255. Other fonts change nothing; an engine that
#: draws everything on a (software) graphics card instead, the largest change that a version of
#: Chromium can bring, is off by 25. Two kinds on any ground are 60 and more apart.
COLOUR_OFF = 40
#: The same where one colour fills the pixels round a pixel in both pictures: there no edge can lie
#: elsewhere, and two kinds of land are only 13 apart.
FLAT_OFF = 6
#: Share of the pixels that may be off by more, which lets four of a page of 1080 by 720 pass. The
#: smallest mark, a disc of radius 5, covers nine.
SHARE_OFF = 0.00005

#: Letters are the only thing that fonts decide: in the page they become empty room of one width, on
#: a canvas a bar where the line stands.
WITHOUT_FONTS = """
const bar = 6;
const canvas = CanvasRenderingContext2D.prototype;
canvas.measureText = (text) => ({ width: bar * text.length });
canvas.strokeText = () => {};
canvas.fillText = function (text, x, y) {
  const width = bar * text.length;
  const left = { center: x - width / 2, right: x - width, end: x - width }[this.textAlign] ?? x;
  const top = { middle: y - 3, top: y, bottom: y - 6, alphabetic: y - 6 }[this.textBaseline] ?? y;
  this.fillRect(Math.round(left), Math.round(top), width, 6);
};
document.addEventListener("DOMContentLoaded", () => {
  const sheet = document.createElement("style");
  // Stronger than any rule of the page.
  sheet.textContent = `*:not(#a#b) { font-size: 0 !important; letter-spacing: ${bar}px !important;
    word-spacing: 0 !important; text-decoration: none !important; text-shadow: none !important; }`;
  document.head.append(sheet);
});
"""

_SHRINK = """
async ([png, side]) => {
  const bytes = Uint8Array.from(atob(png), (letter) => letter.charCodeAt(0));
  const image = await createImageBitmap(new Blob([bytes], { type: "image/png" }));
  const [width, height] = [Math.floor(image.width / side), Math.floor(image.height / side)];
  const context = new OffscreenCanvas(image.width, image.height).getContext("2d");
  context.drawImage(image, 0, 0);
  const { data } = context.getImageData(0, 0, width * side, height * side);
  const sums = new Array(width * height * 3).fill(0);
  for (let y = 0; y < height * side; y++) for (let x = 0; x < width * side; x++) {
    const to = (Math.floor(y / side) * width + Math.floor(x / side)) * 3;
    for (let i = 0; i < 3; i++) sums[to + i] += data[(y * width * side + x) * 4 + i];
  }
  return [width, height, sums.map((sum) => Math.round(sum / side ** 2))];
}
"""


def picture(page: Page) -> bytes:
    """PNG of a page, each pixel the mean of a square of its screenshot."""
    png = base64.b64encode(page.screenshot()).decode()
    width, height, colours = page.evaluate(_SHRINK, [png, SQUARE_PX])
    return to_png(np.array(colours, np.uint8).reshape(height, width, 3))


def settle(page: Page) -> None:
    """Wait until nothing more is drawn."""
    page.evaluate("""async () => {
        const frame = () => new Promise((done) => requestAnimationFrame(done));
        let quiet = 0;
        while (quiet < 6) {
            await frame();
            const busy = document.querySelector("[aria-busy=true]") !== null;
            quiet = incidentmap.state(map_1).ready && !busy ? quiet + 1 : 0;
        }
    }""")


def to_png(pixels: Pixels) -> bytes:
    """PNG without filters, so that `from_png` stays short."""
    height, width, _ = pixels.shape
    lines = np.hstack([np.zeros((height, 1), np.uint8), pixels.reshape(height, -1)])
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", head), (b"IDAT", zlib.compress(lines.tobytes(), 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
        for name, body in chunks
    )


def from_png(png: bytes) -> Pixels:
    """Pixels of what `to_png` has written."""
    width, height = struct.unpack_from(">II", png, 16)
    (size,) = struct.unpack_from(">I", png, 33)
    lines = np.frombuffer(zlib.decompress(png[41 : 41 + size]), np.uint8)
    return lines.reshape(height, 1 + 3 * width)[:, 1:].reshape(height, width, 3)


def share_off(one: bytes, other: bytes) -> float:
    """Share of the pixels of two PNG whose colours differ, as far as an eye would say so."""
    pixels, others = from_png(one), from_png(other)
    if pixels.shape != others.shape:
        return 1.0
    apart = np.maximum(_least_off(pixels, others), _least_off(others, pixels))
    allowed = np.where(_flat(pixels) & _flat(others), FLAT_OFF, COLOUR_OFF)
    return float((apart > allowed).mean())


def _flat(pixels: Pixels) -> npt.NDArray[np.bool_]:
    """Pixels that differ from none of those round them."""
    height, width, _ = pixels.shape
    padded = np.pad(pixels.astype(np.int16), ((1, 1), (1, 1), (0, 0)), mode="edge")
    around = [padded[y : y + height, x : x + width] for y in range(3) for x in range(3)]
    spread = np.max(around, axis=0) - np.min(around, axis=0)
    flat: npt.NDArray[np.bool_] = spread.max(axis=2) <= 1
    return flat


def _least_off(pixels: Pixels, others: Pixels) -> npt.NDArray[np.int16]:
    """How far each pixel is from the nearest colour round its place in the other picture.

    A line that lies half a pixel beside its place is no change.
    """
    height, width, _ = pixels.shape
    padded = np.pad(others.astype(np.int16), ((1, 1), (1, 1), (0, 0)), mode="edge")
    apart = [
        np.abs(padded[y : y + height, x : x + width] - pixels).max(axis=2)
        for y in range(3)
        for x in range(3)
    ]
    return np.min(apart, axis=0).astype(np.int16)


class Pictures(PNGImageSnapshotExtension):
    """Committed pictures; `pytest --snapshot-update` renews them."""

    def matches(self, *, serialized_data: Any, snapshot_data: Any) -> bool:
        """Tell whether two pictures are the same to an eye."""
        return share_off(serialized_data, snapshot_data) <= SHARE_OFF
