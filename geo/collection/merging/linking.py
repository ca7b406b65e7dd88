"""Clusters of reports in which each agrees with all others, held by their likeliest links."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from geo.collection.chains import Groups
from geo.collection.merging.facts import Numbers
from geo.collection.merging.number_files import weights
from geo.geodesy import Floats

# Pairs that are Python's own numbers at a time.
_AT_ONCE = 100_000

__all__ = ["Clusters", "Link", "cluster_reports"]


@dataclass(frozen=True)
class Link:
    """Two reports of one incident by their numbers, their score, and the line that merges them."""

    one: int
    other: int
    score: float
    line: int | None = None


@dataclass(frozen=True)
class Clusters:
    """Number that stands for the cluster of each report, and the links that hold the clusters."""

    label: Numbers
    links: Sequence[Link]


def cluster_reports(
    scores: tuple[Numbers, Numbers, Floats],
    count: int,
    *,
    merges: Sequence[tuple[int, int, int]] = (),
    splits: Sequence[tuple[int, int]] = (),
) -> Clusters:
    """Join reports whose pairs are likely, the likeliest first, and never along a chain.

    Two clusters become one where each report of the one agrees with each of the other, and all
    these pairs are likely on average. So a report that lies between two incidents joins the one
    that it is more like, and does not tie them together.

    Parameters
    ----------
    scores
        Pairs by their numbers, and the probability of each.
    count
        Number of reports.
    merges
        Pairs that are one incident whatever they say, each with the number of its line.
    splits
        Pairs that are two, whatever they say.
    """
    work = _Work(scores, count, [(one, other) for one, other, _ in merges], splits)
    work.join_likely()
    for one, other, line in merges:
        work.force(one, other, line)
    return Clusters(np.array([work.groups.of(row) for row in range(count)], np.int64), work.links)


class _Work:
    """Clusters while they grow.

    What merges will join in the end is bound together from the start, so that no likely pair joins
    two reports that an editor has split.
    """

    def __init__(
        self,
        scores: tuple[Numbers, Numbers, Floats],
        count: int,
        bonds: Iterable[tuple[int, int]],
        splits: Iterable[tuple[int, int]],
    ) -> None:
        limits = weights("decision")
        self._merge, self._count = float(limits["merge"]), count
        one, other, score = scores
        agree = score >= limits["doubtful"]
        key = one[agree] * count + other[agree]
        order = np.argsort(key)
        # Sorted arrays: a dictionary of millions of pairs takes ten times the room.
        self._key, self._score = key[order], score[agree][order]
        self.groups, self._bound = Groups(count), Groups(count)
        self.links: list[Link] = []
        self._members: dict[int, list[int]] = {}
        for first, second in bonds:
            self._bound.join(first, second)
        for first, second in splits:
            self._bound.bar(first, second)

    def join_likely(self) -> None:
        """Join clusters along the likely pairs, the likeliest first."""
        likely = np.flatnonzero(self._score >= self._merge)
        # The numbers follow the ids, so that no order of the rows decides.
        order = likely[np.argsort(-self._score[likely], kind="stable")]
        for part in np.array_split(order, max(len(order) // _AT_ONCE, 1)):
            keys, values = self._key[part].tolist(), self._score[part].tolist()
            for key, value in zip(keys, values, strict=True):
                first, second = divmod(key, self._count)
                if self._may_join(first, second):
                    self._join(first, second)
                    self.links.append(Link(first, second, value))

    def force(self, one: int, other: int, line: int) -> None:
        """Make the incidents of two reports one."""
        if self.groups.of(one) != self.groups.of(other):
            self._join(one, other)
            self.links.append(Link(min(one, other), max(one, other), 1.0, line))

    def _may_join(self, one: int, other: int) -> bool:
        a, b = self.groups.of(one), self.groups.of(other)
        if a == b or self.groups.are_apart(a, b) or self._bound.are_apart(one, other):
            return False
        return self._agree(a, b)

    def _of(self, root: int) -> list[int]:
        return self._members.get(root, [root])

    def _agree(self, a: int, b: int) -> bool:
        """Whether all pairs of two clusters agree, and are likely on average."""
        first, second = np.array(self._of(a)), np.array(self._of(b))
        if len(first) == len(second) == 1:
            # The pair that brought them here.
            return True
        low = np.minimum(first[:, None], second).ravel()
        high = np.maximum(first[:, None], second).ravel()
        wanted = low * self._count + high
        found = np.minimum(np.searchsorted(self._key, wanted), len(self._key) - 1)
        if (self._key[found] != wanted).any():
            self.groups.bar(a, b)
            return False
        mean: float = self._score[found].mean()
        return bool(mean >= self._merge)

    def _join(self, one: int, other: int) -> None:
        a, b = self.groups.of(one), self.groups.of(other)
        together = self._of(a) + self._of(b)
        self._members.pop(a, None)
        self._members.pop(b, None)
        self._members[self.groups.join(a, b)] = together
        self._bound.join(one, other)
