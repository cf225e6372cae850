"""Makes the lines of any document alike: spaces, bullets, spaced-out headings."""

from __future__ import annotations

import re

from adapters.resume_parser.periods import continues_a_period

BULLET = "• "
MOST_LINES = 10_000
"""A résumé has hundreds."""
_BULLETS = "•◦▪▫‣⁃●○■□►▶▸➢➤✓✔✅◆◇·*\uf0b7\uf0a7\uf0d8\uf076\uf0fc\x7f"
_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060\ufeff\u00ad\x00-\x08\x0e-\x1f]")
_SPACES = re.compile("[\u00a0\u2000-\u200a\u202f\u3000]")
_DASHES = "-–—−‒"
_LABEL = re.compile(r"[^\W\d_][\w\s]{1,30}:\s")
# Of the widest line; a shorter one ends its paragraph.
_FULL_LINE = 0.75
_LETTERS_APART = re.compile(r"[^\W\d_](?: {1,4}[^\W\d_]){3,60}")


def lines_of(text: str) -> list[str]:
    """Return the lines, stripped; a list item begins with `BULLET`; blank lines stay, one at a time."""
    text = _SPACES.sub(" ", _INVISIBLE.sub("", text)).replace("\t", "    ")
    lines: list[str] = []
    for raw in text.splitlines()[:MOST_LINES]:
        line = _one(raw.strip())
        if line or (lines and lines[-1]):
            lines.append(line)
    return lines


def _one(line: str) -> str:
    if not line:
        return line
    if line[0] in _BULLETS:
        return BULLET + line.lstrip(_BULLETS + " ") if line.strip(_BULLETS + " ") else ""
    if line[0] in _DASHES:
        rest = line.lstrip(_DASHES + " ")
        # A dash may also be the middle of "Май 2021 / — настоящее время".
        return line if not rest or continues_a_period(rest) else BULLET + rest
    if len(line) <= 120 and _LETTERS_APART.fullmatch(line):
        # "О П Ы Т   Р А Б О Т Ы": a wider gap parts the words.
        return " ".join(word.replace(" ", "") for word in re.split(r" {2,4}", line))
    return line


def is_bullet(line: str) -> bool:
    return line.startswith(BULLET)


def bare(line: str) -> str:
    """Return the line without its bullet."""
    return line[len(BULLET) :] if is_bullet(line) else line


def squeezed(text: str) -> str:
    """Return the text with every run of spaces made one."""
    return " ".join(text.split())


def reflowed(lines: list[str], limit: int) -> str:
    """Return the lines as text of at most `limit` characters; a line cut by the page's width is joined again."""
    paragraphs: list[str] = []
    width = max((len(line) for line in lines), default=0)
    previous = ""
    for line in lines:
        reaches_the_edge = len(previous) > _FULL_LINE * width
        continues = (
            previous
            and not is_bullet(line)
            and not (_LABEL.match(line) and previous[-1] in ".;")
            and (line[:1].islower() or reaches_the_edge)
            and (reaches_the_edge or previous[-1] not in ".!?:;")
            and not (previous[-1] in ".!?;" and is_bullet(paragraphs[-1]))
        )
        if line and continues and paragraphs:
            paragraphs[-1] += " " + line
        elif line:
            paragraphs.append(line)
        previous = line
    return squeeze_lines(paragraphs)[:limit].rstrip()


def squeeze_lines(lines: list[str]) -> str:
    return "\n".join(squeezed(line) for line in lines)


def split_outside_brackets(text: str, separators: str) -> list[str]:
    """Return the parts between separators that stand in no round brackets."""
    parts, depth, start = [], 0, 0
    for index, letter in enumerate(text):
        if letter == "(":
            depth += 1
        elif letter == ")":
            depth = max(0, depth - 1)
        elif letter in separators and depth == 0:
            parts.append(text[start:index])
            start = index + 1
    parts.append(text[start:])
    return [part.strip() for part in parts if part.strip()]
