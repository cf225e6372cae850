"""Settings: environment variables, read in one place."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any, cast

import marshmallow as ma
from marshmallow import validate

ONE_TO_MANY = validate.Range(min=1)
_WEB_ADDRESS = re.compile(r"https?://[^/\s?#@]+(?:/[^\s?#]*)?")
# The product, and in brackets where its operator can be reached: hh.ru refuses programs that do not say who they are.
_USER_AGENT = re.compile(r"[\x21-\x7e]+ ?\([^()\s]+@[^()\s]+\)")
_IN_A_HEADER = re.compile(r"[\x21-\x7e]+")
_REDIS_URL = re.compile(r"rediss?://[^/\s]+(/\d*)?")


class BadSetting(Exception):
    """A variable holds what cannot be used; the text is one line that names it."""


class _Keys(ma.fields.Field[tuple[str, ...]]):
    """Keys separated by commas, each at least 16 characters long; several are valid at once, for rotation."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> tuple[str, ...]:  # noqa: ARG002 — marshmallow's signature
        keys = tuple(filter(None, (key.strip() for key in str(value).split(","))))
        if any(len(key) < 16 for key in keys):
            raise ma.ValidationError("a key must have at least 16 characters.")
        return keys


class _Key(ma.fields.String):
    """One key of at least 16 characters that can stand in a header."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> str:
        key = str(super()._deserialize(value, attr, data, **kwargs)).strip()
        if len(key) < 16:
            raise ma.ValidationError("a key must have at least 16 characters.")
        if not _IN_A_HEADER.fullmatch(key):
            raise ma.ValidationError("a key may hold only Latin letters, digits and signs, without spaces.")
        return key


class _RedisUrl(ma.fields.String):
    """`redis://…` or `rediss://…`, with the number of a database or none."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> str:
        url = super()._deserialize(value, attr, data, **kwargs)
        # The whole text is kept out of the message: it may hold a password.
        if not _REDIS_URL.fullmatch(url or ""):
            raise ma.ValidationError("not a Redis URL such as redis://:password@host:6379/0.")
        return str(url)


class _Text(ma.fields.String):
    """A word without spaces."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> str:
        word = str(super()._deserialize(value, attr, data, **kwargs)).strip()
        if not word or not word.isprintable() or " " in word:
            raise ma.ValidationError("not one word.")
        return word


class _UserAgent(ma.fields.String):
    """The product, and in brackets where its operator can be reached."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> str:
        name = str(super()._deserialize(value, attr, data, **kwargs))
        if not _USER_AGENT.fullmatch(name):
            raise ma.ValidationError("not as `MyJobs/1.0 (me@example.org)`.")
        return name


class _WebAddress(ma.fields.String):
    """The beginning of web addresses: `http(s)://host[:port][/path]`, kept without a slash at its end."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> str:
        address = str(super()._deserialize(value, attr, data, **kwargs))
        if not _WEB_ADDRESS.fullmatch(address):
            raise ma.ValidationError("not a web address such as https://example.org/path.")
        return address.rstrip("/")


class _BoardAddress(_WebAddress):
    """The address of a board, or `none`: the board is not asked."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> str:
        return "none" if str(value).lower() == "none" else super()._deserialize(value, attr, data, **kwargs)


def _setting(meaning: str, kind: ma.fields.Field[Any], default: Any, *, secret: bool = False) -> Any:
    """Return a field; a `secret` one does not show in the settings' `repr`."""
    return field(default=default, repr=not secret, metadata={"meaning": meaning, "kind": kind})


@dataclass(frozen=True, kw_only=True)
class Settings:
    """One field for each variable, named as the variable is, in lower case."""

    host: str = _setting("the address to listen on", ma.fields.String(), "127.0.0.1")
    port: int = _setting(
        "the port to listen on, 0 for any that is free", ma.fields.Integer(validate=validate.Range(0, 65535)), 8000
    )
    data_dir: Path = _setting(
        "where embedded mode keeps its database and keys", ma.fields.String(), Path("~/.job-assistant")
    )
    database_url: str | None = _setting(
        "the database; without it embedded mode: SQLite in `DATA_DIR`", ma.fields.String(), None, secret=True
    )
    redis_url: str | None = _setting(
        "Redis for tasks (this database) and for reading ahead (the next one); without it the store does",
        _RedisUrl(),
        None,
        secret=True,
    )
    erasures_file: Path | None = _setting(
        "a file apart from the database that remembers, by pseudonyms, who was erased; unset: `erasures.jsonl` in"
        " `DATA_DIR`",
        ma.fields.String(),
        None,
    )
    bot_keys: tuple[str, ...] = _setting(
        "keys the bot may send as `X-BOT-KEY`, comma-separated", _Keys(), (), secret=True
    )
    pipeline_keys: tuple[str, ...] = _setting("keys for `X-PIPELINE-KEY`, comma-separated", _Keys(), (), secret=True)
    operator_keys: tuple[str, ...] = _setting(
        "keys for `X-OPERATOR-KEY`, comma-separated; the first one also hides who is who in the logs",
        _Keys(),
        (),
        secret=True,
    )
    token_encryption_keys: tuple[str, ...] = _setting(
        "keys, comma-separated, under which tokens are kept: the first one seals, every one opens; `keys rotate` seals"
        " all anew",
        _Keys(),
        (),
        secret=True,
    )
    public_url: str | None = _setting(
        "where browsers reach this server, such as https://jobs.example.org; hh.ru leads people back there",
        _WebAddress(),
        None,
    )
    hh_client_id: str | None = _setting("the application's id at hh.ru; unset: hh.ru is not asked", _Text(), None)
    hh_client_secret: str | None = _setting("its secret", _Text(), None, secret=True)
    hh_user_agent: str | None = _setting(
        "who asks hh.ru, such as `MyJobs/1.0 (me@example.org)`: hh.ru wants the product and an address to write to",
        _UserAgent(),
        None,
    )
    hh_api_url: str = _setting("where hh.ru's API is", _WebAddress(), "https://api.hh.ru")
    hh_site_url: str = _setting("where people sign in to hh.ru", _WebAddress(), "https://hh.ru")
    hh_pkce: bool = _setting("`true`: sign in to hh.ru with PKCE", ma.fields.Boolean(), False)
    trudvsem_url: str = _setting(
        "where the open data of Работа России is; `none`: it is not asked",
        _BoardAddress(),
        "https://opendata.trudvsem.ru/api/v1",
    )
    n8n_url: str | None = _setting(
        "where n8n is; unset: the built-in engine searches, and n8n is never asked", _WebAddress(), None
    )
    n8n_token: str | None = _setting("what n8n's webhooks want as `X-N8N-TOKEN`", _Key(), None, secret=True)
    n8n_callback_secret: tuple[str, ...] = _setting(
        "keys that n8n signs its calls with, comma-separated: all are valid, `n8n install` hands out the first",
        _Keys(),
        (),
        secret=True,
    )
    n8n_seconds: int = _setting(
        "seconds that n8n has for a search before the built-in engine answers in its place",
        ma.fields.Integer(validate=validate.Range(1, 3600)),
        120,
    )
    n8n_resume_files: bool = _setting(
        "`true`: résumé files go to n8n, too, for what its workflow adds", ma.fields.Boolean(), False
    )
    n8n_backend_url: str | None = _setting(
        "where n8n reaches this API; `n8n install` writes it into the workflows", _WebAddress(), None
    )
    n8n_api_key: str | None = _setting(
        "a key of n8n's own public API, for `n8n install --url` alone", _Text(), None, secret=True
    )
    log_format: str | None = _setting(
        "`json`, or `text` for people; unset: `text` in embedded mode, else `json`",
        ma.fields.String(validate=validate.OneOf(["json", "text"])),
        None,
    )
    metrics_dir: str | None = _setting(
        "a folder in memory that processes of one machine share, so that `/metrics` tells of all of them",
        ma.fields.String(),
        None,
    )
    similarity: str = _setting(
        "what compares meanings: `use`, `use+e5` (needs the extra `e5`; slower, better in Russian), `none`; the same in"
        " all processes",
        ma.fields.String(validate=validate.OneOf(["use", "use+e5", "none"])),
        "use",
    )
    max_upload_mb: int = _setting("the largest résumé file taken, in MB", ma.fields.Integer(validate=ONE_TO_MANY), 10)
    retention_days: int = _setting(
        "how many days a résumé file is kept once it was read", ma.fields.Integer(validate=ONE_TO_MANY), 30
    )
    consent_version: str | None = _setting(
        "the version of the terms a new person must have agreed to; unset: none", ma.fields.String(), None
    )
    reader_processes: int = _setting(
        "how many files are read at once, each in a process of its own", ma.fields.Integer(validate=ONE_TO_MANY), 2
    )
    reader_timeout: int = _setting(
        "seconds after which reading a file is given up, at most 60",
        ma.fields.Integer(validate=validate.Range(1, 60)),
        20,
    )
    worker_threads: int = _setting(
        "threads of a worker that carry out searches; files have as many as there are readers",
        ma.fields.Integer(validate=ONE_TO_MANY),
        2,
    )
    grace_seconds: int = _setting(
        "seconds a worker that is told to end has for what it is doing; then it hands it back",
        ma.fields.Integer(validate=ONE_TO_MANY),
        10,
    )
    api_threads: int = _setting(
        "threads of an API process that answer requests; half of them at most wait for hh.ru on behalf of people; n8n"
        " has one search at a time for every four threads of all processes",
        ma.fields.Integer(validate=ONE_TO_MANY),
        8,
    )
    api_processes: int = _setting(
        "processes that answer requests, where `serve` has Redis", ma.fields.Integer(validate=ONE_TO_MANY), 2
    )

    @property
    def erasures_path(self) -> Path:
        return self.erasures_file or self.data_dir / "erasures.jsonl"

    @property
    def hh_configured(self) -> bool:
        return self.hh_client_id is not None

    @property
    def n8n_configured(self) -> bool:
        return self.n8n_url is not None

    @property
    def n8n_at_once(self) -> int:
        """How many searches n8n has at a time: each has it ask us for three sources at once, one for a while."""
        processes = self.api_processes if self.redis_url is not None else 1
        return max(1, self.api_threads * processes // 4)

    @property
    def embedded(self) -> bool:
        return self.database_url is None


def read_settings(environ: Mapping[str, str]) -> Settings:
    """Return the settings that the environment gives; an empty variable counts as unset. Raises `BadSetting`."""
    schema = ma.Schema.from_dict({each.name: each.metadata["kind"] for each in fields(Settings)})()
    given = {each.name: environ[each.name.upper()] for each in fields(Settings) if environ.get(each.name.upper())}
    try:
        values = schema.load(given)
    except ma.ValidationError as error:
        name, problems = next(iter(cast("dict[str, list[str]]", error.messages).items()))
        raise BadSetting(f"{name.upper()}: {' '.join(problems)}") from None
    name = "DATA_DIR"
    try:
        values["data_dir"] = Path(values.get("data_dir", Settings.data_dir)).expanduser()
        if "erasures_file" in values:
            name = "ERASURES_FILE"
            values["erasures_file"] = Path(values["erasures_file"]).expanduser()
    except RuntimeError:
        raise BadSetting(f"{name}: the home folder is not known; give a whole path.") from None
    _check_hh(values)
    _check_n8n(values)
    return Settings(**values)


def _check_hh(values: Mapping[str, Any]) -> None:
    """An application at hh.ru is known by three things together."""
    together = ("hh_client_id", "hh_client_secret", "hh_user_agent")
    missing = [name.upper() for name in together if name not in values]
    if "hh_client_id" in values and missing:
        raise BadSetting(f"{missing[0]}: needed where HH_CLIENT_ID is set.")
    if "hh_client_secret" in values and missing:
        raise BadSetting("HH_CLIENT_ID: needed where HH_CLIENT_SECRET is set.")


def _check_n8n(values: Mapping[str, Any]) -> None:
    """n8n is not asked without the token that its webhooks want, nor believed without a secret to know it by."""
    if "n8n_url" in values:
        for name in ("n8n_token", "n8n_callback_secret"):
            if not values.get(name):
                raise BadSetting(f"{name.upper()}: needed where N8N_URL is set.")
