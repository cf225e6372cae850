"""What is drawn on a PDF's page besides text: the shapes and pictures that text may be lost in."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from adapters.documents.page_picture import Box, Colour, alike

_SHAPES_AT_MOST = 300  # a page with more is drawn without asking which of them matters
_OBJECTS_AT_MOST = 20_000
_DEPTH_AT_MOST = 5
_THICKER_THAN = 3.0  # points; what is thinner is a line
_LAYER = "OC".encode("utf-16-le")

_Matrix = tuple[float, float, float, float, float, float]
_UNMOVED: _Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


@dataclass(frozen=True, slots=True)
class _Shape:
    """Something that fills an area; a picture or a shading has no one `colour`. `order` counts the page's objects."""

    order: int
    box: Box
    colour: Colour | None = None
    is_picture: bool = False


@dataclass(slots=True)
class PageShapes:
    """The page's shapes and pictures, and which text was drawn before and after them."""

    _shapes: list[_Shape] = field(default_factory=list)
    _orders: dict[int, int] = field(default_factory=dict)
    _layered: set[int] = field(default_factory=set)
    _too_many: bool = False

    def may_be_behind(self, paints: Sequence[Colour], box: Box) -> bool:
        """Tell whether there may be something of these colours where the text is."""
        return self._too_many or any(
            shape.box.overlaps(box) and (shape.colour is None or any(alike(shape.colour, each) for each in paints))
            for shape in self._shapes
        )

    def may_hide(self, owner: int, box: Box) -> bool:
        """Tell whether the text object may be under something drawn later, or in a layer that is not shown."""
        order = self._orders.get(owner)
        if self._too_many or owner in self._layered:
            return True
        return order is not None and any(
            shape.order > order and shape.box.contains(box.core()) for shape in self._shapes
        )

    def picture_area(self) -> float:
        return sum(shape.box.area() for shape in self._shapes if shape.is_picture)

    def add_text(self, text_object: Any, address: int, order: int) -> None:
        self._orders[address] = order
        if _is_layered(text_object):
            self._layered.add(address)

    def add(self, shape: _Shape) -> None:
        if len(self._shapes) < _SHAPES_AT_MOST:
            self._shapes.append(shape)
        else:
            self._too_many = True

    def give_up(self) -> None:
        self._too_many = True


def shapes_of(page: pypdfium2.PdfPage) -> PageShapes:
    shapes = PageShapes()
    for number, (page_object, order, place) in enumerate(_objects(page)):
        if number >= _OBJECTS_AT_MOST:
            shapes.give_up()
            break
        kind = pdfium.FPDFPageObj_GetType(page_object)
        if kind == pdfium.FPDF_PAGEOBJ_TEXT:
            shapes.add_text(page_object, ctypes.addressof(page_object.contents), order)
        elif kind in {pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_SHADING}:
            shapes.add(_Shape(order, _box(page_object, place), is_picture=kind == pdfium.FPDF_PAGEOBJ_IMAGE))
        elif kind == pdfium.FPDF_PAGEOBJ_PATH:
            colour = _fill(page_object)
            box = _box(page_object, place)
            if colour and min(box.right - box.left, box.top - box.bottom) > _THICKER_THAN:
                shapes.add(_Shape(order, box, colour))
    return shapes


def _objects(page: pypdfium2.PdfPage) -> Iterator[tuple[Any, int, _Matrix]]:
    """Yield the page's objects and those inside its forms, the number of the page's own one, and the forms' place."""
    for order in range(pdfium.FPDFPage_CountObjects(page)):
        yield from _with_inner(pdfium.FPDFPage_GetObject(page, order), order, _UNMOVED, 0)


def _with_inner(page_object: Any, order: int, place: _Matrix, depth: int) -> Iterator[tuple[Any, int, _Matrix]]:
    yield page_object, order, place
    if depth < _DEPTH_AT_MOST and pdfium.FPDFPageObj_GetType(page_object) == pdfium.FPDF_PAGEOBJ_FORM:
        inside = _moved(_matrix(page_object), place)
        for number in range(pdfium.FPDFFormObj_CountObjects(page_object)):
            yield from _with_inner(pdfium.FPDFFormObj_GetObject(page_object, number), order, inside, depth + 1)


def _matrix(page_object: Any) -> _Matrix:
    matrix = pdfium.FS_MATRIX()
    if not pdfium.FPDFPageObj_GetMatrix(page_object, matrix):
        return _UNMOVED
    return (matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f)


def _moved(inner: _Matrix, outer: _Matrix) -> _Matrix:
    (a, b, c, d, e, f), (g, h, i, j, k, m) = inner, outer
    return (a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m)


def _box(page_object: Any, place: _Matrix) -> Box:
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    pdfium.FPDFPageObj_GetBounds(page_object, left, bottom, right, top)
    a, b, c, d, e, f = place
    corners = [(x.value, y.value) for x in (left, right) for y in (bottom, top)]
    across, upwards = [a * x + c * y + e for x, y in corners], [b * x + d * y + f for x, y in corners]
    return Box(min(across), min(upwards), max(across), max(upwards))


def _fill(path: Any) -> Colour | None:
    """Return the colour the path is filled with, `None` if it is not, or is transparent."""
    mode, stroked = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(path, mode, stroked)
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    if mode.value == pdfium.FPDF_FILLMODE_NONE or not pdfium.FPDFPageObj_GetFillColor(path, red, green, blue, alpha):
        return None
    return (red.value, green.value, blue.value) if alpha.value else None


def _is_layered(text_object: Any) -> bool:
    """Tell whether the text is marked as part of a layer, which a reader may have switched off."""
    for number in range(pdfium.FPDFPageObj_CountMarks(text_object)):
        name = ctypes.create_string_buffer(len(_LAYER) + 2)
        length = ctypes.c_ulong()
        mark = pdfium.FPDFPageObj_GetMark(text_object, number)
        pdfium.FPDFPageObjMark_GetName(mark, ctypes.cast(name, ctypes.POINTER(ctypes.c_ushort)), len(name), length)
        if name.raw.startswith(_LAYER) and length.value == len(name):
            return True
    return False
