"""Double quotes that open a cell and are not closed where it ends, so that rows vanish in it."""

import re
from typing import IO

from geo.tables.limits import LONGEST_CELL

__all__ = ["find_stray_quote"]

_BLOCK = 1 << 22


def find_stray_quote(stream: IO[bytes], *, delimiter: str, width: int) -> int | None:
    r"""Line, from 0, on which a quote opens that swallows the rows below; None where there is none.

    A cell may hold lines. It is taken for swallowed rows where its closing quote is followed by
    text, or lacks, and where it holds about as many delimiters as rows do.

    Parameters
    ----------
    stream
        Rows of a text with delimiters, in UTF-8.
    delimiter
        What stands between cells.
    width
        Cells of a row.

    Examples
    --------
    >>> import io
    >>> find_stray_quote(io.BytesIO(b'1,Irbid\n2,"Homs\n3,Hama" x\n'), delimiter=",", width=2)
    1
    >>> find_stray_quote(io.BytesIO(b'1,"Homs,\nHama"\n2,5" shell\n'), delimiter=",", width=2)
    """
    sign = delimiter.encode()
    ends = rb"[\r\n" + re.escape(sign) + rb"]"
    quoted = re.compile(
        rb"(?<=" + ends + rb')"((?:[^"]++|"")*+)(?:(?P<closed>"[ \t]*+(?:' + ends + rb'|\Z))|"|\Z)'
    )
    # Each block begins with the last byte of the one before, or with what may go on in it.
    rest, passed, is_last = sign, 0, False
    while not is_last:
        block = stream.read(_BLOCK)
        is_last = not block
        content = rest + block
        done = len(content) - 1
        for found in quoted.finditer(content):
            length = found.end() - found.start()
            if found.end() == len(content) and not is_last and length <= LONGEST_CELL:
                done = found.start() - 1
                break
            if found["closed"] is None and _holds_rows(found[1], sign, width):
                return passed + _count_lines(content[: found.start()])
        passed += _count_lines(content[:done])
        rest = content[done:]
    return None


def _holds_rows(cell: bytes, sign: bytes, width: int) -> bool:
    breaks = _count_lines(cell.rstrip())
    return breaks > 0 and 2 * cell.count(sign) >= breaks * (width - 1)


def _count_lines(content: bytes) -> int:
    return content.count(b"\n") or content.count(b"\r")
