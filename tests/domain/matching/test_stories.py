"""What is compared of a résumé and of a vacancy."""

from __future__ import annotations

from domain.matching.stories import LONGEST_STORY, told_in_resume, told_in_vacancy
from domain.resumes.content import Experience, ResumeContent
from domain.vacancies.vacancy import Vacancy
from tests.builders import a_vacancy
from tests.domain.instruments import MEASURES


def _vacancy(description: str) -> Vacancy:
    return a_vacancy(title="Повар", skills=("Гриль",), responsibilities="", requirements="", description=description)


def test_a_resume_tells_its_positions_and_texts_and_not_its_skill_list() -> None:
    resume = ResumeContent(
        desired_position="Повар",
        current_position="Пекарь",
        skills=("Гриль",),
        experience=(Experience(position="Пекарь", company="Булочная", description="Пёк хлеб."),),
        summary="Люблю печь.",
    )

    assert told_in_resume(resume, MEASURES) == "Повар\nПекарь\nПекарь\nПёк хлеб.\nЛюблю печь."
    assert told_in_resume(ResumeContent(), MEASURES) == ""


def test_a_vacancy_tells_title_tags_and_work() -> None:
    vacancy = a_vacancy(
        title="Повар", skills=("Гриль", "Соусы"), responsibilities="Жарить.", requirements="Опыт.", description="Кафе."
    )

    assert told_in_vacancy(vacancy) == "Повар\nГриль, Соусы\nЖарить.\nОпыт.\nКафе."


def test_what_is_said_of_the_employer_and_the_offer_is_left_out() -> None:
    description = "О компании:\nМы лидер рынка.\nОбязанности:\nЖарить мясо.\nУсловия:\nДМС.\nТребования:\nОпыт."

    told = told_in_vacancy(_vacancy(description))

    assert "Жарить мясо." in told
    assert "Опыт." in told
    assert "лидер" not in told
    assert "ДМС" not in told


def test_an_offer_on_the_line_of_its_heading_is_left_out_too() -> None:
    told = told_in_vacancy(_vacancy("What you will do: grill.\nWe offer: pizza.\nRequirements: two years."))

    assert told == "Повар\nГриль\nWhat you will do: grill.\nRequirements: two years."


def test_what_stands_before_the_first_heading_of_work_comes_last() -> None:
    told = told_in_vacancy(_vacancy("Наше кафе открыто с 2010 года.\nЗадачи:\nЖарить."))

    assert told == "Повар\nГриль\nЗадачи:\nЖарить.\nНаше кафе открыто с 2010 года."


def test_a_text_without_headings_stays_as_it_is() -> None:
    assert told_in_vacancy(_vacancy("Жарить. Оплата хорошая.")) == "Повар\nГриль\nЖарить. Оплата хорошая."


def test_a_long_text_is_cut() -> None:
    assert len(told_in_vacancy(_vacancy("мясо " * 1000))) == LONGEST_STORY
    assert len(told_in_resume(ResumeContent(summary="мясо " * 1000), MEASURES)) == LONGEST_STORY
