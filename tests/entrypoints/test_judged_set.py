"""The judged set that comes with the product is sound."""

from __future__ import annotations

import json
from collections import Counter
from importlib.resources import files
from itertools import product
from typing import Any

import pytest

from entrypoints.api.schemas.resumes import NewResume
from entrypoints.vacancy_items import read_items

JUDGED = files("entrypoints").joinpath("judged")
LANGUAGES = ("ru", "en")


def lines(name: str) -> list[Any]:
    return [json.loads(line) for line in JUDGED.joinpath(name).read_text("utf-8").splitlines()]


QUERIES, VACANCIES, QRELS, SKILLS = (lines(f"{name}.jsonl") for name in ("queries", "vacancies", "qrels", "skills"))
GRADES = {(each["resume"], each["vacancy"]): each["grade"] for each in QRELS}
LANGUAGE_OF = {each["id"]: each["language"] for each in VACANCIES}


def group(name: str) -> str:
    return name.partition("-")[0]


def test_it_is_as_large_as_it_says_and_every_id_is_there_once() -> None:
    assert (len(QUERIES), len(VACANCIES), len(GRADES)) == (35, 400, len(QRELS))
    assert len({each["id"] for each in QUERIES}) == 35
    assert len(LANGUAGE_OF) == 400
    assert {resume for resume, _ in GRADES} == {each["id"] for each in QUERIES}
    assert {vacancy for _, vacancy in GRADES} == set(LANGUAGE_OF)


def test_every_resume_and_every_vacancy_is_one_the_api_takes() -> None:
    read = read_items(VACANCIES)
    errors = {each["id"]: NewResume().validate(each["resume"]) for each in QUERIES}

    assert (read.errors, len(read.drafts)) == ({}, 400)
    assert not any(errors.values())


def test_both_languages_and_many_professions_are_in_it() -> None:
    assert {each["language"] for each in QUERIES} == set(LANGUAGE_OF.values()) == set(LANGUAGES)
    assert len({each["profession"] for each in QUERIES}) >= 25
    assert min(Counter(LANGUAGE_OF.values()).values()) >= 100


def test_grades_are_0_to_3_and_a_group_is_judged_whole() -> None:
    inside = [pair for pair in GRADES if group(pair[0]) == group(pair[1])]

    assert set(GRADES.values()) == {0, 1, 2, 3}
    assert len(inside) == 35 * 80


@pytest.mark.parametrize("resume", [each["id"] for each in QUERIES])
def test_for_everybody_there_is_something_to_find(resume: str) -> None:
    grades = Counter(grade for (person, _), grade in GRADES.items() if person == resume)

    assert grades[3] >= 3
    assert grades[0] > grades[1] + grades[2] + grades[3]


def test_the_final_part_is_judged_whole_and_shares_nothing_with_the_other() -> None:
    queries, vacancies, qrels = (lines(f"final/{name}.jsonl") for name in ("queries", "vacancies", "qrels"))
    read = read_items(vacancies)
    language_of = {each["id"]: each["language"] for each in (*queries, *vacancies)}
    worthy = [each for each in qrels if each["grade"] >= 2]

    assert (read.errors, len(read.drafts)) == ({}, 200)
    assert not any(NewResume().validate(each["resume"]) for each in queries)
    assert {(each["resume"], each["vacancy"]) for each in qrels} == set(
        product([each["id"] for each in queries], [each["id"] for each in vacancies])
    )
    assert len(qrels) == 20 * 200
    assert {each["resume"] for each in worthy} == {each["id"] for each in queries}
    assert {(language_of[each["resume"]], language_of[each["vacancy"]]) for each in worthy} == set(
        product(LANGUAGES, LANGUAGES)
    )
    assert language_of.keys().isdisjoint([*LANGUAGE_OF, *(each["id"] for each in QUERIES)])
    assert ({each["part"] for each in queries}, {each["part"] for each in QUERIES}) == ({"final"}, {"tuning"})


def test_the_words_of_a_labelled_skill_stand_in_the_vacancy() -> None:
    by_id = {each["id"]: each for each in VACANCIES}

    absent = [
        (each["vacancy"], skill["words"])
        for each in SKILLS
        for skill in each["skills"]
        if skill["words"] not in told(by_id[each["vacancy"]])
    ]

    assert len({each["vacancy"] for each in SKILLS}) == len(SKILLS) == 75
    assert absent == []
    assert {type(skill["must"]) for each in SKILLS for skill in each["skills"]} == {bool}


def told(vacancy: dict[str, Any]) -> str:
    texts = [vacancy.get(name) or "" for name in ("title", "responsibilities", "requirements", "description")]
    return "\n".join([*texts, *(vacancy.get("skills") or ())])


def test_every_resume_names_its_group() -> None:
    named = {(group(each["id"]), each["group"]) for each in QUERIES}

    assert len(named) == len({number for number, _ in named}) == len({name for _, name in named}) == 5
