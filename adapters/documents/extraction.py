"""The text of a résumé file of any supported type."""

from __future__ import annotations

from adapters.documents import Extracted, docx, pdf, rtf
from adapters.documents.plain_text import (
    TEXT_AT_MOST,
    checked,
    cleaned,
    layout_of,
    says_more,
    without_repeated_footer,
)
from adapters.documents.recognise import recognise
from domain.errors import DomainError, Refused
from domain.resumes.reading import FileLayout, FileType, FileWarning

# Cleaning takes out spaces and empty lines, but not as many as that.
_NOT_WORTH_CLEANING = 5 * TEXT_AT_MOST
_EXTRACT = {FileType.PDF: pdf.extract, FileType.DOCX: docx.extract, FileType.RTF: rtf.extract}


def extract_text(content: bytes) -> Extracted:
    """Return what is written in a file, without what nobody sees.

    Raises `Refused`: `empty_file`, `unsupported_type`, `file_encrypted`, `file_broken`, `no_text`, `too_much_text`.
    A hostile file may take long, eat memory or crash the process: `ChildProcessReader` is for those.
    """
    file_type = recognise(content)
    try:
        text, unseen = _EXTRACT[file_type](content)
        if len(text) > _NOT_WORTH_CLEANING:
            raise Refused("too_much_text", limit=TEXT_AT_MOST)
        text = cleaned(text)
        left_out = says_more(cleaned(unseen[:TEXT_AT_MOST]), than=text)
    except (DomainError, MemoryError):
        raise
    except Exception as error:
        raise Refused("file_broken") from error
    layout = layout_of(text)
    if layout is FileLayout.HH_EXPORT:
        text = without_repeated_footer(text)
    warnings = (FileWarning.HIDDEN_TEXT_LEFT_OUT,) if left_out else ()
    return Extracted(file_type, layout, checked(text), warnings)
