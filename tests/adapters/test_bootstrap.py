"""The composition root: what an environment makes of the product."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from adapters.bootstrap import (
    BadSetting,
    Platform,
    _threads,
    automation,
    encoder,
    kept_erasures,
    lexicon,
    migrate_store,
    open_platform,
    pending_migrations,
    ranking,
    read_settings,
)
from adapters.memory.outside import RecordingTasks
from adapters.n8n.webhooks import N8nWebhooks
from adapters.vault import Vault
from domain.errors import NotFound, Unavailable
from domain.hh.connection import SealedTokens
from domain.search.filters import Filters
from domain.search.match import MatchState
from domain.vacancies.arrival import Draft
from domain.vacancies.use_cases import Arrival
from tests.builders import ANNA, NOW, a_link, a_resume_content, a_user
from tests.log_lines import logged

A_KEY, ANOTHER = "0123456789abcdef", "fedcba9876543210"


@contextmanager
def opened(folder: Path, **settings: str) -> Iterator[Platform]:
    """Open a platform on a migrated store, which asks nobody outside."""
    environ = {"DATA_DIR": str(folder), "TRUDVSEM_URL": "none", **settings}
    migrate_store(read_settings(environ))
    with closing(open_platform(environ)) as platform:
        yield platform


def test_embedded_mode_keeps_everything_in_its_folder_for_the_owner_alone(tmp_path: Path) -> None:
    folder = tmp_path / "data"

    with opened(folder) as platform:
        platform.application.store_vacancies(drafts=[Draft(id="1", title="Смотритель маяка")])

    assert folder.stat().st_mode & 0o777 == 0o700
    assert {path.name for path in folder.iterdir()} == {"job-assistant.sqlite3", "keys.json"}


def test_tokens_that_no_key_opens_are_logged_without_saying_whose(tmp_path: Path) -> None:
    link = a_link(tokens=SealedTokens(sealed=Vault([ANOTHER]).seal("{}"), expires_at=NOW))
    for keys, lines in ((A_KEY, 1), (f"{A_KEY},{ANOTHER}", 0)):
        with opened(tmp_path / "data", TOKEN_ENCRYPTION_KEYS=keys) as platform, logged("text") as log:
            with platform.application.show_user.transaction() as tx:
                tx.users.save(a_user())
                tx.hh_connections.put(link)
            platform.look_for_lost_tokens()

        assert log.getvalue().count("tokens of 1 person(s) for hh.ru are sealed with a key") == lines
        assert str(ANNA) not in log.getvalue()


def test_a_store_that_is_away_is_not_looked_into_for_lost_tokens(tmp_path: Path) -> None:
    with opened(tmp_path / "data") as platform, logged("text") as log:
        with closing(sqlite3.connect(tmp_path / "data" / "job-assistant.sqlite3")) as database:
            database.execute("DROP TABLE hh_connections")
        platform.look_for_lost_tokens()

        assert "sealed" not in log.getvalue()


def test_each_thread_that_wants_the_store_is_counted(tmp_path: Path) -> None:
    settings = replace(read_settings({"DATA_DIR": str(tmp_path)}), api_threads=4, reader_processes=1, worker_threads=3)

    # Of each search both sources that read the store, and the spare worker's as well.
    assert _threads(settings) == 4 + 2 * (1 + 3 * 2) + 5


def test_what_was_stored_is_there_after_a_restart(tmp_path: Path) -> None:
    drafts = [Draft(id="1", title="Смотритель маяка")]
    with opened(tmp_path) as platform:
        first = platform.application.store_vacancies(drafts=drafts)

    with opened(tmp_path) as platform:
        again = platform.application.store_vacancies(drafts=drafts)

    assert [each.arrival for each in (*first, *again)] == [Arrival.CREATED, Arrival.UNCHANGED]


def test_a_store_is_behind_until_it_is_migrated(tmp_path: Path) -> None:
    settings = read_settings({"DATA_DIR": str(tmp_path)})

    before = pending_migrations(settings)
    applied = migrate_store(settings)

    assert before == applied != []
    assert migrate_store(settings) == pending_migrations(settings) == []


def test_a_folder_of_any_name_will_do(tmp_path: Path) -> None:
    folder = tmp_path / "мои данные? 100%#1"

    with opened(folder), opened(folder):
        pass

    assert (folder / "job-assistant.sqlite3").exists()
    assert [path.name for path in tmp_path.iterdir()] == [folder.name]


def test_keys_that_are_not_given_are_made_and_those_given_are_used(tmp_path: Path) -> None:
    with opened(tmp_path, BOT_KEYS=f"{A_KEY},{ANOTHER}") as platform:
        keys = platform.keys
    with opened(tmp_path) as platform:
        later = platform.keys

    assert keys["bot"] == (A_KEY, ANOTHER)
    assert later["pipeline"] == keys["pipeline"]
    assert later["bot"] != keys["bot"]


def test_production_needs_its_keys(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'store.db'}"

    with pytest.raises(BadSetting, match=r"^PIPELINE_KEYS, OPERATOR_KEYS: "):
        open_platform({"DATABASE_URL": url, "BOT_KEYS": A_KEY})


def test_production_leaves_the_data_folder_alone(tmp_path: Path) -> None:
    folder, url = tmp_path / "data", f"sqlite:///{tmp_path / 'store.db'}"

    with opened(folder, DATABASE_URL=url, BOT_KEYS=A_KEY, PIPELINE_KEYS=ANOTHER, OPERATOR_KEYS=A_KEY) as platform:
        assert platform.parts["store"]()

    assert not folder.exists()


def test_erasures_are_remembered_in_the_data_folder_by_what_stands_for_people_in_the_logs(tmp_path: Path) -> None:
    with opened(tmp_path, OPERATOR_KEYS=f"{A_KEY},{ANOTHER}") as platform:
        platform.remember_erasures()
        _save_anna(platform)
        platform.application.erase_user(telegram_id=ANNA)

        ((person, _),) = kept_erasures(tmp_path / "erasures.jsonl").erased
        assert person in platform.pseudonyms_of(ANNA)
        assert person == platform.telemetry.person(ANNA)


def test_nobody_is_erased_where_that_cannot_be_remembered(tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    with opened(tmp_path / "data", ERASURES_FILE=str(tmp_path / "file" / "erasures.jsonl")) as platform:
        _save_anna(platform)
        with pytest.raises(BadSetting, match=r"^ERASURES_FILE: .*erasures.jsonl cannot be used \("):
            platform.remember_erasures()
        with pytest.raises(Unavailable, match="erasures_unavailable"):
            platform.application.erase_user(telegram_id=ANNA)
        assert platform.application.show_user(telegram_id=ANNA).city == "Казань"


def _save_anna(platform: Platform) -> None:
    fields = ("first_name", "last_name", "age", "city", "email", "phone")
    platform.application.save_user(telegram_id=ANNA, fields={name: getattr(a_user(), name) for name in fields})


@pytest.mark.parametrize("url", ["not a url", "nosuchdatabase://user:s3cret@127.0.0.1/x"])
def test_a_database_that_cannot_be_addressed_names_the_setting_and_keeps_its_password(url: str) -> None:
    environ = {"DATABASE_URL": url, "BOT_KEYS": A_KEY, "PIPELINE_KEYS": A_KEY, "OPERATOR_KEYS": A_KEY}

    for use in (open_platform, lambda environ: migrate_store(read_settings(environ))):
        with pytest.raises(BadSetting, match=r"^DATABASE_URL: ") as told:
            use(environ)
        assert "s3cret" not in str(told.value)


def test_the_store_is_down_when_its_tables_are_missing_or_its_file_is_no_database(tmp_path: Path) -> None:
    with closing(open_platform({"DATA_DIR": str(tmp_path)})) as platform:
        without_tables = platform.parts["store"]()
    (tmp_path / "job-assistant.sqlite3").write_text("a letter, no database, and long enough to look like one")
    with closing(open_platform({"DATA_DIR": str(tmp_path)})) as platform:
        damaged = platform.parts["store"]()
        with pytest.raises(Unavailable):
            platform.application.show_user(telegram_id=ANNA)

    assert (without_tables, damaged) == (False, False)


def test_a_store_that_answers_is_up(tmp_path: Path) -> None:
    with opened(tmp_path) as platform:
        assert {name: works() for name, works in platform.parts.items()} == {"store": True}
        with pytest.raises(NotFound):
            platform.application.show_user(telegram_id=ANNA)


def test_the_instruments_are_loaded_once_and_know_their_trade() -> None:
    measures = lexicon()

    assert lexicon() is measures
    assert {mention.skill for mention in measures.skills.find("Python и PostgreSQL")} == {"Python", "PostgreSQL"}
    place = measures.places.find("Казань")
    assert place is not None
    assert place.region == "Республика Татарстан"


def test_ranking_needs_no_store() -> None:
    drafts = [
        Draft(id="far", title="Смотритель маяка"),
        Draft(id="near", title="Разработчик Python", requirements="Python и PostgreSQL"),
    ]

    ranked = ranking(read_settings({}))(resume=a_resume_content(), drafts=drafts).ranked

    assert [vacancy.id for vacancy, _ in ranked] == ["near", "far"]


def test_the_version_before_goes_on_with_the_tables_of_a_newer_one(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    settings = read_settings({"DATA_DIR": str(tmp_path)})
    migrate_store(settings)
    with sqlite3.connect(tmp_path / "job-assistant.sqlite3") as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()

    assert (pending_migrations(settings), migrate_store(settings)) == ([], [])
    assert "newer version" in caplog.text


@pytest.mark.parametrize("similarity", ["use", "none"])
def test_a_search_by_kept_vectors_and_a_ranking_without_a_store_score_alike(tmp_path: Path, similarity: str) -> None:
    drafts = [
        Draft(id="1", title="Разработчик Python", requirements="Python и PostgreSQL"),
        Draft(id="2", title="Смотритель маяка", description="Следить за светом и за морем."),
        Draft(id="3", title="Backend engineer", description="You will write services in Python."),
    ]
    content = a_resume_content(summary="Пишу сервисы на Python.")
    with opened(tmp_path, SIMILARITY=similarity) as platform:
        application = platform.application
        with application.parse_upload.transaction() as tx:
            tx.users.save(a_user())
        application.store_vacancies(drafts=drafts)
        embedded = application.embed_vacancies()
        application.submit_resume(telegram_id=ANNA, content=content)
        start_search = replace(application.start_search, tasks=RecordingTasks())
        application.run_search(run_id=start_search(telegram_id=ANNA, filters=Filters()).value.id)
        run = application.show_search(telegram_id=ANNA)
        states = frozenset(MatchState)
        page = application.list_matches(telegram_id=ANNA, states=states, limit=10, offset=0)

    ranked = ranking(read_settings({"SIMILARITY": similarity}))(resume=content, drafts=drafts).ranked

    assert embedded.count == (3 if similarity == "use" else 0)
    assert run.similarity == encoder(similarity).model
    assert (run.similarity is None) == (similarity == "none")
    assert {vacancy.id.removeprefix("internal-"): match.assessment for match, vacancy in page.items} == {
        vacancy.id: assessment for vacancy, assessment in ranked
    }


def test_work_is_handed_out_where_n8n_is_configured() -> None:
    n8n = {"N8N_URL": "http://127.0.0.1:5678", "N8N_TOKEN": "t" * 16, "N8N_CALLBACK_SECRET": "s" * 16}

    assert automation(read_settings({})) is None
    assert automation(read_settings(n8n)) == N8nWebhooks("http://127.0.0.1:5678", "t" * 16)
