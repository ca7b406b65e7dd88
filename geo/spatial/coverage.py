"""Areas that share their edges: each stretch of border is kept once, with what lies beside it."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

__all__ = ["Coverage"]


@dataclass(frozen=True, eq=False)
class Coverage:
    """Faces that tile a region, as the arcs between them.

    Arc `i` runs through `vertices[start[i]:start[i + 1]]`; walking it, face `left[i]` lies on the
    left hand and face `right[i]` on the right, -1 for nothing. An edge between two vertices is
    straight in longitude and latitude (RFC 7946). A closed arc ends where it began.

    Parameters
    ----------
    vertices
        Longitude and latitude in 1e-7 degree, int32 of shape (n, 2).
    start
        First vertex of each arc and, at last, n; shape (m + 1,).
    left, right
        Faces beside each arc, shape (m,).

    Examples
    --------
    A square of one degree, walked with its inside on the left:

    >>> corners = np.array([(0, 0), (1, 0), (1, 1), (0, 1), (0, 0)]) * 10_000_000
    >>> square = Coverage(corners.astype(np.int32), np.array([0, 5]), np.array([0]), np.array([-1]))
    >>> square.face_count
    1
    """

    vertices: npt.NDArray[np.int32]
    start: npt.NDArray[np.integer]
    left: npt.NDArray[np.integer]
    right: npt.NDArray[np.integer]

    def __post_init__(self) -> None:
        if len(self.start) != len(self.left) + 1 or len(self.left) != len(self.right):
            raise ValueError(
                f"a Coverage of {len(self.left)} left faces needs as many right faces and one start"
                f" more, not {len(self.right)} and {len(self.start)}"
            )
        if self.start[0] != 0 or self.start[-1] != len(self.vertices):
            raise ValueError(
                f"the starts of a Coverage must go from 0 to its {len(self.vertices)} vertices,"
                f" not from {self.start[0]} to {self.start[-1]}"
            )

    @property
    def face_count(self) -> int:
        """One more than the greatest face."""
        return 1 + max(int(self.left.max(initial=-1)), int(self.right.max(initial=-1)))
