"""The quality of a résumé over HTTP: every line and all advice worded, and numbers that make sense."""

from __future__ import annotations

import ast
import inspect
import json
import re
from datetime import date
from importlib.resources import files
from pathlib import Path
from statistics import pstdev
from typing import Any

import pytest

from adapters.bootstrap import lexicon
from adapters.documents.reader import ChildProcessReader
from domain.insights import dates, facts, writing
from domain.insights.quality import Advice, quality_of
from domain.insights.rubric import POSSIBLE, QUALITY_VERSION, Criterion
from domain.resumes.content import ResumeContent
from entrypoints.api.schemas.resumes import NewResume
from entrypoints.messages.words import LANGUAGES, words
from tests.entrypoints.installation import ANNA, BORIS, PROFILE, Installation, code_of, told

THEN = date(2026, 11, 23)
POOR = {
    "desired_position": "Любая работа",
    "years_experience": 4,
    "skills": ["ответственность", "коммуникабельность", "ПК"],
    "languages": [],
    "education_level": "secondary",
    "experience": [{"position": "Сотрудник", "description": "Разные задачи."}, {"company": "Магазин"}],
    "summary": "Я ответственный, коммуникабельный, стрессоустойчивый, пунктуальный. Мне нужна моя работа.",
}
POOR_IN_ENGLISH = {
    "desired_position": "Anything",
    "years_experience": 4,
    "skills": ["responsibility", "team player", "PC"],
    "languages": [],
    "education_level": "secondary",
    "experience": [{"position": "Worker", "description": "Various tasks."}, {"company": "A shop"}],
    "summary": "I am a hard-working, communicative team player. I want my job to fit me.",
}


def lines_of(answer: Any) -> dict[str, Any]:
    return {line["code"]: line for line in told(answer)["lines"]}


def score_of(content: ResumeContent) -> int:
    return quality_of(content, reachable=True, today=THEN, measures=lexicon()).score


def of_the_form(says: dict[str, Any]) -> ResumeContent:
    content: ResumeContent = NewResume().load(says)["content"]
    return content


def test_the_quality_of_the_current_resume(with_anna: Installation) -> None:
    answer = with_anna.bot.get(f"/resume/{ANNA}/quality")

    quality, lines = told(answer), lines_of(answer)
    assert answer.status_code == 200
    assert quality["quality_version"] == QUALITY_VERSION
    assert {code: line["possible"] for code, line in lines.items()} == {
        each.value: POSSIBLE[each] for each in Criterion
    }
    applicable = [line for line in lines.values() if line["applicable"]]
    won, possible = (sum(line[what] for line in applicable) for what in ("points", "possible"))
    assert quality["score"] == round(100 * won / possible)
    assert lines["experience"]["advice"] == [
        {
            "code": "jobs_missing",
            "gain": round(100 * 12 / possible, 1),
            "names": [],
            "text": "Перечислите места работы: должность, компанию, месяц начала и окончания. Это до +13,8 к оценке.",
        }
    ]


def test_advice_is_worded_in_the_callers_language_and_in_the_persons_words(api: Installation) -> None:
    api.welcome(
        experience=[{"position": "Повар", "company": "Кафе «Вымысел»", "start": "2022-05", "current": True}],
        skills=["Гриль", "Соусы", "Фудкост", "Банкеты", "Техкарты"],
    )

    russian = lines_of(api.bot.get(f"/resume/{ANNA}/quality"))
    english = lines_of(api.bot.get(f"/resume/{ANNA}/quality", headers={"Accept-Language": "en"}))

    assert english["results"]["title"] == "Results and figures"
    assert "«Повар (Кафе „Вымысел“)»" in russian["results"]["advice"][0]["text"]
    (unproven,) = russian["proof"]["advice"]
    assert unproven["names"] == ["Гриль", "Соусы", "Фудкост", "Банкеты"]
    assert unproven["text"].startswith(
        "Эти навыки нигде не подтверждены: «Гриль», «Соусы», «Фудкост», «Банкеты» и ещё 1. Если вы применяли их"
    )
    assert english["results"]["advice"][0]["text"] == (
        "Tell what you did and what changed, best in figures (how many, by how much, how soon), only what really "
        "happened: “Повар (Кафе «Вымысел»)”. Worth up to +23.9 points."
    )  # fmt: skip


def test_the_rubric_is_published_as_it_is() -> None:
    readme = (Path(__file__).parents[2] / "README.md").read_text("utf-8")
    published = re.findall(r"^\| `([a-z]+)` \| (\d+) \| [^|]+ \|$", readme, re.MULTILINE)

    assert [(code, int(points)) for code, points in published] == [(each.value, POSSIBLE[each]) for each in Criterion]


def test_a_correction_is_judged_at_once(with_anna: Installation) -> None:
    before = told(with_anna.bot.get(f"/resume/{ANNA}/quality"))["score"]
    patch = {"languages": [{"name": "English"}]}
    with_anna.bot.call("PATCH", f"/resume/{ANNA}", json=patch, headers={"If-Match": "*"})

    after = with_anna.bot.get(f"/resume/{ANNA}/quality")

    assert told(after)["score"] < before
    assert [advice["code"] for advice in lines_of(after)["languages"]["advice"]] == ["levels_missing"]


def test_without_a_resume_there_is_nothing_to_judge(api: Installation) -> None:
    api.bot.post("/users/", PROFILE)

    answers = [api.bot.get(f"/resume/{each}/quality") for each in (ANNA, BORIS)]

    assert [(answer.status_code, code_of(answer)) for answer in answers] == [
        (404, "resume_not_found"),
        (404, "user_not_found"),
    ]


def test_a_strangers_question_is_refused(with_anna: Installation) -> None:
    assert with_anna.stranger.get(f"/resume/{ANNA}/quality").status_code == 401


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_line_and_all_advice_has_its_words(language: str) -> None:
    said = words(language)
    texts = {
        node.value
        for module in (facts, dates, writing)
        for node in ast.walk(ast.parse(inspect.getsource(module)))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    codes = {text for text in texts if re.fullmatch(r"[a-z]+(?:_[a-z]+)+", text)} | {"capitals", "fillers"}

    assert {"contacts_missing", "figures_missing", "text_short", "dates_reversed", "first_person"} <= codes
    assert [code for code in sorted(codes) if said.advice(Advice(code=code, gain=1)).startswith(f"{code} ")] == []
    assert [each for each in Criterion if said.criterion(each) == each.value] == []


@pytest.mark.parametrize(
    ("count", "said"), [(1, "1 длинное предложение"), (3, "3 длинных предложения"), (5, "5 длинных предложений")]
)
def test_russian_plurals_of_sentences(count: int, said: str) -> None:
    advice = Advice(code="sentences_long", gain=1.5, data={"names": ["Слово…"] * count, "count": count})

    assert f"Разбейте {said} на короткие: «Слово…»" in words("ru").advice(advice)
    assert words("ru").advice(advice).endswith("Это до +1,5 к оценке.")


def test_the_shipped_samples_are_good_resumes_and_poor_ones_are_told_from_them(reader: ChildProcessReader) -> None:
    folder = files("entrypoints") / "samples" / "resumes"

    good = {file.name: score_of(reader.read(file.read_bytes()).content) for file in folder.iterdir()}

    assert len(good) == 6
    assert min(good.values()) >= 80
    assert score_of(of_the_form(POOR)) <= 35
    assert score_of(of_the_form(POOR_IN_ENGLISH)) <= 35


def test_the_judged_resumes_have_plausible_scores_that_differ() -> None:
    text = (files("entrypoints") / "judged" / "queries.jsonl").read_text("utf-8")
    queries = [json.loads(line) for line in text.splitlines()]

    scores = {query["id"]: score_of(of_the_form(query["resume"])) for query in queries}

    assert len(scores) >= 35
    assert all(55 <= score <= 95 for score in scores.values())
    assert pstdev(scores.values()) >= 4
    # Figures and results in every job, against two short stories without either.
    assert scores["g2-r1"] >= scores["g5-r6"] + 15
    assert scores["g4-r4"] >= scores["g4-r7"] + 10


def test_both_languages_are_judged_alike() -> None:
    text = (files("entrypoints") / "judged" / "queries.jsonl").read_text("utf-8")
    queries = [json.loads(line) for line in text.splitlines()]

    means = {}
    for language in LANGUAGES:
        scores = [score_of(of_the_form(query["resume"])) for query in queries if query["language"] == language]
        means[language] = sum(scores) / len(scores)

    assert abs(means["ru"] - means["en"]) <= 6
