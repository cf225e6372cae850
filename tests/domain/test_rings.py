"""The domain stands on the standard library alone."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import domain

FILES = sorted(Path(domain.__file__).parent.rglob("*.py"))


def _imported(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield "a relative import" if node.level else (node.module or "").partition(".")[0]


def test_every_subject_of_the_domain_is_looked_at() -> None:
    subjects = {path.parent.name for path in FILES}

    assert subjects >= {"domain", "users", "resumes", "vacancies", "matching", "search"}


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_the_domain_imports_only_the_standard_library_and_itself(path: Path) -> None:
    imported = set(_imported(ast.parse(path.read_text(encoding="utf-8"))))

    assert imported <= sys.stdlib_module_names | {"domain"}


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_the_domain_reads_no_clock_no_chance_and_no_environment(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    called = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute) and _names_datetime(node.value)}

    assert not {"os", "random", "secrets", "uuid", "time", "socket"} & set(_imported(tree))
    assert not {"now", "utcnow", "today"} & called


def _names_datetime(node: ast.expr) -> bool:
    return isinstance(node, ast.Name) and node.id in {"datetime", "date"}
