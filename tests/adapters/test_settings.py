"""Settings come from environment variables, and a bad one names itself."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import pytest

from adapters.settings import BadSetting, Settings, read_settings

KEYS = "first-key-of-the-bot,  second-key-of-the-bot ,"


def test_nothing_configured_gives_embedded_mode_with_the_defaults() -> None:
    settings = read_settings({})

    assert settings.embedded
    assert (settings.host, settings.port) == ("127.0.0.1", 8000)
    assert settings.data_dir == Path.home() / ".job-assistant"
    assert settings.max_upload_mb == 10
    assert settings.bot_keys == settings.pipeline_keys == ()


def test_every_default_is_what_its_own_text_gives() -> None:
    told = {
        each.name.upper(): str(each.default)
        for each in fields(Settings)
        if each.default is not None and each.default != ()
    }

    assert read_settings(told) == read_settings({})


def test_each_setting_is_read_from_the_variable_of_its_name() -> None:
    settings = read_settings(
        {
            "HOST": "0.0.0.0",  # noqa: S104 — only read, never listened on
            "PORT": "0",
            "DATA_DIR": "/srv/data",
            "DATABASE_URL": "postgresql://db.example.com/jobs",
            "BOT_KEYS": KEYS,
            "PIPELINE_KEYS": "key-of-the-pipeline",
            "OPERATOR_KEYS": "key-of-the-operator",
            "TOKEN_ENCRYPTION_KEYS": "first-key-that-seals,second-key-that-opens",
            "PUBLIC_URL": "https://jobs.example.org/",
            "HH_CLIENT_ID": "ID",
            "HH_CLIENT_SECRET": "SECRET",
            "HH_USER_AGENT": "MyJobs/1.0 (me@example.org)",
            "HH_API_URL": "http://127.0.0.1:8001/api",
            "HH_SITE_URL": "http://127.0.0.1:8001",
            "HH_PKCE": "true",
            "TRUDVSEM_URL": "none",
            "N8N_URL": "http://n8n.example.org:5678/",
            "N8N_TOKEN": "token-of-the-webhooks",
            "N8N_CALLBACK_SECRET": "secret-of-callbacks,secret-of-old-callbacks",
            "N8N_SECONDS": "30",
            "N8N_RESUME_FILES": "true",
            "N8N_BACKEND_URL": "http://api.example.org:8000",
            "N8N_API_KEY": "eyJ.key.of-n8n",
            "LOG_FORMAT": "text",
            "METRICS_DIR": "/run/figures",
            "MAX_UPLOAD_MB": "3",
            "RETENTION_DAYS": "7",
            "CONSENT_VERSION": "2026-01",
            "READER_PROCESSES": "1",
            "READER_TIMEOUT": "5",
            "WORKER_THREADS": "6",
            "API_THREADS": "9",
        }
    )

    assert settings == Settings(
        host="0.0.0.0",  # noqa: S104 — as above
        port=0,
        data_dir=Path("/srv/data"),
        database_url="postgresql://db.example.com/jobs",
        bot_keys=("first-key-of-the-bot", "second-key-of-the-bot"),
        pipeline_keys=("key-of-the-pipeline",),
        operator_keys=("key-of-the-operator",),
        token_encryption_keys=("first-key-that-seals", "second-key-that-opens"),
        public_url="https://jobs.example.org",
        hh_client_id="ID",
        hh_client_secret="SECRET",
        hh_user_agent="MyJobs/1.0 (me@example.org)",
        hh_api_url="http://127.0.0.1:8001/api",
        hh_site_url="http://127.0.0.1:8001",
        hh_pkce=True,
        trudvsem_url="none",
        n8n_url="http://n8n.example.org:5678",
        n8n_token="token-of-the-webhooks",
        n8n_callback_secret=("secret-of-callbacks", "secret-of-old-callbacks"),
        n8n_seconds=30,
        n8n_resume_files=True,
        n8n_backend_url="http://api.example.org:8000",
        n8n_api_key="eyJ.key.of-n8n",
        log_format="text",
        metrics_dir="/run/figures",
        max_upload_mb=3,
        retention_days=7,
        consent_version="2026-01",
        reader_processes=1,
        reader_timeout=5,
        worker_threads=6,
        api_threads=9,
    )
    assert not settings.embedded


def test_an_empty_variable_counts_as_unset_and_a_strange_one_is_nobodys() -> None:
    empty = dict.fromkeys((each.name.upper() for each in fields(Settings)), "")

    assert read_settings({**empty, "PATH": "/bin", "NO_SUCH_SETTING": "1"}) == read_settings({})


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("PORT", "http"),
        ("PORT", "-1"),
        ("PORT", "65536"),
        ("PORT", "80.5"),
        ("BOT_KEYS", "fifteen-letters"),
        ("PIPELINE_KEYS", "long-enough-for-a-key,short"),
        ("OPERATOR_KEYS", "short"),
        ("TOKEN_ENCRYPTION_KEYS", "short"),
        ("PUBLIC_URL", "jobs.example.org"),
        ("PUBLIC_URL", "https://jobs.example.org/?x=1"),
        ("HH_CLIENT_ID", "two words"),
        ("HH_CLIENT_SECRET", " "),
        ("HH_USER_AGENT", "python-requests/2.32"),
        ("HH_API_URL", "none"),
        ("HH_SITE_URL", "ftp://hh.ru"),
        ("HH_PKCE", "perhaps"),
        ("TRUDVSEM_URL", "off"),
        ("N8N_URL", "n8n.example.org"),
        ("N8N_TOKEN", "fifteen-letters"),
        ("N8N_TOKEN", "sixteen letters and spaces"),
        ("N8N_CALLBACK_SECRET", "short"),
        ("N8N_SECONDS", "0"),
        ("N8N_RESUME_FILES", "perhaps"),
        ("N8N_BACKEND_URL", "here"),
        ("N8N_API_KEY", "two words"),
        ("LOG_FORMAT", "xml"),
        ("MAX_UPLOAD_MB", "0"),
        ("MAX_UPLOAD_MB", "ten"),
        ("RETENTION_DAYS", "0"),
        ("READER_PROCESSES", "0"),
        ("READER_TIMEOUT", "0"),
        ("WORKER_THREADS", "0"),
        ("API_THREADS", "-4"),
        ("DATA_DIR", "~nobody-has-this-name/data"),
    ],
)
def test_a_bad_value_is_told_in_one_line_that_names_the_variable(variable: str, value: str) -> None:
    with pytest.raises(BadSetting) as told:
        read_settings({variable: value})

    assert str(told.value).startswith(f"{variable}: ")
    assert "\n" not in str(told.value)


@pytest.mark.parametrize("missing", ["HH_CLIENT_SECRET", "HH_USER_AGENT"])
def test_an_application_at_hh_ru_is_known_by_three_things_together(missing: str) -> None:
    given = {"HH_CLIENT_ID": "ID", "HH_CLIENT_SECRET": "SECRET", "HH_USER_AGENT": "MyJobs/1.0 (me@example.org)"}

    with pytest.raises(BadSetting) as told:
        read_settings({name: value for name, value in given.items() if name != missing})

    assert str(told.value) == f"{missing}: needed where HH_CLIENT_ID is set."


def test_a_secret_alone_is_half_an_application() -> None:
    with pytest.raises(BadSetting) as told:
        read_settings({"HH_CLIENT_SECRET": "s3cret", "HH_USER_AGENT": "MyJobs/1.0 (me@example.org)"})

    assert str(told.value) == "HH_CLIENT_ID: needed where HH_CLIENT_SECRET is set."


@pytest.mark.parametrize("none", ["none", "None", "NONE"])
def test_a_board_is_switched_off_in_any_case(none: str) -> None:
    assert read_settings({"TRUDVSEM_URL": none}).trudvsem_url == "none"


def test_hh_ru_is_configured_once_its_application_is_known() -> None:
    given = {"HH_CLIENT_ID": "ID", "HH_CLIENT_SECRET": "SECRET", "HH_USER_AGENT": "MyJobs/1.0 (me@example.org)"}

    assert read_settings(given).hh_configured
    assert not read_settings({}).hh_configured


@pytest.mark.parametrize("missing", ["N8N_TOKEN", "N8N_CALLBACK_SECRET"])
def test_n8n_is_neither_asked_nor_believed_without_secrets(missing: str) -> None:
    given = {"N8N_URL": "http://127.0.0.1:5678", "N8N_TOKEN": "t" * 16, "N8N_CALLBACK_SECRET": "s" * 16}

    with pytest.raises(BadSetting) as told:
        read_settings({name: value for name, value in given.items() if name != missing})

    assert str(told.value) == f"{missing}: needed where N8N_URL is set."
    assert read_settings(given).n8n_configured
    assert not read_settings({}).n8n_configured


def test_a_bad_key_is_not_repeated_in_the_text() -> None:
    with pytest.raises(BadSetting) as told:
        read_settings({"BOT_KEYS": "s3cret"})

    assert "s3cret" not in str(told.value)


def test_every_setting_says_what_it_means() -> None:
    assert all(each.metadata["meaning"] for each in fields(Settings))


def test_settings_do_not_change() -> None:
    with pytest.raises(AttributeError):
        read_settings({}).port = 1  # type: ignore[misc]  # that it cannot be assigned is the point


@pytest.mark.parametrize(
    ("environ", "at_once"),
    [
        ({}, 2),
        ({"REDIS_URL": "redis://localhost"}, 4),
        ({"REDIS_URL": "redis://localhost", "API_PROCESSES": "3", "API_THREADS": "5"}, 3),
        ({"API_PROCESSES": "9"}, 2),
        ({"API_THREADS": "1"}, 1),
    ],
)
def test_n8n_has_a_search_at_a_time_for_every_four_threads_that_answer(environ: dict[str, str], at_once: int) -> None:
    assert read_settings(environ).n8n_at_once == at_once
