"""Résumé files turned into text, in child processes with limits."""

from __future__ import annotations

from typing import NamedTuple

from domain.resumes.reading import FileLayout, FileType, FileWarning


class Extracted(NamedTuple):
    """A file's type, its layout, its text line by line in reading order, and what is to be known of it."""

    file_type: FileType
    layout: FileLayout
    text: str
    warnings: tuple[FileWarning, ...]


def extract_text(content: bytes) -> Extracted:
    """Return what is written in a file, without what nobody sees.

    Raises `Refused`: `empty_file`, `unsupported_type`, `file_encrypted`, `file_broken`, `no_text`, `too_much_text`.
    A hostile file may take long, eat memory or crash the process: `reader.ChildProcessReader` is for those.
    """
    # The libraries are large; a program that leaves the reading to child processes need not load them.
    from adapters.documents import extraction

    return extraction.extract_text(content)
