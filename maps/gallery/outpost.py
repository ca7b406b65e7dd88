"""One report: the attack on an outpost near three borders, from the text of an article.

python maps/gallery/outpost.py OUT.html
"""

import sys
from pathlib import Path

import geo
import layers

ARTICLE = Path(__file__).parents[2] / "data" / "samples" / "article.txt"


def draw() -> layers.Map:
    """Read the article, place what it reports, and measure to the borders."""
    report = geo.extract_incidents(geo.read_articles(ARTICLE, published="2024-01-31"))
    incidents = report.pipe(geo.add_countries).pipe(geo.add_borders)
    return layers.map_incidents(incidents, title="An outpost near three borders")


if __name__ == "__main__":
    draw().save(sys.argv[1])
