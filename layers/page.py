"""The page: the only renderer, so that saving, rendering and notebooks show the same bytes."""

import os
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from html import escape
from html.parser import HTMLParser
from itertools import groupby, islice
from operator import itemgetter
from pathlib import Path
from typing import BinaryIO

from branca.element import Element, Figure, Link
from jinja2 import TemplateSyntaxError

from geo.formats.atomic import open_atomic
from layers import compat, viewer_files, viewer_scripts
from layers.element_tree import children, descendants, elements
from layers.errors import TemplateTextError
from layers.page_assets import Asset, online_assets, require_offline
from layers.page_names import rename
from layers.page_policy import content_security_policy, file_of, host_of
from layers.page_words import words_block
from layers.style import direction
from layers.viewer_layer import DataBlock
from layers.words import Language, words_of

__all__ = ["Page"]

#: Characters that command a reading direction, and would turn the words round a title.
_DIRECTIONS = re.compile(r"[\u202a-\u202e\u2066-\u2069]")
_SCRIPT_OPENERS = re.compile(r"<(?=!--|script)", re.IGNORECASE)
_FOLIUM_META = "meta_http"


class Page(Figure):
    """A document that holds everything it needs, and runs nothing but its own scripts.

    Rendering draws a copy of the tree, so that it can be repeated with the same result. Scripts
    belong into `header` or `script`; one in `html` is not run, so that text cannot become one.

    Parameters
    ----------
    title
        Title of the document.
    language
        BCP 47 tag, or a catalogue of sentences; decides the reading direction.
    online
        Whether elements may ask the hosts that they name. If not, they are refused.
    """

    #: Our layers need not bring the viewer here.
    has_viewer = True

    def __init__(
        self,
        *,
        title: str = "Incident map",
        language: Language = "en",
        online: bool = False,
    ) -> None:
        super().__init__(title=title)
        self.words = words_of(language)
        self.language = self.words.language
        self.online = online
        #: Names in the language of the page, beside those of countries, by those of Python.
        self.names: Mapping[str, str] = {}
        #: Lines for readers without JavaScript, below the title.
        self.without_scripts: Sequence[str] = ()
        #: Code that must run before Leaflet does.
        self.before_leaflet: Sequence[str] = ()

    def render(self, **kwargs: object) -> str:
        """HTML of the whole document.

        Raises
        ------
        OnlineAssetError
            An element needs the network, and the page may not use it.
        TemplateTextError
            A text of a folium element reads as a template.
        """
        copy = deepcopy(self)
        viewer = viewer_scripts.scripts_of(copy)
        try:
            for child in children(copy).values():
                child.render(**kwargs)
        except TemplateSyntaxError as error:
            raise TemplateTextError(
                f"A text of an element of folium reads as a template ({error}), since branca takes "
                "{% and {# for its own. Put a blank after the brace; in HTML, &#123; is one too."
            ) from error
        return _document(copy, viewer, _parts(copy, kwargs))

    def save(
        self,
        outfile: str | bytes | Path | BinaryIO,
        close_file: bool = True,  # noqa: FBT001, FBT002  (the signature of branca)
        **kwargs: object,
    ) -> None:
        """Write the document; a file appears whole or not at all.

        Parameters
        ----------
        outfile
            Path, or an open binary stream.
        close_file
            Whether to close the stream.

        Raises
        ------
        WriteError
            The file cannot be written.
        """
        html = self.render(**kwargs)
        if isinstance(outfile, str | bytes | Path):
            with open_atomic(os.fsdecode(outfile)) as stream:
                stream.write(html)
            return
        outfile.write(html.encode("utf-8"))
        if close_file:
            outfile.close()


@dataclass(frozen=True)
class _Parts:
    """Rendered texts of a page, with stable names, what it may ask for, and folium's parts."""

    header: Sequence[str]
    html: Sequence[str]
    blocks: Sequence[str]
    scripts: Sequence[str]
    opened: Mapping[str, Sequence[str]]
    compat: Sequence[str]


def _parts(page: Page, kwargs: dict[str, object]) -> _Parts:
    """Texts of a tree whose elements have been rendered."""
    texts = _Texts(page, kwargs)
    header = texts.in_order(page.header, but=_is_brought)
    html = texts.in_order(page.html, but=lambda _, child: isinstance(child, DataBlock))
    assets = online_assets(page, [*header, *html])
    if not page.online:
        require_offline(assets)
    scripts = _script_of_each_layer(page, texts)
    renamed = iter(rename([*header, *html, *scripts], page))
    return _Parts(
        header=list(islice(renamed, len(header))),
        html=list(islice(renamed, len(html))),
        scripts=list(renamed),
        blocks=[
            child.render() for child in children(page.html).values() if isinstance(child, DataBlock)
        ],
        opened=_opened(assets),
        compat=compat.parts_of(page),
    )


def _opened(assets: Iterable[Asset]) -> dict[str, list[str]]:
    """Sources that a page may ask, by directive: scripts file by file, all else by host."""
    opened: dict[str, list[str]] = {}
    for asset in assets:
        source = file_of if asset.uses == ("script-src",) else host_of
        for use in asset.uses:
            opened.setdefault(use, []).append(source(asset.url))
    return opened


def _is_brought(name: str, child: Element) -> bool:
    """Whether the page has its own for what folium puts into the header."""
    return name == _FOLIUM_META or (isinstance(child, Link) and compat.carried(child.url or ""))


class _Texts:
    """What the elements of a rendered tree have written.

    What a macro element has written stands in an `Element`, which branca takes for a template
    again. Rendering that would evaluate `{{…}}` in the user's words: it is taken as it is.
    """

    def __init__(self, page: Page, kwargs: dict[str, object]) -> None:
        self._kwargs = kwargs
        self._writers = {element.get_name() for element in elements(page)}

    def in_order(self, part: Element, *, but: Callable[[str, Element], bool]) -> list[str]:
        """Texts of the header or the body, without what is not wanted."""
        return [
            self.of(name, child) for name, child in children(part).items() if not but(name, child)
        ]

    def of(self, name: str, child: Element) -> str:
        """Text of a child of the header, the body or the scripts."""
        text = child._template_str  # noqa: SLF001  (branca has no accessor)
        if type(child) is Element and text is not None and name in self._writers:
            return text
        return child.render(**self._kwargs)


def _script_of_each_layer(page: Page, texts: _Texts) -> list[str]:
    """One script per child of a map with all that hangs in it: an error stops only that one."""
    layer_of = {
        part.get_name(): layer.get_name()
        for map_of_page in children(page).values()
        for layer in children(map_of_page).values()
        for part in descendants(layer)
    }
    scripts = (
        (layer_of.get(name, name), texts.of(name, child))
        for name, child in children(page.script).items()
    )
    return [
        _closed("\n".join(text.strip() for _, text in group))
        for _, group in groupby(scripts, key=itemgetter(0))
    ]


def _closed(code: str) -> str:
    """The code without the words after which a browser takes the rest of the page for a script.

    They stand in the texts of its literals only, where the escape means the same.
    """
    return _SCRIPT_OPENERS.sub(r"\\x3C", code)


def _document(page: Page, viewer: Sequence[str], parts: _Parts) -> str:
    # The viewer stands before foreign files: these extend the Leaflet that it brings.
    first = [*page.before_leaflet, *viewer, *compat.scripts_of(parts.compat)]
    scripts = [*first, *_inline_scripts(parts.header), *parts.scripts]
    policy = content_security_policy(scripts, opened=parts.opened)
    title = escape(_DIRECTIONS.sub("", page.title or ""))
    language = escape(page.language)
    return "\n".join(
        [
            "<!DOCTYPE html>",
            f'<html lang="{language}" dir="{direction(page.language)}">',
            "<head>",
            '<meta charset="utf-8">',
            f'<meta http-equiv="Content-Security-Policy" content="{policy}">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            f"<title>{title}</title>",
            *map(_style, [viewer_files.read("page.css"), *compat.styles_of(parts.compat)]),
            words_block(page.words, page.names),
            *map(_script, first),
            *parts.header,
            "</head>",
            "<body>",
            _without_scripts(title, page.without_scripts),
            *parts.html,
            *parts.blocks,
            *map(_script, parts.scripts),
            "</body>",
            "</html>",
            "",
        ]
    )


def _script(code: str) -> str:
    return f"<script>{code}</script>"


def _style(sheet: str) -> str:
    return f"<style>{sheet}</style>"


def _without_scripts(title: str, lines: Sequence[str]) -> str:
    paragraphs = "".join(f"<p>{escape(line)}</p>" for line in lines)
    return f"<noscript><h1>{title}</h1>{paragraphs}</noscript>"


def _inline_scripts(parts: Sequence[str]) -> list[str]:
    reader = _ScriptReader()
    for part in parts:
        reader.feed(part)
    reader.close()
    return reader.found


class _ScriptReader(HTMLParser):
    """Collects the code of scripts that stand in the page."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.found: list[str] = []
        self._inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "script" and "src" not in dict(attrs):
            self._inside = True
            self.found.append("")

    def handle_endtag(self, tag: str) -> None:
        if tag == "script":
            self._inside = False

    def handle_data(self, data: str) -> None:
        if self._inside:
            self.found[-1] += data
