"""What n8n asks on behalf of a search over HTTP: by the search's id alone, without a word about the person."""

from __future__ import annotations

from typing import Any

import pytest

from tests.entrypoints.installation import ANNA, RESUME, Installation, a_job, code_of, told

JOBS = [
    a_job("1"),
    a_job("2", title="Водитель", skills=[], requirements="Права", responsibilities="Возить"),
    a_job("3", title="Senior Python developer", experience="6+", work_format="remote"),
]


def started(api: Installation, **filters: Any) -> str:
    answer = api.bot.post(f"/search/start/{ANNA}", filters)
    return str(told(answer)["search_id"])


def test_a_source_is_searched_by_the_filters_of_the_search(with_anna: Installation) -> None:
    with_anna.offer(*JOBS, a_job("4", area="Пермь"))
    search_id = started(with_anna, text="python разработчик", region="Казань")

    answer = with_anna.pipeline.get(f"/vacancies/search?source=internal&search_id={search_id}&limit=500")

    assert answer.status_code == 200
    assert {each["vacancy_id"] for each in told(answer)["vacancies"]} == {"partner-1", "partner-3"}
    assert told(answer)["report"] == {"source": "internal", "outcome": "ok", "found": 2}


def test_the_answer_tells_nothing_of_whose_search_it_is(with_anna: Installation) -> None:
    with_anna.offer(*JOBS)
    search_id = started(with_anna)

    found = with_anna.pipeline.get(f"/vacancies/search?source=internal&search_id={search_id}").text
    ranked = with_anna.pipeline.post("/scoring/rank", {"search_id": search_id, "vacancies": JOBS}).text

    assert [word for word in (str(ANNA), "Анна", "Вымышленная", "anna@", "9000000001") if word in found + ranked] == []


def test_neither_answer_quotes_the_resume_of_the_search(with_anna: Installation) -> None:
    quoted = {
        "desired_position": "Python-разработчик Вымышленная Анна +7 900 000-00-01",
        "preferred_salary": {"amount": 261_001, "currency": "RUB"},
        "preferred_region": "Казань, Придуманная улица, 5",
    }
    submitted = with_anna.bot.post(f"/resume/json/{ANNA}", {**RESUME, **quoted})
    with_anna.offer(*JOBS)
    search_id = started(with_anna)
    known = [{"vacancy_id": f"partner-{job['id']}"} for job in JOBS]

    found = with_anna.pipeline.get(f"/vacancies/search?source=internal&search_id={search_id}")
    ranked = with_anna.pipeline.post("/scoring/rank", {"search_id": search_id, "vacancies": known})

    assert submitted.status_code == 201
    assert [sorted(item) for item in told(ranked)["items"]] == [["index", "score", "vacancy_id"]] * len(JOBS)
    assert {name for item in told(found)["vacancies"] for name in item} == {
        *("vacancy_id", "source", "title", "company", "area", "url")
    }
    both = found.text + ranked.text
    assert [word for word in ("Вымышленная", "900 000", "Придуманн", "261001") if word in both] == []


def test_a_source_that_is_not_set_up_says_so(with_anna: Installation) -> None:
    answer = with_anna.pipeline.get(f"/vacancies/search?source=hh&search_id={started(with_anna)}")

    assert (answer.status_code, told(answer)["report"]["outcome"]) == (200, "not_configured")


@pytest.mark.parametrize(
    ("name", "value"), [("text", "python"), ("region", "Казань"), ("salary_from", "1"), ("work_format", "remote")]
)
def test_a_search_has_its_own_filters(with_anna: Installation, name: str, value: str) -> None:
    query = {"source": "internal", "search_id": started(with_anna), name: value}

    answer = with_anna.pipeline.get("/vacancies/search", query_string=query)

    assert (answer.status_code, code_of(answer)) == (422, "invalid")
    assert told(answer)["errors"]["query"][name][0]["code"] == "not_with_search_id"


def test_a_search_nobody_knows_is_not_found(api: Installation) -> None:
    searched = api.pipeline.get("/vacancies/search?source=internal&search_id=nobody")
    ranked = api.pipeline.post("/scoring/rank", {"search_id": "nobody", "vacancies": JOBS})

    assert {(answer.status_code, code_of(answer)) for answer in (searched, ranked)} == {(404, "search_not_found")}


def test_ranking_by_the_search_gives_the_numbers_of_ranking_by_its_resume(with_anna: Installation) -> None:
    with_anna.offer(*JOBS)
    known = [{"vacancy_id": f"partner-{job['id']}"} for job in JOBS]

    by_ids = told(with_anna.pipeline.post("/scoring/rank", {"search_id": started(with_anna), "vacancies": known}))
    by_resume = told(with_anna.pipeline.post("/scoring/rank", {"resume": RESUME, "vacancies": JOBS}))

    assert [item["score"] for item in by_ids["items"]] == [item["score"] for item in by_resume["items"]]
    assert [JOBS[item["index"]]["id"] for item in by_ids["items"]] == [
        item["vacancy_id"] for item in by_resume["items"]
    ]
    assert by_ids["refused"] == []


def test_bad_items_are_left_out_and_each_is_answered_for_itself(with_anna: Installation) -> None:
    with_anna.offer(JOBS[0])
    items: list[Any] = [
        {"vacancy_id": "hh-404"},
        None,
        {"vacancy_id": ["partner-1"]},
        {"vacancy_id": "partner-1", "title": "", "url": "javascript:alert(1)"},
        a_job("5", url="ftp://x"),
        a_job("6", source="hh"),
        {"vacancy_id": None, **a_job("7")},
        {"vacancy_id": "hh-404"},
    ]

    answer = with_anna.pipeline.post("/scoring/rank", {"search_id": started(with_anna), "vacancies": items})

    assert answer.status_code == 200
    assert {(item["index"], item["vacancy_id"]) for item in told(answer)["items"]} == {
        (3, "partner-1"),
        (6, "partner-7"),
    }
    assert [
        (item["index"], {name: errors[0]["code"] for name, errors in item["errors"].items()})
        for item in told(answer)["refused"]
    ] == [
        (0, {"vacancy_id": "unknown_vacancy"}),
        (1, {"_": "not_an_object"}),
        (2, {"vacancy_id": "not_a_text"}),
        (4, {"url": "not_a_web_address"}),
        (5, {"source": "built_in_source"}),
        (7, {"vacancy_id": "unknown_vacancy"}),
    ]


def test_nothing_found_is_ranked_as_nothing(with_anna: Installation) -> None:
    answer = with_anna.pipeline.post("/scoring/rank", {"search_id": started(with_anna), "vacancies": []})

    assert (answer.status_code, told(answer)) == (200, {"items": [], "refused": []})


def test_either_a_resume_or_a_search_is_ranked_for(with_anna: Installation) -> None:
    both = with_anna.pipeline.post(
        "/scoring/rank", {"resume": RESUME, "search_id": started(with_anna), "vacancies": JOBS}
    )
    neither = with_anna.pipeline.post("/scoring/rank", {"vacancies": JOBS})

    assert (both.status_code, neither.status_code) == (422, 422)
    assert told(both)["errors"]["body"]["search_id"][0]["code"] == "not_with_resume"
    assert told(neither)["errors"]["body"]["resume"][0]["code"] == "required"
