"""WordprocessingML (ECMA-376) turned into lines of text."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

# The element's text, where it is the same for every such element.
_FIXED = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
# Properties, field codes, what a revision took away.
_LEFT_OUT = frozenset(
    ["pPr", "rPr", "sectPr", "tblPr", "tblGrid", "trPr", "tcPr", "sdtPr", "instrText", "del", "moveFrom", "delText"]
)
_OFF = frozenset(["0", "false", "off"])


class Styles:
    """The styles that hide text or make list items, inherited ones too."""

    def __init__(self, part: etree._Element | None) -> None:
        styles = part if part is not None else ()
        self._styles = {_value(style, "styleId"): style for style in styles if _name(style) == "style"}

    def hides(self, properties: etree._Element | None) -> bool:
        """Tell whether a run's or a paragraph mark's properties, or their style, hide text."""
        own = _switch(properties, "vanish")
        if own is not None:
            return own
        return any(_switch(_child(style, "rPr"), "vanish") for style in self._chain(properties))

    def lists(self, properties: etree._Element | None) -> bool:
        """Tell whether a paragraph is a list item; a numbered heading is none."""
        every = [properties, *(_child(style, "pPr") for style in self._chain(properties))]
        if any(_child(each, "outlineLvl") is not None for each in every):
            return False
        for each in every:
            number = _child(_child(each, "numPr"), "numId")
            if number is not None:
                return _value(number, "val") != "0"
        return False

    def _chain(self, properties: etree._Element | None) -> Iterator[etree._Element]:
        """Yield the style and those it is based on; a style based on itself ends the chain."""
        seen = set()
        reference = _child(properties, "pStyle")
        reference = reference if reference is not None else _child(properties, "rStyle")
        while reference is not None:
            name = _value(reference, "val")
            style = self._styles.get(name)
            if style is None or name in seen:
                return
            seen.add(name)
            yield style
            reference = _child(style, "basedOn")


def written(part: etree._Element, styles: Styles) -> str:
    """Return the part's text: a line per paragraph, a tab between the cells of a row."""
    return "\n".join(_lines(part, styles))


def _lines(block: etree._Element, styles: Styles) -> Iterator[str]:
    for element in block:
        name = _name(element)
        if name == "p":
            yield from _paragraph(element, styles)
        elif name == "tbl":
            yield from _table(element, styles)
        elif name == "AlternateContent":
            yield from _lines(_choice(element), styles)
        elif name in {"footnote", "endnote"} and _value(element, "type"):
            # The line drawn above the notes.
            continue
        elif name not in _LEFT_OUT:
            yield from _lines(element, styles)


def _paragraph(paragraph: etree._Element, styles: Styles) -> Iterator[str]:
    properties = _child(paragraph, "pPr")
    hidden = styles.hides(properties)
    boxes: list[etree._Element] = []
    text = "".join(_inline(paragraph, styles, boxes, hidden=hidden))
    if text.strip() and styles.lists(properties):
        text = f"• {text.lstrip()}"
    yield text
    for box in boxes:
        yield from _lines(box, styles)


def _inline(parent: etree._Element, styles: Styles, boxes: list[etree._Element], *, hidden: bool) -> Iterator[str]:
    """Yield the pieces of a paragraph's own text; put its text boxes into `boxes`."""
    for element in parent:
        name = _name(element)
        if name == "t":
            if not hidden:
                yield element.text or ""
        elif name in _FIXED:
            if not hidden:
                yield _FIXED[name]
        elif name == "txbxContent":
            boxes.append(element)
        elif name == "AlternateContent":
            yield from _inline(_choice(element), styles, boxes, hidden=hidden)
        elif name == "r":
            properties = _child(element, "rPr")
            shown = _switch(properties, "vanish") is False
            yield from _inline(element, styles, boxes, hidden=styles.hides(properties) or (hidden and not shown))
        elif name not in _LEFT_OUT:
            yield from _inline(element, styles, boxes, hidden=hidden)


def _table(table: etree._Element, styles: Styles) -> Iterator[str]:
    for row in _inside(table, "tr"):
        cells = [
            [line for line in _lines(cell, styles) if line.strip()]
            for cell in _inside(row, "tc")
            if not _continues_above(cell)
        ]
        if all(len(cell) <= 1 and "\n" not in "".join(cell) for cell in cells):
            yield "\t".join(line.strip() for cell in cells for line in cell)
        else:
            # Cells of several lines are columns of a page: each is read to its end.
            for cell in cells:
                yield from cell
                if len(cell) > 1:
                    yield ""


def _inside(block: etree._Element, name: str) -> Iterator[etree._Element]:
    """Yield the rows of a table or the cells of a row, also inside content controls and insertions."""
    for element in block:
        if _name(element) == name:
            yield element
        elif _name(element) in {"sdt", "sdtContent", "ins", "moveTo", "customXml"}:
            yield from _inside(element, name)


def _continues_above(cell: etree._Element) -> bool:
    merged = _child(_child(cell, "tcPr"), "vMerge")
    return merged is not None and _value(merged, "val") != "restart"


def _choice(alternatives: etree._Element) -> etree._Element:
    """Return the first alternative; the fallback says the same again for older programs."""
    return alternatives[0] if len(alternatives) else alternatives


def _switch(properties: etree._Element | None, name: str) -> bool | None:
    element = _child(properties, name)
    return None if element is None else _value(element, "val") not in _OFF


def _child(parent: etree._Element | None, name: str) -> etree._Element | None:
    if parent is None:
        return None
    return next((element for element in parent if _name(element) == name), None)


def _name(element: etree._Element) -> str:
    # By the local name: strict documents use another namespace for the same words.
    return etree.QName(element).localname


def _value(element: etree._Element, name: str) -> str:
    """Return the attribute by its local name."""
    return next((str(value) for key, value in element.attrib.items() if etree.QName(key).localname == name), "")
