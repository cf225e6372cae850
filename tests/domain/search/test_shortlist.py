"""What is worth being read in full."""

from __future__ import annotations

from domain.identifiers import VacancyId
from domain.matching.scorer import Scorer
from domain.search.shortlist import Shortlist
from tests.builders import a_resume_content, a_vacancy
from tests.domain.instruments import MEASURES

SHORTLIST = Shortlist(Scorer(MEASURES))


def test_the_best_come_first_and_no_more_than_asked_for() -> None:
    fitting = a_vacancy(id=VacancyId("hh-3"))
    strange = a_vacancy(id=VacancyId("hh-1"), title="Водитель", requirements="", description="", skills=(), asks=())
    another_role = a_vacancy(id=VacancyId("hh-2"), title="Водитель")

    best = SHORTLIST(a_resume_content(), [strange, another_role, fitting], 2)

    assert [each.id for each in best] == ["hh-3", "hh-2"]


def test_ties_go_by_id_whatever_order_they_come_in() -> None:
    alike = [a_vacancy(id=VacancyId(f"hh-{number}")) for number in (3, 1, 2)]

    assert [each.id for each in SHORTLIST(a_resume_content(), alike, 9)] == ["hh-1", "hh-2", "hh-3"]
    assert SHORTLIST(a_resume_content(), [], 9) == []
