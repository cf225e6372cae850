"""`evaluate skills`: how well the skills that vacancies ask for are found, measured on labels given by hand."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from importlib.resources import files
from pathlib import Path
from typing import Any

import click

from adapters.bootstrap import extraction
from domain.evaluation.bootstrap import Estimate
from domain.evaluation.extraction import Extraction, ExtractionSection, Reading
from entrypoints.cli.evaluate import rounded, tell_errors, tell_lines
from entrypoints.cli.labelled_set import LabelledSet, read_labelled

SHIPPED = {"VACANCIES": "vacancies.jsonl", "LABELS": "skills.jsonl"}

_COLUMNS = ("precision", "recall", "F1", "must or nice")
_NAME, _CELL = 16, 21


@click.command()
@click.argument(
    "vacancies",
    required=False,
    metavar="[VACANCIES]",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
)
@click.argument(
    "labels", required=False, metavar="[LABELS]", type=click.Path(exists=True, dir_okay=False, path_type=Path)
)
@click.option("--errors", "with_errors", is_flag=True, help="Also what was missed and found wrongly, the worst first.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object instead of a table.")
def skills(vacancies: Path | None, labels: Path | None, with_errors: bool, as_json: bool) -> None:
    """Measure the skills found in vacancies against labels: precision, recall, F1, each with its 95 % interval.

    Without files the labelled sample that comes with the product is used. Files are JSON Lines: VACANCIES has items as
    `POST /vacancies/` takes them, and `language`; LABELS has `vacancy` and `skills`, each with `skill`, `words`,
    `must`. Vacancies without labels are left out. A label is met by a skill found that has its name by the catalogue,
    or that its words name; generic skills count on neither side. "must or nice" is the share of the labels met whose
    must or nice is told truly. A bad line is told on standard error and left out.
    """
    labelled = _read_told(_texts_of(vacancies, labels))
    measured = extraction()(labelled.vacancies)
    for index, errors in measured.errors.items():
        tell_errors(f"VACANCIES: {labelled.vacancies[index].draft.id}", errors)
    if not measured.sections:
        raise click.ClickException("nothing to measure: no vacancy has labels")
    if as_json:
        click.echo(json.dumps(_values(measured, with_errors=with_errors), ensure_ascii=False))
        return
    click.echo("\n".join(_table(measured)))
    if with_errors:
        click.echo("\n" + "\n".join(line for reading in measured.readings for line in _lines(reading)))


def _texts_of(*given: Path | None) -> dict[str, str]:
    if not any(given):
        shipped = files("entrypoints").joinpath("judged")
        return {name: shipped.joinpath(file).read_text("utf-8") for name, file in SHIPPED.items()}
    texts = {}
    for name, path in zip(SHIPPED, given, strict=True):
        if path is None:
            raise click.UsageError("Give both files, or none for the sample that comes with the product.")
        texts[name] = path.read_bytes().decode("utf-8-sig", errors="replace")
    return texts


def _read_told(texts: Mapping[str, str]) -> LabelledSet:
    labelled = read_labelled(vacancies=texts["VACANCIES"], labels=texts["LABELS"])
    for name, errors in labelled.errors.items():
        tell_lines(name, errors)
    if labelled.strangers:
        click.echo(f"LABELS: {labelled.strangers} lines are of vacancies that are not there", err=True)
    return labelled


def _table(measured: Extraction) -> Iterator[str]:
    yield "95 % intervals by bootstrap over vacancies"
    yield ""
    yield _row("", _COLUMNS)
    for section in measured.sections:
        yield _row(section.language or "all", [_cell(each) for each in _figures(section)])
    everything = measured.sections[0]
    yield f"{everything.vacancies} vacancies, {everything.labels} labels, {everything.found} skills found"


def _figures(section: ExtractionSection) -> tuple[Estimate, ...]:
    return section.precision, section.recall, section.f1, section.must


def _row(name: str, cells: tuple[str, ...] | list[str]) -> str:
    return (name.ljust(_NAME) + "".join(cell.ljust(_CELL) for cell in cells)).rstrip()


def _cell(figure: Estimate) -> str:
    return f"{figure.mean:.3f} [{figure.low:.2f} {figure.high:.2f}]"


def _lines(reading: Reading) -> Iterator[str]:
    yield (
        f"{reading.vacancy_id}  {reading.title}: met {reading.met} of {reading.labels}, "
        f"right {reading.right} of {reading.found}"
    )
    for sign, named in (("missed", reading.missed), ("wrong", reading.wrong)):
        yield from (f"    {sign}  {each.skill}  «{' '.join(each.words.split())}»" for each in named)


def _values(measured: Extraction, *, with_errors: bool) -> dict[str, Any]:
    told: dict[str, Any] = {"sections": [rounded(asdict(section)) for section in measured.sections]}
    if with_errors:
        told["vacancies"] = [asdict(reading) for reading in measured.readings]
    return told
