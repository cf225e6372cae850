"""How WordprocessingML's text looks: its colour, its size, and the colour behind it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from lxml import etree

from adapters.documents.page_picture import Colour, alike
from adapters.documents.word_elements import child, children, name_of, switched, value

WHITE = (255, 255, 255)
_BLACK = (0, 0, 0)

# Half-points, hundredths of the width, twentieths of a point.
_SIZE_ABOVE = 2
_WIDTH_ABOVE = 10
_LINE_AT_LEAST = 30

_HEX = re.compile(r"#?([0-9a-fA-F]{6})")
_HIGHLIGHTS = {
    "black": _BLACK, "blue": (0, 0, 255), "cyan": (0, 255, 255), "green": (0, 255, 0), "magenta": (255, 0, 255),
    "red": (255, 0, 0), "yellow": (255, 255, 0), "white": WHITE, "darkBlue": (0, 0, 128), "darkCyan": (0, 128, 128),
    "darkGreen": (0, 128, 0), "darkMagenta": (128, 0, 128), "darkRed": (128, 0, 0), "darkYellow": (128, 128, 0),
    "darkGray": (128, 128, 128), "lightGray": (192, 192, 192),
}  # fmt: skip
_LIGHT, _DARK = frozenset(["background1", "light1", "bg1", "lt1"]), frozenset(["text1", "dark1", "text2", "dark2"])
_DRAWN_AROUND = ("outline", "shadow", "emboss", "imprint")
_FILLS = frozenset(["solidFill", "gradFill", "blipFill", "pattFill", "grpFill"])
_OPAQUE_LESS = 95_000  # thousandths of a per cent of transparency


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What some properties say of text; `None` is not known, and what is not there is not said."""

    said: Mapping[str, Colour | int | None] = field(default_factory=dict)

    def over(self, inherited: Look) -> Look:
        return Look(said={**inherited.said, **self.said}) if self.said else inherited

    def is_unseen(self, behind: Colour | None) -> bool:
        """Tell whether nobody sees the text where `behind` is the colour around it, or is not known."""
        if self._number("sz", _SIZE_ABOVE + 1) <= _SIZE_ABOVE or self._number("w", 100) <= _WIDTH_ABOVE:
            return True
        colour, own_behind = self.said.get("colour"), self.said.get("behind", behind)
        return isinstance(colour, tuple) and isinstance(own_behind, tuple) and alike(colour, own_behind)

    def _number(self, name: str, default: int) -> int:
        number = self.said.get(name, default)
        return number if isinstance(number, int) else default


def look_of(properties: etree._Element | None) -> Look:
    """Return what a run's properties say themselves, without its styles."""
    said: dict[str, Colour | int | None] = {}
    for element in children(properties):
        name = name_of(element)
        if name == "color":
            # A fill, which newer programs write besides, is stronger.
            said.setdefault("colour", _colour(element))
        elif name == "textFill":
            said["colour"] = _text_fill(element)
            if _is_transparent(element):
                said["sz"] = 0
        elif name in {"sz", "w"}:
            said.setdefault(name, _whole(value(element, "val")))
        elif name == "shd":
            said.update(_as_said(shading(element)))
        elif name == "highlight":
            said["behind"] = _HIGHLIGHTS.get(value(element, "val"))
    if any(switched(properties, name) for name in _DRAWN_AROUND) or _has_outline(properties):
        said["colour"] = None
    return Look(said=said)


def shading(element: etree._Element | None) -> tuple[Colour | None] | None:
    """Return the shading's colour in a tuple, unknown for a pattern; `None` if there is no shading."""
    if element is None:
        return None
    pattern = value(element, "val")
    if pattern == "solid":
        return (_hex(value(element, "color")),)
    if pattern not in {"clear", ""}:
        return None if pattern == "nil" else (None,)
    if value(element, "themeFill") in _LIGHT and not value(element, "themeFillShade"):
        return (WHITE,)
    fill = value(element, "fill")
    return None if fill in {"auto", ""} else (_hex(fill),)


def shades(properties: etree._Element | None, behind: Colour | None) -> Colour | None:
    """Return the colour behind what has these properties, where `behind` is the colour around it."""
    own = shading(child(properties, "shd"))
    return behind if own is None else own[0]


def is_flat(properties: etree._Element | None) -> bool:
    """Tell whether a paragraph's or a row's height is fixed to less than letters need."""
    for name, measure, rule in (("spacing", "line", "lineRule"), ("trHeight", "val", "hRule")):
        height = child(properties, name)
        if height is not None and value(height, rule) == "exact":
            return (_whole(value(height, measure)) or _LINE_AT_LEAST) < _LINE_AT_LEAST
    return False


@dataclass(frozen=True, slots=True)
class Scenery:
    """What is drawn in the document: shapes or pictures behind the text, or anywhere."""

    behind_text: bool = False
    anywhere: bool = False

    @property
    def page(self) -> Colour | None:
        return None if self.behind_text else WHITE

    def behind_box(self, content: etree._Element) -> Colour | None:
        """Return the colour of the shape whose text this is."""
        for shape in content.iterancestors("{*}wsp", "{*}shape", "{*}rect", "{*}roundrect"):
            fill = _shape_fill(shape)
            if fill is None:
                return None if self.anywhere else WHITE
            return fill[0]
        return None


def scenery_of(parts: Iterable[etree._Element], settings: etree._Element | None) -> Scenery:
    behind_text = anywhere = False
    for part in parts:
        if switched(settings, "displayBackgroundShape") and child(part, "background") is not None:
            behind_text = anywhere = True
        for drawn in part.iter("{*}pic", "{*}wsp", "{*}imagedata", "{*}shape", "{*}rect", "{*}roundrect"):
            if name_of(drawn) in {"pic", "imagedata"} or _shape_fill(drawn) not in {None, (WHITE,)}:
                anywhere = True
                behind_text = behind_text or _is_behind_text(drawn)
    return Scenery(behind_text, anywhere)


def _is_behind_text(drawn: etree._Element) -> bool:
    anchor = next(drawn.iterancestors("{*}anchor"), None)
    if anchor is not None:
        return value(anchor, "behindDoc") in {"1", "true"}
    vector = [drawn, *drawn.iterancestors("{*}shape", "{*}rect", "{*}roundrect", "{*}group")]
    return any(re.search(r"z-index:\s*-", value(each, "style")) for each in vector)


def _shape_fill(shape: etree._Element) -> tuple[Colour | None] | None:
    """Return the shape's colour as `shading` does."""
    if name_of(shape) != "wsp":
        if value(shape, "filled") in {"f", "false"}:
            return None
        colour = value(shape, "fillcolor")
        return (_hex(colour) if colour and colour != "white" else WHITE,)
    properties = child(shape, "spPr")
    fill = next((each for each in children(properties) if name_of(each) in _FILLS), None)
    if fill is not None:
        return (_text_fill(shape if properties is None else properties),)
    if child(properties, "noFill") is not None:
        return None
    reference = child(child(shape, "style"), "fillRef")
    return None if reference is None or value(reference, "idx") == "0" else (None,)


def _colour(element: etree._Element) -> Colour | None:
    theme = value(element, "themeColor")
    if theme in _LIGHT and not value(element, "themeShade"):
        return WHITE
    return None if theme in _DARK else _hex(value(element, "val"))


def _text_fill(element: etree._Element) -> Colour | None:
    """Return the colour of a solid fill of the drawing markup, `None` for any other."""
    colour = next(iter(children(child(element, "solidFill"))), None)
    if colour is None:
        return None
    if name_of(colour) == "schemeClr":
        changed = any(name_of(each) != "alpha" for each in children(colour))
        return WHITE if value(colour, "val") in _LIGHT and not changed else None
    return _hex(value(colour, "val"))


def _is_transparent(fill: etree._Element) -> bool:
    if child(fill, "noFill") is not None:
        return True
    alpha = child(next(iter(children(child(fill, "solidFill"))), None), "alpha")
    return alpha is not None and (_whole(value(alpha, "val")) or 0) >= _OPAQUE_LESS


def _has_outline(properties: etree._Element | None) -> bool:
    outline = child(properties, "textOutline")
    return outline is not None and child(outline, "noFill") is None


def _as_said(shade: tuple[Colour | None] | None) -> Iterator[tuple[str, Colour | None]]:
    if shade is not None:
        yield "behind", shade[0]


def _hex(text: str) -> Colour | None:
    digits = _HEX.match(text)
    if digits is None:
        return None
    red, green, blue = bytes.fromhex(digits[1])
    return red, green, blue


def _whole(text: str) -> int | None:
    return int(text) if re.fullmatch(r"-?\d{1,9}", text) else None
