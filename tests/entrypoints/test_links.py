"""One job in two sources over HTTP: one card with two links."""

from __future__ import annotations

from tests.entrypoints.installation import ANNA, Installation, a_job, told

TEXT = (
    "Разрабатывать сервис доставки на Python и Django. Проектировать API для мобильного приложения."
    " Покрывать код тестами."
)


def test_one_job_in_two_sources_is_one_card_with_two_links(with_anna: Installation) -> None:
    here, there = "https://jobs.example.com/1", "https://work.example.com/9"
    text = {"company": "Сеть", "responsibilities": TEXT}
    with_anna.offer(a_job("1", **text, url=here))
    with_anna.offer(
        a_job("9", **text, source="acme", title="Python-разработчик (Казань)", url=there),
        a_job("10", **{**text, "responsibilities": "Писать отчёты о других людях."}, source="acme"),
    )
    with_anna.search()

    counts = told(with_anna.bot.get(f"/search/status/{ANNA}"))["counts"]
    cards = [told(with_anna.bot.get(f"/search/next/{ANNA}")) for _ in range(2)]
    by_id = {card["vacancy_id"]: card for card in cards}
    details = told(with_anna.bot.get(f"/search/details/{ANNA}/acme-9"))

    both = [{"source": "partner", "url": here}, {"source": "acme", "url": there}]
    assert (counts["found"], counts["queued"]) == (2, 2)
    assert by_id.keys() == {"partner-1", "acme-10"}
    assert (by_id["partner-1"]["source"], by_id["partner-1"]["links"]) == ("partner", both)
    assert by_id["acme-10"]["links"] == [{"source": "acme", "url": by_id["acme-10"]["url"]}]
    assert (details["vacancy"]["vacancy_id"], details["vacancy"]["links"]) == ("partner-1", both)
    assert with_anna.bot.get(f"/search/next/{ANNA}").status_code == 204
