"""What kind of document some bytes are."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO

from domain.errors import Refused
from domain.resumes.reading import FileType

DOCX_BODY = "word/document.xml"
_PDF_HEADER_WITHIN = 1024
_OLE = b"\xd0\xcf\x11\xe0"
_OLE_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_RTF = re.compile(rb"(?:\xef\xbb\xbf)?\s*\{\\rtf")
_ZIP = b"PK"
_ZIP_DIRECTORY_ENTRY = b"PK\x01\x02"
# A document has tens of parts. A directory of a million entries is there to keep us busy.
_ZIP_ENTRIES_AT_MOST = 5_000


def recognise(content: bytes) -> FileType:
    """Return the file's type by its bytes.

    Raises `Refused`: `empty_file`, `unsupported_type`, or `file_encrypted` for a Word document under a password.
    """
    if not content:
        raise Refused("empty_file")
    if content.startswith(_ZIP):
        if _is_docx(content):
            return FileType.DOCX
    elif _RTF.match(content):
        return FileType.RTF
    elif content.startswith(_OLE):
        # Word wraps a .docx under a password in the container of the old .doc.
        raise Refused("file_encrypted" if _OLE_ENCRYPTED in content else "unsupported_type")
    elif b"%PDF-" in content[: _PDF_HEADER_WITHIN + len("%PDF-")]:
        return FileType.PDF
    raise Refused("unsupported_type")


def _is_docx(content: bytes) -> bool:
    if content.count(_ZIP_DIRECTORY_ENTRY) > _ZIP_ENTRIES_AT_MOST:
        return False
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            names = set(archive.namelist())
    except Exception:
        # Whatever zipfile raises: if this was a document before it was damaged, reading it will say so.
        return DOCX_BODY.encode() in content
    # A document with macros (.docm) is not taken.
    return DOCX_BODY in names and "word/vbaProject.bin" not in names
