"""The text of a PDF's pages as PDFium sees it."""

from __future__ import annotations

import ctypes
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

import pypdfium2
import pypdfium2.raw as pdfium

from adapters.documents.columns import Glyph, in_columns
from adapters.documents.hidden_glyphs import Characters, characters_of, hidden_among
from adapters.documents.plain_text import TEXT_AT_MOST, layout_of
from domain.errors import Refused
from domain.resumes.reading import FileLayout

_PASSWORD_OR_SECURITY = (pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY)
# Looking at each character costs microseconds; a page of a résumé has some 3,000 of them.
_GLYPHS_AT_MOST = 20_000
# PDFium's mark for a hyphen at a line's end, after which it leaves the line break out.
_HYPHEN_AND_BREAK = ("\x02", "\ufffe")


@dataclass(frozen=True, slots=True)
class PageText:
    """A page's text. `settled`: put in order or freed from hidden text here, so no other library knows it better.

    `layer` is the text with what is not painted on the page: where a file has no other text, it is a scan's. `unseen`
    and `unpainted` are what `text` is without.
    """

    text: str
    settled: bool = False
    layer: str | None = None
    unseen: str = ""
    unpainted: str = ""


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
            yield _text(page, textpage)
            textpage.close()
            page.close()
        if not len(document):
            raise Refused("file_broken")


def _text(page: pypdfium2.PdfPage, textpage: pypdfium2.PdfTextPage) -> PageText:
    count = textpage.count_chars()
    text = _with_breaks(textpage.get_text_range())
    if not 0 < count <= TEXT_AT_MOST:
        return PageText(text)
    characters = characters_of(textpage, count)
    hidden = hidden_among(characters, page, textpage)
    shown = [number for number in range(count) if number not in hidden.unseen and number not in hidden.unpainted]
    # hh.ru's export has dates on the left and what belongs to them on the right.
    free = count <= _GLYPHS_AT_MOST and layout_of(text) is FileLayout.FREE
    in_order = in_columns(list(_glyphs(textpage, characters, shown))) if free else None
    if in_order or len(shown) < count:
        layer = [number for number in range(count) if number not in hidden.unseen] if hidden.unpainted else None
        return PageText(
            in_order or _written(characters, shown),
            settled=True,
            layer=_written(characters, layer) if layer else None,
            unseen=_pieces(characters, hidden.unseen),
            unpainted=_pieces(characters, hidden.unpainted),
        )
    return PageText(text)


def _with_breaks(text: str) -> str:
    for mark in _HYPHEN_AND_BREAK:
        text = text.replace(mark, "-\n")
    return text


def _written(characters: Characters, numbers: Sequence[int]) -> str:
    return _with_breaks("".join(chr(characters.codes[number]) for number in numbers))


def _pieces(characters: Characters, numbers: Iterable[int]) -> str:
    """Return these characters, with a space where others are between them."""
    neighbours = groupby(enumerate(sorted(numbers)), key=lambda each: each[1] - each[0])
    return " ".join(_written(characters, [number for _, number in run]) for _, run in neighbours)


def _glyphs(textpage: pypdfium2.PdfTextPage, characters: Characters, numbers: Sequence[int]) -> Iterator[Glyph]:
    handle, x, y = textpage.raw, ctypes.c_double(), ctypes.c_double()
    after_space = False
    last = -1
    for number in numbers:
        code = characters.codes[number]
        after_space = after_space or number != last + 1
        last = number
        if code <= ord(" "):
            after_space = True
            continue
        left, bottom, right, top = characters.boxes[number]
        pdfium.FPDFText_GetCharOrigin(handle, number, x, y)
        yield Glyph(
            text="-" if chr(code) in _HYPHEN_AND_BREAK else chr(code),
            left=left,
            right=right,
            baseline=y.value,
            size=abs(top - bottom) or 1.0,
            after_space=after_space,
        )
        after_space = False
