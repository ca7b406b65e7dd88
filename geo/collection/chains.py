"""Reports that merges join, directly or through others."""

from collections.abc import Hashable, Sequence
from typing import TypeVar

__all__ = ["Groups", "chain_of"]

Name = TypeVar("Name", bound=Hashable)


class Groups:
    """Numbers that are joined into groups, or barred from it; the least of a group stands for it.

    Examples
    --------
    >>> groups = Groups(4)
    >>> groups.join(3, 1), groups.join(1, 0)
    (1, 0)
    >>> [groups.of(number) for number in range(4)]
    [0, 0, 2, 0]
    >>> groups.bar(3, 2), groups.are_apart(2, 0)
    (None, True)
    """

    def __init__(self, count: int) -> None:
        self._parent = list(range(count))
        self._apart: dict[int, set[int]] = {}

    def of(self, number: int) -> int:
        """Number that stands for the group of a number."""
        root = number
        while self._parent[root] != root:
            root = self._parent[root]
        while self._parent[number] != root:
            above = self._parent[number]
            self._parent[number] = root
            number = above
        return root

    def join(self, one: int, other: int) -> int:
        """Make two groups one, and tell which number stands for it."""
        low, high = sorted((self.of(one), self.of(other)))
        if low == high:
            return low
        self._parent[high] = low
        for third in self._apart.pop(high, ()):
            self._apart[third].discard(high)
            if third != low:
                self.bar(low, third)
        return low

    def bar(self, one: int, other: int) -> None:
        """Note that two groups are not to become one."""
        a, b = self.of(one), self.of(other)
        self._apart.setdefault(a, set()).add(b)
        self._apart.setdefault(b, set()).add(a)

    def are_apart(self, one: int, other: int) -> bool:
        """Whether two groups are not to become one."""
        return self.of(other) in self._apart.get(self.of(one), ())


def chain_of(pairs: Sequence[tuple[Name, Name]], one: Name, other: Name) -> list[int] | None:
    """Positions of the pairs that lead from one name to another by the shortest way; None for none.

    Examples
    --------
    >>> chain_of([("a", "b"), ("c", "d"), ("b", "c")], "a", "d")
    [0, 2, 1]
    """
    beside: dict[Name, list[tuple[Name, int]]] = {}
    for position, (first, second) in enumerate(pairs):
        beside.setdefault(first, []).append((second, position))
        beside.setdefault(second, []).append((first, position))
    came: dict[Name, tuple[Name, int] | None] = {one: None}
    waiting = [one]
    for name in waiting:
        for following, position in beside.get(name, ()):
            if following not in came:
                came[following] = (name, position)
                waiting.append(following)
    if other not in came or one == other:
        return None
    chain: list[int] = []
    step = came[other]
    while step is not None:
        chain.append(step[1])
        step = came[step[0]]
    return chain[::-1]
