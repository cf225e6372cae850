"""The message catalogue: every code has its words, in both languages."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from fluent.syntax import FluentParser
from fluent.syntax import ast as fluent

import adapters
import domain
import entrypoints
from domain.insights.effects import Effect
from domain.insights.held import Found, Whence
from domain.insights.quality import Advice
from domain.insights.recommendations import Advised, SkillToAdd
from domain.matching.assessment import Aspect, Limit, Line, Reason, Verdict
from domain.matching.weighing import CAPS
from domain.resumes.reading import FileWarning
from domain.search.learning import Trait
from entrypoints.messages.words import LANGUAGES, Words, words

ERRORS = {"Refused", "Unavailable", "NotFound", "Conflict", "Stale", "DomainError"}
NEVER_SAID = {"error", "refused", "unavailable", "conflict", "stale"}
"""Codes of the error classes themselves; each one raised has a code of its own."""


@cache
def _nodes() -> tuple[ast.AST, ...]:
    """Return every node of the product's source."""
    return tuple(
        node
        for package in (adapters, domain, entrypoints)
        for file in sorted(Path(package.__path__[0]).rglob("*.py"))
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
    )


def _texts(node: ast.AST | None) -> Iterator[str]:
    """Yield the texts that an expression may be: a constant, or either end of a condition."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from _texts(node.body)
        yield from _texts(node.orelse)
    elif isinstance(node, ast.JoinedStr) and isinstance(node.values[0], ast.Constant):
        # A code and its limits: f"out_of_range {least} {most}".
        yield from (text for text in _texts(node.values[0]) if " " in text)


def _calls(*names: str) -> Iterator[ast.Call]:
    for node in _nodes():
        if isinstance(node, ast.Call) and getattr(node.func, "id", getattr(node.func, "attr", "")) in names:
            yield node


def _codes_raised() -> set[str]:
    """Return every code that an error is made with, or that a row gives as the reason of its failure."""
    made = {code for call in _calls(*ERRORS) for argument in call.args[:1] for code in _texts(argument)}
    reasons = {
        code
        for call in _calls("set_back", "refused", "replace")
        for keyword in call.keywords
        if keyword.arg == "reason"
        for code in _texts(keyword.value)
    }
    return made | reasons


def _codes_of_fields() -> set[str]:
    """Return every code that an error of a field may have: in domain checks and in the schemas of requests."""
    listed = {
        code
        for node in _nodes()
        for value in _values(node)
        if isinstance(value, ast.List) and len(value.elts) == 1
        for code in _texts(value.elts[0])
        if re.fullmatch(r"(?:[a-z]+(?:_[a-z0-9]+)+|required)(?: .*)?", code)
    }
    from_schemas = {
        code
        for node in _nodes()
        if isinstance(node, (ast.Assign, ast.AnnAssign, ast.keyword))
        and _name(node) in ("default_error_messages", "error_messages", "_COMMON")
        and isinstance(node.value, ast.Dict)
        for value in node.value.values
        for code in _texts(value)
    }
    validators = {
        code
        for call in _calls("Length", "Range", "Regexp")
        for keyword in call.keywords
        if keyword.arg == "error"
        for code in _texts(keyword.value)
    }
    return listed | from_schemas | validators


def _messages_for(code: str) -> set[str]:
    """Return the messages that word a field's code; one that brings limits along can also be said with them."""
    name, _, limits = code.partition(" ")
    return {f"field-{name}", f"field-{name}-within"} if limits else {f"field-{name}"}


def _values(node: ast.AST) -> list[ast.expr | None]:
    """Return the values of a mapping, or the one put into it."""
    if isinstance(node, ast.Dict):
        return [*node.values]
    if isinstance(node, ast.DictComp):
        return [node.value]
    return [node.value] if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Subscript) else []


def _name(node: ast.Assign | ast.AnnAssign | ast.keyword) -> str | None:
    if isinstance(node, ast.keyword):
        return node.arg
    target = node.targets[0] if isinstance(node, ast.Assign) else node.target
    return getattr(target, "id", None)


def _messages(language: str) -> dict[str, fluent.Message]:
    text = (Path(entrypoints.__path__[0]) / "messages" / f"{language}.ftl").read_text("utf-8")
    entries = FluentParser().parse(text).body
    assert not [entry for entry in entries if isinstance(entry, fluent.Junk)]
    return {entry.id.name: entry for entry in entries if isinstance(entry, fluent.Message)}


def _variables(message: fluent.Message) -> set[str]:
    found: set[str] = set()

    def visit(node: object) -> None:
        if isinstance(node, fluent.VariableReference):
            found.add(node.id.name)
        for value in vars(node).values() if isinstance(node, fluent.BaseNode) else ():
            for each in value if isinstance(value, list) else [value]:
                visit(each)

    visit(message)
    return found


def test_the_walk_over_the_source_finds_what_it_looks_for() -> None:
    assert {"user_not_found", "no_resume", "unauthorized", "reader_timeout", "interrupted"} <= _codes_raised()
    assert {"required", "not_an_email", "not_a_month", "too_many", "unknown_field", "bad_id"} <= _codes_of_fields()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_code_that_can_be_raised_has_its_words(language: str) -> None:
    known = _messages(language)

    assert sorted(code for code in _codes_raised() - NEVER_SAID if f"problem-{code}" not in known) == []
    assert sorted(name for code in _codes_of_fields() for name in _messages_for(code) if name not in known) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_warning_has_its_words(language: str) -> None:
    assert [code for code in FileWarning if f"warning-{code.value}" not in _messages(language)] == []


def test_both_languages_have_the_same_messages_with_the_same_data() -> None:
    russian, english = _messages("ru"), _messages("en")

    assert russian.keys() == english.keys()
    for name, message in russian.items():
        if "experience" not in name:
            assert _variables(message) == _variables(english[name]), name


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_reason_has_its_words(language: str) -> None:
    made = {code for call in _calls("Reason") for keyword in call.keywords for code in _texts(keyword.value)}
    moved = {f"{verdict}_{trait.value}" for verdict in ("liked", "passed") for trait in Trait}
    codes = made | moved | {f"cap_{cap}" for cap in CAPS}

    assert {"role_fits", "skills_matched", "salary_low", "little_is_known"} <= codes
    assert sorted(code for code in codes if f"reason-{code}" not in _messages(language)) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_limit_has_its_words(language: str) -> None:
    scaling = {"far_away", "licence_missing", "pay_far_below"} & CAPS.keys()

    said = {words(language).limit(Limit(code=code, times=0.5)) for code in {*scaling, "role", "level", "experience"}}

    assert len(said) == 6
    assert all("50 %" in text for text in said)


def test_what_only_the_title_asks_is_not_called_a_demand_of_the_employer() -> None:
    asked = Line(aspect=Aspect.SKILLS, subject="Go", verdict=Verdict.UNMET, must=True, asked="Go developer")
    like = replace(asked, proof="Golang course")

    for language in LANGUAGES:
        said = [
            words(language).line(each) for each in (asked, replace(asked, of_title=True), replace(asked, must=False))
        ]
        assert len(set(said)) == 3
        assert "Golang course" in words(language).line(like)
    assert "обязательн" not in words("ru").line(asked)


def test_a_limit_that_a_tighter_one_tells_for_is_said_without_a_share() -> None:
    limit = Limit(code="pay_far_below", times=1.0)

    assert words("ru").limit(limit) == "Платят намного меньше желаемого: сильнее мешает другое"
    assert "%" not in words("en").limit(limit)


LEVELS = ("intern", "junior", "middle", "senior", "lead", "head")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("way", ["higher", "lower"])
def test_another_level_is_named_and_said_which_way_it_is(language: str, way: str) -> None:
    told = words(language)
    named = [{"way": way, "offered": level, "own": "head"} for level in LEVELS]

    for code in ("cap_seniority_gap", "other_level"):
        assert len({told.reason(Reason(code=code, data=data)) for data in named}) == len(LEVELS)
    assert len({told.limit(Limit(code="level", times=0.5, data=data)) for data in named}) == len(LEVELS)


@pytest.mark.parametrize("language", LANGUAGES)
def test_more_or_fewer_years_name_no_level(language: str) -> None:
    by_years = [{"way": way, "offered": "years", "own": "years"} for way in ("higher", "lower")]

    said = {words(language).limit(Limit(code="level", times=0.5, data=data)) for data in by_years}
    said |= {words(language).reason(Reason(code="cap_seniority_gap", data=data)) for data in by_years}

    assert len(said) == 4
    assert not any("years" in text or "$" in text for text in said)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_line_of_an_explanation_has_its_words(language: str) -> None:
    never = {(aspect, Verdict.UNKNOWN) for aspect in Aspect} - {(Aspect.ROLE, Verdict.UNKNOWN)}

    for aspect in Aspect:
        for verdict in Verdict:
            if (aspect, verdict) not in never:
                assert f"line-{aspect.value}-{verdict.value}" in _messages(language)


@pytest.mark.parametrize(
    ("count", "words_said"),
    [
        (1, "Совпал 1 навык из 30"),
        (2, "Совпали 2 навыка из 30"),
        (5, "Совпали 5 навыков из 30"),
        (11, "Совпали 11 навыков из 30"),
        (21, "Совпал 21 навык из 30"),
        (24, "Совпали 24 навыка из 30"),
    ],
)
def test_russian_plurals(count: int, words_said: str) -> None:
    reason = Reason(code="skills_matched", data={"count": count, "total": 30, "names": ["Go"] * count})

    assert words("ru").reason(reason).startswith(f"{words_said}: Go")


def test_of_many_names_the_rest_is_counted() -> None:
    reason = Reason(code="skills_matched", data={"count": 5, "total": 30, "names": ["Python", "Go"]})

    assert words("ru").reason(reason).endswith(": Python, Go и ещё 3")
    assert words("en").reason(reason).endswith("Python, Go and 3 more")


@pytest.mark.parametrize(
    ("years", "said"), [(1, "1 год"), (2.0, "2 года"), (5, "5 лет"), (11, "11 лет"), (21, "21 год"), (3.5, "3.5 года")]
)
def test_russian_years(years: float, said: str) -> None:
    reason = Reason(code="experience_fits", data={"years": years, "asked": 1.0})

    assert words("ru").reason(reason).replace(",", ".").startswith(f"Опыта достаточно: {said}")


@pytest.mark.parametrize(
    ("count", "said"), [(1, "1 skill is missing"), (2, "2 skills are missing"), (21, "21 skills are")]
)
def test_english_plurals(count: int, said: str) -> None:
    assert words("en").reason(Reason(code="skills_missing", data={"count": count, "names": ["Go"]})).startswith(said)


def test_amounts_are_grouped_without_a_comma() -> None:
    salary = Reason(code="salary_low", data={"offered": 90000, "wished": 1180000})
    line = Line(aspect=Aspect.SALARY, subject="salary", verdict=Verdict.MET, must=False, asked="90000", proof="100000")

    for language in LANGUAGES:
        assert "1\u202f180\u202f000" in words(language).reason(salary)
        assert "100\u202f000" in words(language).line(line)


def test_a_floor_of_pay_is_said_as_one() -> None:
    data = {"offered": 100_000, "wished": 230_000, "bound": "from"}
    line = Line(aspect=Aspect.SALARY, subject="salary_from", verdict=Verdict.MET, must=False, asked="1", proof="2")

    for code in ("salary_fits", "salary_open"):
        assert "Зарплата от 100\u202f000 ₽" in words("ru").reason(Reason(code=code, data=data))
        assert "Pays from 100\u202f000 ₽" in words("en").reason(Reason(code=code, data=data))
    for verdict in (Verdict.MET, Verdict.UNKNOWN):
        assert "от 2 ₽" in words("ru").line(replace(line, verdict=verdict))
        assert "2 ₽ net or more" in words("en").line(replace(line, verdict=verdict))


@pytest.mark.parametrize(("told", "said"), [("2500 USD", "2\u202f500 $"), ("900000 JPY", "900\u202f000 JPY")])
def test_a_wish_is_said_in_its_own_currency(told: str, said: str) -> None:
    reason = Reason(code="salary_low", data={"offered": 90000, "wished": 200000, "wish": told})
    line = Line(aspect=Aspect.SALARY, subject="salary_to", verdict=Verdict.UNMET, must=False, asked=told, proof="90000")

    assert words("ru").reason(reason).endswith(f"ниже желаемых {said}")
    assert words("en").line(line).startswith(f"Salary: you wish {said}, up to 90")


@pytest.mark.parametrize(
    ("data", "russian", "english"),
    [
        ({"least": 0, "most": 60_000}, "зарплата до 60 000 ₽ на руки", "up to 60 000 ₽ net"),
        ({"least": 60_000, "most": 100_000}, "зарплата 60 000–100 000 ₽ на руки", "60 000–100 000 ₽ net"),
        ({"least": 400_000, "most": 0}, "зарплата от 400 000 ₽ на руки", "400 000 ₽ and more net"),
    ],
)
def test_a_band_of_pay_is_said_with_the_ends_it_has(data: dict[str, object], russian: str, english: str) -> None:
    reason = Reason(code="liked_pay", data=data)

    assert words("ru").reason(reason).replace("\u202f", " ") == f"Похоже на то, что вам понравилось: {russian}"
    assert words("en").reason(reason).replace("\u202f", " ") == f"Like what you liked: {english}"


@pytest.mark.parametrize(
    ("least", "russian", "english"),
    [
        (0, "без опыта", "no experience asked"),
        (1, "опыт от 1 года", "1+ years of experience"),
        (3, "опыт от 3 лет", "3+ years of experience"),
        (6, "опыт от 6 лет", "6+ years of experience"),
    ],
)
def test_years_asked_are_said_of_what_was_passed_on(least: int, russian: str, english: str) -> None:
    reason = Reason(code="passed_experience", data={"least": least, "most": 0})

    assert words("ru").reason(reason) == f"От похожего вы отказались: {russian}"
    assert words("en").reason(reason) == f"You passed on similar ones: {english}"


def test_a_work_format_liked_is_said_in_words() -> None:
    reason = Reason(code="liked_format", data={"format": "remote"})

    assert words("ru").reason(reason) == "Похоже на то, что вам понравилось: удалённо"


@pytest.mark.parametrize(
    ("asked", "held", "russian", "english"),
    [
        ("0+", "6", "можно без опыта, в резюме 6 лет", "none needed, 6 years in the résumé"),
        ("0+", None, "можно без опыта, в резюме не указан", "none needed, not told in the résumé"),
        ("0-1", "2", "просят до 1 года, в резюме 2 года", "up to 1 year asked, 2 years in the résumé"),
        ("1-3", "0.5", "просят 1–3 года, в резюме 0,5 года", "1–3 years asked, 0.5 years in the résumé"),
        ("3-6", "0", "просят 3–6 лет, в резюме опыта нет", "3–6 years asked, none in the résumé"),
        ("6+", "1", "просят от 6 лет, в резюме 1 год", "6+ years asked, 1 year in the résumé"),
        ("1+", "21", "просят от 1 года, в резюме 21 год", "1+ year asked, 21 years in the résumé"),
        ("much", "2", "much, в резюме 2 года", "much, 2 years in the résumé"),
    ],
)
def test_years_asked_and_held_are_said_as_people_say_them(
    asked: str, held: str | None, russian: str, english: str
) -> None:
    line = Line(aspect=Aspect.EXPERIENCE, subject="years", verdict=Verdict.MET, must=True, asked=asked, proof=held)

    assert words("ru").line(line) == f"Опыт: {russian}"
    assert words("en").line(line) == f"Experience: {english}"


def test_years_that_disagree_are_said_in_years() -> None:
    advice = Advice(code="years_disagree", gain=1.0, data={"stated": 15.0, "dated": 16.8})

    assert words("ru").advice(advice).startswith("Указан опыт 15 лет, а по датам выходит 16,8 года.")
    assert words("en").advice(advice).endswith("Worth up to +1 point.")


def test_skills_are_named_in_the_callers_language_with_their_level() -> None:
    names = ["Английский язык C1", "Управление заинтересованными сторонами", "Python", "К3-Мебель"]
    reason = Reason(code="skills_missing", data={"count": 4, "names": names})
    line = Line(
        aspect=Aspect.SKILLS, subject=names[0], verdict=Verdict.MET, must=True, asked="English C1", proof="Advanced"
    )

    assert words("en").reason(reason).endswith("missing: English C1, Stakeholder management, Python, К3-Мебель")
    assert words("ru").reason(reason).endswith(f": {', '.join(names)}")
    assert words("en").line(line).startswith("English C1: present")


def test_places_are_named_in_the_callers_language() -> None:
    moscow = Reason(code="other_place", data={"area": "Moscow"})
    kazan = Line(aspect=Aspect.PLACE, subject="area", verdict=Verdict.UNMET, must=True, asked="Казань", proof=None)

    assert words("ru").reason(moscow) == "Другой город: Москва"
    assert words("en").line(kazan) == "Place: Kazan is not where you are"


def test_quotation_marks_inside_others_are_of_another_kind() -> None:
    wished = {"wished": "Кладовщик («Ромашка», “Rose”)"}
    line = Line(
        aspect=Aspect.SKILLS, subject="Python", verdict=Verdict.MET, must=True, asked="Python", proof="курс «Питон»"
    )
    employer = Reason(code="liked_employer", data={"company": "ООО «Ромашка»"})

    assert words("ru").reason(Reason(code="role_fits", data=wished)).endswith("«Кладовщик („Ромашка“, “Rose”)»")
    assert words("en").reason(Reason(code="role_fits", data=wished)).endswith("“Кладовщик («Ромашка», ‘Rose’)”")
    assert words("ru").line(line) == "Python: есть (в резюме: «курс „Питон“»)"
    assert words("ru").reason(employer).endswith("ООО «Ромашка»")


def test_a_line_calls_another_profession_what_its_cap_calls_it() -> None:
    line = Line(
        aspect=Aspect.ROLE, subject="courier", verdict=Verdict.UNMET, must=True, asked="Курьер", proof="Водитель"
    )

    assert "не совсем то" in words("ru").line(line)
    assert words("ru").line(line, caps=["other_profession"]) == (
        "Должность «Курьер» — другая профессия (вы ищете «Водитель»)"
    )
    assert "of another profession" in words("en").line(line, caps=["other_profession"])


def test_what_the_market_asks_is_told_without_a_must_that_nobody_asks() -> None:
    found = Found(whence=Whence.EXPERIENCE, words="dashboards", job="Data Analyst (Shopwise)")
    skill = SkillToAdd(
        skill="Визуализация данных",
        advised=Advised.MENTION,
        level=None,
        must=0,
        nice=2,
        effect=Effect(total=21, mean=1.0),
        found=found,
        courses=(),
    )

    assert (
        words("ru")
        .recommendation(skill, market=21)
        .startswith(
            "«Визуализация данных»: спрашивают в 2 из 21 вакансии. У вас в опыте, «Data Analyst (Shopwise)», есть"
        )
    )
    assert words("en").recommendation(skill, market=21) == (
        "“Data visualization”: asked by 2 of 21 vacancies. You write “dashboards” in your experience "
        "(“Data Analyst (Shopwise)”), but not in your list of skills. Add it, if it is true. "
        "It brings +1 point on average."
    )
    assert ", as a must by 2." in words("en").recommendation(replace(skill, must=2), market=21)


def test_a_code_without_words_is_said_as_it_is() -> None:
    assert words("ru").problem("brand_new_code") == "brand_new_code"


def test_a_language_we_do_not_speak_is_russian() -> None:
    assert words("de").language == "ru"
    assert isinstance(words("en"), Words)
