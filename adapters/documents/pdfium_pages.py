"""The text of a PDF's pages as PDFium sees it."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass

import pypdfium2
import pypdfium2.raw as pdfium

from adapters.documents.columns import Glyph, in_columns
from adapters.documents.plain_text import layout_of
from domain.errors import Refused
from domain.resumes.reading import FileLayout

_PASSWORD_OR_SECURITY = (pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY)
# Looking at each character costs microseconds; a page of a résumé has some 3,000 of them.
_GLYPHS_AT_MOST = 20_000
# PDFium's mark for a hyphen at a line's end, after which it leaves the line break out.
_HYPHEN_AND_BREAK = ("\x02", "\ufffe")


@dataclass(frozen=True, slots=True)
class PageText:
    """A page's text. `settled`: put in order or freed from hidden text here, so no other library knows it better."""

    text: str
    settled: bool = False


def pages(content: bytes, *, at_most: int) -> Iterator[PageText]:
    """Yield the text of each page; raise `Refused('file_encrypted')`, or `Refused('file_broken')`."""
    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        code = "file_encrypted" if error.err_code in _PASSWORD_OR_SECURITY else "file_broken"
        raise Refused(code) from error
    with document:
        for number in range(min(len(document), at_most)):
            try:
                page = document[number]
            except pypdfium2.PdfiumError:
                # One damaged page is not the whole file.
                continue
            textpage = page.get_textpage()
            yield _text(textpage)
            textpage.close()
            page.close()
        if not len(document):
            raise Refused("file_broken")


def _text(textpage: pypdfium2.PdfTextPage) -> PageText:
    count = textpage.count_chars()
    text = _with_breaks(textpage.get_text_range())
    if not 0 < count <= _GLYPHS_AT_MOST:
        return PageText(text)
    hidden = _hidden(textpage, count)
    # hh.ru's export has dates on the left and what belongs to them on the right.
    free = layout_of(text) is FileLayout.FREE
    in_order = in_columns(list(_glyphs(textpage, count, hidden))) if free else None
    if in_order or hidden:
        return PageText(in_order or _shown(textpage, count, hidden), settled=True)
    return PageText(text)


def _with_breaks(text: str) -> str:
    for mark in _HYPHEN_AND_BREAK:
        text = text.replace(mark, "-\n")
    return text


def _hidden(textpage: pypdfium2.PdfTextPage, count: int) -> set[int]:
    """Return the characters drawn invisibly, unless all are: then it is a scan with a layer of recognised text."""
    hidden = set()
    drawn = 0
    for index in range(count):
        if pdfium.FPDFText_IsGenerated(textpage, index) == 1:
            continue
        drawn += 1
        text_object = pdfium.FPDFText_GetTextObject(textpage, index)
        if text_object and pdfium.FPDFTextObj_GetTextRenderMode(text_object) == pdfium.FPDF_TEXTRENDERMODE_INVISIBLE:
            hidden.add(index)
    return hidden if len(hidden) < drawn else set()


def _shown(textpage: pypdfium2.PdfTextPage, count: int, hidden: set[int]) -> str:
    shown = (chr(pdfium.FPDFText_GetUnicode(textpage, index)) for index in range(count) if index not in hidden)
    return _with_breaks("".join(shown))


def _glyphs(textpage: pypdfium2.PdfTextPage, count: int, hidden: set[int]) -> Iterator[Glyph]:
    box = pdfium.FS_RECTF()
    x, y = ctypes.c_double(), ctypes.c_double()
    after_space = False
    for index in range(count):
        code = pdfium.FPDFText_GetUnicode(textpage, index)
        if code <= ord(" ") or index in hidden:
            after_space = True
            continue
        pdfium.FPDFText_GetLooseCharBox(textpage, index, box)
        pdfium.FPDFText_GetCharOrigin(textpage, index, x, y)
        yield Glyph(
            text="-" if chr(code) in _HYPHEN_AND_BREAK else chr(code),
            left=box.left,
            right=box.right,
            baseline=y.value,
            size=abs(box.top - box.bottom) or 1.0,
            after_space=after_space,
        )
        after_space = False
