"""The text of a Word document."""

from __future__ import annotations

import posixpath
import zipfile
from io import BytesIO

from lxml import etree

from adapters.documents.plain_text import Parted
from adapters.documents.recognise import DOCX_BODY
from adapters.documents.word_looks import scenery_of
from adapters.documents.word_markup import Styles, written
from domain.errors import Refused

_XML_AT_MOST = 50_000_000
"""Bytes of markup in all, unpacked. A résumé has tens of kilobytes."""
_RATIO_AT_MOST = 200
_RATIO_MATTERS_FROM = 1_000_000
_ENCRYPTED = 0x1


def extract(content: bytes) -> Parted:
    """Return the text: headers, body, footnotes and footers, each once, in the document's order.

    Raises `Refused`: `file_encrypted`, `file_broken` (also for a small file that unpacks to a huge one).
    """
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            return _Package(archive).text()
    except (Refused, MemoryError):
        raise
    except Exception as error:
        raise Refused("file_broken") from error


class _Package:
    """The parts of the document, unpacked within limits and parsed without entities or network."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self._names = set(archive.namelist())
        self._left = _XML_AT_MOST
        self._parser = etree.XMLParser(
            resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True,
            remove_pis=True,
        )  # fmt: skip
        declared = sum(info.file_size for info in archive.infolist() if info.filename.endswith((".xml", ".rels")))
        if declared > _XML_AT_MOST:
            raise Refused("file_broken")

    def text(self) -> Parted:
        body = self._part(DOCX_BODY)
        if body is None:
            raise Refused("file_broken")
        styles = Styles(self._part("word/styles.xml"))
        related = self._related()
        headers = self._parts(related.get("header", []))
        notes = [part for kind in ("footnotes", "endnotes") for part in self._parts(related.get(kind, []))]
        footers = self._parts(related.get("footer", []))
        parts = [*headers, body, *notes, *footers]
        scenery = scenery_of(parts, self._part("word/settings.xml"))
        texts = [written(part, styles, scenery) for part in parts]
        # The first page's header often repeats the other pages' one.
        return Parted(*("\n".join(dict.fromkeys(each)) for each in zip(*texts, strict=True)))

    def _related(self) -> dict[str, list[str]]:
        """Return the names of the body's parts by their kind (`header`, `footnotes`…)."""
        folder, name = posixpath.split(DOCX_BODY)
        listing = self._part(f"{folder}/_rels/{name}.rels")
        related: dict[str, list[str]] = {}
        for relation in listing if listing is not None else ():
            kind = str(relation.get("Type", "")).rpartition("/")[2]
            target = posixpath.normpath(posixpath.join("/", folder, str(relation.get("Target", ""))))
            if relation.get("TargetMode") != "External":
                related.setdefault(kind, []).append(target.lstrip("/"))
        return related

    def _parts(self, names: list[str]) -> list[etree._Element]:
        return [part for part in map(self._part, dict.fromkeys(names)) if part is not None]

    def _part(self, name: str) -> etree._Element | None:
        if name not in self._names:
            return None
        info = self._archive.getinfo(name)
        if info.flag_bits & _ENCRYPTED:
            raise Refused("file_encrypted")
        with self._archive.open(info) as packed:
            # What the directory declares may be a lie: count what really comes out.
            markup = packed.read(self._left + 1)
        self._left -= len(markup)
        if self._left < 0 or (
            len(markup) > _RATIO_MATTERS_FROM and len(markup) > _RATIO_AT_MOST * max(info.compress_size, 1)
        ):
            raise Refused("file_broken")
        return etree.fromstring(markup, self._parser)
