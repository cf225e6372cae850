"""The command line in this process, in an environment of the test's own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from pathlib import Path

import pytest

from adapters.settings import Settings
from entrypoints.cli import main
from tests.e2e.programs import Ended
from tests.log_lines import logging_as_before

Run = Callable[..., Ended]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Return what runs a command to its end; its data are in `tmp_path / "data"`, settings are keywords."""
    for each in fields(Settings):
        monkeypatch.delenv(each.name.upper(), raising=False)
    monkeypatch.setenv("DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("PORT", "0")
    monkeypatch.setenv("TRUDVSEM_URL", "none")

    def run(*arguments: str | Path, **settings: str) -> Ended:
        capsys.readouterr()
        with monkeypatch.context() as patch, logging_as_before():
            for name, value in settings.items():
                patch.setenv(name, value)
            with pytest.raises(SystemExit) as ended:
                main([str(argument) for argument in arguments], prog_name="job-assistant")
        said = capsys.readouterr()
        return Ended(int(ended.value.code or 0), said.out, said.err)

    return run
