"""What RTF shows to nobody: hidden, tiny or flattened text, and text in its background's colour."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Any

from adapters.documents.page_picture import Colour, alike
from adapters.documents.plain_text import Parted

# Without one of these nothing is hidden, and the markup need not be walked through.
_HIDING = re.compile(
    r"\\(?:v1?(?![a-z0-9])|fs[0-2](?!\d)|charscalex\d(?!\d)|charscalex10(?!\d)|sl-[12]?\d(?!\d)"
    r"|(?:highlight|cb|chcbpat|cbpat)\d*[1-9])"
)
_COLOURED = re.compile(r"\\cf(\d{1,4})")
_TOKEN = re.compile(r"\\([a-z]{1,32})(-?\d{1,10})? ?|\\'[0-9a-fA-F]{2}|\\[^a-z]|[{}]|[^\\{}]+", re.DOTALL)
_COLOURS = re.compile(r"\{\\colortbl([^{}]*)\}")
_PART = re.compile(r"\\(red|green|blue)(\d{1,3})")
# A cell's colour, a pattern, a drawing under the text: what is behind the letters is not known then.
_SCENERY = re.compile(r"\\(?:clcbpat|trcbpat|shpfblwtxt)\d*[1-9]|\\(?:ch|cl|tr)?shdng\d*[1-9]|\\background(?![a-z])")

_WHITE = (255, 255, 255)
_AUTOMATIC = -1
# Words of control: what they say, and its value where they come without a number.
_NUMBERS = {
    "fs": ("size", 24), "charscalex": ("width", 100), "cf": ("colour", 0), "sl": ("line", 0),
    "highlight": ("behind", 0), "cb": ("behind", 0), "chcbpat": ("behind", 0), "cbpat": ("behind_paragraph", 0),
}  # fmt: skip
_SIZE_ABOVE = 2  # half-points
_WIDTH_ABOVE = 10  # hundredths
_LINE_AT_LEAST = 30  # twentieths of a point


@dataclass(frozen=True, slots=True)
class _Look:
    """How text looks from here on, until its group ends. Colours are numbers in the document's table."""

    is_hidden: bool = False
    size: int = 24
    width: int = 100
    colour: int = _AUTOMATIC
    behind: int = 0
    behind_paragraph: int = 0
    line: int = 0
    is_in_shape: bool = False


def parted_markup(markup: str) -> Parted:
    """Return the markup without the text that nobody sees, and that without all other text.

    All its words of control stay in both; the second is empty where nothing is hidden.
    """
    page = _Page(markup)
    return page.parted(markup) if page.may_hide(markup) else Parted(markup)


class _Page:
    """The document's colours, and what is known of its background."""

    def __init__(self, markup: str) -> None:
        table = _COLOURS.search(markup)
        self._colours = [_colour(entry) for entry in table[1].split(";")] if table else []
        self._background = None if _SCENERY.search(markup) else _WHITE
        self._unseen: dict[_Look, bool] = {}

    def may_hide(self, markup: str) -> bool:
        """Tell whether anything in the markup could hide text, without walking through it."""
        if _HIDING.search(markup):
            return True
        used = [self._at(int(number)) for number in set(_COLOURED.findall(markup))]
        return any(colour is not None and alike(colour, _WHITE) for colour in used)

    def parted(self, markup: str) -> Parted:
        look, outer = _Look(), []
        seen: list[str] = []
        unseen: list[str] = []
        hides = False
        for token in _TOKEN.finditer(markup):
            piece, word = token[0], token[1]
            if piece == "{":
                outer.append(look)
            elif piece == "}":
                look = outer.pop() if outer else _Look()
            elif word and word != "u":
                look = _after(look, word, token[2])
            elif piece[0] != "\\" or piece[1] in "'u~_-{}\\":
                hidden = self._is_unseen(look)
                hides = hides or hidden
                (unseen if hidden else seen).append(piece)
                continue
            seen.append(piece)
            unseen.append(piece)
        return Parted("".join(seen), "".join(unseen) if hides else "")

    def _is_unseen(self, look: _Look) -> bool:
        if look not in self._unseen:
            self._unseen[look] = (
                look.is_hidden
                or look.size <= _SIZE_ABOVE
                or look.width <= _WIDTH_ABOVE
                or -_LINE_AT_LEAST < look.line < 0
                or self._is_lost(look)
            )
        return self._unseen[look]

    def _is_lost(self, look: _Look) -> bool:
        colour = self._at(look.colour)
        shaded = look.behind or look.behind_paragraph
        background = None if look.is_in_shape else self._background
        behind = self._at(shaded) if shaded else background
        return colour is not None and behind is not None and alike(colour, behind)

    def _at(self, number: int) -> Colour | None:
        return self._colours[number] if 0 <= number < len(self._colours) else None


def _after(look: _Look, word: str, given: str | None) -> _Look:
    """Return the look after a word of control."""
    if word in _NUMBERS:
        name, default = _NUMBERS[word]
        said: dict[str, Any] = {name: int(given) if given else default}
        return replace(look, **said)
    if word == "v":
        return replace(look, is_hidden=given is None or int(given) != 0)
    if word == "plain":
        return _Look(behind_paragraph=look.behind_paragraph, line=look.line, is_in_shape=look.is_in_shape)
    if word == "pard":
        return replace(look, behind_paragraph=0, line=0)
    return replace(look, is_in_shape=True) if word == "shptxt" else look


def _colour(entry: str) -> Colour | None:
    """Return the colour of an entry in the table; an empty one is the program's to choose."""
    parts = {name: min(255, int(number)) for name, number in _PART.findall(entry)}
    return (parts.get("red", 0), parts.get("green", 0), parts.get("blue", 0)) if parts else None
