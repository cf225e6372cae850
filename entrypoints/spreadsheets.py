"""Tables as spreadsheets save them: CSV with any usual mark between cells, in Unicode or what Russian ones write."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator

_LONGEST_CELL = 2**24


def text_of(content: bytes) -> str:
    """Return the text of a file, whatever is in it."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        # What Excel calls "Unicode text".
        return content.decode("utf-16", errors="replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        # What spreadsheets in Russia write when nobody asks them for UTF-8.
        return content.decode("cp1251", errors="replace")


def csv_columns(text: str) -> tuple[str, ...]:
    """Return the names in the header. Raises `csv.Error` for what is no table."""
    return tuple(name.strip() for name in _reader(text).fieldnames or () if name)


def csv_rows(text: str) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield each row with the number of its last line: filled cells by the names in the header.

    Raises `csv.Error` for what is no table.
    """
    reader = _reader(text)
    for row in reader:
        yield reader.line_num, {name.strip(): value for name, value in row.items() if name and value not in (None, "")}


def _reader(text: str) -> csv.DictReader[str]:
    header = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=header.count)
    csv.field_size_limit(_LONGEST_CELL)
    # Ends of lines are left as they are, for a cell may hold several lines.
    return csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter)
