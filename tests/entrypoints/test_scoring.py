"""Ranking on request over HTTP: the very numbers of a search."""

from __future__ import annotations

from tests.entrypoints.installation import ANNA, RESUME, Installation, a_job, code_of, told

JOBS = [
    a_job("1"),
    a_job("2", area="Владивосток", salary_from=60000, salary_to=90000),
    a_job(
        "3", title="Java-разработчик", skills=["Java"], requirements="Java, Spring", responsibilities="Писать сервисы"
    ),
    a_job("4", title="Senior Python developer", experience="6+", work_format="remote"),
]


def test_ranking_gives_the_numbers_of_a_search(with_anna: Installation) -> None:
    with_anna.offer(*JOBS)
    with_anna.search()
    found = [told(with_anna.bot.get(f"/search/next/{ANNA}")) for _ in JOBS]

    answer = with_anna.pipeline.post("/scoring/rank", {"resume": RESUME, "vacancies": JOBS})

    assert answer.status_code == 200
    items = told(answer)["items"]
    same = ("score", "skills_match_percent", "matched_skills", "missing_skills", "reasons")
    assert [f"partner-{item['vacancy_id']}" for item in items] == [card["vacancy_id"] for card in found]
    assert [[item[name] for name in same] for item in items] == [[card[name] for name in same] for card in found]
    details = told(with_anna.bot.get(f"/search/details/{ANNA}/{found[0]['vacancy_id']}"))
    assert items[0]["explanation"] == details["explanation"]


def test_the_order_of_the_call_changes_nothing(api: Installation) -> None:
    forward = api.pipeline.post("/scoring/rank", {"resume": RESUME, "vacancies": JOBS})
    backward = api.pipeline.post("/scoring/rank", {"resume": RESUME, "vacancies": JOBS[::-1]})

    assert told(forward) == told(backward)


def test_any_bad_item_refuses_the_whole_ranking(api: Installation) -> None:
    schema = api.pipeline.post("/scoring/rank", {"resume": RESUME, "vacancies": [JOBS[0], {"id": "2"}, None]})
    domain = api.pipeline.post("/scoring/rank", {"resume": RESUME, "vacancies": [JOBS[0], a_job("2", url="ftp://x")]})
    resume = api.pipeline.post("/scoring/rank", {"resume": {"skills": []}, "vacancies": JOBS})

    assert {answer.status_code for answer in (schema, domain, resume)} == {422}
    assert set(told(schema)["errors"]["body"]) == {"vacancies.1.title", "vacancies.2"}
    assert told(domain)["errors"]["body"]["vacancies.1.url"][0]["code"] == "not_a_web_address"
    assert "resume.desired_position" in told(resume)["errors"]["body"]


def test_ranking_takes_a_thousand_and_no_more(api: Installation) -> None:
    many = [{"id": str(number), "title": "Курьер"} for number in range(1_001)]

    taken = api.pipeline.post("/scoring/rank", {"resume": RESUME, "vacancies": many[:1_000]})
    refused = api.pipeline.post("/scoring/rank", {"resume": RESUME, "vacancies": many})

    assert (taken.status_code, len(told(taken)["items"])) == (200, 1_000)
    assert (refused.status_code, code_of(refused)) == (422, "invalid")


def test_reasons_speak_the_language_asked_for(api: Installation) -> None:
    answer = api.pipeline.post(
        "/scoring/rank", {"resume": RESUME, "vacancies": JOBS[:1]}, headers={"Accept-Language": "en"}
    )

    assert told(answer)["items"][0]["reasons"][0].startswith("Fits the position")


def test_ranking_keeps_nothing(api: Installation) -> None:
    api.pipeline.post("/scoring/rank", {"resume": RESUME, "vacancies": JOBS})

    assert told(api.pipeline.get("/vacancies/search?source=internal"))["vacancies"] == []
