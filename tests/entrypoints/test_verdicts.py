"""Cards, their explanation, and what people say of them, over HTTP."""

from __future__ import annotations

from math import prod

import pytest

from tests.entrypoints.installation import ANNA, BORIS, Installation, a_job, code_of, told

NEXT = f"/search/next/{ANNA}"


def judge(api: Installation, vacancy_id: str, verdict: str, telegram_id: int = ANNA) -> tuple[int, str]:
    """Return the status and the state or the problem's code."""
    answer = api.bot.post(f"/search/feedback/{telegram_id}/{vacancy_id}", {"verdict": verdict})
    return answer.status_code, told(answer)["state"] if answer.status_code == 200 else code_of(answer)


@pytest.fixture
def shown(with_anna: Installation) -> Installation:
    """Return an installation in which one of two vacancies, `partner-1`, was shown."""
    with_anna.offer(a_job("1"), a_job("2", area="Пермь"))
    with_anna.search()
    assert told(with_anna.bot.get(NEXT))["vacancy_id"] == "partner-1"
    return with_anna


def test_a_card_holds_what_the_bot_shows(with_anna: Installation) -> None:
    with_anna.offer(
        a_job(
            "1",
            responsibilities="<p>Писать <b>сервисы</b>. </p>" + "Ещё слово. " * 60,
            published_at="2026-03-01T10:00:00+03:00",
        )
    )
    with_anna.search()

    card = told(with_anna.bot.get(NEXT))

    assert (
        card.items()
        >= {
            "vacancy_id": "partner-1",
            "title": "Python-разработчик",
            "company": "ООО «Вымысел 1»",
            "salary": {"from": 150000, "to": 220000, "currency": "RUB", "gross": None, "period": "month"},
            "area": "Казань",
            "work_format": None,
            "url": "https://jobs.example.com/vacancies/1",
            "published_at": "2026-03-01T07:00:00Z",
            "source": "partner",
            "state": "shown",
        }.items()
    )
    assert card["responsibilities"].startswith("Писать сервисы.")
    assert len(card["responsibilities"]) <= 300
    assert "<" not in card["responsibilities"]
    assert 0 < card["score"] <= 100
    assert {"Python", "PostgreSQL"} <= set(card["matched_skills"])
    assert card["missing_skills"] == ["Docker"]
    assert 2 <= len(card["reasons"]) <= 4


def test_cards_speak_the_language_asked_for(shown: Installation) -> None:
    russian = told(shown.bot.get(f"/search/current/{ANNA}"))["reasons"]
    english = told(shown.bot.get(f"/search/current/{ANNA}", headers={"Accept-Language": "en-GB,en;q=0.9"}))["reasons"]

    assert russian[0] == "Подходит под желаемую должность «Python-разработчик»"
    assert english[0] == "Fits the position you want, “Python-разработчик”"
    assert len(russian) == len(english)


def test_details_explain_every_point(shown: Installation) -> None:
    card = told(shown.bot.get(f"/search/current/{ANNA}"))

    details = told(shown.bot.get(f"/search/details/{ANNA}/partner-1"))

    explanation = details["explanation"]
    assert details["state"] == "shown"
    assert details["vacancy"]["requirements"].startswith("Опыт с Python")
    assert (explanation["score"], explanation["reasons"]) == (card["score"], card["reasons"])
    points = sum(part["points"] for part in explanation["parts"])
    assert explanation["score"] == round(points * prod(limit["times"] for limit in explanation["limits"]))
    assert explanation["limits"] == []
    assert sum(part["possible"] for part in explanation["parts"]) == 100
    docker = next(line for line in explanation["lines"] if line["subject"] == "Docker")
    assert (docker["verdict"], docker["must"], docker["proof"]) == ("unmet", False, None)
    assert docker["asked"] == "Будет плюсом: Docker"
    assert docker["text"] == "Docker: нет в резюме, но это лишь плюс"


def test_details_speak_the_language_asked_for(shown: Installation) -> None:
    answer = shown.bot.get(f"/search/details/{ANNA}/partner-1", headers={"Accept-Language": "en"})

    lines = [line["text"] for line in told(answer)["explanation"]["lines"]]
    assert "Docker: not in the résumé, but only nice to have" in lines
    assert answer.headers["Content-Language"] == "en"


def test_details_are_of_what_was_found_for_this_person(shown: Installation) -> None:
    shown.welcome(BORIS)

    for path in (f"{ANNA}/partner-77", f"{BORIS}/partner-1"):
        answer = shown.bot.get(f"/search/details/{path}")
        assert (answer.status_code, code_of(answer)) == (404, "match_not_found")
    assert shown.bot.get(f"/search/details/{ANNA}/partner-2").status_code == 200


@pytest.mark.parametrize(
    ("verdict", "state"),
    [("like", "liked"), ("dislike", "disliked"), ("applied", "applied"), ("hide_employer", "hidden")],
)
def test_each_verdict_leads_to_its_state_and_undo_back(shown: Installation, verdict: str, state: str) -> None:
    assert judge(shown, "partner-1", verdict) == (200, state)
    assert judge(shown, "partner-1", verdict) == (200, state)
    assert judge(shown, "partner-1", "undo") == (200, "shown")
    assert judge(shown, "partner-1", "undo") == (409, "nothing_to_undo")


def test_undo_takes_back_the_last_verdict_alone(shown: Installation) -> None:
    judge(shown, "partner-1", "like")
    judge(shown, "partner-1", "applied")

    assert judge(shown, "partner-1", "undo") == (200, "liked")


def test_a_verdict_needs_a_card_that_was_shown(shown: Installation) -> None:
    assert judge(shown, "partner-2", "like") == (409, "not_shown_yet")
    assert judge(shown, "partner-77", "like") == (404, "match_not_found")
    assert judge(shown, "partner-1", "like", BORIS) == (404, "user_not_found")
    assert judge(shown, "partner-1", "love") == (422, "invalid")


def test_a_hidden_employer_is_gone_until_the_undo(with_anna: Installation) -> None:
    with_anna.offer(a_job("1", company="ООО «Ромб»"), a_job("2", company="«РОМБ», ООО", area="Пермь"))
    with_anna.search()
    first = told(with_anna.bot.get(NEXT))["vacancy_id"]
    judge(with_anna, first, "hide_employer")

    gone = with_anna.bot.get(NEXT)
    judge(with_anna, first, "undo")
    back = with_anna.bot.get(NEXT)

    assert [gone.status_code, back.status_code] == [204, 200]


def test_history_tells_states_and_why_something_was_filtered_out(shown: Installation) -> None:
    judge(shown, "partner-1", "like")
    shown.search()

    everything = told(shown.bot.get(f"/search/history/{ANNA}"))
    filtered = told(shown.bot.get(f"/search/history/{ANNA}?state=filtered"))
    two = told(shown.bot.get(f"/search/history/{ANNA}?state=liked&state=waiting"))

    assert {(each["vacancy_id"], each["state"]) for each in everything["items"]} == {
        ("partner-1", "liked"),
        ("partner-1", "filtered"),
        ("partner-2", "superseded"),
        ("partner-2", "waiting"),
    }
    assert [(each["vacancy_id"], each["filter_reason"]) for each in filtered["items"]] == [
        ("partner-1", "already_shown")
    ]
    assert {each["state"] for each in two["items"]} == {"liked", "waiting"}


def test_history_comes_in_pages(shown: Installation) -> None:
    whole = told(shown.bot.get(f"/search/history/{ANNA}"))

    page = told(shown.bot.get(f"/search/history/{ANNA}?limit=1&offset=1"))

    assert page == {"items": whole["items"][1:], "total": 2}


def test_a_state_that_is_none_is_named(shown: Installation) -> None:
    answer = shown.bot.get(f"/search/history/{ANNA}?state=liked&state=loved")

    assert answer.status_code == 422
    assert told(answer)["errors"]["query"]["state.1"][0]["code"] == "unknown_choice"
