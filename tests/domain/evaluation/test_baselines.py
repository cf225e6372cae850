"""The rankings that anybody could make."""

from __future__ import annotations

from collections.abc import Sequence
from math import log

import pytest

from domain.evaluation.baselines import (
    LONGEST_ENCODED,
    SHUFFLES,
    Bm25,
    by_chance,
    by_embedding,
    fused,
    resume_text,
    vacancy_text,
)
from domain.evaluation.chance import drawn
from domain.evaluation.metrics import in_order
from domain.identifiers import VacancyId
from domain.resumes.content import Experience, ResumeContent
from tests.builders import a_resume_content, a_vacancy
from tests.domain.instruments import FixedSimilarity, NoSimilarity


class SharedLetters:
    """Finds texts the nearer, the more letters they share; remembers what it was asked."""

    model = "letters-1"

    def __init__(self) -> None:
        self.asked: list[str] = []

    def between(self, text: str, others: Sequence[str]) -> Sequence[float]:
        self.asked += [text, *others]
        return [len(set(text) & set(other)) / len(set(text) | set(other)) for other in others]


def test_bm25_gives_the_published_weights() -> None:
    index = Bm25({"a": ("go", "go", "sql"), "b": ("sql",), "c": ("java", "spring", "sql", "kafka")})

    scores = index.scores(("go",))

    # Two in a document of three where the mean is 8/3; one document of three holds the stem.
    idf = log(1 + (3 - 1 + 0.5) / (1 + 0.5))
    norm = 1.2 * (1 - 0.75 + 0.75 * 3 / (8 / 3))
    assert scores == {"a": pytest.approx(idf * 2 * 2.2 / (2 + norm), abs=1e-8), "b": 0, "c": 0}


def test_a_rare_stem_weighs_more_than_one_that_all_have_and_a_repeated_question_no_more_than_one() -> None:
    index = Bm25({"a": ("sql", "go"), "b": ("sql", "c"), "c": ("sql", "c")})

    assert index.scores(("go",))["a"] > index.scores(("sql",))["a"] > 0
    assert index.scores(("go", "go", "nothing")) == index.scores(("go",))


def test_documents_without_words_score_nothing() -> None:
    assert Bm25({"a": (), "b": ("go",)}).scores(("go",))["a"] == 0
    assert Bm25({"a": ()}).scores(("go",)) == {"a": 0}
    assert Bm25({}).scores(("go",)) == {}


def test_chance_puts_everyone_first_now_and_then_and_is_the_same_for_the_same_seed() -> None:
    orders = by_chance(["b", "a", "c"], drawn(3))

    assert len(orders) == SHUFFLES
    assert {order[0] for order in orders} == {"a", "b", "c"}
    assert orders == by_chance(["c", "b", "a"], drawn(3))


def test_the_most_telling_words_come_first() -> None:
    vacancy = a_vacancy(title="T", skills=("A", "B"), requirements="R", responsibilities="D", description="O")
    resume = a_resume_content(
        desired_position="W",
        current_position=None,
        skills=("A", "B"),
        experience=(Experience(position="P", company="C", description="D"), Experience(position="Q")),
        summary="S",
    )

    assert vacancy_text(vacancy) == "T\nA, B\nR\nD\nO"
    assert resume_text(resume) == "W\nA, B\nP\nD\nQ"
    assert resume_text(ResumeContent()) == ""


def test_an_embedding_compares_the_beginnings_of_the_texts() -> None:
    similarity = SharedLetters()
    near, far = a_vacancy(id=VacancyId("near"), title="ab"), a_vacancy(id=VacancyId("far"), title="xyz")
    bare = ResumeContent(desired_position="ab" * LONGEST_ENCODED)

    scores = by_embedding(bare, [near, far], similarity)

    assert scores is not None
    assert scores["near"] > scores["far"]
    assert max(map(len, similarity.asked)) == LONGEST_ENCODED


def test_without_a_model_nothing_is_embedded() -> None:
    assert by_embedding(a_resume_content(), [a_vacancy()], NoSimilarity()) is None
    assert by_embedding(a_resume_content(), [a_vacancy()], FixedSimilarity(0.5)) == {a_vacancy().id: 0.5}


def test_a_fusion_weighs_both_alike_within_a_language() -> None:
    languages = {"r1": "ru", "r2": "ru", "e1": "en", "e2": "en"}
    lexical = {"r1": 30.0, "r2": 10.0, "e1": 2.0, "e2": 1.0}
    semantic = {"r1": 0.2, "r2": 0.2, "e1": 0.4, "e2": 0.6}

    scores = fused(lexical, semantic, languages)

    # Words are for r1 and meaning is for neither; in English they contradict each other.
    assert scores == {"r1": 1.0, "r2": -1.0, "e1": 0.0, "e2": 0.0}
    assert in_order(scores) == ["r1", "e1", "e2", "r2"]
