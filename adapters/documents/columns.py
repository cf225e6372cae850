"""The reading order of a page that has two columns but was drawn row by row."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from adapters.documents.headings import is_heading

_ROWS_AT_LEAST = 5
_ROWS_AT_MOST = 400  # in a page of text there are about 60
_SWITCHES_AT_LEAST = 4
_SMALLER_COLUMN_AT_LEAST = 0.1  # of the page's glyphs
_GUTTER_AT_LEAST = 0.9  # of the usual letter size
_SEGMENT_GAP = 1.2  # of the letter size; a justified line's spaces are narrower
_WORD_GAP = 0.25  # of the letter size


@dataclass(frozen=True, slots=True)
class Glyph:
    """One visible character: its place on the page in points, the baseline counted upwards."""

    text: str
    left: float
    right: float
    baseline: float
    size: float
    after_space: bool = False


@dataclass(frozen=True, slots=True)
class _Segment:
    """Glyphs of one row without a wide gap."""

    glyphs: list[Glyph]

    @property
    def left(self) -> float:
        return self.glyphs[0].left

    @property
    def right(self) -> float:
        return max(glyph.right for glyph in self.glyphs)


_Row = list[_Segment]


def in_columns(glyphs: Sequence[Glyph]) -> str | None:
    """Return the page's text column after column, or `None` unless the page is clearly of two interleaved columns.

    `glyphs` come in the order they were drawn. A page counts if an empty vertical gap parts it, the drawing jumps
    over that gap again and again, and both sides have a heading of their own: dates or labels beside descriptions
    belong to their rows.
    """
    if not glyphs:
        return None
    rows = _rows(glyphs)
    if len(rows) > _ROWS_AT_MOST:
        return None
    gutter = _gutter(rows, sorted(glyph.size for glyph in glyphs)[len(glyphs) // 2])
    if gutter is None:
        return None
    bands = list(_bands(rows, gutter))
    parted = [glyph for band in bands if _parts(band, gutter) for row in band for part in row for glyph in part.glyphs]
    if _switches(parted, glyphs, gutter) < _SWITCHES_AT_LEAST:
        return None
    left, right = _side(parted, gutter, left=True), _side(parted, gutter, left=False)
    smaller = min(len(left), len(right))
    if smaller < _SMALLER_COLUMN_AT_LEAST * len(glyphs) or not (_has_heading(left) and _has_heading(right)):
        return None
    blocks: list[str] = []
    for band in bands:
        in_band = [glyph for row in band for part in row for glyph in part.glyphs]
        if _parts(band, gutter):
            blocks += _ordered(_side(in_band, gutter, left=True), _side(in_band, gutter, left=False))
        else:
            blocks.append("\n".join(_lines(in_band)))
    return "\n\n".join(block for block in blocks if block)


def _rows(glyphs: Sequence[Glyph]) -> list[_Row]:
    """Top to bottom; the glyphs of a row stand within half a letter of its first one's baseline."""
    grouped: list[list[Glyph]] = []
    for glyph in sorted(glyphs, key=lambda each: (-each.baseline, each.left)):
        if grouped and grouped[-1][0].baseline - glyph.baseline <= 0.4 * glyph.size:
            grouped[-1].append(glyph)
        else:
            grouped.append([glyph])
    return [list(_segments(sorted(row, key=lambda each: each.left))) for row in grouped]


def _segments(row: Sequence[Glyph]) -> Iterator[_Segment]:
    segment, right = [row[0]], row[0].right
    for glyph in row[1:]:
        if glyph.left - right > _SEGMENT_GAP * glyph.size:
            yield _Segment(segment)
            segment = []
        segment.append(glyph)
        right = max(right, glyph.right) if len(segment) > 1 else glyph.right
    yield _Segment(segment)


def _gutter(rows: Sequence[_Row], size: float) -> float | None:
    """Where a vertical line leaves most of the text on its emptier side."""
    best, best_weight = None, 0
    spans = [[(part.left, part.right, len(part.glyphs)) for part in row] for row in rows]
    for edge in sorted({round(part.left) for row in rows for part in row[1:]} | {round(row[0].left) for row in rows}):
        x = edge - _GUTTER_AT_LEAST * size / 2
        weight = left = right = left_rows = right_rows = 0
        for row in [*spans, [(x - 1, x + 1, 0)]]:
            if any(start < x + size * 0.4 and end > x - size * 0.4 for start, end, _ in row):
                if left_rows >= _ROWS_AT_LEAST and right_rows >= _ROWS_AT_LEAST:
                    weight += min(left, right)
                left = right = left_rows = right_rows = 0
                continue
            on_left = sum(count for _, end, count in row if end <= x)
            on_right = sum(count for start, _, count in row if start >= x)
            left, right = left + on_left, right + on_right
            left_rows, right_rows = left_rows + bool(on_left), right_rows + bool(on_right)
        if weight > best_weight:
            best, best_weight = x, weight
    return best


def _bands(rows: Sequence[_Row], x: float) -> Iterator[list[_Row]]:
    """Runs of rows, in turn crossed by the line at `x` and clear of it."""
    band: list[_Row] = []
    was_crossed = False
    for row in rows:
        crossed = any(part.left < x < part.right for part in row)
        if band and crossed != was_crossed:
            yield band
            band = []
        band.append(row)
        was_crossed = crossed
    yield band


def _parts(band: Sequence[_Row], x: float) -> bool:
    if any(part.left < x < part.right for row in band for part in row):
        return False
    on_left = sum(any(part.right <= x for part in row) for row in band)
    on_right = sum(any(part.left >= x for part in row) for row in band)
    return on_left >= 1 and on_right >= 1 and max(on_left, on_right) >= _ROWS_AT_LEAST


def _switches(parted: Sequence[Glyph], drawn: Sequence[Glyph], x: float) -> int:
    of_interest = set(map(id, parted))
    sides = [glyph.left >= x for glyph in drawn if id(glyph) in of_interest]
    return sum(one != other for one, other in pairwise(sides))


def _side(glyphs: Sequence[Glyph], x: float, *, left: bool) -> list[Glyph]:
    return [glyph for glyph in glyphs if (glyph.left < x) is left]


def _has_heading(glyphs: Sequence[Glyph]) -> bool:
    return any(map(is_heading, _lines(glyphs)))


def _ordered(left: Sequence[Glyph], right: Sequence[Glyph]) -> list[str]:
    """The main column's beginning, the sidebar, the rest of the main column.

    Above its first heading the main column has the name, or goes on with the previous page; and its end goes on on
    the next page. So the sidebar stands where it tears nothing.
    """
    main, sidebar = (left, right) if len(left) > len(right) else (right, left)
    lines = _lines(main)
    beginning = next((number for number, line in enumerate(lines) if is_heading(line)), len(lines))
    return ["\n".join(lines[:beginning]), "\n".join(_lines(sidebar)), "\n".join(lines[beginning:])]


def _lines(glyphs: Sequence[Glyph]) -> list[str]:
    return [" ".join(map(_written, row)) for row in _rows(glyphs)] if glyphs else []


def _written(segment: _Segment) -> str:
    written = [segment.glyphs[0].text]
    for before, glyph in pairwise(segment.glyphs):
        if glyph.after_space or glyph.left - before.right > _WORD_GAP * min(before.size, glyph.size):
            written.append(" ")
        written.append(glyph.text)
    return "".join(written)
