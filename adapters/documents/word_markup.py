"""WordprocessingML (ECMA-376) turned into lines of text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from lxml import etree

from adapters.documents.page_picture import Colour
from adapters.documents.plain_text import Parted
from adapters.documents.word_elements import child, name_of, switched, value
from adapters.documents.word_looks import Look, Scenery, is_flat, look_of, shades, shading

# The element's text, where it is the same for every such element.
_FIXED = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
# Properties, field codes, what a revision took away.
_LEFT_OUT = frozenset(
    ["pPr", "rPr", "sectPr", "tblPr", "tblGrid", "trPr", "tcPr", "sdtPr", "instrText", "del", "moveFrom", "delText"]
)
_STYLE_REFERENCES = ("pStyle", "rStyle", "tblStyle")


class Styles:
    """The styles that hide text or make list items, inherited ones too."""

    def __init__(self, part: etree._Element | None) -> None:
        styles = part if part is not None else ()
        self._styles = {value(style, "styleId"): style for style in styles if name_of(style) == "style"}
        self._default = next(
            (
                style
                for style in self._styles.values()
                if value(style, "type") == "paragraph" and value(style, "default") in {"1", "true"}
            ),
            None,
        )
        self._everywhere = look_of(child(child(child(part, "docDefaults"), "rPrDefault"), "rPr"))
        self._looks: dict[str, Look] = {}

    def hides(self, properties: etree._Element | None, *, paragraph: bool = False) -> bool:
        """Tell whether a run's or a paragraph mark's properties, or their style, hide text."""
        own = switched(properties, "vanish")
        if own is not None:
            return own
        chain = self._chain(properties, paragraph=paragraph)
        return any(switched(child(style, "rPr"), "vanish") for style in chain)

    def look_of_paragraph(self, properties: etree._Element | None) -> Look:
        return self._styled(self._chain(properties, paragraph=True), self._everywhere)

    def look_of_run(self, properties: etree._Element | None, paragraph: Look) -> Look:
        return look_of(properties).over(self._styled(self._chain(properties), paragraph))

    def behind_paragraph(self, properties: etree._Element | None, around: Colour | None) -> Colour | None:
        """Return the colour behind a paragraph, by its own shading, its style's, or what is around it."""
        for style in reversed([*self._chain(properties, paragraph=True)]):
            around = shades(child(style, "pPr"), around)
        return shades(properties, around)

    def behind_table(self, properties: etree._Element | None, around: Colour | None) -> Colour | None:
        """Return the colour behind a table: not known if its style shades any of it."""
        if any(shading(each) is not None for style in self._chain(properties) for each in style.iter("{*}shd")):
            around = None
        return shades(properties, around)

    def _styled(self, chain: Iterator[etree._Element], inherited: Look) -> Look:
        for style in reversed([*chain]):
            name = value(style, "styleId")
            if name not in self._looks:
                self._looks[name] = look_of(child(style, "rPr"))
            inherited = self._looks[name].over(inherited)
        return inherited

    def lists(self, properties: etree._Element | None) -> bool:
        """Tell whether a paragraph is a list item; a numbered heading is none."""
        every = [properties, *(child(style, "pPr") for style in self._chain(properties))]
        if any(child(each, "outlineLvl") is not None for each in every):
            return False
        for each in every:
            number = child(child(each, "numPr"), "numId")
            if number is not None:
                return value(number, "val") != "0"
        return False

    def _chain(self, properties: etree._Element | None, *, paragraph: bool = False) -> Iterator[etree._Element]:
        """Yield the style and those it is based on; a style based on itself ends the chain."""
        seen = set()
        found = (child(properties, kind) for kind in _STYLE_REFERENCES)
        reference = next((each for each in found if each is not None), None)
        if reference is None and paragraph and self._default is not None:
            yield self._default
            reference = child(self._default, "basedOn")
        while reference is not None:
            name = value(reference, "val")
            style = self._styles.get(name)
            if style is None or name in seen:
                return
            seen.add(name)
            yield style
            reference = child(style, "basedOn")


def written(part: etree._Element, styles: Styles, scenery: Scenery) -> Parted:
    """Return the part's text: of what people see a line per paragraph, a tab between the cells of a row."""
    writer = _Writer(styles, scenery)
    seen = "\n".join(writer.lines(part, scenery.page))
    return Parted(seen, "".join(writer.unseen))


class _Writer:
    """Writes blocks out as lines. `behind` is always the colour behind the text, `None` if it is not known."""

    def __init__(self, styles: Styles, scenery: Scenery) -> None:
        self._styles = styles
        self._scenery = scenery
        self.unseen: list[str] = []

    def lines(self, block: etree._Element, behind: Colour | None) -> Iterator[str]:
        for element in block:
            name = name_of(element)
            if name == "p":
                yield from self._paragraph(element, behind)
            elif name == "tbl":
                yield from self._table(element, behind)
            elif name == "AlternateContent":
                yield from self.lines(_choice(element), behind)
            elif name in {"footnote", "endnote"} and value(element, "type"):
                # The line drawn above the notes.
                continue
            elif name not in _LEFT_OUT:
                yield from self.lines(element, behind)

    def _paragraph(self, paragraph: etree._Element, behind: Colour | None) -> Iterator[str]:
        properties = child(paragraph, "pPr")
        boxes: list[etree._Element] = []
        run = _Inline(
            styles=self._styles,
            hidden=self._styles.hides(properties, paragraph=True),
            flat=is_flat(properties),
            look=self._styles.look_of_paragraph(properties),
            behind=self._styles.behind_paragraph(properties, behind),
            boxes=boxes,
            unseen=self.unseen,
        )
        text = "".join(run.pieces(paragraph))
        self.unseen.append("\n")
        if text.strip() and self._styles.lists(properties):
            text = f"• {text.lstrip()}"
        yield text
        for box in boxes:
            yield from self.lines(box, self._scenery.behind_box(box))

    def _table(self, table: etree._Element, behind: Colour | None) -> Iterator[str]:
        behind = self._styles.behind_table(child(table, "tblPr"), behind)
        for row in _inside(table, "tr"):
            properties = child(row, "trPr")
            if switched(properties, "hidden") or is_flat(properties):
                self.unseen.extend(_texts(row))
                continue
            cells = [
                [line for line in self.lines(cell, shades(child(cell, "tcPr"), behind)) if line.strip()]
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


@dataclass(frozen=True, slots=True, kw_only=True)
class _Inline:
    """Writes out a paragraph's own text; its text boxes are put into `boxes`, what nobody sees into `unseen`."""

    styles: Styles
    hidden: bool
    flat: bool
    look: Look
    behind: Colour | None
    boxes: list[etree._Element]
    unseen: list[str]

    def pieces(self, parent: etree._Element) -> Iterator[str]:
        for element in parent:
            name = name_of(element)
            if name == "t" or name in _FIXED:
                text = _FIXED.get(name, element.text or "")
                if not self.hidden:
                    yield text
                else:
                    self.unseen.append(text)
            elif name == "drawing" and any(value(each, "hidden") in {"1", "true"} for each in element.iter("{*}docPr")):
                self.unseen.extend(_texts(element))
            elif name == "txbxContent":
                self.boxes.append(element)
            elif name == "AlternateContent":
                yield from self.pieces(_choice(element))
            elif name == "r":
                yield from self._of_run(child(element, "rPr")).pieces(element)
            elif name not in _LEFT_OUT:
                yield from self.pieces(element)

    def _of_run(self, properties: etree._Element | None) -> _Inline:
        shown = switched(properties, "vanish") is False
        look = self.styles.look_of_run(properties, self.look)
        hidden = self.styles.hides(properties) or (self.hidden and not shown)
        return replace(self, hidden=hidden or self.flat or look.is_unseen(self.behind))


def _texts(block: etree._Element) -> Iterator[str]:
    for element in block.iter("{*}t"):
        yield f"{element.text or ''}\n"


def _inside(block: etree._Element, name: str) -> Iterator[etree._Element]:
    """Yield the rows of a table or the cells of a row, also inside content controls and insertions."""
    for element in block:
        if name_of(element) == name:
            yield element
        elif name_of(element) in {"sdt", "sdtContent", "ins", "moveTo", "customXml"}:
            yield from _inside(element, name)


def _continues_above(cell: etree._Element) -> bool:
    merged = child(child(cell, "tcPr"), "vMerge")
    return merged is not None and value(merged, "val") != "restart"


def _choice(alternatives: etree._Element) -> etree._Element:
    """Return the first alternative; the fallback says the same again for older programs."""
    return alternatives[0] if len(alternatives) else alternatives
