"""The catalogue and its sources over HTTP."""

from __future__ import annotations

from typing import Any

import pytest

from tests.entrypoints.installation import Installation, a_job, code_of, told


def test_each_vacancy_is_created_updated_or_left_as_it_is(api: Installation) -> None:
    api.offer(a_job("1"), a_job("2"))

    answer = api.pipeline.post(
        "/vacancies/", {"vacancies": [a_job("1"), a_job("2", title="Go-разработчик"), a_job("3")]}
    )

    assert answer.status_code == 200
    assert [(each["index"], each["id"], each["status"]) for each in told(answer)["items"]] == [
        (0, "partner-1", "unchanged"),
        (1, "partner-2", "updated"),
        (2, "partner-3", "created"),
    ]
    assert [told(answer)[name] for name in ("created", "updated", "unchanged", "refused")] == [1, 1, 1, 0]


def test_good_items_go_in_and_each_bad_one_is_answered_for_itself(api: Installation) -> None:
    bad: list[Any] = [
        None,
        7,
        "text",
        [],
        {},
        a_job("5", salary_from="many"),
        a_job("6", published_at="yesterday"),
        a_job("7", url="javascript:alert(1)"),
        a_job("8", title="<p></p>"),
        a_job("9", source="Big Partner"),
        a_job("a b"),
        a_job("10", experience=10**400),
        a_job("11", company="\ud800"),
        a_job("12", skills=["Python"] * 101),
    ]

    answer = api.pipeline.post("/vacancies/", {"vacancies": [*bad, a_job("good")]})

    items = told(answer)["items"]
    assert (answer.status_code, told(answer)["refused"], told(answer)["created"]) == (200, len(bad), 1)
    assert [{field: errors[0]["code"] for field, errors in item["errors"].items()} for item in items] == [
        {"_": "not_an_object"},
        {"_": "not_an_object"},
        {"_": "not_an_object"},
        {"_": "not_an_object"},
        {"id": "required", "title": "required"},
        {"salary_from": "not_a_number"},
        {"published_at": "not_a_time"},
        {"url": "not_a_web_address"},
        {"title": "bad_length"},
        {"source": "bad_source"},
        {"id": "bad_id"},
        {"experience": "out_of_range"},
        {"company": "bad_characters"},
        {"skills": "too_many"},
        {},
    ]
    assert [item["id"] for item in items[:6]] == [None, None, None, None, None, "5"]
    assert items[5]["errors"]["salary_from"][0]["detail"] == "Нужно число."


@pytest.mark.parametrize(
    ("source", "id_", "field"),
    [("hh", "1", "source"), ("trudvsem", "1", "source"), ("partner", "hh-1", "id"), ("partner", "trudvsem-7", "id")],
)
def test_ids_of_built_in_sources_are_refused(api: Installation, source: str, id_: str, field: str) -> None:
    answer = api.pipeline.post("/vacancies/", {"vacancies": [a_job(id_, source=source)]})

    assert told(answer)["items"][0]["errors"][field][0]["code"] == "built_in_source"


def test_a_call_takes_a_thousand_and_no_more(api: Installation) -> None:
    thousand = [{"id": str(number), "title": "Курьер"} for number in range(1_000)]

    taken = api.pipeline.post("/vacancies/", {"vacancies": thousand})
    too_many = api.pipeline.post("/vacancies/", {"vacancies": [*thousand, a_job("one-more")]})
    none = api.pipeline.post("/vacancies/", {"vacancies": []})

    assert (taken.status_code, told(taken)["created"]) == (200, 1_000)
    for refused in (too_many, none):
        assert refused.status_code == 422
        assert told(refused)["errors"]["body"]["vacancies"][0]["code"] == "bad_length"


def test_the_list_itself_must_be_one(api: Installation) -> None:
    for body, code in (({}, "required"), ({"vacancies": None}, "null"), ({"vacancies": {}}, "not_a_list")):
        answer = api.pipeline.post("/vacancies/", body)
        assert answer.status_code == 422
        assert told(answer)["errors"]["body"]["vacancies"][0]["code"] == code


def test_the_same_job_under_another_id_is_recognised(api: Installation) -> None:
    twin = {**a_job("1"), "id": "2", "source": "other"}

    api.offer(a_job("1"))
    answer = api.pipeline.post("/vacancies/", {"vacancies": [twin]})

    assert told(answer)["items"][0]["same_as"] == "partner-1"


def test_texts_come_out_clean(api: Installation) -> None:
    api.offer(
        a_job(
            "1",
            title="Инженер &amp; <b>тестировщик</b>",
            description="<p>Мы &mdash; команда</p><script>alert(1)</script><ul><li>раз</li><li>два</li></ul>",
        )
    )

    vacancy = told(api.pipeline.get("/vacancies/search?source=internal"))["vacancies"][0]

    assert vacancy["title"] == "Инженер & тестировщик"
    assert "Мы — команда" in vacancy["description"]
    assert "раз" in vacancy["description"]
    assert not {"<", ">"} & set(vacancy["description"])
    assert "alert" not in vacancy["description"]


def test_ids_may_be_numbers_and_keys_we_do_not_know_are_ignored(api: Installation) -> None:
    answer = api.pipeline.post(
        "/vacancies/", {"vacancies": [{"id": 77, "title": "Курьер", "experience": 1, "department": "Логистика"}]}
    )

    assert told(answer)["items"][0]["id"] == "internal-77"
    assert told(api.pipeline.get("/vacancies/search?source=internal"))["vacancies"][0]["experience"] == {
        "least": 1,
        "most": None,
    }


def test_one_source_is_searched_by_filters(api: Installation) -> None:
    api.offer(a_job("1"), a_job("2", area="Пермь"), a_job("3", salary_to=160000), a_job("4", title="Повар", skills=[]))

    answer = told(
        api.pipeline.get(
            "/vacancies/search",
            query_string={
                "source": "internal",
                "region": "Казань",
                "salary_from": "200000",
                "text": "python разработчик",
            },
        )
    )

    assert [each["vacancy_id"] for each in answer["vacancies"]] == ["partner-1"]
    assert answer["report"] == {"source": "internal", "outcome": "ok", "found": 1}


def test_no_more_is_found_than_a_limit_asks_for(api: Installation) -> None:
    api.offer(a_job("1"), a_job("2"), a_job("3"))

    answer = told(api.pipeline.get("/vacancies/search?source=internal&limit=2"))

    assert (len(answer["vacancies"]), answer["report"]["found"]) == (2, 2)


def test_a_source_that_is_not_set_up_says_so(api: Installation) -> None:
    for source in ("hh", "trudvsem"):
        answer = api.pipeline.get(f"/vacancies/search?source={source}")
        assert answer.status_code == 200
        assert told(answer) == {"report": {"source": source, "outcome": "not_configured", "found": 0}, "vacancies": []}


def test_a_source_nobody_knows_is_refused(api: Installation) -> None:
    answer = api.pipeline.get("/vacancies/search?source=somewhere")

    assert answer.status_code == 422
    assert told(answer)["errors"]["query"]["source"][0]["code"] == "unknown_source"


def test_an_empty_catalogue_is_empty(api: Installation) -> None:
    assert told(api.pipeline.get("/vacancies/search?source=internal"))["report"]["outcome"] == "empty"


@pytest.mark.parametrize(
    ("query", "field", "code"),
    [
        ("", "source", "required"),
        ("source=internal&limit=0", "limit", "out_of_range"),
        ("source=internal&limit=1001", "limit", "out_of_range"),
        ("source=internal&salary_from=sNaN", "salary_from", "not_a_number"),
        ("source=internal&work_format=home", "work_format", "unknown_choice"),
        ("source=internal&text=%00", "text", "bad_characters"),
    ],
)
def test_a_bad_query_is_named(api: Installation, query: str, field: str, code: str) -> None:
    answer = api.pipeline.get(f"/vacancies/search?{query}")

    assert (answer.status_code, code_of(answer)) == (422, "invalid")
    assert told(answer)["errors"]["query"][field][0]["code"] == code
