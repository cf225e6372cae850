"""The characters of a PDF's page that are there for programs and not for people."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple

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


class Character(NamedTuple):
    """A character of the text page: its box in points, and the drawn object it belongs to.

    `owner` is 0 for a space or line break that PDFium put in.
    """

    number: int
    code: int
    owner: int
    box: Box


@dataclass(frozen=True, slots=True)
class Hidden:
    """Indices of characters: those nobody sees, and those not painted at all, as the text layer of a scan is."""

    unseen: frozenset[int] = frozenset()
    unpainted: frozenset[int] = frozenset()


def characters_of(textpage: pypdfium2.PdfTextPage, count: int) -> list[Character]:
    return list(_characters(textpage, count))


def hidden_among(characters: Sequence[Character], page: pypdfium2.PdfPage, textpage: pypdfium2.PdfTextPage) -> Hidden:
    """Return what is too small, outside the page, not painted, of its background's colour, or covered.

    Unpainted text that is most of what is written on a page with a picture is a scan's, and is not hidden. When in
    doubt, text is seen: the page is drawn, and looked at, only where some text may be hidden by its surroundings.
    """
    search = _Search(page, textpage)
    for owner, run in groupby(characters, key=lambda each: each.owner):
        if owner:
            search.look_at(list(run))
    return search.found(characters)


class _Search:
    """One page's search for hidden text."""

    def __init__(self, page: pypdfium2.PdfPage, textpage: pypdfium2.PdfTextPage) -> None:
        self._page = page
        self._textpage = textpage
        self._edges = _edges(page)
        self._size_at_least = _SIZE_AT_LEAST * min(1.0, (self._edges.top - self._edges.bottom) / _A4_HEIGHT)
        self._paints: dict[int, tuple[Colour, ...] | None] = {}
        self._shapes: PageShapes | None = None
        self._picture: PagePicture | None = None
        self._unseen: set[int] = set()
        self._unpainted: set[int] = set()

    def look_at(self, run: Sequence[Character]) -> None:
        """Look at neighbouring characters of one object."""
        text_object = pdfium.FPDFText_GetTextObject(self._textpage, run[0].number)
        inside = [each for each in run if each.box.overlaps(self._edges)]
        if len(inside) < len(run):
            self._unseen.update(each.number for each in run if not each.box.overlaps(self._edges))
        if not inside or all(each.code <= ord(" ") for each in inside):
            return
        owner = run[0].owner
        if owner not in self._paints:
            self._paints[owner] = _paints(text_object)
        paints = self._paints[owner]
        indices = [each.number for each in inside]
        if paints == () and not _clips(text_object):
            self._unpainted.update(indices)
        elif self._is_tiny(run[0]) or self._is_lost(owner, paints, Box.around([each.box for each in inside])):
            self._unseen.update(indices)

    def found(self, characters: Sequence[Character]) -> Hidden:
        written = {each.number for each in characters if each.owner and chr(each.code).isalnum()}
        unseen, unpainted = self._unseen, self._unpainted
        share = len(unpainted & written) / max(1, len(written - unseen))
        if not share or (share >= _LAYER_AT_LEAST and self._is_scan()):
            unpainted = set()
        # Spaces and dots outside the page are no attempt to hide anything.
        return Hidden(frozenset(unseen if unseen & written else ()), frozenset(unpainted))

    def _is_tiny(self, character: Character) -> bool:
        return _size(self._textpage, character.number) < self._size_at_least

    def _is_lost(self, owner: int, paints: tuple[Colour, ...] | None, box: Box) -> bool:
        """Tell whether the text's surroundings hide it; `paints` is `None` for a pattern."""
        shapes = self._known_shapes()
        if paints and (all(alike(each, _WHITE) for each in paints) or shapes.may_be_behind(paints, box)):
            picture = self._drawn()
            if all(picture.share(box, each) > _SAME_COLOUR for each in paints):
                return True
        if shapes.may_hide(owner, box) or paints == ():
            return self._drawn().evenness(box) > _NOTHING_TO_SEE
        return False

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


def _characters(textpage: pypdfium2.PdfTextPage, count: int) -> Iterator[Character]:
    rectangle = pdfium.FS_RECTF()
    nowhere = Box(0.0, 0.0, 0.0, 0.0)
    for index in range(count):
        code = pdfium.FPDFText_GetUnicode(textpage, index)
        text_object = pdfium.FPDFText_GetTextObject(textpage, index)
        owner = ctypes.addressof(text_object.contents) if text_object else 0
        if not owner and code <= ord(" "):
            yield Character(index, code, owner, nowhere)
            continue
        pdfium.FPDFText_GetLooseCharBox(textpage, index, rectangle)
        yield Character(index, code, owner, Box(rectangle.left, rectangle.bottom, rectangle.right, rectangle.top))


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


def _paints(text_object: object) -> tuple[Colour, ...] | None:
    """Return the colours the letters are painted with: none if nothing is, `None` if that is not known."""
    mode = pdfium.FPDFTextObj_GetTextRenderMode(text_object)
    if mode == pdfium.FPDF_TEXTRENDERMODE_UNKNOWN:
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


def _clips(text_object: object) -> bool:
    """Tell whether the letters are a stencil that something may be painted through."""
    clips: bool = pdfium.FPDFTextObj_GetTextRenderMode(text_object) == pdfium.FPDF_TEXTRENDERMODE_CLIP
    return clips
