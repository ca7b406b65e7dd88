"""What a reader sees of a page: the colour of a place, the words of the legend."""

from typing import Any

_PIXEL = """
const canvas = map.getPane("im-summary").querySelector("canvas");
const margin = (canvas.width - map.getSize().x) / 2;
const at = map.latLngToContainerPoint([{lat}, {lon}]).add([margin, margin]).round();
const copy = document.createElement("canvas");
const pen = copy.getContext("2d", {{ willReadFrequently: true }});
pen.drawImage(canvas, -at.x, -at.y);
return [...pen.getImageData(0, 0, 1, 1).data];
"""
CLEAR = [0, 0, 0, 0]


def colour(opened: Any, place: tuple[float, float]) -> list[int]:
    """Colour of what is summed up at a place; clear where nothing is drawn."""
    lon, lat = place
    return opened.run(_PIXEL.format(lon=lon, lat=lat))


def legend(opened: Any) -> str:
    """Words of the full legend, which is opened if need be."""
    button = opened.page.get_by_role("button", name="Reading the marks").first
    if button.get_attribute("aria-expanded") == "false":
        button.click()
    return opened.page.get_by_label("Reading the marks").inner_text().replace("\xa0", " ")
