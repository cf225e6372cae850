"""What verdicts do to the order of cards, over HTTP."""

from __future__ import annotations

from typing import Any

from tests.entrypoints.installation import ANNA, Installation, a_job, code_of, told

NEXT, TASTE = f"/search/next/{ANNA}", f"/search/taste/{ANNA}"


def _next_after_a_like(api: Installation) -> dict[str, Any]:
    """Like the first of three; search anew and return the next card."""
    alike = {"title": "Старший Python-разработчик", "work_format": "office", "responsibilities": "Разрабатывать сервис"}
    other = {**alike, "work_format": "hybrid", "experience": "no_experience", "salary_to": 500_000}
    api.offer(a_job("1", **alike), a_job("2", **other), a_job("3", **alike))
    api.search()
    first = told(api.bot.get(NEXT))["vacancy_id"]
    assert first == "partner-1"
    api.bot.post(f"/search/feedback/{ANNA}/{first}", {"verdict": "like"})
    api.search(region="Казань")
    card: dict[str, Any] = told(api.bot.get(NEXT))
    return card


def test_a_card_says_why_it_comes_early_and_its_details_by_how_much(with_anna: Installation) -> None:
    card = _next_after_a_like(with_anna)

    details = told(with_anna.bot.get(f"/search/details/{ANNA}/{card['vacancy_id']}"))
    assert card["vacancy_id"] == "partner-3"
    assert card["reasons"][-1].startswith("Похоже на то, что вам понравилось: ")
    assert details["shift"]["points"] > 0
    assert details["shift"]["reason"] == card["reasons"][-1]
    assert details["shift"]["reason"] not in details["explanation"]["reasons"]


def test_a_taste_is_forgotten(with_anna: Installation) -> None:
    _next_after_a_like(with_anna)

    answer = with_anna.bot.call("DELETE", TASTE)

    assert (answer.status_code, answer.data) == (204, b"")
    assert with_anna.bot.call("DELETE", TASTE).status_code == 204
    with_anna.search(salary_from=1)
    assert told(with_anna.bot.get(NEXT))["vacancy_id"] == "partner-2"
    assert told(with_anna.bot.get(f"/search/details/{ANNA}/partner-2"))["shift"] is None
    assert told(with_anna.bot.get(f"/search/history/{ANNA}?state=liked"))["total"] == 1


def test_a_taste_forgotten_does_not_come_back_with_an_undo(with_anna: Installation) -> None:
    _next_after_a_like(with_anna)
    with_anna.bot.call("DELETE", TASTE)

    for verdict in ("dislike", "undo"):
        answer = with_anna.bot.post(f"/search/feedback/{ANNA}/partner-1", {"verdict": verdict})

    assert told(answer)["state"] == "liked"
    with_anna.search(salary_from=1)
    assert told(with_anna.bot.get(NEXT))["vacancy_id"] == "partner-2"
    assert told(with_anna.bot.get(f"/insights/{ANNA}"))["taste"] == {"verdicts": 0, "moved": 0}


def test_the_taste_of_somebody_unknown_is_not_found(with_anna: Installation) -> None:
    answer = with_anna.bot.call("DELETE", "/search/taste/123")

    assert (answer.status_code, code_of(answer)) == (404, "user_not_found")
