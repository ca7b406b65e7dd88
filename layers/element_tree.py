"""Ways through a tree of branca's elements, which has none of its own to offer."""

from collections.abc import Iterator, Mapping

from branca.element import Element

__all__ = ["children", "descendants", "elements"]


def children(element: Element) -> Mapping[str, Element]:
    """Elements that were added to an element, by the name under which they were.

    Parameters
    ----------
    element
        Any element.
    """
    return element._children  # noqa: SLF001  (branca has no accessor)


def descendants(root: Element) -> Iterator[Element]:
    """An element and all that were added to it, each before what was added to it.

    Parameters
    ----------
    root
        Top of a tree.
    """
    yield root
    for child in children(root).values():
        yield from descendants(child)


def elements(root: Element) -> Iterator[Element]:
    """An element and all that hang in it, also those that an element holds as attributes.

    Parameters
    ----------
    root
        Top of a tree.
    """
    seen: set[int] = set()
    waiting = [root]
    while waiting:
        element = waiting.pop()
        if id(element) not in seen:
            seen.add(id(element))
            yield element
            waiting += reversed([*_held(element), *children(element).values()])


def _held(element: Element) -> Iterator[Element]:
    for name, value in vars(element).items():
        if name != "_parent" and isinstance(value, Element):
            yield value
