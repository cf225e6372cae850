"""PDFs written by hand: where each word stands, and in which order it is drawn, is the test's to say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO

import pypdf

_ADVANCE = 0.5  # of the font size, for every character


@dataclass(frozen=True)
class Piece:
    """Text drawn at a place, in points from the page's lower left corner. Mode 3 draws it invisibly."""

    x: float
    y: float
    text: str
    size: float = 10
    mode: int = 0


def a_pdf(*pages: Sequence[Piece]) -> bytes:
    """Return a PDF of these pages, in a font whose ToUnicode map alone says which letters are meant."""
    characters = sorted({character for page in pages for piece in page for character in piece.text} - {" "})
    codes = {" ": 32} | {character: 33 + number for number, character in enumerate(characters)}
    assert len(codes) < 220, "one-byte font"
    first_page = 5
    numbers = range(first_page, first_page + 2 * len(pages), 2)
    objects = {
        1: b"<< /Type /Catalog /Pages 2 0 R >>",
        2: f"<< /Type /Pages /Count {len(pages)} /Kids [{' '.join(f'{number} 0 R' for number in numbers)}] >>".encode(),
        3: f"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /FirstChar 0 /LastChar 255 /Widths "
        f"[{' '.join([str(int(_ADVANCE * 1000))] * 256)}] /ToUnicode 4 0 R >>".encode(),
        4: _stream(_to_unicode(codes)),
    }
    for number, page in zip(numbers, pages, strict=True):
        objects[number] = (
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {number + 1} 0 R "
            f"/Resources << /Font << /F1 3 0 R >> >> >>"
        ).encode()
        objects[number + 1] = _stream("\n".join(_drawn(piece, codes) for piece in page).encode())
    return _file(objects)


def lines(*texts: str, x: float = 50, top: float = 780, leading: float = 16, size: float = 10) -> list[Piece]:
    """Return a column of lines, the first one at `top`."""
    return [Piece(x, top - leading * number, text, size) for number, text in enumerate(texts)]


def encrypted(content: bytes, *, user_password: str) -> bytes:
    writer = pypdf.PdfWriter(clone_from=BytesIO(content))
    writer.encrypt(user_password=user_password, owner_password="owner", algorithm="AES-256")
    written = BytesIO()
    writer.write(written)
    return written.getvalue()


def _drawn(piece: Piece, codes: dict[str, int]) -> str:
    codes_in_hex = "".join(f"{codes[character]:02x}" for character in piece.text)
    return f"BT /F1 {piece.size} Tf {piece.mode} Tr 1 0 0 1 {piece.x} {piece.y} Tm <{codes_in_hex}> Tj ET"


def _to_unicode(codes: dict[str, int]) -> bytes:
    pairs = [f"<{code:02x}> <{character.encode('utf-16-be').hex()}>" for character, code in codes.items()]
    blocks = [pairs[start : start + 100] for start in range(0, len(pairs), 100)]
    mapped = "\n".join(f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar" for block in blocks)
    return (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /Letters def /CMapType 2 def\n"
        f"1 begincodespacerange <00> <ff> endcodespacerange\n{mapped}\nendcmap end end"
    ).encode()


def _stream(data: bytes) -> bytes:
    return b"<< /Length %d >>\nstream\n%b\nendstream" % (len(data), data)


def _file(objects: dict[int, bytes]) -> bytes:
    written = bytearray(b"%PDF-1.7\n")
    places = {}
    for number, body in sorted(objects.items()):
        places[number] = len(written)
        written += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    table = len(written)
    written += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    for number in sorted(objects):
        written += b"%010d 00000 n \n" % places[number]
    written += b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, table)
    return bytes(written)
