"""The text of a PDF."""

from __future__ import annotations

import contextlib
import logging
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from io import BytesIO

import pypdf
from pypdf.errors import FileNotDecryptedError

from adapters.documents.headings import is_heading
from adapters.documents.pdfium_pages import PageText, pages
from adapters.documents.plain_text import LETTERS_AT_LEAST, TEXT_AT_MOST, Parted, cleaned, layout_of, letters
from domain.errors import Refused
from domain.resumes.reading import FileLayout

PAGES_AT_MOST = 30

_FEW_LETTERS = 200
_TOO_MANY_SINGLE_LETTERS = 0.25  # of the words
_WORDS_A_LINE_AT_LEAST = 1.6
_REJOIN_FROM_WORDS = 60  # a shorter text of one-word lines may be a list
_STRANGE_LETTERS_AT_MOST = 0.01  # of all

logging.getLogger("pypdf").setLevel(logging.CRITICAL)


def extract(content: bytes) -> Parted:
    """Return the text of the first `PAGES_AT_MOST` pages; what people see is line by line in reading order.

    PDFium is fast and right on most files. pypdf reads some that PDFium finds empty or in pieces, and keeps the runs
    of spaces that separate skills in hh.ru's export. Raises `Refused`: `file_encrypted`, `file_broken`,
    `too_much_text`.
    """
    try:
        read = _pages_by_pdfium(content)
    except Refused as refused:
        if refused.code != "file_broken":
            raise
        # Not by pypdf alone, which does not know what is hidden.
        read = _pages_by_pdfium(_repaired(content))
    text = _joined(read)
    if any(page.settled for page in read):
        return Parted(text, "\n".join(f"{page.unseen}\n{page.unpainted}" for page in read))
    text = _better(text, content)
    return Parted(_with_lines_rejoined(text) if _words_a_line(text) < _WORDS_A_LINE_AT_LEAST else text)


def _pages_by_pdfium(content: bytes) -> list[PageText]:
    read = list(_within_limit(pages(content, at_most=PAGES_AT_MOST)))
    if letters(_joined(read)) >= LETTERS_AT_LEAST:
        return read
    # Nothing is painted as text: a scan whose picture is not known as one, with a layer of recognised text.
    return [page if page.layer is None else replace(page, text=page.layer, unpainted="") for page in read]


def _better(text: str, content: bytes) -> str:
    from_hh = layout_of(text) is FileLayout.HH_EXPORT
    if not from_hh and not _looks_poor(text):
        return text
    try:
        other = _joined(_within_limit(_pages_by_pypdf(content)))
    except Refused:
        # The second opinion failed; the first one stands.
        return text
    if from_hh:
        # Unless pypdf lost words, or found some that PDFium does not see: the spaces between skills are not worth that.
        lost = _letters_in_words(other) <= 0.9 * _letters_in_words(text)
        return text if lost or _strange_letters(other, text) > _STRANGE_LETTERS_AT_MOST * letters(text) else other
    return max(text, other, key=lambda each: (_letters_in_words(each), _words_a_line(each)))


def _within_limit(read: Iterable[PageText]) -> Iterator[PageText]:
    length = 0
    for page in read:
        length += len(page.text)
        if length > TEXT_AT_MOST:
            raise Refused("too_much_text", limit=TEXT_AT_MOST)
        yield page


def _joined(read: Iterable[PageText]) -> str:
    return cleaned("\n".join(page.text for page in read))


def _pages_by_pypdf(content: bytes) -> Iterator[PageText]:
    """Yield each page's text; whatever pypdf raises on a damaged file comes out as `Refused`."""
    with _refusing():
        reader = _opened(content)
        for number in range(min(len(reader.pages), PAGES_AT_MOST)):
            yield PageText(reader.pages[number].extract_text())


def _repaired(content: bytes) -> bytes:
    """Return the file as pypdf understands it, without a password; raise `Refused` like `_pages_by_pypdf`."""
    with _refusing(), BytesIO() as written:
        pypdf.PdfWriter(clone_from=_opened(content)).write(written)
        return written.getvalue()


def _opened(content: bytes) -> pypdf.PdfReader:
    reader = pypdf.PdfReader(BytesIO(content), strict=False)
    if reader.is_encrypted and not reader.decrypt(""):
        raise Refused("file_encrypted")
    return reader


@contextlib.contextmanager
def _refusing() -> Iterator[None]:
    try:
        yield
    except (Refused, MemoryError):
        raise
    except FileNotDecryptedError as error:
        raise Refused("file_encrypted") from error
    except Exception as error:
        raise Refused("file_broken") from error


def _looks_poor(text: str) -> bool:
    words = text.split()
    single = sum(len(word) == 1 and word.isalpha() for word in words)
    return (
        letters(text) < _FEW_LETTERS
        or single > _TOO_MANY_SINGLE_LETTERS * len(words)
        or _words_a_line(text) < _WORDS_A_LINE_AT_LEAST
    )


def _words_a_line(text: str) -> float:
    lines = [line for line in text.splitlines() if line]
    return len(text.split()) / len(lines) if lines else 0.0


def _letters_in_words(text: str) -> int:
    return sum(len(word) for word in re.findall(r"[^\W\d_]+", text) if len(word) > 1)


def _strange_letters(text: str, known: str) -> int:
    """Count the letters and digits that `text` has beyond those of `known`."""
    return (Counter(filter(str.isalnum, text)) - Counter(filter(str.isalnum, known))).total()


def _with_lines_rejoined(text: str) -> str:
    """Join lines of one word each into lines that end where a heading, a bullet or an empty line begins."""
    if len(text.split()) < _REJOIN_FROM_WORDS:
        return text
    joined: list[str] = []
    fresh = True
    for line in text.splitlines():
        heading = is_heading(line)
        if fresh or heading or not line or line.startswith("•"):
            joined.append(line)
        else:
            joined[-1] += f" {line}"
        fresh = heading or not line
    return "\n".join(joined)
