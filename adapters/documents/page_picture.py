"""A PDF's page drawn, to see what people see."""

from __future__ import annotations

import ctypes
import math
from collections.abc import Sequence
from typing import NamedTuple

import pypdfium2
import pypdfium2.raw as pdfium

Colour = tuple[int, int, int]

_PIXELS_AT_MOST = 1_000_000  # a sheet of A4 has half as many at one a point
_COLOURS_APART = 20  # of 255; people see no letters in a colour that near to their background's
_FORMAT, _PIXEL = pdfium.FPDFBitmap_BGRx, 4  # bytes a pixel: blue, green, red, nothing


class Box(NamedTuple):
    """A rectangle on the page, in points counted upwards."""

    left: float
    bottom: float
    right: float
    top: float

    @staticmethod
    def around(boxes: Sequence[tuple[float, float, float, float]]) -> Box:
        lefts, bottoms, rights, tops = zip(*boxes, strict=True)
        return Box(min(lefts), min(bottoms), max(rights), max(tops))

    def overlaps(self, other: Box) -> bool:
        return (
            self.left <= other.right
            and other.left <= self.right
            and self.bottom <= other.top
            and other.bottom <= self.top
        )

    def contains(self, other: Box) -> bool:
        return (
            self.left <= other.left
            and other.right <= self.right
            and self.bottom <= other.bottom
            and other.top <= self.top
        )

    def within(self, other: Box) -> Box:
        """Return the part of the box that is inside the other one, if there is any."""
        return Box(
            max(self.left, other.left),
            max(self.bottom, other.bottom),
            min(self.right, other.right),
            min(self.top, other.top),
        )

    def core(self) -> Box:
        """Return the box without its rim, where no letter has ink."""
        rim_x, rim_y = (self.right - self.left) / 10, (self.top - self.bottom) / 5
        return Box(self.left + rim_x, self.bottom + rim_y, self.right - rim_x, self.top - rim_y)

    def area(self) -> float:
        return max(0.0, self.right - self.left) * max(0.0, self.top - self.bottom)


def alike(one: Colour, other: Colour) -> bool:
    return all(abs(a - b) <= _COLOURS_APART for a, b in zip(one, other, strict=True))


class PagePicture:
    """The page in pixels, with its pictures and without its notes and form fields."""

    def __init__(self, page: pypdfium2.PdfPage) -> None:
        width, height = page.get_size()
        scale = min(1.0, math.sqrt(_PIXELS_AT_MOST / max(width * height, 1.0)))
        bitmap = page.render(scale=scale, may_draw_forms=False, draw_annots=False, force_bitmap_format=_FORMAT)
        self._page = page
        self._width, self._height, self._stride = bitmap.width, bitmap.height, bitmap.stride
        self._pixels = bytes(bitmap.buffer)
        bitmap.close()

    def share(self, box: Box, colour: Colour) -> float:
        """Return how much of the box has that colour, 0–1; 0 where there is no picture."""
        return _share(self._inside(box), colour)

    def evenness(self, box: Box) -> float:
        """Return how much of the box has the colour of its middle, 0–1."""
        pixels = self._inside(box)
        middle = len(pixels) // _PIXEL // 2 * _PIXEL
        blue, green, red = pixels[middle : middle + 3] or bytes(3)
        return _share(pixels, (red, green, blue))

    def _inside(self, box: Box) -> bytes:
        (x, y), (other_x, other_y) = self._place(box.left, box.top), self._place(box.right, box.bottom)
        left, right = max(0, min(x, other_x)), min(self._width, max(x, other_x) + 1)
        rows = range(max(0, min(y, other_y)), min(self._height, max(y, other_y) + 1))
        starts = [row * self._stride for row in rows]
        return b"".join(self._pixels[start + left * _PIXEL : start + right * _PIXEL] for start in starts)

    def _place(self, x: float, y: float) -> tuple[int, int]:
        column, row = ctypes.c_int(), ctypes.c_int()
        pdfium.FPDF_PageToDevice(self._page, 0, 0, self._width, self._height, 0, x, y, column, row)
        return column.value, row.value


def _share(pixels: bytes, colour: Colour) -> float:
    if not pixels:
        return 0.0
    red, green, blue = colour
    shares = []
    for offset, value in enumerate((blue, green, red)):
        channel = pixels[offset::_PIXEL]
        near = bytes(range(max(0, value - _COLOURS_APART), min(255, value + _COLOURS_APART) + 1))
        shares.append(1 - len(channel.translate(None, near)) / len(channel))
    return min(shares)
