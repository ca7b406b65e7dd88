"""Functions of Arrow over whole columns."""

from typing import Any

import pyarrow.compute

__all__ = ["compute"]

#: `pyarrow.compute`, which makes its functions when it is imported: type checkers find none.
compute: Any = pyarrow.compute
