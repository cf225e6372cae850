"""The port that turns a résumé file into what it says."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Protocol

from domain.resumes.content import ResumeContent


class FileType(str, Enum):
    PDF = "pdf"
    DOCX = "docx"
    RTF = "rtf"


class FileLayout(str, Enum):
    """Who laid the document out: the person, or hh.ru's export."""

    FREE = "free"
    HH_EXPORT = "hh_export"


class FileWarning(str, Enum):
    """What a person should know of a file that was read all the same."""

    HIDDEN_TEXT_LEFT_OUT = "hidden_text_left_out"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadResume:
    """A file, read: what was understood of it, and its text where the reader was told to hand it over."""

    content: ResumeContent
    layout: FileLayout
    text: str | None = None
    warnings: tuple[FileWarning, ...] = ()


class ResumeReader(Protocol):
    def recognise(self, content: bytes) -> FileType:
        """Return the file's type by its bytes, or raise `Refused('unsupported_type')` or `Refused('empty_file')`."""

    def read(self, content: bytes) -> ReadResume:
        """Return what the file says.

        Raises `Refused` with a stable code when the file itself is the matter: `empty_file`, `unsupported_type`,
        `file_encrypted`, `file_broken`, `no_text` (a scan), `not_a_resume`, `too_much_text`; and `Unavailable` when
        reading failed for another reason: `reader_timeout`, `reader_crashed`, `reader_out_of_memory`, `reader_busy`,
        `reader_closed`.
        """
