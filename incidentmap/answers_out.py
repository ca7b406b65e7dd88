"""Answers of geocoding as they are printed and written."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    import geopandas as gpd

__all__ = ["first_row", "print_answer", "write_answers", "write_unplaced"]

_COLUMNS = (
    "incident_id", "place_text", "status", "place", "place_id", "lon", "lat", "uncertainty_m",
    "precision", "method", "score", "country_a3", "reason", "candidates", "footprint",
)  # fmt: skip
# Of a footprint, a decimetre.
_DECIMALS = 6


def write_unplaced(placed: "gpd.GeoDataFrame", target: Path) -> None:
    """Write the texts that were not placed, as overrides to fill in.

    Parameters
    ----------
    placed
        Table that was geocoded.
    target
        CSV file.
    """
    from geo.formats.atomic import open_atomic
    from geo.geocoding.overrides.template import unplaced_texts

    texts = unplaced_texts(placed)
    with open_atomic(target) as stream:
        stream.write(texts.to_csv(index=False, lineterminator="\n"))
    noun = "text" if len(texts) == 1 else "texts"
    click.echo(f"{target}: {len(texts)} {noun} to place by hand.", err=True)


def first_row(placed: "gpd.GeoDataFrame") -> dict[str, Any]:
    """The answer of the first row, None where it says nothing."""
    row = placed.astype(object).where(placed.notna(), None).iloc[0]
    return {str(name): value for name, value in row.items()}


def print_answer(
    text: str, answer: dict[str, Any], candidates: int | None, *, as_json: bool
) -> None:
    """Print how one text is answered.

    Parameters
    ----------
    text
        The place as written.
    answer
        Columns of the answer.
    candidates
        Greatest number of places that the text can mean.
    as_json
        Whether the answer is printed as one object.
    """
    from shapely import to_wkt

    from geo.geocoding.explaining import answer_lines

    if not as_json:
        click.echo("\n".join(answer_lines(answer, candidates=candidates or 0)))
        return
    point = answer["geometry"]
    answer |= {"place_text": text, "lon": point and point.x, "lat": point and point.y}
    if (area := answer.get("footprint")) is not None:
        answer["footprint"] = to_wkt(area, rounding_precision=_DECIMALS)
    if candidates is not None:
        answer["candidates"] = _first(answer["candidates"], candidates)
    click.echo(_json({name: answer[name] for name in _COLUMNS if name in answer}))


def _first(cell: Any, count: int) -> str | None:  # noqa: ANN401
    """The first of the candidates that a cell lists as JSON."""
    if not isinstance(cell, str):
        return None
    return json.dumps(
        json.loads(cell)[:count], ensure_ascii=False, separators=(",", ":"), sort_keys=True
    )


def write_answers(
    placed: "gpd.GeoDataFrame",
    output: Path | None,
    candidates: int | None,
    kept: Sequence[str] = (),
    *,
    as_json: bool,
) -> None:
    """Write a table to a file, or print it; say on stderr how many places were found.

    Parameters
    ----------
    placed
        Table that was geocoded.
    output
        A table (.csv) or a layer (.geojson).
    candidates
        Greatest number of places that each text can mean; all by default.
    kept
        Columns of the input that follow the answers under their own names.
    as_json
        Whether the rows are printed as objects.
    """
    if candidates is not None:
        placed = placed.copy()
        placed["candidates"] = [_first(cell, candidates) for cell in placed["candidates"]]
    _hand_over(placed, output, kept, as_json=as_json)
    counts = placed["status"].value_counts()
    said = ", ".join(f"{counts[status]} {status}" for status in counts.index) or "none"
    click.echo(f"{len(placed)} {'place' if len(placed) == 1 else 'places'}: {said}.", err=True)


def _hand_over(
    placed: "gpd.GeoDataFrame", output: Path | None, kept: Sequence[str], *, as_json: bool
) -> None:
    import geo

    if output is not None and output.suffix.lower() != ".csv":
        geo.write(placed, output)
        click.echo(output)
        return
    own = [name for name in placed.columns if str(name).startswith("native_")]
    table = placed.drop(columns=["geometry"]).assign(lon=placed.geometry.x, lat=placed.geometry.y)
    if "footprint" in placed:
        table["footprint"] = placed["footprint"].to_wkt(rounding_precision=_DECIMALS)
    names = dict.fromkeys(name for name in (*_COLUMNS, *kept, *own) if name in table)
    table = table.reindex(columns=list(names))
    if as_json:
        for row in table.astype(object).where(table.notna(), None).to_dict("records"):
            click.echo(_json({str(name): value for name, value in row.items()}))
        return
    content = table.to_csv(index=False, lineterminator="\n")
    if output is None:
        click.echo(content, nl=False)
        return
    from geo.formats.atomic import open_atomic

    with open_atomic(output) as stream:
        stream.write(content)
    click.echo(output)


def _json(row: dict[str, Any]) -> str:
    """One row as JSON; what is JSON inside is no string any more."""
    if row.get("candidates"):
        row = row | {"candidates": json.loads(row["candidates"])}
    return json.dumps(row, ensure_ascii=False, default=str)
