"""The page on which a person comes back from hh.ru, with a loopback hh.ru."""

from __future__ import annotations

import re
import time
from html import unescape

import pytest

from tests.boards.hh import Browser, HhRu
from tests.boards.hh.faults import captcha, slow, too_many
from tests.contracts.threads import together
from tests.entrypoints.installation import ANNA, BORIS, Installation, code_of, told
from tests.entrypoints.signing_in import (
    Back,
    auth_url,
    bot_import,
    confirm,
    consented,
    hidden_in,
    history,
    status,
    tokens_asked,
)


def test_a_browser_is_asked_to_confirm_to_whom_the_resume_goes(at_hh: Installation, hh: HhRu) -> None:
    link = told(at_hh.bot.get(f"/hh/auth_link?telegram_id={ANNA}"))
    back = Back(Browser().consents(link["auth_url"], account="ivan"))

    page = at_hh.stranger.get(back.path)
    opened_again = at_hh.stranger.get(back.path)

    assert (page.status_code, page.mimetype) == (200, "text/html")
    for shown in (str(ANNA), link["confirmation_code"]):
        assert shown in page.text
    assert opened_again.status_code == 200
    # To look does nothing.
    assert hh.asked("/token", exact=True) == []
    assert (status(at_hh), history(at_hh)) == ("pending", ["manual"])

    done = confirm(at_hh, page)

    assert (done.status_code, done.mimetype) == (200, "text/html")
    assert "Готово" in done.text
    assert (status(at_hh), history(at_hh)) == ("connected", ["hh", "manual"])


def test_a_link_sent_to_a_victim_shows_a_code_that_his_bot_did_not_and_takes_nothing_unless_confirmed(
    at_hh: Installation, hh: HhRu
) -> None:
    # Anna calls herself Ivan, and sends her own link to him, who agrees at hh.ru without a thought.
    at_hh.bot.post("/users/", {"telegram_id": ANNA, "first_name": "Иван", "last_name": "Жертвин"})
    at_hh.welcome(BORIS)
    of_his_bot = told(at_hh.bot.get(f"/hh/auth_link?telegram_id={BORIS}"))["confirmation_code"]

    page = at_hh.stranger.get(consented(at_hh).path)

    assert of_his_bot not in page.text
    for name in ("Иван", "Жертвин"):
        assert name not in page.text
    assert "Если ваш бот не показывал вам этот код, закройте страницу" in page.text
    assert hh.asked("/token", exact=True) == hh.asked("/resumes") == hh.asked("/me") == []


def test_a_state_that_was_tampered_with_leads_nowhere(at_hh: Installation, hh: HhRu) -> None:
    back = consented(at_hh)
    forged = ["", "x", back.state[:-1], back.state + "x", back.state.swapcase(), "сост.яние"]

    for state in forged:
        page = at_hh.stranger.call("GET", "/hh/import", query_string={"code": back.code, "state": state or "-"})
        assert (page.status_code, page.mimetype) == (404, "text/html")
        posted = at_hh.stranger.call("POST", "/hh/import", data={"code": back.code, "state": state or "-"})
        assert posted.status_code == 404
    refused_for_boris = bot_import(at_hh, back, telegram_id=BORIS)
    assert (refused_for_boris.status_code, code_of(refused_for_boris)) == (404, "sign_in_not_found")
    assert hh.asked("/token", exact=True) == []


def test_a_page_may_not_be_framed_nor_kept_nor_tell_where_it_was(at_hh: Installation) -> None:
    back = consented(at_hh)
    pages = [
        at_hh.stranger.get(back.path),
        at_hh.stranger.get("/hh/import?error=access_denied&state=x"),
        at_hh.stranger.call("POST", "/hh/import", data={"code": "c", "state": "s"}),
    ]

    for page in pages:
        policy = page.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "frame-ancestors 'none'" in policy
        assert "form-action 'self'" in policy
        assert "script" not in page.text
        assert page.headers["X-Frame-Options"] == "DENY"
        assert page.headers["Referrer-Policy"] == "no-referrer"
        assert page.headers["Cache-Control"] == "no-store"
        assert page.headers["X-Content-Type-Options"] == "nosniff"


def test_what_came_back_is_text_on_the_page_whatever_it_is(at_hh: Installation) -> None:
    back = consented(at_hh)

    page = at_hh.stranger.call("GET", "/hh/import", query_string={"code": '"><script>1</script>', "state": back.state})

    assert "<script" not in page.text
    assert hidden_in(page) == {"code": '"><script>1</script>', "state": back.state}


def test_the_button_leads_to_where_the_page_is_also_behind_a_prefix(at_hh: Installation) -> None:
    page = at_hh.stranger.get(consented(at_hh).path)

    assert '<form method="post" action="import">' in page.text


def test_a_page_speaks_the_language_of_the_browser(at_hh: Installation) -> None:
    back = consented(at_hh)

    page = at_hh.stranger.get(back.path, headers={"Accept-Language": "en"})

    assert '<html lang="en">' in page.text
    assert "Load the résumé from hh.ru?" in page.text


def test_a_double_click_imports_once_and_does_not_look_like_a_failure(at_hh: Installation, hh: HhRu) -> None:
    page = at_hh.stranger.get(consented(at_hh).path)
    hh.faults.add("/token", slow(0.5), exact=True)

    answers = together(lambda: confirm(at_hh, page), lambda: confirm(at_hh, page))
    late = confirm(at_hh, page)

    assert tokens_asked(hh, "authorization_code") == 1
    assert history(at_hh) == ["hh", "manual"]
    assert late.status_code == 200
    for answer in (*answers, late):
        assert "Не получилось" not in answer.text
        assert "Telegram" in answer.text
    (running,) = [answer for answer in answers if "Загружаем" in answer.text]
    assert running.headers["Retry-After"] == "5"
    (again,) = re.findall(r'<meta http-equiv="refresh" content="3; url=(import[^"]*)">', running.text)
    shown = at_hh.stranger.get(f"/hh/{unescape(again)}")
    assert (shown.status_code, "Готово" in shown.text, "refresh" in shown.text) == (200, True, False)


def test_who_refuses_at_hh_is_told_and_the_link_is_over(at_hh: Installation, hh: HhRu) -> None:
    link = auth_url(at_hh)
    back = Back(Browser().refuses(link))

    page = at_hh.stranger.get(back.path + "&error_description=no")

    assert (page.status_code, page.mimetype) == (409, "text/html")
    assert "Вы не разрешили доступ" in page.text
    assert status(at_hh) == "none"
    agreed_after_all = Back(Browser().consents(link))
    assert at_hh.stranger.get(agreed_after_all.path).status_code == 409
    assert hh.asked("/token", exact=True) == []


@pytest.mark.parametrize("error", ["server_error", "temporarily_unavailable", "invalid_scope", None])
def test_what_goes_wrong_at_hh_leaves_the_sign_in_pending(at_hh: Installation, error: str | None) -> None:
    back = consented(at_hh)

    page = at_hh.stranger.get(f"/hh/import?state={back.state}" + (f"&error={error}" if error else ""))

    assert (page.status_code, page.mimetype) == (409, "text/html")
    assert "Откройте ссылку для входа ещё раз" in page.text
    assert status(at_hh) == "pending"
    assert bot_import(at_hh, back).status_code == 200


def test_the_page_says_what_to_do_in_the_world_as_it_is(at_hh: Installation, hh: HhRu) -> None:
    hh.applicants, hh.me_stays_open = "closed", True

    back = consented(at_hh)
    page = confirm(at_hh, at_hh.stranger.get(back.path))

    assert (page.status_code, page.mimetype) == (409, "text/html")
    assert "Скачайте резюме с hh.ru в PDF" in page.text
    assert status(at_hh) == "closed_by_provider"
    opened_again = at_hh.stranger.get(back.path)
    assert opened_again.status_code == 409
    assert "Скачайте резюме с hh.ru в PDF" in opened_again.text


def test_a_page_says_that_the_account_is_linked_where_only_the_resume_is_missing(at_hh: Installation, hh: HhRu) -> None:
    page = at_hh.stranger.get(consented(at_hh).path)
    hh.faults.add("/me", captcha())

    first, second = confirm(at_hh, page), confirm(at_hh, page)

    assert (first.status_code, second.status_code) == (503, 409)
    assert int(first.headers["Retry-After"]) > 500
    assert "капча" in first.text
    for each in (first, second):
        assert "Аккаунт подключён, но резюме ещё нет" in each.text
        assert "вернитесь в Telegram" in each.text


def test_a_page_whose_code_still_is_good_may_be_refreshed(at_hh: Installation, hh: HhRu) -> None:
    page = at_hh.stranger.get(consented(at_hh).path)
    hh.faults.add("/token", too_many(retry_after=1), exact=True)

    refused = confirm(at_hh, page)

    assert refused.status_code == 503
    assert "Обновите эту страницу" in refused.text
    time.sleep(1.1)
    assert "Готово" in confirm(at_hh, page).text
