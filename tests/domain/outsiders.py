"""Those outside the domain, told by a test what to answer: a résumé reader, sources, engines, an automation."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from domain.errors import Refused
from domain.handing_out.errand import FileErrand, SearchErrand
from domain.resumes.content import ResumeContent
from domain.resumes.reading import FileLayout, FileType, FileWarning, ReadResume
from domain.search.filters import Filters
from domain.search.gathering import Gathered
from domain.search.run import Outcome, SearchRun, SourceReport
from domain.vacancies.vacancy import Vacancy


class ScriptedReader:
    """Takes files that begin with `%PDF` or `PK`; reads from them what the test has put in `says`."""

    def __init__(self) -> None:
        self.says: dict[bytes, ResumeContent | Exception] = {}
        self.layout = FileLayout.FREE
        self.warnings: tuple[FileWarning, ...] = ()
        self.text: str | None = None
        self.meanwhile: Callable[[], object] = lambda: None
        self.read_so_far = 0

    def recognise(self, content: bytes) -> FileType:
        if not content:
            raise Refused("empty_file")
        if content.startswith(b"%PDF"):
            return FileType.PDF
        if content.startswith(b"PK"):
            return FileType.DOCX
        raise Refused("unsupported_type")

    def read(self, content: bytes) -> ReadResume:
        self.read_so_far += 1
        self.meanwhile()
        said = self.says.get(content, ResumeContent(desired_position=content.decode()))
        if isinstance(said, Exception):
            raise said
        return ReadResume(content=said, layout=self.layout, text=self.text, warnings=self.warnings)


@dataclass
class ScriptedSource:
    """Finds the vacancies it holds, whatever is asked, and notes what was asked; `meanwhile` happens before."""

    name: str
    vacancies: tuple[Vacancy, ...] = ()
    outcome: Outcome = Outcome.OK
    patience: float = 1.0
    error: Exception | None = None
    meanwhile: Callable[[], object] = lambda: None
    asked: list[tuple[ResumeContent, Filters]] = field(default_factory=list)
    limits: list[int | None] = field(default_factory=list)

    def find(self, resume: ResumeContent, filters: Filters, *, limit: int | None = None) -> Gathered:
        self.asked.append((resume, filters))
        self.limits.append(limit)
        self.meanwhile()
        if self.error is not None:
            raise self.error
        report = SourceReport(source=self.name, outcome=self.outcome, found=len(self.vacancies))
        return Gathered(vacancies=self.vacancies, reports=(report,))


@dataclass
class ScriptedEngine:
    """Gathers the vacancies it holds, or fails with its error; `meanwhile` happens while it is at it."""

    name: str
    vacancies: tuple[Vacancy, ...] = ()
    error: Exception | None = None
    meanwhile: Callable[[], object] = lambda: None
    asked: list[tuple[ResumeContent, Filters]] = field(default_factory=list)

    def gather(self, run: SearchRun, resume: ResumeContent) -> Gathered:
        self.asked.append((resume, run.filters))
        self.meanwhile()
        if self.error is not None:
            raise self.error
        report = SourceReport(source="internal", outcome=Outcome.OK, found=len(self.vacancies))
        return Gathered(vacancies=self.vacancies, reports=(report,))


@dataclass
class ScriptedAutomation:
    """Takes errands under the execution it names, or refuses them with its error; `meanwhile` happens while it does."""

    execution_id: str | None = "execution-1"
    error: Exception | None = None
    meanwhile: Callable[[], object] = lambda: None
    searches: list[SearchErrand] = field(default_factory=list)
    files: list[FileErrand] = field(default_factory=list)

    def search(self, errand: SearchErrand) -> str | None:
        self.searches.append(errand)
        return self._answer()

    def read(self, errand: FileErrand) -> str | None:
        self.files.append(errand)
        return self._answer()

    def _answer(self) -> str | None:
        self.meanwhile()
        if self.error is not None:
            raise self.error
        return self.execution_id
