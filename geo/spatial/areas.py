"""Which area a point lies in: exactly, for areas of any kind.

Coordinates are read to 2**-16 of 1e-7 degree, a sixth of a micrometre; on that grid every answer is
exact. A point on the line between two areas belongs to one of them: the one to the north, and where
the line runs along a meridian the one to the east. At 180° east that is the area to the west.

The index of a coverage can be kept in files, which are opened without being read:

    AreaIndex.from_coverage(coverage).save(folder, "area")
    AreaIndex.load(folder, "area", coverage)
"""

from collections.abc import Callable, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely

from geo.geodesy import Floats
from geo.spatial.areas_answers import AreaAnswers, FaceAnswers
from geo.spatial.areas_build import build
from geo.spatial.areas_cells import Cells, of_faces, relabelled
from geo.spatial.areas_kernels import NOWHERE, first_of_areas, label_of_faces
from geo.spatial.areas_level import arcs_of_areas, arcs_of_coverage
from geo.spatial.compiling import kernel_for
from geo.spatial.coverage import Coverage

__all__ = ["NOWHERE", "AreaIndex"]

Ints = npt.NDArray[np.int64]


class _Search:
    """A loop and what it looks into."""

    def __init__(
        self, kernel: Callable[..., None], cells: Cells, vertices: npt.NDArray[Any]
    ) -> None:
        self.kernel = kernel
        # Arrays that may be written would need a second compiled loop.
        self.arrays = [_read_only(array, np.int32) for array in cells.arrays]
        self.arrays.append(_read_only(vertices, vertices.dtype))

    def find(self, lon_deg: Floats, lat_deg: Floats) -> Ints:
        lon, lat = _read_only(lon_deg, np.float64), _read_only(lat_deg, np.float64)
        if lon.ndim != 1 or lon.shape != lat.shape:
            raise ValueError(
                f"lon_deg and lat_deg must have one shape (n,), not {lon.shape} and {lat.shape}"
            )
        found = np.empty(len(lon), dtype=np.int64)
        kernel = kernel_for(self.kernel, len(lon))
        kernel(lon, lat, *self.arrays, found)
        return found


class AreaIndex:
    """Index over areas.

    Parameters
    ----------
    areas
        Polygons or MultiPolygons, WGS 84 longitude and latitude within ±180°; they may overlap.
        Nothing lies in an empty one, nor in None.

    Examples
    --------
    >>> index = AreaIndex([shapely.box(0, 0, 1, 1), shapely.box(1, 0, 2, 1)])
    >>> index.containing(np.array([0.5, 1.5, 9.0]), np.array([0.5, 0.5, 0.5])).tolist()
    [0, 1, -1]
    """

    def __init__(self, areas: Sequence[shapely.Geometry | None] | npt.NDArray[np.object_]) -> None:
        self._areas = np.asarray(areas, dtype=object)
        self._arcs = arcs_of_areas(self._areas)

    @cached_property
    def _search(self) -> _Search:
        cells = build(self._arcs, AreaAnswers(self._arcs, len(self._areas)))
        return _Search(first_of_areas, cells, self._arcs.vertices)

    @classmethod
    def from_coverage(cls, coverage: Coverage) -> "AreaIndex":
        """Index over the faces of a coverage.

        Parameters
        ----------
        coverage
            Faces that tile a region.

        Raises
        ------
        ValueError
            When the arcs do not close around the faces that they name.
        """
        arcs = arcs_of_coverage(coverage)
        added = coverage.left.astype(np.int64) - coverage.right
        return _FaceIndex(coverage, build(arcs, FaceAnswers(arcs, added)))

    @classmethod
    def load(cls, folder: Path, prefix: str, coverage: Coverage) -> "AreaIndex":
        """Open what `save` wrote.

        Parameters
        ----------
        folder, prefix
            As given to `save`.
        coverage
            Coverage that the index was built from.
        """
        return _FaceIndex(coverage, Cells.load(folder, prefix))

    def save(self, folder: Path, prefix: str) -> list[Path]:
        """Write the arrays of a coverage's index: `<prefix>_cells.npy` and so on.

        Parameters
        ----------
        folder
            Existing folder.
        prefix
            First part of the files' names.

        Returns
        -------
        list
            Files written.
        """
        raise ValueError(
            f"only the index of a coverage can be saved, not that of {len(self._areas)} areas:"
            f" build it anew for {prefix!r} in {folder}"
        )

    def relabelled(self, labels: npt.ArrayLike) -> "AreaIndex":
        """Index that answers with labels instead of positions; equal labels are merged.

        Parameters
        ----------
        labels
            Label of each area or face, or -1 for nothing.
        """
        return _LabelledIndex(self, _checked_labels(labels, len(self._areas)))

    def containing(self, lon_deg: Floats, lat_deg: Floats) -> Ints:
        """Position of the first area that holds each point; -1 where none does.

        Parameters
        ----------
        lon_deg, lat_deg
            WGS 84, shape (n,). Longitudes beyond ±180° are wrapped; nothing lies at latitudes
            beyond ±90° or where a value is not finite.
        """
        return self._search.find(lon_deg, lat_deg)


class _LabelledIndex(AreaIndex):
    """Index over areas that answers with labels."""

    def __init__(self, index: AreaIndex, labels: Ints) -> None:
        self._index = index
        self._labels = labels

    def containing(self, lon_deg: Floats, lat_deg: Floats) -> Ints:
        return self._labels[self._index.containing(lon_deg, lat_deg)]

    def relabelled(self, labels: npt.ArrayLike) -> AreaIndex:
        return self._index.relabelled(labels)


class _FaceIndex(AreaIndex):
    """Index over the faces of a coverage; labels of None are the faces themselves."""

    def __init__(self, coverage: Coverage, cells: Cells, labels: Ints | None = None) -> None:
        self._coverage = coverage
        self._cells = cells
        self._labels = labels

    @cached_property
    def _search(self) -> _Search:
        if self._labels is None:
            cells = of_faces(self._cells, self._coverage)
        else:
            cells = relabelled(self._cells, self._labels.astype(np.int32), self._coverage)
        return _Search(label_of_faces, cells, self._coverage.vertices)

    def save(self, folder: Path, prefix: str) -> list[Path]:
        return self._cells.save(folder, prefix)

    def relabelled(self, labels: npt.ArrayLike) -> AreaIndex:
        label = _checked_labels(labels, self._coverage.face_count)
        return _FaceIndex(self._coverage, self._cells, label)


def _checked_labels(labels: npt.ArrayLike, count: int) -> Ints:
    """Labels and, at the end, that of nothing."""
    label = np.asarray(labels)
    if label.shape != (count,) or label.min(initial=0) < NOWHERE:
        raise ValueError(
            f"{count} areas need {count} labels of {NOWHERE} or more; these have the shape"
            f" {label.shape} and go down to {label.min(initial=0)}"
        )
    return np.append(label, NOWHERE).astype(np.int64)


def _read_only(array: npt.NDArray[Any], dtype: npt.DTypeLike) -> npt.NDArray[Any]:
    view = np.ascontiguousarray(array, dtype=dtype).view()
    view.flags.writeable = False
    return view
