"""What the schemas of Docker cannot say about the image and the installation made of it."""

from __future__ import annotations

import re
from configparser import ConfigParser
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest
import yaml  # type: ignore[import-untyped]  # reason: its types are a package of their own, for this one file
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from adapters.bootstrap import n8n_kit
from adapters.settings import Settings, read_settings
from entrypoints.version import VERSION

ROOT = Path(__file__).parents[1]
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text("utf-8"))
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
PROGRAMS = ("migrate", "api", "worker")
OF_N8N = ("n8n-database", "n8n-workflows", "n8n")
OURS_OF_POSTGRES = {"POSTGRES_USER", "POSTGRES_DB", "POSTGRES_PASSWORD", "POSTGRES_INITDB_ARGS"}
_VARIABLE = re.compile(r"\$\{(?P<name>\w+)(?P<otherwise>:[-?][^}]*)?\}")
_LINE_OF_ENV = re.compile(r"^(?P<optional>#?)(?P<name>[A-Z0-9_]+)=(?P<value>.*)$", re.MULTILINE)
_SECONDS = {"s": 1, "m": 60}


def _text(name: str) -> str:
    return (ROOT / name).read_text("utf-8")


def _setup() -> ConfigParser:
    setup = ConfigParser()
    setup.read_string(_text("setup.cfg"))
    return setup


def _variables() -> dict[str, str]:
    """Return what stands in docker-compose.yml for the operator to fill: a name, and `:?…`, `:-…` or nothing."""
    return {match["name"]: match["otherwise"] or "" for match in _VARIABLE.finditer(_text("docker-compose.yml"))}


def _filled(service: str) -> dict[str, str]:
    """Return a service's environment as an operator has it who filled in what is required and nothing else."""
    return {
        name: _VARIABLE.sub(
            lambda match: "k" * 64 if (match["otherwise"] or "").startswith(":?") else (match["otherwise"] or "")[2:],
            str(value),
        )
        for name, value in SERVICES[service]["environment"].items()
    }


def _instructions(*, stage: int) -> list[list[str]]:
    """Return the words of each instruction of one stage of the Dockerfile, comments left out."""
    text = re.sub(r"^#.*\n", "", _text("Dockerfile"), flags=re.MULTILINE).replace("\\\n", " ")
    return [line.split() for line in re.split(r"^(?=FROM )", text, flags=re.MULTILINE)[stage].splitlines() if line]


def _copied() -> set[str]:
    """Return what the build takes from the project's folder."""
    return {name for word, *names in _instructions(stage=1) if word == "COPY" for name in names[:-1]}


@pytest.mark.parametrize("service", PROGRAMS)
def test_every_variable_of_a_program_is_a_setting(service: str) -> None:
    settings = {each.name.upper() for each in fields(Settings)}

    assert set(SERVICES[service]["environment"]) <= settings


@pytest.mark.parametrize("service", PROGRAMS)
def test_a_program_starts_with_what_is_required_and_nothing_else(service: str) -> None:
    settings = read_settings(_filled(service))

    assert settings.database_url == f"postgresql://job_assistant:{'k' * 64}@postgres:5432/job_assistant"
    assert settings.log_format == "json"


def test_the_api_and_the_workers_have_one_environment() -> None:
    api, worker = read_settings(_filled("api")), read_settings(_filled("worker"))

    assert api == worker
    assert api.redis_url == "redis://redis:6379/0"
    assert api.bot_keys
    assert api.pipeline_keys
    assert api.operator_keys


def test_the_database_is_made_as_the_programs_look_for_it() -> None:
    environment = _filled("postgres")

    assert set(environment) == OURS_OF_POSTGRES
    user, password, name = (environment[f"POSTGRES_{word}"] for word in ("USER", "PASSWORD", "DB"))
    assert _filled("migrate")["DATABASE_URL"] == f"postgresql://{user}:{password}@postgres:5432/{name}"


def test_the_example_names_every_variable_and_holds_no_secret() -> None:
    example = {match["name"]: match for match in _LINE_OF_ENV.finditer(_text(".env.example"))}

    assert set(example) == set(_variables())
    required = {name for name, otherwise in _variables().items() if otherwise.startswith(":?")}
    assert {name for name, match in example.items() if not match["optional"]} == required
    assert [example[name]["value"] for name in sorted(required)] == [""] * len(required)


def test_the_command_of_the_example_makes_every_secret() -> None:
    made = re.search(r"for name in ([A-Z_ ]+);", _text(".env.example"))

    assert made is not None
    required = {name for name, otherwise in _variables().items() if otherwise.startswith(":?")}
    assert set(made[1].split()) == required


def test_the_second_command_of_the_example_makes_the_secrets_of_n8n() -> None:
    _, made = re.findall(r"for name in ([A-Z0-9_ ]+);", _text(".env.example"))

    assert {"N8N_TOKEN", "N8N_CALLBACK_SECRET"} < set(made.split()) < set(_variables())


def test_nobody_needs_n8n() -> None:
    """Whoever does not choose its profile starts nothing of it, and need not fill in anything."""
    assert {name for name, described in SERVICES.items() if "profiles" in described} == set(OF_N8N)
    assert {profile for name in OF_N8N for profile in SERVICES[name]["profiles"]} == {"n8n"}
    assert not [name for name, otherwise in _variables().items() if name.startswith("N8N_") and otherwise != ":-"]
    assert not any(
        set(described.get("depends_on", ())) & set(OF_N8N) for name, described in SERVICES.items() if name not in OF_N8N
    )


def test_the_programs_and_n8n_know_each_other() -> None:
    """The same variable gives both the secret that they share."""
    into, ours = SERVICES["n8n-workflows"]["environment"], SERVICES["api"]["environment"]

    shared = ("N8N_TOKEN", "N8N_CALLBACK_SECRET", "PIPELINE_KEYS")
    assert {name: into[name] for name in shared} == {name: ours[name] for name in shared}
    assert set(into) <= {each.name.upper() for each in fields(Settings)}
    assert into["N8N_BACKEND_URL"] == "http://api:8000"
    given = {"N8N_TOKEN": "t" * 64, "N8N_CALLBACK_SECRET": "s" * 64}
    settings = read_settings({**_filled("n8n-workflows"), **given})
    assert {each.id for each in n8n_kit(settings, queue_mode=False).credentials}
    assert "http://n8n:5678" in _text(".env.example")


def test_what_n8n_imports_is_for_its_user_alone() -> None:
    """Docker gives a new volume the owner and the mode of the folder of the image over which it is mounted."""
    writer, n8n = SERVICES["n8n-workflows"], SERVICES["n8n"]
    [made] = [" ".join(words) for words in _instructions(stage=2) if "install" in words]

    assert writer["user"] == n8n["user"] == "1000:1000"
    assert writer["volumes"] == ["n8n-kit:/var/lib/n8n-kit"]
    assert writer["command"] == ["n8n", "install", "--folder", "/var/lib/n8n-kit"]
    assert "n8n-kit:/var/lib/n8n-kit:ro" in n8n["volumes"]
    assert "install --directory --mode 700 --owner 1000 --group 1000 /var/lib/n8n-kit" in made
    # The folder in which programs of the image begin belongs to another user.
    assert writer["working_dir"] == "/"
    assert "sh /var/lib/n8n-kit/install.sh\n" in n8n["entrypoint"][-1]


def test_n8n_has_a_database_of_its_own_and_cannot_open_ours() -> None:
    n8n, makes = SERVICES["n8n"]["environment"], SERVICES["n8n-database"]

    assert (n8n["DB_TYPE"], n8n["DB_POSTGRESDB_DATABASE"], n8n["DB_POSTGRESDB_USER"]) == ("postgresdb", "n8n", "n8n")
    assert n8n["DB_POSTGRESDB_PASSWORD"] == makes["environment"]["N8N_DATABASE_PASSWORD"]
    script = makes["command"][-1]
    assert "CREATE DATABASE n8n OWNER n8n" in script
    assert "REVOKE CONNECT, TEMPORARY ON DATABASE job_assistant FROM PUBLIC" in script
    assert makes["image"] == SERVICES["postgres"]["image"]


def test_nobody_can_claim_n8n_and_it_reaches_nothing_outside() -> None:
    environment = SERVICES["n8n"]["environment"]

    assert environment["N8N_INSTANCE_OWNER_MANAGED_BY_ENV"] == "true"
    assert {"N8N_INSTANCE_OWNER_EMAIL", "N8N_INSTANCE_OWNER_PASSWORD_HASH", "N8N_ENCRYPTION_KEY"} <= set(environment)
    assert {name for name in OF_N8N for network in SERVICES[name]["networks"] if network != "private"} == set()
    for name in ("N8N_INSTANCE_OWNER_EMAIL", "N8N_INSTANCE_OWNER_PASSWORD_HASH", "N8N_ENCRYPTION_KEY"):
        assert name in SERVICES["n8n"]["entrypoint"][-1], f"it would start without {name}"


def test_n8n_waits_for_its_database_and_for_what_it_imports_and_is_given_time_to_end() -> None:
    described = SERVICES["n8n"]
    awaited = {name: how["condition"] for name, how in described["depends_on"].items()}

    assert awaited["n8n-database"] == awaited["n8n-workflows"] == "service_completed_successfully"
    assert int(described["stop_grace_period"][:-1]) > int(described["environment"]["N8N_GRACEFUL_SHUTDOWN_TIMEOUT"])


def test_redis_keeps_every_task() -> None:
    words = SERVICES["redis"]["command"]

    options = dict(zip(words[1::2], words[2::2], strict=True))
    assert options["--maxmemory-policy"] == "noeviction"
    assert options["--appendonly"] == "yes"
    assert "redis:/data" in SERVICES["redis"]["volumes"]


@pytest.mark.parametrize("service", SERVICES)
def test_a_container_has_no_rights_that_it_does_not_need(service: str) -> None:
    described = SERVICES[service]

    assert described["user"].split(":")[0].isdigit()
    assert int(described["user"].split(":")[0]) > 0
    assert described["read_only"] is True
    assert described["cap_drop"] == ["ALL"]
    assert described["security_opt"] == ["no-new-privileges:true"]
    assert "privileged" not in described
    assert "cap_add" not in described


@pytest.mark.parametrize("service", PROGRAMS)
def test_a_program_runs_as_the_user_of_the_image(service: str) -> None:
    [user] = [words[1] for words in _instructions(stage=2) if words[0] == "USER"]

    assert SERVICES[service]["user"] == user


def test_only_the_api_can_be_reached_and_only_from_this_machine() -> None:
    published = {name: described["ports"] for name, described in SERVICES.items() if "ports" in described}

    assert published == {"api": ["127.0.0.1:${PORT:-8000}:8000"]}
    assert COMPOSE["networks"]["private"]["internal"] is True
    assert {name for name, described in SERVICES.items() if "outside" in described["networks"]} == {"api", "worker"}


@pytest.mark.parametrize("service", ["api", "worker"])
def test_a_program_that_is_told_to_end_has_the_time_for_it(service: str) -> None:
    number, unit = SERVICES[service]["stop_grace_period"][:-1], SERVICES[service]["stop_grace_period"][-1]

    given = int(number) * _SECONDS[unit]
    # What it does after its grace, handing work back and closing, takes time, too.
    assert given >= Settings.grace_seconds + 10
    assert given > 20


@pytest.mark.parametrize("service", ["api", "worker"])
def test_a_program_waits_for_the_tables_and_for_redis(service: str) -> None:
    awaited = {name: how["condition"] for name, how in SERVICES[service]["depends_on"].items()}

    assert awaited["migrate"] == "service_completed_successfully"
    assert awaited["redis"] == "service_healthy"
    assert SERVICES["migrate"]["depends_on"] == {"postgres": {"condition": "service_healthy"}}
    assert SERVICES["migrate"]["restart"] == "no"


def test_the_number_of_workers_stands_in_the_settings_of_the_installation() -> None:
    """So that starting a new version, or after a restore, keeps it."""
    assert SERVICES["worker"]["scale"] == "${WORKERS:-1}"
    assert "--scale" not in _text("README.md")


def test_what_remembers_erasures_is_apart_from_the_database_and_belongs_to_the_user_of_the_image() -> None:
    mounted = dict(volume.split(":", 1) for volume in SERVICES["api"]["volumes"])
    made = [words for words in _instructions(stage=2) if "install" in words]

    assert _filled("api")["ERASURES_FILE"] == f"{mounted['erasures']}/erasures.jsonl"
    assert not any("erasures:" in volume for volume in SERVICES["postgres"]["volumes"])
    assert COMPOSE["volumes"]["erasures"] == {}
    # Docker gives a new volume the owner and the mode of the folder over which it is mounted.
    assert len(made) == 1
    assert made[0][-1] == mounted["erasures"]
    assert " ".join(made[0]).endswith(f"--mode 700 --owner job-assistant --group job-assistant {mounted['erasures']}")


def test_the_log_of_the_database_does_not_say_whose_row_it_refused() -> None:
    program, *options = SERVICES["postgres"]["command"]

    assert program == "postgres"
    assert dict(zip(options[::2], options[1::2], strict=True))["-c"] == "log_error_verbosity=terse"


def test_no_backup_can_be_committed_or_reach_the_image() -> None:
    assert {"*.dump", "*.dump.new"} <= set(_text(".gitignore").splitlines())
    assert "**/*.dump" in _text(".dockerignore").splitlines()


def test_every_image_is_pinned_to_one_version() -> None:
    bases = {words[1] for stage in (1, 2) for words in _instructions(stage=stage) if words[0] == "FROM"}
    images = {described["image"] for described in SERVICES.values()}

    assert len(bases) == 1
    for image in bases | images:
        assert re.fullmatch(r"[a-z0-9/-]+:\d+\.\d+(\.\d+)?(-[a-z-]+)?", image)


def test_the_image_says_which_version_it_is() -> None:
    assert f'org.opencontainers.image.version="{VERSION}"' in _text("Dockerfile")
    assert {SERVICES[name]["image"] for name in PROGRAMS} == {f"job-assistant:{VERSION}"}


def test_the_build_copies_what_the_wheel_is_made_of_and_sees_nothing_else() -> None:
    packages = {pattern.rstrip("*") for pattern in _setup()["options.packages.find"]["include"].split()}

    allowed = {line[1:] for line in _text(".dockerignore").splitlines() if line.startswith("!")}
    assert _text(".dockerignore").splitlines()[1] == "*"
    assert _copied() == allowed
    assert packages | {"pyproject.toml", "setup.cfg", "README.md", "NOTICE", "requirements.lock"} == allowed


def test_the_lock_holds_a_fitting_version_of_every_library() -> None:
    lock = _text("requirements.lock")
    locked = {
        canonicalize_name(name): (version, hashes)
        for name, version, hashes in re.findall(r"^(\S+)==(\S+)((?: \\\n    --hash=sha256:[0-9a-f]{64})+)$", lock, re.M)
    }

    # Nothing stands in it but versions with their hashes.
    assert len(locked) == len(re.findall(r"^\S", lock, re.MULTILINE))
    for requirement in map(Requirement, _setup()["options"]["install_requires"].strip().splitlines()):
        version, _ = locked[canonicalize_name(requirement.name)]
        assert requirement.specifier.contains(version), f"{requirement} is locked at {version}; compile the lock anew"
