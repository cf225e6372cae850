"""A job search in numbers, over HTTP."""

from __future__ import annotations

from typing import Any

from tests.entrypoints.installation import ANNA, BORIS, PROFILE, Installation, a_job, code_of, told

NOTHING = {
    "found": 0,
    "filtered": {},
    "queued": 0,
    "waiting": 0,
    "superseded": 0,
    "shown": 0,
    "liked": 0,
    "disliked": 0,
    "applied": 0,
    "hidden": 0,
}
MANY = (
    "Python, Django, PostgreSQL, Docker, Redis, Kafka, RabbitMQ, Celery, Git, Linux, Kubernetes, FastAPI, pytest, Nginx"
)


def insights(api: Installation) -> dict[str, Any]:
    answer = api.bot.get(f"/insights/{ANNA}")
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = told(answer)
    return found


def test_a_search_and_its_market_in_numbers(with_anna: Installation) -> None:
    with_anna.offer(*(a_job(f"{each}", salary_from=None, salary_to=100_000 * each) for each in range(1, 6)))
    search_id = with_anna.search()
    shown = told(with_anna.bot.get(f"/search/next/{ANNA}"))
    with_anna.bot.post(f"/search/feedback/{ANNA}/{shown['vacancy_id']}", {"verdict": "like"})

    found = insights(with_anna)

    latest, market = found["latest_search"], found["market"]
    assert (
        found["searches"]
        == latest["funnel"]
        == {**NOTHING, "found": 5, "queued": 5, "waiting": 4, "shown": 1, "liked": 1}
    )
    assert (latest["search_id"], latest["reason"]) == (search_id, None)
    assert latest["finished_at"].endswith("Z")
    assert [each["from"] for each in latest["scores"]["bands"]] == list(range(0, 100, 10))
    assert sum(each["count"] for each in latest["scores"]["bands"]) == latest["scores"]["counted"] == 5
    scores = sorted(each["score"] for each in told(with_anna.bot.get(f"/search/history/{ANNA}"))["items"])
    assert latest["scores"]["median"] == scores[2]
    assert latest["scores"]["reaching"] == [
        {"score": level, "count": sum(score >= level for score in scores)} for level in (80, 60, 40)
    ]
    assert (market["market"], market["of_role"], market["reason"]) == (5, 5, None)
    assert market["pay"] == {
        "telling": 5,
        "lower_quartile": 200_000,
        "median": 300_000,
        "upper_quartile": 400_000,
        "wished": 180_000,
        "wish": "below",
        "searched_from": None,
    }
    asked = {each.pop("skill"): each for each in market["asked"]}
    assert asked["Python"] == {"must": 5, "nice": 0, "level": None, "held": True}
    assert asked["Docker"] == {"must": 0, "nice": 5, "level": None, "held": False}
    assert market["missing"] == [{"skill": "Docker", "must": 0, "nice": 5, "level": None}]
    assert found["taste"] == {"verdicts": 1, "moved": 0}


def test_before_a_search_there_are_zeros_and_reasons(with_anna: Installation) -> None:
    found = insights(with_anna)

    assert found["searches"] == found["latest_search"]["funnel"] == NOTHING
    assert found["latest_search"]["reason"] == "no_search"
    assert found["latest_search"]["search_id"] is found["latest_search"]["scores"]["median"] is None
    assert found["market"]["reason"] == "no_vacancies"
    assert (found["market"]["asked"], found["market"]["missing"]) == ([], [])
    assert found["market"]["pay"]["median"] is found["market"]["pay"]["wish"] is None


def test_what_was_filtered_out_is_told_by_reason(with_anna: Installation) -> None:
    same = {"company": "ООО «Вымысел»", "responsibilities": "Те же"}
    with_anna.offer(a_job("1", **same), a_job("2", **same, area="Москва"))
    with_anna.search(salary_from=100_000)

    found = insights(with_anna)

    assert found["searches"]["filtered"] == {"same_posting": 1}
    assert found["latest_search"]["scores"]["counted"] == 1
    assert found["market"]["pay"]["searched_from"] == 100_000


def test_the_quality_is_told_with_the_most_gainful_advice(with_anna: Installation) -> None:
    found = insights(with_anna)["resume"]

    quality = told(with_anna.bot.get(f"/resume/{ANNA}/quality"))
    advice = [each for line in quality["lines"] for each in line["advice"]]
    assert (found["score"], found["quality_version"]) == (quality["score"], quality["quality_version"])
    assert found["advice"] == len(advice)
    assert found["best_gain"] == max(each["gain"] for each in advice)
    assert found["best_advice"] in {each["code"] for each in advice if each["gain"] == found["best_gain"]}


def test_no_more_than_twelve_skills_are_told(with_anna: Installation) -> None:
    with_anna.offer(*(a_job(f"{each}", skills=MANY.split(", ")) for each in range(1, 4)))

    market = insights(with_anna)["market"]

    assert len(market["asked"]) == 12
    assert {"Python", "Django", "PostgreSQL"}.isdisjoint(each["skill"] for each in market["missing"])


def test_without_a_resume_there_is_nothing_to_count(api: Installation) -> None:
    api.bot.post("/users/", PROFILE)

    answers = [api.bot.get(f"/insights/{each}") for each in (ANNA, BORIS)]

    assert [(answer.status_code, code_of(answer)) for answer in answers] == [
        (404, "resume_not_found"),
        (404, "user_not_found"),
    ]


def test_a_strangers_question_is_refused(with_anna: Installation) -> None:
    assert with_anna.stranger.get(f"/insights/{ANNA}").status_code == 401
