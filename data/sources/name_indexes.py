"""*.names: the names of each gazetteer in the order of their consonants, for the search."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import gazetteer_airports
import gazetteer_curated
import gazetteer_geonames
import gazetteer_naturalearth
import gazetteer_ports
import gazetteer_us_places
from geo.gazetteer.name_index import NameIndex, code_of, fingerprint, names_path, write_name_index
from products import Build, Product, check, say

#: Recipes whose product has an index.
GAZETTEERS = (
    gazetteer_geonames,
    gazetteer_us_places,
    gazetteer_naturalearth,
    gazetteer_curated,
    gazetteer_airports,
    gazetteer_ports,
)
# One for each gazetteer, under its licence.
PRODUCTS = tuple(
    replace(
        module.PRODUCT,
        name=names_path(Path(module.PRODUCT.name)).name,
        title=f"Index of the names of {module.PRODUCT.name}",
        needs=(module.PRODUCT.name,),
    )
    for module in GAZETTEERS
)
_CHECKED = 997


def build(run: Build) -> None:
    """Build the products."""
    for product in PRODUCTS:
        _build(run, product)


def _build(run: Build, product: Product) -> None:
    (needed,) = product.needs
    gazetteer = run.path(needed)
    with closing(sqlite3.connect(f"{gazetteer.resolve().as_uri()}?immutable=1", uri=True)) as found:
        names = found.execute("SELECT key, place FROM name ORDER BY key, place").fetchall()
    unfinished = run.path(product.name).with_suffix(".part")
    write_name_index(unfinished, names, stamp=fingerprint(gazetteer))
    unfinished.replace(run.path(product.name))
    index = NameIndex(run.path(product.name), stamp=fingerprint(gazetteer))
    check(index.lines == len(names), f"{product.name}: lines are lost")
    for key, place in names[::_CHECKED]:
        check(place in index.find(key, code_of(key)), f"{product.name}: {key} is not found")
    say(f"  {product.name}: {index.lines} names, {len(index.codes)} skeletons")
    index.close()
