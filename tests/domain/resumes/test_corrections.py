"""What a person said goes on counting when files and forms come later."""

from __future__ import annotations

from typing import Any

import pytest

from domain.errors import Invalid
from domain.resumes.content import Contact
from domain.resumes.resume import ResumeSource, Said
from tests.builders import ANNA, a_resume_content
from tests.domain.product import Product

PARSED = b"%PDF first"


def _with_file(product: Product, **says: Any) -> None:
    """Let Anna in with a file that says this."""
    product.welcome()
    product.reader.says[PARSED] = a_resume_content(**says)
    product.parse(product.send(PARSED))


def test_skills_confirmed_are_added_and_skills_denied_are_taken_out(product: Product) -> None:
    product.welcome_with_resume(skills=("Python", "SQL"))

    assert product.edit(confirmed=["Redis"], denied=["python"]).content.skills == ("SQL", "Redis")


def test_one_skill_cannot_be_confirmed_and_denied_at_once(product: Product) -> None:
    product.welcome_with_resume(skills=())

    with pytest.raises(Invalid) as caught:
        product.edit(confirmed=["Redis"], denied=["redis"])

    assert caught.value.errors == {"denied_skills": ["confirmed_too"]}


def test_the_lists_of_what_was_said_of_skills_are_replaced_whole(product: Product) -> None:
    _with_file(product, skills=("Python", "SQL"))
    product.edit(confirmed=["Redis"], denied=["SQL"])

    product.edit(denied=["Python"])
    assert product.current().skills == ("SQL", "Redis")

    product.edit(confirmed=(), denied=())
    assert product.current().skills == ("Python", "SQL")


def test_a_patch_that_says_nothing_new_makes_no_revision(product: Product) -> None:
    _with_file(product, skills=("Python",))
    before = product.edit(region="Москва").version

    assert product.edit().version == product.edit(region="Москва").version == before


def test_a_corrected_part_of_the_contact_block_leaves_the_others_to_a_later_file(product: Product) -> None:
    _with_file(product, contact=Contact(email="old@example.ru", phone="+79000000001"))
    product.edit(contact={"email": "new@example.ru"})

    product.reader.says[b"%PDF second"] = a_resume_content(
        contact=Contact(email="old@example.ru", phone="+79000000002")
    )
    product.parse(product.send(b"%PDF second"))

    assert product.current().contact == Contact(email="new@example.ru", phone="+79000000002")


def test_who_said_a_skill_is_known(product: Product) -> None:
    _with_file(product, skills=("Python", "SQL"))
    current = product.edit(confirmed=["python", "Redis"], denied=["SQL"], summary=None)

    assert current.who_said_skills() == {"Python": Said.CONFIRMED, "Redis": Said.CONFIRMED, "SQL": Said.DENIED}
    assert current.who_said()["summary"] is Said.STATED
    assert current.who_said()["skills"] is Said.PARSED


def test_what_a_form_says_of_skills_is_stated(product: Product) -> None:
    product.welcome_with_resume(skills=("Python",))

    current = product.application.show_resume(telegram_id=ANNA)

    assert current.who_said_skills() == {"Python": Said.STATED}


def test_corrections_outlive_a_later_file(product: Product) -> None:
    _with_file(product, region="Казань", skills=("Python", "SQL"))
    product.edit(region="Москва", summary=None, confirmed=["Redis"], denied=["SQL"])

    product.reader.says[b"%PDF second"] = a_resume_content(
        region="Химки", summary="Новое", years_experience=9, skills=("SQL", "Docker")
    )
    product.parse(product.send(b"%PDF second"))

    current = product.current()
    assert (current.region, current.summary, current.years_experience) == ("Москва", None, 9)
    assert current.skills == ("Docker", "Redis")


def test_corrections_add_up(product: Product) -> None:
    _with_file(product, skills=("Python",))
    product.edit(region="Москва")
    product.edit(summary="Сама")
    product.edit(denied=["Python"])

    current = product.current()
    assert (current.region, current.summary, current.skills) == ("Москва", "Сама", ())


def test_a_form_clears_the_corrections_of_fields(product: Product) -> None:
    _with_file(product)
    product.edit(region="Москва", confirmed=["Redis"])

    product.submit(region="Химки", skills=("Python",))

    assert product.current() == a_resume_content(region="Химки", skills=("Python",))
    product.reader.says[b"%PDF second"] = a_resume_content(region="Казань", skills=("SQL",))
    product.parse(product.send(b"%PDF second"))
    assert product.current().region == "Казань"
    assert product.current().skills == ("SQL",)


def test_a_denied_skill_stays_denied_through_forms_and_files(product: Product) -> None:
    _with_file(product, skills=("Python", "SQL"))
    product.edit(denied=["SQL"])

    product.submit(skills=("Python",))
    product.reader.says[b"%PDF second"] = a_resume_content(skills=("sql", "Python"))
    product.parse(product.send(b"%PDF second"))

    assert product.current().skills == ("Python",)


def test_a_form_that_states_a_denied_skill_takes_it_back(product: Product) -> None:
    _with_file(product, skills=("Python", "SQL"))
    product.edit(denied=["SQL"])

    product.submit(skills=("Python", "sql"))

    assert product.current().skills == ("Python", "sql")
    product.reader.says[b"%PDF second"] = a_resume_content(skills=("SQL",))
    product.parse(product.send(b"%PDF second"))
    assert product.current().skills == ("SQL",)


def test_a_slow_parse_does_not_overtake_a_later_form(product: Product) -> None:
    product.welcome()
    slow = product.send(PARSED)
    product.submit(region="Москва")

    product.parse(slow)

    assert product.current().region == "Москва"
    history = product.application.list_revisions(telegram_id=ANNA, limit=10, offset=0)
    assert [revision.source for revision in history.items] == [ResumeSource.MANUAL, ResumeSource.FILE]


def test_a_slow_parse_does_not_overtake_a_form_repeated_meanwhile(product: Product) -> None:
    product.welcome_with_resume()
    slow = product.send(PARSED)
    product.submit()

    product.parse(slow)

    assert product.current() == a_resume_content()


def test_a_slow_parse_comes_under_a_later_edit(product: Product) -> None:
    product.welcome_with_resume(region="Казань", summary="Из формы")
    product.reader.says[PARSED] = a_resume_content(region="Химки", summary="Из файла")
    slow = product.send(PARSED)
    before = product.edit(region="Москва").version

    product.parse(slow)

    assert (product.current().region, product.current().summary) == ("Москва", "Из файла")
    assert product.application.show_resume(telegram_id=ANNA).version != before


def test_a_list_of_skills_written_anew_is_added_to_by_a_later_file(product: Product) -> None:
    _with_file(product, skills=("Python", "SQL"))
    product.edit(skills=("SQL", "Redis"))

    product.reader.says[b"%PDF second"] = a_resume_content(skills=("Python", "Docker", "redis"))
    product.parse(product.send(b"%PDF second"))

    assert product.current().skills == ("SQL", "Redis", "Docker")


def test_lists_not_sent_stay_as_they_are(product: Product) -> None:
    product.welcome_with_resume(skills=("Python",))
    product.edit(confirmed=["Redis"], denied=["Python"])

    assert product.edit(region="Москва").content.skills == ("Redis",)


def test_a_list_of_skills_written_anew_leaves_out_what_was_confirmed(product: Product) -> None:
    product.welcome_with_resume(skills=("Python", "SQL"))
    product.edit(confirmed=["Redis"])

    assert product.edit(skills=("SQL",)).content.skills == ("SQL",)


def test_a_skill_written_twice_in_a_form_is_one_skill(product: Product) -> None:
    product.welcome_with_resume(skills=("Redis", "SQL", "redis"))

    assert product.current().skills == ("Redis", "SQL")
    again = product.application.submit_resume(
        telegram_id=ANNA, content=a_resume_content(skills=("Redis", "SQL", "sql"))
    )
    assert not again.new
