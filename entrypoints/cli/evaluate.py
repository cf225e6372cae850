"""`evaluate rank`: how good the ranking is, measured on judged pairs."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict
from importlib.resources import files
from pathlib import Path
from typing import Any

import click

from adapters.bootstrap import ranking, read_settings
from domain.evaluation.bootstrap import Estimate
from domain.evaluation.comparison import (
    Answer,
    CompareRankings,
    Comparison,
    Contender,
    Measured,
    Row,
    Section,
)
from domain.evaluation.metrics import DEEP, FIRST, HIGHEST_GRADE, RELEVANT
from domain.evaluation.reading import Band, Reading
from entrypoints.cli.judged_set import Errors, JudgedSet, Kept, read_judged
from entrypoints.cli.running import told_plainly
from entrypoints.messages.words import words

SHIPPED = {"QUERIES": "queries.jsonl", "VACANCIES": "vacancies.jsonl", "QRELS": "qrels.jsonl"}

_FIGURES: Mapping[str, Callable[[Measured], Estimate]] = {
    f"nDCG@{DEEP}": lambda measured: measured.ndcg,
    f"P@{FIRST}": lambda measured: measured.precision,
    "MRR": lambda measured: measured.mrr,
}
_NAME, _CELL, _NARROW = 27, 21, 11


@click.group()
def evaluate() -> None:
    """How good the ranking and the reading of vacancies are, measured on what people judged."""


def _file(name: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    return click.argument(
        name.lower(), required=False, metavar=f"[{name}]", type=click.Path(exists=True, dir_okay=False, path_type=Path)
    )


@evaluate.command()
@_file("QUERIES")
@_file("VACANCIES")
@_file("QRELS")
@click.option("--language-pairs", is_flag=True, help="Also each pair of languages of résumé and vacancy by itself.")
@click.option(
    "--part",
    type=click.Choice([each.value for each in Kept]),
    help="Only the résumés kept for this; of the shipped set, `final` has vacancies of its own.",
)
@click.option("--per-query", is_flag=True, help="Also each résumé, the worst first: what stands first, what is missed.")
@click.option(
    "--reading", is_flag=True, help="Also what a score means: how the pairs of each band of scores were judged."
)
@click.option("--most", type=click.IntRange(min=1), metavar="N", help="Only the first N résumés, for a quick look.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object instead of tables.")
def rank(
    queries: Path | None,
    vacancies: Path | None,
    qrels: Path | None,
    language_pairs: bool,
    part: str | None,
    per_query: bool,
    reading: bool,
    most: int | None,
    as_json: bool,
) -> None:
    """Measure our ranking beside chance, BM25 and an embedding: nDCG@10, P@5, MRR, each with its 95 % interval.

    Without files the judged set that comes with the product is used. Files are JSON Lines: QUERIES has `id`,
    `language`, `part` (`tuning`, `final`), `group` (of professions) and `resume` as `POST /resume/json` takes it;
    VACANCIES has items as `POST /vacancies/` takes them, and `language`; QRELS has `resume`, `vacancy` and `grade` from
    0 to 3. What nobody judged counts 0; judged@10 says how much of the first ten somebody did. "ours above" is the
    difference résumé by résumé. `--reading` leaves out what nobody judged. A bad line is told on standard error and
    left out.
    """
    with told_plainly():
        settings = read_settings(os.environ)
    judged = _read_told(_texts_of(queries, vacancies, qrels, part=part), part, most)
    with click.progressbar(judged.resumes, label="Ranking", file=sys.stderr) as resumes:
        compared = CompareRankings(ranking(settings))(
            resumes=resumes, drafts=judged.drafts, languages=judged.languages, pairs=language_pairs
        )
    for index, errors in compared.errors.items():
        tell_errors(f"VACANCIES: {judged.drafts[index].id}", errors)
    if not compared.sections[0].rows:
        raise click.ClickException("nothing to measure: no résumé has a vacancy of a grade above 0")
    if as_json:
        values = _values(compared, part, per_query=per_query, reading=reading)
        click.echo(json.dumps(values, ensure_ascii=False))
        return
    click.echo("\n\n".join(_report(compared, part, per_query=per_query, reading=reading)))


def _texts_of(*given: Path | None, part: str | None) -> dict[str, str]:
    if not any(given):
        shipped = files("entrypoints").joinpath("judged/final" if part == Kept.FINAL else "judged")
        return {name: shipped.joinpath(file).read_text("utf-8") for name, file in SHIPPED.items()}
    texts = {}
    for name, path in zip(SHIPPED, given, strict=True):
        if path is None:
            raise click.UsageError("Give all three files, or none for the set that comes with the product.")
        texts[name] = path.read_bytes().decode("utf-8-sig", errors="replace")
    return texts


def _read_told(texts: Mapping[str, str], part: str | None, most: int | None) -> JudgedSet:
    judged = read_judged(
        queries=texts["QUERIES"],
        vacancies=texts["VACANCIES"],
        qrels=texts["QRELS"],
        part=None if part is None else Kept(part),
        most=most,
    )
    for name, errors in judged.errors.items():
        tell_lines(name, errors)
    if judged.strangers:
        click.echo(f"QRELS: {judged.strangers} grades are of résumés or vacancies that are not there", err=True)
    return judged


def tell_lines(name: str, errors: Errors) -> None:
    for number, wrong in sorted(errors.items()):
        tell_errors(f"{name}:{number}", wrong)


def tell_errors(where: str, errors: Mapping[str, Sequence[str]]) -> None:
    said = words("en")
    told = "; ".join(f"{name}: {said.field(code)}" for name, codes in errors.items() for code in codes)
    click.echo(f"{where}: {told}", err=True)


def _report(compared: Comparison, part: str | None, *, per_query: bool, reading: bool) -> Iterator[str]:
    kept = "" if part is None else f", part {part}"
    yield f"Scorer {compared.scorer_version}{kept}; 95 % intervals by bootstrap over résumés"
    for section in compared.sections:
        yield "\n".join(_table(section))
    if reading:
        yield from ("\n".join(_reading_table(each)) for each in compared.readings)
    if per_query:
        yield "\n".join(line for answer in compared.answers for line in _lines(answer))


def _table(section: Section) -> Iterator[str]:
    pair = "all languages" if section.languages is None else " → ".join(section.languages)
    left_out = f", {section.left_out} left out, for which nothing is worth anything" if section.left_out else ""
    yield f"{pair}: {section.resumes} résumés, {section.vacancies} vacancies{left_out}"
    if not section.rows:
        return
    yield _row("", [*_FIGURES, f"judged@{DEEP}"])
    for contender in Contender:
        row = section.rows.get(contender)
        if row is None:
            yield _row(contender.value, ["no model"])
            continue
        yield _row(contender.value, [*_cells(row.measured, ""), f"{100 * row.judged:.0f} %"])
    for contender, row in section.rows.items():
        if row.ours_above is not None:
            yield _row(f"ours above {contender.value}", _cells(row.ours_above, "+"))


def _reading_table(reading: Reading) -> Iterator[str]:
    yield f"What a score means, {reading.group or 'all professions'}: {reading.resumes} résumés"
    grades = [f"grade {grade}" for grade in range(HIGHEST_GRADE, -1, -1)]
    yield _narrow_row("", [*grades, f"{RELEVANT} or more", "judged", "unjudged"])
    for band in reading.bands:
        shares = ["-"] * len(grades) if band.shares is None else [f"{100 * each:.0f} %" for each in band.shares[::-1]]
        relevant = "-" if band.relevant is None else f"{100 * band.relevant:.0f} %"
        yield _narrow_row(_name_of(band), [*shares, relevant, str(band.judged), str(band.unjudged)])


def _name_of(band: Band) -> str:
    return f"score {band.least} to {band.most}"


def _narrow_row(name: str, cells: Sequence[str]) -> str:
    return (name.ljust(_NAME) + "".join(cell.ljust(_NARROW) for cell in cells)).rstrip()


def _row(name: str, cells: Sequence[str]) -> str:
    return (name.ljust(_NAME) + "".join(cell.ljust(_CELL) for cell in cells)).rstrip()


def _cells(measured: Measured, sign: str) -> list[str]:
    return [
        f"{each.mean:{sign}.3f} [{each.low:{sign}.2f} {each.high:{sign}.2f}]"
        for each in (figure(measured) for figure in _FIGURES.values())
    ]


def _lines(answer: Answer) -> Iterator[str]:
    figures = "  ".join(f"{contender.value} {each.ndcg:.2f}" for contender, each in answer.figures.items())
    yield f"{answer.resume_id}  {answer.position or '-'}: nDCG@{DEEP} {figures}"
    for placed in (*answer.first, *answer.missed):
        grade = "-" if placed.grade is None else placed.grade
        yield f"    {placed.place:>4}. [{grade}] {placed.vacancy_id}  {placed.title}"


def _values(compared: Comparison, part: str | None, *, per_query: bool, reading: bool) -> dict[str, Any]:
    told: dict[str, Any] = {
        "scorer_version": compared.scorer_version,
        "part": part,
        "sections": [_section_values(section) for section in compared.sections],
    }
    if reading:
        told["readings"] = [_reading_values(each) for each in compared.readings]
    if per_query:
        told["queries"] = [_answer_values(answer) for answer in compared.answers]
    return told


def _section_values(section: Section) -> dict[str, Any]:
    return {
        "languages": section.languages,
        "resumes": section.resumes,
        "vacancies": section.vacancies,
        "left_out": section.left_out,
        "rankings": {contender.value: _row_values(section.rows.get(contender)) for contender in Contender},
    }


def _reading_values(reading: Reading) -> dict[str, Any]:
    bands = [{**asdict(each), "shares": each.shares, "relevant": each.relevant} for each in reading.bands]
    return {"group": reading.group, "resumes": reading.resumes, "bands": [rounded(each) for each in bands]}


def _row_values(row: Row | None) -> dict[str, Any] | None:
    return None if row is None else rounded(asdict(row))


def _answer_values(answer: Answer) -> dict[str, Any]:
    return {
        "id": answer.resume_id,
        "position": answer.position,
        "figures": {contender.value: rounded(asdict(each)) for contender, each in answer.figures.items()},
        "first": [asdict(placed) for placed in answer.first],
        "missed": [asdict(placed) for placed in answer.missed],
    }


def rounded(told: Any) -> Any:
    """Return the same figures with four digits, which is more than their intervals bear out."""
    if isinstance(told, dict):
        return {name: rounded(value) for name, value in told.items()}
    if isinstance(told, (list, tuple)):
        return [rounded(each) for each in told]
    return round(told, 4) if isinstance(told, float) else told
