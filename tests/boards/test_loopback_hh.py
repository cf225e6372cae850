"""The loopback hh.ru answers as the real one is documented to: other tests stand on it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
import requests

from tests.boards.asking import Asker, without_id
from tests.boards.hh import Browser, HhRu, a_negotiation, a_vacancy
from tests.boards.hh.examples import example


def error(answer: requests.Response) -> tuple[int, dict[str, Any]]:
    body = answer.json()
    if "request_id" in body:
        assert body["request_id"] == answer.headers["X-Request-ID"]
    return answer.status_code, without_id(body)


def documented(name: str) -> dict[str, Any]:
    return without_id(example(name))


FORBIDDEN = (403, documented("error_403_forbidden_bare"))


def test_the_examples_are_found_with_all_they_have(hh: HhRu, ask: Asker) -> None:
    token = hh.app_token()

    found = ask.get("/vacancies?per_page=1&text=go", token).json()
    shown = ask.get("/vacancies/8331228", token).json()

    live = example("vacancies_search_live_2025-04")
    assert found.keys() == live.keys()
    assert found["items"] == live["items"]
    assert shown == example("vacancy_details")


def test_a_made_vacancy_has_the_keys_of_the_examples() -> None:
    vacancy = a_vacancy(name="Тестировщик", salary=None, employer=None, snippet={"requirement": "Go"}, code="X")

    live = example("vacancies_search_live_2025-04")["items"][0]
    assert live.keys() <= vacancy.item.keys()
    assert live["employer"].keys() == vacancy.item["employer"].keys()
    assert example("vacancy_details").keys() <= vacancy.details.keys()
    assert (vacancy.item["name"], vacancy.details["name"]) == ("Тестировщик", "Тестировщик")
    assert (vacancy.item["snippet"], vacancy.details["code"]) == ({"requirement": "Go"}, "X")


def test_nobody_searches_without_a_token_and_a_bad_one_is_refused(hh: HhRu, ask: Asker) -> None:
    for address in ("/vacancies", "/vacancies/8331228"):
        assert error(ask.get(address)) == FORBIDDEN
        assert error(ask.get(address, "WRONG")) == (403, documented("error_403_bad_authorization"))
    hh.anonymous_search = True
    assert ask.get("/vacancies").status_code == 200


def test_a_vacancy_that_was_archived_is_read_but_not_found_and_a_removed_one_is_gone(hh: HhRu, ask: Asker) -> None:
    token = hh.app_token()

    hh.vacancies.archive("119883635")
    hh.vacancies.remove("8331228")

    assert ask.found("/vacancies", token) == []
    assert ask.get("/vacancies/119883635", token).json()["archived"] is True
    assert error(ask.get("/vacancies/8331228", token)) == (404, documented("error_404_not_found"))


def test_pages_end_at_the_depth_though_more_are_found(hh: HhRu, ask: Asker) -> None:
    hh.vacancies.clear()
    hh.vacancies.add(*(a_vacancy() for _ in range(2_007)))
    token = hh.app_token()

    last = ask.get("/vacancies?per_page=100&page=19", token).json()

    assert (last["found"], last["pages"], last["page"], len(last["items"])) == (2_007, 20, 19, 100)
    assert ask.get("/vacancies", token).json()["per_page"] == 20
    assert error(ask.get("/vacancies?per_page=100&page=20", token)) == (
        400,
        documented("error_400_bad_argument_depth"),
    )


@pytest.mark.parametrize(
    "wrong",
    [
        "per_page=101",
        "page=-1",
        "area=424242",
        "experience=some",
        "order_by=best",
        "salary=many",
        "salary=1&currency=RUB",
        "date_from=2025-04-01T00:00:00+0300",  # A plus that is not escaped is a space.
        "period=3&date_from=2025-04-01",
    ],
)
def test_a_value_that_makes_no_sense_is_refused_by_its_name(wrong: str, hh: HhRu, ask: Asker) -> None:
    status, body = error(ask.get(f"/vacancies?{wrong}", hh.app_token()))

    name = body["errors"][0]["value"]
    assert (status, body["errors"][0]["type"], body["bad_argument"]) == (400, "bad_argument", name)
    assert f"{name}=" in wrong


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("text=python", ["Python-разработчик", "Аналитик"]),
        ("text=NAME:(python OR java) NOT тестировщик", ["Python-разработчик"]),
        ('text="знает Python"', ["Аналитик"]),
        ("text=аналитика&search_field=name", ["Аналитик"]),
        ("text=COMPANY_NAME:ромашка", ["Продавец"]),
        ("text=(ромашка OR", ["Продавец"]),
        ("excluded_text=python, ромашка", ["Секретарь"]),
        ("area=113&area=40", ["Python-разработчик", "Аналитик", "Секретарь"]),
        ("area=2019", ["Аналитик"]),
        ("text=Москва", ["Python-разработчик"]),
        ("text=Москва&no_magic=true", []),
        ("experience=noExperience&experience=moreThan6", ["Продавец"]),
        ("work_format=ON_SITE", ["Продавец"]),
        ("schedule=fullDay", ["Продавец"]),
        ("professional_role=70", ["Продавец"]),
        ("only_with_salary=true", ["Python-разработчик", "Аналитик"]),
        ("salary=200000", ["Python-разработчик", "Продавец", "Секретарь"]),
        ("salary=3000&currency=USD", ["Python-разработчик", "Продавец", "Секретарь"]),
        ("order_by=salary_asc&only_with_salary=true", ["Аналитик", "Python-разработчик"]),
        ("period=3", ["Python-разработчик", "Аналитик"]),
        ("date_from=2025-04-10&date_to=2025-04-17T12:00:00%2B0300", ["Продавец"]),
        ("no_such_parameter=1", ["Python-разработчик", "Аналитик", "Продавец", "Секретарь"]),
    ],
)
def test_a_search_keeps_what_fits_newest_first(query: str, names: list[str], hh: HhRu, ask: Asker) -> None:
    hh.clock.stand_at(datetime.fromisoformat("2025-04-20T12:00:00+03:00"))
    python = a_vacancy(name="Python-разработчик", salary=(300_000, None), published_at="2025-04-20T10:00:00+0300")
    analyst = a_vacancy(
        name="Аналитик",
        description="<p>Знает <em>Python</em></p>",
        area="2062",
        salary=(100_000, 150_000),
        published_at="2025-04-19T10:00:00+0300",
    )
    seller = a_vacancy(
        name="Продавец",
        description="В магазин",
        employer="Ромашка",
        area="16",
        salary=None,
        experience="noExperience",
        schedule="fullDay",
        work_format=["ON_SITE"],
        role="70",
        published_at="2025-04-15T10:00:00+0300",
    )
    hh.vacancies.clear()
    secretary = a_vacancy(name="Секретарь", salary=None, area="6251", published_at="2025-03-01T00:00:00+0300")
    hh.vacancies.add(seller, secretary, analyst, python)

    assert ask.found(f"/vacancies?{query}", hh.app_token()) == names


def test_a_person_is_told_of_themselves_in_the_documented_shapes(hh: HhRu, ask: Asker) -> None:
    token, _ = hh.signed_in(hh.ivan)
    hh.applies(hh.ivan, "119883635")

    mine = ask.get("/resumes/mine", token).json()
    applied = ask.get("/negotiations", token).json()

    assert ask.get("/me", token).json() == example("me_applicant")
    assert mine.keys() == example("resumes_mine").keys()
    assert [item.keys() for item in mine["items"]] == [example("resumes_mine")["items"][0].keys()] * 2
    assert all("description" not in job for item in mine["items"] for job in item["experience"])
    whole = [ask.get(f"/resumes/{item['id']}", token).json() for item in mine["items"]]
    assert whole == [example("resume_owner_live_2025-05_anonymised"), example("resume_owner")]
    assert applied.keys() == example("negotiations_applicant").keys()
    assert example("negotiations_applicant")["items"][0].keys() <= applied["items"][0].keys()
    assert applied["items"][0]["vacancy"]["id"] == "119883635"
    assert applied["items"][0]["resume"]["id"] == whole[0]["id"]


def test_negotiations_come_in_pages_and_in_order(hh: HhRu, ask: Asker) -> None:
    token, _ = hh.signed_in(hh.ivan)
    for day in range(1, 26):
        state = "discard" if day == 7 else "response"
        hh.ivan.negotiations.append(
            a_negotiation(id=f"{day}", updated_at=f"2025-04-{day:02}T00:00:00+0300", state=state)
        )

    def ids(query: str) -> list[str]:
        return [item["id"] for item in ask.get(f"/negotiations{query}", token).json()["items"]]

    assert ids("") == [str(day) for day in range(25, 5, -1)]
    assert ids("?page=1") == ["5", "4", "3", "2", "1"]
    assert ids("?order=asc&per_page=2") == ["1", "2"]
    assert ids("?status=discard") == ["7"]
    assert error(ask.get("/negotiations?order_by=id", token))[0] == 400


@pytest.mark.parametrize("address", ["/resumes/mine", "/resumes/ca9fb415848", "/negotiations"])
def test_only_applicants_are_told_of_applicants_and_only_while_that_is_open(address: str, hh: HhRu, ask: Asker) -> None:
    ivan, employer = hh.signed_in(hh.ivan)[0], hh.signed_in(hh.accounts["employer"])[0]

    assert ask.get(address, ivan).status_code == 200
    assert error(ask.get(address)) == (403, documented("error_403_bad_authorization"))
    assert error(ask.get(address, hh.app_token())) == (403, documented("error_403_user_auth_expected"))
    assert error(ask.get(address, employer)) == FORBIDDEN
    hh.applicants = "closed"
    assert error(ask.get(address, ivan)) == FORBIDDEN


def test_in_the_world_as_it_is_people_sign_in_and_are_refused_everything(ask: Asker, hh: HhRu) -> None:
    hh.applicants = "closed"
    code = Browser().consents(f"{hh.site_url}/oauth/authorize?response_type=code&client_id=CLIENT-ID").partition("=")[2]

    token = ask.exchange(code).json()["access_token"]

    assert error(ask.get("/me", token)) == FORBIDDEN
    assert error(ask.get("/vacancies", token)) == FORBIDDEN
    assert ask.get("/vacancies", hh.app_token()).status_code == 200
    hh.me_stays_open = True
    assert ask.get("/me", token).json()["is_applicant"] is True


def test_an_employer_is_no_applicant_and_another_resume_is_absent(hh: HhRu, ask: Asker) -> None:
    employer, ivan = hh.signed_in(hh.accounts["employer"])[0], hh.signed_in(hh.ivan)[0]

    assert ask.get("/me", employer).json()["is_applicant"] is False
    assert error(ask.get("/resumes/0000", ivan)) == (404, documented("error_404_not_found"))


@pytest.mark.parametrize(
    "address",
    [
        "/dictionaries",
        "/areas",
        "/areas/113",
        "/areas/countries",
        "/languages",
        "/professional_roles",
        "/vacancies/8331228",
    ],
)
def test_what_may_be_kept_comes_with_a_tag_and_is_not_sent_twice(address: str, hh: HhRu, ask: Asker) -> None:
    token = hh.app_token()

    first = ask.get(address, token)
    again = ask.get(address, token, If_None_Match=first.headers["ETag"])

    assert {"ETag", "Cache-Control", "Expires"} <= first.headers.keys()
    assert (again.status_code, again.content) == (304, b"")
    assert ask.get(address, token, If_None_Match='"other"').status_code == 200


def test_dictionaries_have_the_documented_shapes_and_need_no_token(ask: Asker) -> None:
    assert ask.get("/dictionaries").json() == example("dictionaries")
    assert ask.get("/languages").json() == example("languages")
    area = ask.get("/areas/2019").json()
    assert (area.keys(), area["parent_id"]) == ({"id", "name", "parent_id", "areas"}, "113")
    assert error(ask.get("/areas/424242")) == (404, documented("error_404_not_found"))


def test_suggestions_contain_the_text_which_has_two_letters_at_least(ask: Asker) -> None:
    assert ask.get("/suggests/areas?text=Моск").json() == example("suggests_areas")
    assert [item["text"] for item in ask.get("/suggests/skill_set?text=холодн").json()["items"]] == [
        "Холодный цех",
        "Холодные продажи",
    ]
    assert error(ask.get("/suggests/areas?text=М"))[1]["errors"] == [{"type": "bad_argument", "value": "text"}]


def test_large_answers_are_compressed_and_none_tells_its_length(ask: Asker) -> None:
    large, small = ask.get("/dictionaries"), ask.get("/dictionaries", Accept_Encoding="identity")

    assert (large.headers["Content-Encoding"], large.headers["Transfer-Encoding"]) == ("gzip", "chunked")
    assert "Content-Encoding" not in small.headers
    assert large.json() == small.json()


def test_a_wrong_method_and_a_wrong_path_are_told_apart(hh: HhRu, ask: Asker) -> None:
    wrong = ask.session.post(f"{hh.api_url}/vacancies", timeout=5)

    assert error(wrong) == (405, documented("error_405"))
    assert error(ask.get("/oauth/authorize")) == (404, documented("error_404_not_found"))
