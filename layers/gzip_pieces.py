"""One gzip stream from pieces that are compressed apart, each in the way that suits it."""

import struct
import zlib
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

__all__ = ["gzip_pieces"]

#: Of RFC 1952: no name, no time, unknown system.
_HEADER = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff"
_RAW = -15
_LEVEL = 6
_MEMORY = 9
_SAMPLE_BYTES = 1 << 16
#: Looking for repeated strings takes ten times as long; it must save at least this share.
_WORTH = 0.03
#: Smaller pieces are not worth a thread.
_THREADS = 4


def gzip_pieces(pieces: Sequence[bytes]) -> bytes:
    r"""Bytes of a gzip file whose content is the pieces end to end.

    Columns of numbers have no repeated strings, so that only the frequency of their bytes is used
    where a sample shows that no more is to be had. Equal pieces give equal bytes.

    Parameters
    ----------
    pieces
        Contents in order, at least one.

    Examples
    --------
    >>> import gzip
    >>> gzip.decompress(gzip_pieces([b"Jordan", b"Syria"]))
    b'JordanSyria'
    """
    last = len(pieces) - 1
    with ThreadPoolExecutor(_THREADS) as threads:
        packed = list(
            threads.map(lambda item: _deflate(item[1], final=item[0] == last), enumerate(pieces))
        )
    checksum = 0
    for piece in pieces:
        checksum = zlib.crc32(piece, checksum)
    size = sum(map(len, pieces)) % 2**32
    return b"".join([_HEADER, *packed, struct.pack("<II", checksum, size)])


def _deflate(piece: bytes, *, final: bool) -> bytes:
    # A full flush ends on a whole byte, where the stream of the next piece can begin.
    return _packed(piece, _strategy(piece), zlib.Z_FINISH if final else zlib.Z_FULL_FLUSH)


def _strategy(piece: bytes) -> int:
    middle = max(0, (len(piece) - _SAMPLE_BYTES) // 2)
    sample = piece[middle : middle + _SAMPLE_BYTES]
    thorough, quick = (
        len(_packed(sample, strategy, zlib.Z_FINISH))
        for strategy in (zlib.Z_DEFAULT_STRATEGY, zlib.Z_RLE)
    )
    return zlib.Z_DEFAULT_STRATEGY if thorough < quick * (1 - _WORTH) else zlib.Z_RLE


def _packed(data: bytes, strategy: int, ending: int) -> bytes:
    packer = zlib.compressobj(_LEVEL, zlib.DEFLATED, _RAW, _MEMORY, strategy)
    return packer.compress(data) + packer.flush(ending)
