"""Clean text of the HTML that vacancy sources send."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import unescape
from typing import cast

from lxml import etree
from lxml.html import HTMLParser
from lxml.html.defs import tags

# What a browser does not print.
_DROPPED = frozenset({"script", "style", "head", "template", "noscript", "iframe", "object", "svg", "math", "title"})
# These stand apart from their neighbours by an empty line.
_PARAGRAPHS = frozenset({"blockquote", "h1", "h2", "h3", "h4", "h5", "h6", "ol", "p", "table", "ul"})
_SECTIONS = frozenset(
    {"article", "aside", "body", "center", "div", "fieldset", "footer", "form", "header", "main", "nav"}
)
_LINES = frozenset({"address", "dd", "details", "dl", "dt", "figcaption", "figure", "hr", "li", "pre", "section"})
_ROWS = frozenset({"summary", "tbody", "tfoot", "thead", "tr"})
_BREAKING = _PARAGRAPHS | _SECTIONS | _LINES | _ROWS
_CELLS = frozenset({"td", "th"})
_HIDING = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|font-size\s*:\s*0*\.?0+(?![.\d])|"
    r"(?<![\w-])opacity\s*:\s*0*\.?0+(?![.\d])",
    re.IGNORECASE,
)
# A tag, a comment or a declaration; "a < b" is none of these.
_MARKUP = re.compile(r"</?[a-zA-Z][^<>]*>|<!")
_TAG = re.compile(r"<[^<>]*>")
_BRACKET = re.compile(r"<(?![!?])(/?([a-zA-Z][a-zA-Z0-9-]*)?)")
_KNOWN_TAGS = _DROPPED | _BREAKING | _CELLS | frozenset(tags)
# C0 and C1 controls, soft hyphen, zero-width, bidi and tag characters, byte order mark.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e"
    "\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]"
)
_SURROGATES = re.compile("[\ud800-\udfff]")
_SPACES = re.compile(r"[^\S\n]+")
_LINE_EDGES = re.compile(r" ?\n ?")
_EMPTY_LINES = re.compile(r"\n{3,}")


def plain_text(html: str) -> str:
    """Return what a reader of the HTML (or of plain text with entities) would see, one line a paragraph or list item.

    List items start with "• "; hidden elements, scripts, comments and invisible characters are gone; at most one
    empty line stands in a row. Broken markup never raises.
    """
    source = _SURROGATES.sub("", html).replace("\r\n", "\n").replace("\r", "\n")
    return _tidied(_rendered(source) if _MARKUP.search(source) else unescape(source))


def _rendered(source: str) -> str:
    # The parser would stop at a NUL.
    source = _escaped(source.replace("\x00", ""))
    page = _Page()
    # A fresh parser a call: lxml parsers are not to be shared between threads.
    # The cast: its events are always `str`, which the stubs do not promise.
    parser = HTMLParser(encoding="utf-8", huge_tree=True, target=cast("etree.ParserTarget", page))
    try:
        parser.feed(f"<div>{source}</div>".encode())
        parser.close()
    except (etree.LxmlError, ValueError):
        return unescape(_TAG.sub(" ", source))
    return page.text()


class _Page:
    """What the parser's events print; a tree would end at the parser's limit of nesting."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._open: list[bool] = []
        self._hidden = 0
        self._lists = 0
        self._verbatim = 0
        self._breaks = 0
        self._bullet = False

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        hides = _hides(tag, attributes)
        self._open.append(hides)
        self._hidden += hides
        if self._hidden:
            return
        self._edge(tag)
        if tag == "li":
            self._lists += 1
            self._bullet = True
        elif tag == "br":
            self._breaks += 1
        elif tag == "pre":
            self._verbatim += 1
        elif tag in _CELLS:
            self._pieces.append(" ")

    def end(self, tag: str) -> None:
        hid = self._open.pop()
        if not self._hidden:
            if tag == "li":
                self._lists -= 1
                self._bullet = False
            elif tag == "pre":
                self._verbatim -= 1
            self._edge(tag)
        self._hidden -= hid

    def data(self, text: str) -> None:
        if self._hidden:
            return
        if not self._verbatim:
            # Line ends of the source are spaces on the page.
            text = text.replace("\n", " ")
        if text.strip():
            self._pieces.append("\n" * min(self._breaks, 2) + "• " * self._bullet)
            self._breaks, self._bullet = 0, False
        self._pieces.append(text)

    def comment(self, text: str) -> None:
        """Comments are not printed."""

    def pi(self, target: str, data: str | None = None) -> None:
        """Processing instructions are not printed."""

    def close(self) -> None:
        """The parser asks for it; the text is kept for `text`."""

    def text(self) -> str:
        return "".join(self._pieces)

    def _edge(self, tag: str) -> None:
        # Inside a list item everything stays close to its bullet.
        if tag in _PARAGRAPHS and not self._lists:
            self._breaks = max(self._breaks, 2)
        elif tag in _BREAKING:
            self._breaks = max(self._breaks, 1)


def _escaped(source: str) -> str:
    # "a < b" and "List<String>" are text; an unknown tag is a tag where the page closes it.
    lowered = source.lower()

    def bracket(found: re.Match[str]) -> str:
        name = (found[2] or "").lower()
        is_tag = name in _KNOWN_TAGS or (name and f"</{name}>" in lowered)
        return found[0] if is_tag else f"&lt;{found[1]}"

    return _BRACKET.sub(bracket, source)


def _hides(tag: str, attributes: Mapping[str, str]) -> bool:
    return (
        tag in _DROPPED
        or "hidden" in attributes
        or attributes.get("aria-hidden", "").strip().lower() == "true"
        or _HIDING.search(attributes.get("style", "")) is not None
    )


def _tidied(text: str) -> str:
    text = _INVISIBLE.sub("", text).replace("\u2028", "\n").replace("\u2029", "\n").replace("\x85", "\n")
    text = _LINE_EDGES.sub("\n", _SPACES.sub(" ", text))
    return _EMPTY_LINES.sub("\n\n", text).strip()
