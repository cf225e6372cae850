"""The reader in child processes: what it answers, and what it survives."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from pathlib import Path

import pytest

from adapters.documents.reader import ChildProcessReader
from domain.errors import DomainError, Refused, Unavailable
from domain.resumes.content import Language, LanguageLevel, Money, ResumeContent, WorkFormat
from domain.resumes.reading import FileLayout, FileType, FileWarning, ReadResume
from tests.adapters.documents.pdfs import a_pdf, lines
from tests.adapters.documents.rtfs import an_rtf

UNDERSTAND = "tests.adapters.documents.understanding:understand"
REST = "Тестова Анна Сергеевна"


@pytest.fixture(scope="module")
def reader() -> Iterator[ChildProcessReader]:
    with ChildProcessReader(UNDERSTAND, timeout=10) as reader:
        yield reader


def failure(reader: ChildProcessReader, first_line: str) -> DomainError:
    with pytest.raises((Refused, Unavailable)) as failed:
        reader.read(an_rtf(first_line, REST))
    return failed.value


def child_of(reader: ChildProcessReader) -> int:
    return int(reader.read(an_rtf("номер", REST)).content.summary or 0)


def is_running(pid: int) -> bool:
    process = Path(f"/proc/{pid}")
    try:
        state = (process / "stat").read_text().rpartition(")")[2].split()[0]
        threads = len(list((process / "task").iterdir()))
    except (FileNotFoundError, ProcessLookupError):
        return False
    # Dead but not yet asked about by its parent, it is a zombie of one thread.
    return state != "Z" or threads > 1


def gone(pid: int, *, within: float = 5.0) -> bool:
    deadline = time.monotonic() + within
    while is_running(pid) and time.monotonic() < deadline:
        time.sleep(0.02)
    return not is_running(pid)


def test_a_file_comes_back_as_what_was_understood_of_it(reader: ChildProcessReader) -> None:
    read = reader.read(a_pdf(lines("Разработчик", REST)))

    assert read == ReadResume(
        layout=FileLayout.FREE,
        content=ResumeContent(
            desired_position="Разработчик",
            skills=("free",),
            salary=Money(amount=Decimal("150000.50"), currency="RUB"),
            work_format=WorkFormat.REMOTE,
            years_experience=2.5,
            languages=(Language(name="English", level=LanguageLevel.B2), Language(name="Russian")),
        ),
    )


def test_a_reader_that_is_told_to_hands_the_text_over() -> None:
    with ChildProcessReader(UNDERSTAND, timeout=10, with_text=True) as reader:
        read = reader.read(an_rtf("Разработчик", REST))

    assert read.text == f"Разработчик\n{REST}"


def test_text_left_out_of_a_file_is_told_of(reader: ChildProcessReader) -> None:
    visible = an_rtf("Разработчик", REST)

    assert reader.read(visible.removesuffix(b"}") + rb"{\v Kafka}}").warnings == (FileWarning.HIDDEN_TEXT_LEFT_OUT,)


def test_the_type_is_told_without_a_child() -> None:
    reader = ChildProcessReader("no.such:function")

    assert reader.recognise(an_rtf(REST)) is FileType.RTF


@pytest.mark.parametrize("content", [b"", b"text"], ids=["empty_file", "unsupported_type"])
def test_a_file_of_no_use_is_refused_before_any_child(content: bytes, request: pytest.FixtureRequest) -> None:
    with pytest.raises(Refused) as refused:
        ChildProcessReader("no.such:function").read(content)

    assert refused.value.code in request.node.name


def test_a_refusal_of_the_extraction_keeps_its_code(reader: ChildProcessReader) -> None:
    with pytest.raises(Refused) as refused:
        reader.read(b"%PDF-1.7 broken")

    assert refused.value.code == "file_broken"


def test_a_refusal_of_the_understanding_keeps_its_code_and_data(reader: ChildProcessReader) -> None:
    refused = failure(reader, "рецепт")

    assert isinstance(refused, Refused)
    assert (refused.code, refused.data) == ("not_a_resume", {"words": 3})


@pytest.mark.parametrize(
    ("trouble", "code"),
    [
        ("смерть", "reader_crashed"),
        ("ошибка", "reader_crashed"),
        ("обжора", "reader_out_of_memory"),
    ],
)
def test_trouble_in_the_child_is_told_and_the_next_file_is_read(
    reader: ChildProcessReader, trouble: str, code: str
) -> None:
    unavailable = failure(reader, trouble)

    assert isinstance(unavailable, Unavailable)
    assert unavailable.code == code
    assert reader.read(an_rtf("Разработчик", REST)).content.desired_position == "Разработчик"


def test_what_a_library_prints_does_not_get_into_the_answers(reader: ChildProcessReader) -> None:
    assert reader.read(an_rtf("болтун", REST)).content.desired_position == "болтун"


def test_a_file_that_takes_too_long_is_given_up_and_its_child_ended() -> None:
    with ChildProcessReader(UNDERSTAND, timeout=1) as reader:
        slow_child = child_of(reader)

        unavailable = failure(reader, "вечность")

        assert unavailable.code == "reader_timeout"
        assert gone(slow_child)
        assert child_of(reader) != slow_child


def test_a_child_killed_in_the_middle_of_a_file_is_a_crash() -> None:
    with ChildProcessReader(UNDERSTAND) as reader:
        child = child_of(reader)
        killer = threading.Timer(0.3, os.kill, (child, signal.SIGKILL))
        killer.start()

        unavailable = failure(reader, "вечность")
        killer.join()

        assert unavailable.code == "reader_crashed"
        assert child_of(reader) != child


def test_a_child_that_died_while_idle_costs_no_file() -> None:
    with ChildProcessReader(UNDERSTAND) as reader:
        child = child_of(reader)
        os.kill(child, signal.SIGKILL)
        assert gone(child)

        assert child_of(reader) != child


def test_a_child_is_renewed_after_its_number_of_files() -> None:
    with ChildProcessReader(UNDERSTAND, uses_before_renewal=2) as reader:
        children = [child_of(reader) for _ in range(4)]

    assert children[0] == children[1]
    assert children[1] != children[2]
    assert children[2] == children[3]


def test_eight_threads_share_two_children() -> None:
    with ChildProcessReader(UNDERSTAND, processes=2) as reader, ThreadPoolExecutor(8) as threads:
        positions = [f"Разработчик {number}" for number in range(24)]

        read = list(threads.map(lambda position: reader.read(an_rtf(position, REST)), positions))
        children = set(threads.map(lambda _: child_of(reader), range(16)))

    assert [each.content.desired_position for each in read] == positions
    assert 1 <= len(children) <= 2


def test_who_waits_too_long_for_a_child_is_told_that_it_is_busy() -> None:
    with ChildProcessReader(UNDERSTAND, timeout=2, wait=0.2) as reader, ThreadPoolExecutor(1) as thread:
        child_of(reader)
        slow = thread.submit(failure, reader, "вечность")
        time.sleep(0.3)

        assert failure(reader, "Разработчик").code == "reader_busy"
        assert slow.result().code == "reader_timeout"


def test_a_warmed_reader_keeps_the_child_it_started() -> None:
    with ChildProcessReader(UNDERSTAND) as reader:
        reader.warm()
        child = child_of(reader)

        assert child_of(reader) == child
    assert gone(child)


def test_closing_ends_the_children_and_reads_no_more() -> None:
    reader = ChildProcessReader(UNDERSTAND)
    child = child_of(reader)

    reader.close()

    assert gone(child)
    assert failure(reader, "Разработчик").code == "reader_closed"


def test_a_function_that_cannot_be_imported_is_told_as_a_crash() -> None:
    with ChildProcessReader("no.such:function") as reader:
        assert failure(reader, "Разработчик").code == "reader_crashed"


def test_the_child_knows_no_secret_of_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JWT_KEYS", "secret")

    with ChildProcessReader(UNDERSTAND) as reader:
        names = reader.read(an_rtf("окружение", REST)).content.skills

    assert "PATH" in names
    assert "JWT_KEYS" not in names


@pytest.mark.parametrize("at_work", [False, True], ids=["idle", "at work"])
def test_a_child_ends_when_its_parent_is_killed(at_work: bool) -> None:
    program = f"""
import sys
from adapters.documents.reader import ChildProcessReader
from tests.adapters.documents.rtfs import an_rtf
reader = ChildProcessReader({UNDERSTAND!r}, timeout=60)
print(reader.read(an_rtf("номер", {REST!r})).content.summary, flush=True)
reader.read(an_rtf("вечность", {REST!r})) if {at_work} else sys.stdin.read()
"""
    parent = subprocess.Popen(  # noqa: S603 - our own interpreter and program
        [sys.executable, "-c", program],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    with parent:
        assert parent.stdout is not None
        child = int(parent.stdout.readline())
        time.sleep(0.3)
        assert is_running(child)

        parent.kill()

        assert gone(child)


def test_a_forked_process_starts_children_of_its_own() -> None:
    program = f"""
import os
from adapters.documents.reader import ChildProcessReader
from tests.adapters.documents.rtfs import an_rtf
reader = ChildProcessReader({UNDERSTAND!r})
def child():
    return reader.read(an_rtf("номер", {REST!r})).content.summary
first = child()
if os.fork() == 0:
    print(child() != first, flush=True)
    reader.close()
else:
    os.wait()
    print(child() == first)
    reader.close()
"""
    ran = subprocess.run(  # noqa: S603 - our own interpreter and program
        [sys.executable, "-c", program],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        capture_output=True,
        check=False,
        timeout=30,
        text=True,
    )

    assert ran.stdout.split() == ["True", "True"]
