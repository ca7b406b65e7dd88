"""Texts of folium's popups and tooltips, which it writes into literals of JavaScript."""

import re
from html import escape

import folium
from branca.element import Element, Html

from layers.element_tree import children, elements

__all__ = ["quiet_texts"]

# Of a placeholder in a literal, and of the tags and comments of a template.
_BRACES = re.compile(r"(?<=\$)\{|\{(?=[{%#])")
# What ends a script, or begins another within it; a backslash before these letters means nothing.
_OPENERS = re.compile(r"<(?=[/!s])", re.IGNORECASE)


def quiet_texts(root: Element) -> None:
    """Keep the texts of popups and tooltips from ending or filling the literal they stand in.

    What they say as HTML stays the same.

    Parameters
    ----------
    root
        Top of the tree, which is changed.
    """
    for element in list(elements(root)):
        if isinstance(element, folium.Popup):
            for child in children(element.html).values():
                if isinstance(child, Html):
                    child.data = _quiet(child.data if child.script else escape(child.data))
                    # It is escaped now; branca would do so again.
                    child.script = True
        elif isinstance(element, folium.Tooltip):
            element.text = _quiet(element.text)


def _quiet(html: str) -> str:
    r"""Characters that mean something to JavaScript, as what they mean to HTML.

    Examples
    --------
    >>> _quiet("${alert(1)} `x`")
    '$&#123;alert(1)} &#96;x&#96;'
    """
    # folium may have escaped backquotes already.
    plain = html.replace("\\`", "`").replace("\\", "&#92;").replace("`", "&#96;")
    return _OPENERS.sub(r"<\\", _BRACES.sub("&#123;", plain))
