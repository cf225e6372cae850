"""Résumé files go to an outside automation where the settings say so, and nowhere else."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from adapters.bootstrap import compose, files_reader, migrate_store, read_settings
from adapters.memory.outside import RecordingErasures, RecordingTasks, RecordingWorkInHand
from adapters.memory.vacancy_queues import MemoryVacancyQueues
from adapters.settings import Settings
from adapters.sql.engine import open_engine
from adapters.sql.store import SqlTransactions
from adapters.system import SystemClock
from domain.application import Application
from domain.handing_out.additions import AdditionsStatus
from domain.handing_out.hand_out import HandOutStatus
from domain.identifiers import UploadId
from domain.resumes.content import ResumeContent
from tests.adapters.documents.rtfs import an_rtf
from tests.builders import ANNA, a_user
from tests.domain.outsiders import ScriptedAutomation, ScriptedReader

N8N = {
    "N8N_URL": "http://127.0.0.1:5678",
    "N8N_TOKEN": "0123456789abcdef",
    "N8N_CALLBACK_SECRET": "fedcba9876543210",
}
WANTED = {**N8N, "N8N_RESUME_FILES": "true"}
CV = b"%PDF cv"


@contextmanager
def _store(settings: Settings) -> Iterator[SqlTransactions]:
    migrate_store(settings)
    engine = open_engine(f"sqlite:///{settings.data_dir / 'job-assistant.sqlite3'}")
    store = SqlTransactions(engine)
    with store() as tx:
        tx.users.save(a_user())
    yield store
    engine.dispose()


def _composed(settings: Settings, store: SqlTransactions, automation: ScriptedAutomation) -> Application:
    reader = ScriptedReader()
    reader.text = "Работал с k8s."
    reader.says[CV] = ResumeContent(desired_position="Программист", skills=("Python",))
    return compose(
        settings,
        store,
        RecordingTasks(),
        reader,
        queues=MemoryVacancyQueues(),
        in_hand=RecordingWorkInHand(),
        erasures=RecordingErasures(),
        clock=SystemClock(),
        automation=automation,
    )


def _sent(application: Application) -> UploadId:
    """Send a file and let it be read."""
    upload = application.submit_file(telegram_id=ANNA, filename="резюме.pdf", content=CV).value
    application.parse_upload(upload_id=upload.id)
    return upload.id


def test_files_stay_here_unless_the_setting_says_otherwise(tmp_path: Path) -> None:
    n8n, settings = ScriptedAutomation(), read_settings({"DATA_DIR": str(tmp_path), **N8N})

    with _store(settings) as store:
        _sent(_composed(settings, store, n8n))

    assert n8n.files == []


def test_a_file_goes_out_and_what_is_added_comes_back(tmp_path: Path) -> None:
    n8n, settings = ScriptedAutomation(), read_settings({"DATA_DIR": str(tmp_path), **WANTED})

    with _store(settings) as store:
        application = _composed(settings, store, n8n)
        upload_id = _sent(application)
        answers = [
            application.take_additions(
                upload_id=upload_id, execution_id="execution-1", added=ResumeContent(skills=("k8s<script>1</script>",))
            )
            for _ in range(2)
        ]
        current = application.show_resume(telegram_id=ANNA)
        with store() as tx:
            hand_out = tx.hand_outs.find(upload_id)

    assert [(each.upload_id, each.filename, each.content) for each in n8n.files] == [(upload_id, "резюме.pdf", CV)]
    assert [each.status for each in answers] == [AdditionsStatus.TAKEN, AdditionsStatus.REPEATED]
    assert current.content.skills == ("Python", "Kubernetes")
    assert hand_out is not None
    assert (hand_out.status, hand_out.execution_id) == (HandOutStatus.USED, "execution-1")


@pytest.mark.parametrize(
    ("environ", "handed_over"),
    [(WANTED, str.strip), (N8N, lambda _: None), ({"N8N_RESUME_FILES": "true"}, lambda _: None)],
    ids=["files go to n8n", "files stay here", "no n8n"],
)
def test_the_text_is_handed_over_only_where_it_goes_somewhere(
    tmp_path: Path, environ: dict[str, str], handed_over: Callable[[str], str | None]
) -> None:
    text = "Вымышленная Анна Петровна\nPython-разработчик\nНавыки\nPython, SQL"
    settings = read_settings({"DATA_DIR": str(tmp_path), "READER_PROCESSES": "1", **environ})

    with files_reader(settings) as reader:
        read = reader.read(an_rtf(*text.split("\n")))

    assert read.text == handed_over(text)
