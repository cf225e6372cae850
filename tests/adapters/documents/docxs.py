"""Word documents made for the tests."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from io import BytesIO

from docx import Document
from docx.document import Document as WordDocument
from docx.oxml import parse_xml

NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)


def a_docx(*paragraphs: str) -> bytes:
    document = Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    return saved(document)


def saved(document: WordDocument) -> bytes:
    written = BytesIO()
    document.save(written)
    return written.getvalue()


def with_markup(markup: str) -> bytes:
    """Return a document whose body is this WordprocessingML (prefixes `w`, `mc`, `wps`, `v`)."""
    document = Document()
    body = parse_xml(f"<w:body {NAMESPACES}>{markup}</w:body>")
    for element in list(body):
        document.element.body.insert_element_before(element, "w:sectPr")
    return saved(document)


def with_parts(content: bytes, parts: Mapping[str, bytes]) -> bytes:
    """Return the package with these parts put in or replaced."""
    written = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as old, zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name not in parts:
                new.writestr(name, old.read(name))
        for name, part in parts.items():
            new.writestr(name, part)
    return written.getvalue()
