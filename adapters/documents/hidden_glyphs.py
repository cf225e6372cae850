"""The characters of a PDF's page that are there for programs and not for people."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from adapters.documents.page_picture import Box, Colour, PagePicture, alike
from adapters.documents.page_shapes import PageShapes, shapes_of

_SIZE_AT_LEAST = 1.5  # points on a sheet of A4; on a smaller page as much less as that is smaller
_A4_HEIGHT = 842.0
_ALPHA_AT_LEAST = 13  # of 255
# Of the pixels of a line in bold capitals less than half have the letters' colour.
_SAME_COLOUR = 0.6
_NOTHING_TO_SEE = 0.99
# A page of recognised text has its picture on most of its area, sometimes in strips.
_SCANNED = 0.5
_LAYER_AT_LEAST = 0.5  # of the page's text
_WHITE = (255, 255, 255)

_FILLED = (
    pdfium.FPDF_TEXTRENDERMODE_FILL, pdfium.FPDF_TEXTRENDERMODE_FILL_CLIP,
    pdfium.FPDF_TEXTRENDERMODE_FILL_STROKE, pdfium.FPDF_TEXTRENDERMODE_FILL_STROKE_CLIP,
)  # fmt: skip
_STROKED = (
    pdfium.FPDF_TEXTRENDERMODE_STROKE, pdfium.FPDF_TEXTRENDERMODE_STROKE_CLIP,
    pdfium.FPDF_TEXTRENDERMODE_FILL_STROKE, pdfium.FPDF_TEXTRENDERMODE_FILL_STROKE_CLIP,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Characters:
    """The characters of a text page: codes, addresses of the objects they were drawn by, boxes as `Box` has them.

    What PDFium put in between, spaces and line breaks, has the address 0. Plain lists: there are thousands.
    """

    codes: list[int]
    owners: list[int]
    boxes: list[tuple[float, float, float, float]]

    def runs(self) -> Iterator[range]:
        """Yield neighbours that one object drew."""
        start = 0
        for owner, run in groupby(self.owners):
            stop = start + sum(1 for _ in run)
            if owner:
                yield range(start, stop)
            start = stop


@dataclass(frozen=True, slots=True)
class Hidden:
    """Indices of characters: those nobody sees, and those not painted at all, as the text layer of a scan is."""

    unseen: frozenset[int] = frozenset()
    unpainted: frozenset[int] = frozenset()


def characters_of(textpage: pypdfium2.PdfTextPage, count: int) -> Characters:
    # Three calls for each character are most of what reading a page takes, so there is little between them.
    handle, rectangle = textpage.raw, pdfium.FS_RECTF()
    owner_of, code_of, box_of = (
        pdfium.FPDFText_GetTextObject, pdfium.FPDFText_GetUnicode, pdfium.FPDFText_GetLooseCharBox,
    )  # fmt: skip
    owners, boxes = [], []
    for number in range(count):
        text_object = owner_of(handle, number)
        box_of(handle, number, rectangle)
        owners.append(ctypes.addressof(text_object.contents) if text_object else 0)
        boxes.append((rectangle.left, rectangle.bottom, rectangle.right, rectangle.top))
    return Characters([code_of(handle, number) for number in range(count)], owners, boxes)


def hidden_among(characters: Characters, page: pypdfium2.PdfPage, textpage: pypdfium2.PdfTextPage) -> Hidden:
    """Return what is too small, outside the page, not painted, of its background's colour, or covered.

    Unpainted text that is most of what is written on a page with a picture is a scan's, and is not hidden. When in
    doubt, text is seen: the page is drawn, and looked at, only where some text may be hidden by its surroundings.
    """
    search = _Search(characters, page, textpage)
    for run in characters.runs():
        search.look_at(run)
    return search.found()


class _Search:
    """One page's search for hidden text."""

    def __init__(self, characters: Characters, page: pypdfium2.PdfPage, textpage: pypdfium2.PdfTextPage) -> None:
        self._characters = characters
        self._page = page
        self._textpage = textpage
        self._edges = _edges(page)
        self._size_at_least = _SIZE_AT_LEAST * min(1.0, (self._edges.top - self._edges.bottom) / _A4_HEIGHT)
        self._paints: dict[int, tuple[Colour, ...] | None] = {}
        self._shapes: PageShapes | None = None
        self._picture: PagePicture | None = None
        self._unseen: set[int] = set()
        self._unpainted: set[int] = set()

    def look_at(self, run: range) -> None:
        """Look at neighbouring characters of one object."""
        boxes = self._characters.boxes[run.start : run.stop]
        box = Box.around(boxes)
        if not self._edges.contains(box):
            self._unseen.update(
                number for number, each in zip(run, boxes, strict=True) if not self._edges.overlaps(Box(*each))
            )
            box = box.within(self._edges)
        owner = self._characters.owners[run.start]
        if owner not in self._paints:
            self._paints[owner] = _paints(pdfium.FPDFText_GetTextObject(self._textpage, run.start))
        paints = self._paints[owner]
        if paints == ():
            self._unpainted.update(run)
        elif self._is_tiny(run.start) or self._is_lost(owner, paints, box):
            self._unseen.update(run)

    def found(self) -> Hidden:
        written = {
            number
            for number, (code, owner) in enumerate(zip(self._characters.codes, self._characters.owners, strict=True))
            if owner and chr(code).isalnum()
        }
        # Spaces and dots outside the page are no attempt to hide anything.
        unseen = self._unseen if self._unseen & written else set()
        unpainted = self._unpainted - unseen
        share = len(unpainted & written) / max(1, len(written - unseen))
        if not share or (share >= _LAYER_AT_LEAST and self._is_scan()):
            unpainted = set()
        return Hidden(frozenset(unseen), frozenset(unpainted))

    def _is_tiny(self, number: int) -> bool:
        return _size(self._textpage, number) < self._size_at_least

    def _is_lost(self, owner: int, paints: tuple[Colour, ...] | None, box: Box) -> bool:
        """Tell whether the text's surroundings hide it; `paints` is `None` for a pattern."""
        shapes = self._known_shapes()
        if paints and (all(alike(each, _WHITE) for each in paints) or shapes.may_be_behind(paints, box)):
            picture = self._drawn()
            if all(picture.share(box, each) > _SAME_COLOUR for each in paints):
                return True
        return (paints is None or shapes.may_hide(owner, box)) and self._drawn().evenness(box) > _NOTHING_TO_SEE

    def _is_scan(self) -> bool:
        return self._known_shapes().picture_area() > _SCANNED * self._edges.area()

    def _known_shapes(self) -> PageShapes:
        if self._shapes is None:
            self._shapes = shapes_of(self._page)
        return self._shapes

    def _drawn(self) -> PagePicture:
        if self._picture is None:
            self._picture = PagePicture(self._page)
        return self._picture


def _edges(page: pypdfium2.PdfPage) -> Box:
    rectangle = pdfium.FS_RECTF()
    pdfium.FPDF_GetPageBoundingBox(page, rectangle)
    return Box(rectangle.left, rectangle.bottom, rectangle.right, rectangle.top)


def _size(textpage: pypdfium2.PdfTextPage, index: int) -> float:
    """Return the letters' height or width in points, whichever is scaled down further."""
    matrix = pdfium.FS_MATRIX()
    if not pdfium.FPDFText_GetMatrix(textpage, index, matrix):
        return _A4_HEIGHT
    scale = min(abs(complex(matrix.a, matrix.b)), abs(complex(matrix.c, matrix.d)))
    size: float = pdfium.FPDFText_GetFontSize(textpage, index)
    return abs(size) * scale


def _paints(text_object: Any) -> tuple[Colour, ...] | None:
    """Return the colours the letters are painted with: none if nothing is, `None` if that is not known."""
    mode = pdfium.FPDFTextObj_GetTextRenderMode(text_object)
    # Letters that clip are a stencil which something may be painted through.
    if mode in {pdfium.FPDF_TEXTRENDERMODE_UNKNOWN, pdfium.FPDF_TEXTRENDERMODE_CLIP}:
        return None
    colours = []
    for modes, get in ((_FILLED, pdfium.FPDFPageObj_GetFillColor), (_STROKED, pdfium.FPDFPageObj_GetStrokeColor)):
        if mode not in modes:
            continue
        red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
        if not get(text_object, red, green, blue, alpha):
            return None
        if alpha.value >= _ALPHA_AT_LEAST:
            colours.append((red.value, green.value, blue.value))
    return tuple(colours)
