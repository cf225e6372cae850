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


def test_a_bad_key_is_not_repeated_in_the_text() -> None:
    with pytest.raises(BadSetting) as told:
        read_settings({"BOT_KEYS": "s3cret"})

    assert "s3cret" not in str(told.value)


def test_every_setting_says_what_it_means() -> None:
    assert all(each.metadata["meaning"] for each in fields(Settings))


def test_settings_do_not_change() -> None:
    with pytest.raises(AttributeError):
        read_settings({}).port = 1  # type: ignore[misc]  # that it cannot be assigned is the point
