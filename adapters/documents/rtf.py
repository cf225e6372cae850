"""The text of an RTF document."""

from __future__ import annotations

import codecs
import re

from striprtf.striprtf import rtf_to_text

from adapters.documents.plain_text import Parted, letters
from adapters.documents.rtf_looks import parted_markup
from domain.errors import Refused

_BINARY = re.compile(rb"\\bin(\d{1,9}) ?")
# Pictures and themes are long runs of hexadecimal digits; walked through digit by digit they take seconds.
_HEX_DATA = re.compile(rb"(?:[0-9a-fA-F]{64,}\s*)+")
_CODE_PAGE = re.compile(r"\\ansicpg(\d{1,5}) ?")
_MARKS = (
    (_CODE_PAGE, ""),
    # The cells of a row; \cellx is another word.
    (re.compile(r"\\(?:nest)?cell(?![a-z0-9]) ?"), r"\\tab "),
    # The name often stands in the header, which would be left out.
    (re.compile(r"\\(?:header|footer)[lrf]?(?![a-z0-9]) ?"), r"\\par "),
    # Else the address is put into the text, and a pattern that looks for it takes very long on some files.
    (re.compile(r"(\\fldinst\s*[{]?[^{}]{0,200}?)HYPERLINK", re.IGNORECASE), r"\1LINK"),
)
_MAC_CODE_PAGES = {10000: "mac_roman", 10007: "mac_cyrillic"}
_CYRILLIC = re.compile(r"[а-яё]", re.IGNORECASE)
_MISREAD = re.compile(r"[À-ÿ]{3,}")


def extract(content: bytes) -> Parted:
    """Return the text: of what people see a line per paragraph, a tab between the cells of a row.

    Raises `Refused('file_broken')`.
    """
    try:
        content = _HEX_DATA.sub(b"", _without_binary(content))
        declared = _CODE_PAGE.search(content[:4096].decode("latin-1"))
        code_page = _codec(int(declared[1])) if declared else "cp1252"
        parted = _parted(content, code_page)
        if code_page == "cp1252" and not _CYRILLIC.search(parted.seen) and len(_MISREAD.findall(parted.seen)) > 5:
            # Russian bytes in a file that says nothing of them.
            parted = _parted(content, "cp1251")
    except MemoryError:
        raise
    except Exception as error:
        raise Refused("file_broken") from error
    if not letters(parted.seen) and not content.rstrip(b"\0 \r\n").endswith(b"}"):
        # Cut off before the text began.
        raise Refused("file_broken")
    return parted


def _parted(content: bytes, code_page: str) -> Parted:
    seen, unseen = parted_markup(content.decode(code_page, errors="replace"))
    return Parted(_text(seen, code_page), _text(unseen, code_page) if unseen else "")


def _text(markup: str, code_page: str) -> str:
    for mark, replacement in _MARKS:
        markup = mark.sub(replacement, markup)
    if code_page != "cp1252":
        # Charsets 0 and 1 mean "as the document says", which striprtf takes for cp1252.
        markup = re.sub(r"\\fcharset[01](?!\d)", "", markup)
    text: str = rtf_to_text(markup, encoding=code_page, errors="replace")  # type: ignore[no-untyped-call]  # no types
    # \u gives characters beyond the basic plane in two halves.
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _codec(number: int) -> str:
    name = _MAC_CODE_PAGES.get(number, f"cp{number}")
    try:
        return codecs.lookup(name).name
    except LookupError:
        return "cp1252"


def _without_binary(content: bytes) -> bytes:
    kept: list[bytes] = []
    start = 0
    for binary in _BINARY.finditer(content):
        if binary.start() >= start:
            kept.append(content[start : binary.start()])
            start = binary.end() + int(binary[1])
    return b"".join([*kept, content[start:]])
