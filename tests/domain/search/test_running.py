"""How a worker carries a run out, and what may come between."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta

import pytest

from domain.errors import NotFound, Unavailable
from domain.identifiers import RunId
from domain.matching.scorer import Scorer
from domain.search.assessing import ENCODING_TIME, FEWEST_ENCODED
from domain.search.filters import Filters
from domain.search.run import Counts, Outcome, RunStatus, SourceReport
from domain.search.running import KEPT_WHOLE
from domain.vacancies.embedding import EncodeFirst
from domain.work import LEASE, LONGEST, MAX_FAILURES
from tests.builders import ANNA, NOW, a_resume_content, a_vacancy
from tests.domain.instruments import MEASURES, FixedSimilarity, NoSimilarity
from tests.domain.nearby import LetterEncoder
from tests.domain.outsiders import ScriptedEngine, ScriptedSource
from tests.domain.product import Product, a_product

BUSY = Unavailable("n8n_unavailable")


class _Meanwhile:
    """A similarity that takes its time: something happens while the run is ranked."""

    def __init__(self) -> None:
        self.happens: Callable[[], object] = lambda: None
        self.model: str | None = None

    def between(self, text: str, others: object) -> None:  # noqa: ARG002 — as the port has it
        self.happens()


@pytest.mark.parametrize("similarity", [FixedSimilarity(0.5), NoSimilarity()])
def test_a_run_tells_which_model_compared(similarity: FixedSimilarity | NoSimilarity) -> None:
    product = a_product(similarity=similarity)
    product.welcome_with_resume()
    product.keep(a_vacancy())
    before = product.start()

    run = product.run(before)

    assert (before.similarity, run.similarity) == (None, similarity.model)


class _Mute:
    """A model that is at hand and fails: at everything, or at each vacancy."""

    model = "mute-1"

    def __init__(self, *, at_everything: bool) -> None:
        self._at_everything = at_everything

    def between(self, text: str, others: Sequence[str]) -> Sequence[float | None] | None:  # noqa: ARG002 — as the port has it
        return None if self._at_everything else [None] * len(others)


@pytest.mark.parametrize("at_everything", [True, False])
def test_a_run_in_which_the_model_failed_was_compared_by_words_alone(at_everything: bool) -> None:
    product = a_product(similarity=_Mute(at_everything=at_everything))
    product.welcome_with_resume()
    product.keep(a_vacancy())

    run = product.search()

    assert (run.status, run.similarity) == (RunStatus.READY, None)
    assert product.next().match.assessment == Scorer(MEASURES).assess(a_resume_content(), [a_vacancy()])[0]


def test_a_model_that_told_of_one_vacancy_has_compared() -> None:
    class Choosy(_Mute):
        def between(self, text: str, others: Sequence[str]) -> Sequence[float | None] | None:  # noqa: ARG002 — as above
            return [None, *[0.5] * (len(others) - 1)]

    product = a_product(similarity=Choosy(at_everything=False))
    product.welcome_with_resume()
    product.keep(a_vacancy(id="internal-1"), a_vacancy(id="internal-2", title="Водитель"))

    assert product.search().similarity == "mute-1"


class _Tiring(LetterEncoder):
    """Takes so long for each text that a search has no time for more than its first ones."""

    def __init__(self, product: Product) -> None:
        super().__init__()
        self._clock = product.clock

    def encode(self, text: str) -> bytes:
        self._clock.forward(ENCODING_TIME / FEWEST_ENCODED)
        return super().encode(text)


def test_a_search_encodes_only_so_much_itself_and_leaves_out_the_rest(product: Product) -> None:
    product.welcome_with_resume()
    many = FEWEST_ENCODED + 50
    product.keep(*(a_vacancy(id=f"internal-{number:03}", title=f"Вымысел {number}") for number in range(many)))
    run_search = product.application.run_search
    slow = replace(run_search.assess.encode_first.embed, encoder=_Tiring(product))
    run_search = replace(run_search, assess=replace(run_search.assess, encode_first=EncodeFirst(slow)))

    run_search(run_id=product.start().id)
    first = product.application.show_search(telegram_id=ANNA)
    run_search(run_id=product.start().id)
    second = product.application.show_search(telegram_id=ANNA)

    assert first.sources[0].found == first.counts.found == many
    assert (first.counts.queued, first.counts.filtered) == (FEWEST_ENCODED, {"beyond_limit": 50})
    assert second.counts == Counts(found=many, queued=many)


def test_a_run_gathers_ranks_and_queues(product: Product) -> None:
    current = product.welcome_with_resume()
    product.keep(a_vacancy(id="internal-1", title="Водитель"), a_vacancy(id="internal-2"))

    run = product.search()

    assert (run.status, run.engine, run.finished_at) == (RunStatus.READY, "builtin", NOW)
    assert run.resume_id == current.revision.id
    assert run.sources == (SourceReport(source="internal", outcome=Outcome.OK, found=2),)
    assert run.counts == Counts(found=2, queued=2)
    assert product.all_cards() == ["internal-2", "internal-1"]


def test_a_match_holds_the_score_that_anybody_else_would_get(product: Product) -> None:
    product.welcome_with_resume()
    product.keep(a_vacancy())
    product.search()

    (expected,) = Scorer(MEASURES).assess(a_resume_content(), [a_vacancy()])

    assert product.next().match.assessment == expected


def test_the_engine_is_given_the_résumé_with_its_corrections_and_the_filters() -> None:
    engine = ScriptedEngine("n8n")
    product = a_product(engines=(engine,))
    product.welcome_with_resume()
    product.edit(region="Москва")

    product.search(text="python")

    assert engine.asked == [(a_resume_content(region="Москва"), Filters(text="python"))]


def test_the_first_engine_that_answers_is_remembered() -> None:
    first, second = ScriptedEngine("n8n", (a_vacancy(),)), ScriptedEngine("builtin")
    product = a_product(engines=(first, second))
    product.welcome_with_resume()

    assert product.search().engine == "n8n"

    assert second.asked == []


def test_a_run_that_finds_nothing_is_ready_and_empty(product: Product) -> None:
    product.welcome_with_resume()

    run = product.search()

    assert (run.status, run.counts) == (RunStatus.READY, Counts())
    assert run.sources == (SourceReport(source="internal", outcome=Outcome.EMPTY),)
    assert product.application.next_vacancy(telegram_id=ANNA) is None


def test_a_repeated_message_changes_nothing(product: Product) -> None:
    product.welcome_with_resume()
    product.keep(a_vacancy())
    run = product.search()
    product.next()
    before = product.application.export_user(telegram_id=ANNA)

    product.run(run)

    assert product.application.export_user(telegram_id=ANNA) == before


def test_a_message_about_no_run_changes_nothing(product: Product) -> None:
    product.welcome_with_resume()
    before = product.application.export_user(telegram_id=ANNA)

    product.application.run_search(run_id=RunId("run-of-nobody"))

    assert product.application.export_user(telegram_id=ANNA) == before


def test_a_message_repeated_while_the_run_is_carried_out_changes_nothing() -> None:
    engine = ScriptedEngine("builtin", (a_vacancy(),))
    product = a_product(engines=(engine,))
    product.welcome_with_resume()
    run = product.start()
    engine.meanwhile = lambda: product.application.run_search(run_id=run.id)

    assert product.run(run).work.attempt == 1

    assert len(engine.asked) == 1


@pytest.mark.parametrize("error", [None, BUSY])
def test_a_run_cancelled_by_another_search_while_it_gathers_leaves_nothing(error: Exception | None) -> None:
    engine = ScriptedEngine("builtin", (a_vacancy(),), error=error)
    product = a_product(engines=(engine,))
    product.welcome_with_resume()
    first = product.start(text="python")
    engine.meanwhile = lambda: product.start(text="java")

    product.application.run_search(run_id=first.id)

    export = product.application.export_user(telegram_id=ANNA)
    assert [run.status for run in export.search_runs] == [RunStatus.CANCELLED, RunStatus.QUEUED]
    assert export.matches == []


@pytest.mark.parametrize("error", [None, BUSY])
def test_a_person_erased_while_their_run_gathers_stays_erased(error: Exception | None) -> None:
    engine = ScriptedEngine("builtin", (a_vacancy(),), error=error)
    product = a_product(engines=(engine,))
    product.welcome_with_resume()
    run = product.start()
    engine.meanwhile = lambda: product.application.erase_user(telegram_id=ANNA)

    product.application.run_search(run_id=run.id)

    with pytest.raises(NotFound):
        product.application.show_search(telegram_id=ANNA)
    product.welcome()
    export = product.application.export_user(telegram_id=ANNA)
    assert (*export.search_runs, *export.matches) == ()


def test_a_person_erased_while_their_run_is_ranked_stays_erased() -> None:
    slow = _Meanwhile()
    product = a_product(engines=(ScriptedEngine("builtin", (a_vacancy(),)),), similarity=slow)
    product.welcome_with_resume()
    run = product.start()
    slow.happens = lambda: product.application.erase_user(telegram_id=ANNA)

    product.application.run_search(run_id=run.id)

    product.welcome()
    export = product.application.export_user(telegram_id=ANNA)
    assert (*export.search_runs, *export.matches) == ()


def test_a_run_cancelled_while_it_is_ranked_leaves_nothing_and_keeps_the_queue_before_it() -> None:
    engine = ScriptedEngine("builtin", (a_vacancy(), a_vacancy(id="internal-2", title="Водитель")))
    slow = _Meanwhile()
    product = a_product(engines=(engine,), similarity=slow)
    product.welcome_with_resume()
    product.search(text="first")
    second = product.start(text="second")
    slow.happens = lambda: product.application.start_search(telegram_id=ANNA, filters=Filters(text="third"))

    product.application.run_search(run_id=second.id)

    export = product.application.export_user(telegram_id=ANNA)
    assert [run.status for run in export.search_runs] == ["ready", "cancelled", "queued"]
    assert {match.run_id for match in export.matches} == {export.search_runs[0].id}
    assert {match.state for match in export.matches} == {"waiting"}


def test_the_result_of_a_worker_that_lost_its_lease_is_dropped() -> None:
    engine = ScriptedEngine("builtin", (a_vacancy(),))
    product = a_product(engines=(engine,))
    product.welcome_with_resume()
    run = product.start()

    def taken_over() -> None:
        product.clock.forward(LEASE + timedelta(seconds=1))
        product.application.sweep_work()
        with product.store() as tx:
            assert tx.search_runs.claim(run.id, at=product.clock.now(), until=product.clock.now() + LEASE)

    engine.meanwhile = taken_over

    run = product.run(run)

    assert (run.status, run.work.attempt, run.work.interruptions) == (RunStatus.GATHERING, 2, 1)
    assert run.engine is None
    assert product.application.export_user(telegram_id=ANNA).matches == []


def test_what_an_outside_source_found_can_be_shown_and_listed() -> None:
    product = a_product(sources=(ScriptedSource("hh", (a_vacancy(id="hh-1", source="hh"),)),))
    product.welcome_with_resume()
    product.search()

    assert product.next().vacancy == a_vacancy(id="hh-1", source="hh")


def test_what_an_outside_source_finds_again_counts_as_seen_again() -> None:
    source = ScriptedSource("hh", (a_vacancy(id="hh-1", source="hh", closes_at=None),))
    product = a_product(sources=(source,))
    product.welcome_with_resume()
    product.search()
    product.clock.forward(timedelta(days=40))
    source.vacancies = (
        a_vacancy(
            id="hh-1",
            source="hh",
            salary=None,
            closes_at=None,
            first_seen_at=product.clock.now(),
            last_seen_at=product.clock.now(),
        ),
    )

    product.search()

    vacancy = product.next().vacancy
    assert (vacancy.salary, vacancy.first_seen_at, vacancy.last_seen_at) == (None, NOW, product.clock.now())


def test_an_outline_found_later_leaves_the_words_that_were_found_whole() -> None:
    whole = a_vacancy(id="hh-1", source="hh", closes_at=None)
    source = ScriptedSource("hh", (whole,))
    product = a_product(sources=(source,))
    product.welcome_with_resume()
    product.search()
    product.clock.forward(timedelta(days=1))
    now = product.clock.now()
    otherwise = replace(whole, description="", requirements="Совсем иначе...", responsibilities="", outline=True)
    source.vacancies = (replace(otherwise, title="Старший разработчик", first_seen_at=now, last_seen_at=now),)

    product.search()

    known = replace(whole, title="Старший разработчик", last_seen_at=now)
    assert product.next().vacancy == known
    source.vacancies = (replace(known, requirements="", last_seen_at=now + timedelta(hours=1)),)
    product.search()
    with product.store() as tx:
        assert tx.vacancies.get(whole.id).requirements == ""


def test_an_older_sighting_does_not_undo_what_is_known_since() -> None:
    stale = a_vacancy(last_seen_at=NOW - timedelta(days=1), title="Разработчик Python, старый текст")
    product = a_product(engines=(ScriptedEngine("n8n", (stale,)),))
    product.welcome_with_resume()
    product.keep(a_vacancy())

    product.search()

    assert product.next().vacancy == a_vacancy()


def test_what_an_engine_found_under_any_source_can_be_shown() -> None:
    found = a_vacancy(id="acme-1", source="acme")
    product = a_product(engines=(ScriptedEngine("n8n", (found,)),))
    product.welcome_with_resume()
    product.search()

    assert product.next().vacancy == found


def test_a_store_that_is_away_is_never_counted_against_a_run() -> None:
    engine = ScriptedEngine("builtin", error=Unavailable("store_unavailable"))
    product = a_product(engines=(engine,))
    product.welcome_with_resume()
    run = product.start()
    for _ in range(MAX_FAILURES + 1):
        run = product.run(run)
        product.clock.forward(timedelta(minutes=1))

    assert (run.status, run.work.failures, run.work.interruptions) == (RunStatus.QUEUED, 0, 0)


def test_a_slow_search_is_kept_by_its_worker_as_long_as_that_shows_signs_of_life() -> None:
    engine = ScriptedEngine("builtin", (a_vacancy(),))
    slow = _Meanwhile()
    product = a_product(engines=(engine,), similarity=slow)

    def a_long_time() -> None:
        for _ in range(3):
            product.clock.forward(LEASE - timedelta(seconds=1))
            product.in_hand.renew()
            assert product.application.sweep_work().sent == 0

    engine.meanwhile = slow.happens = a_long_time
    product.welcome_with_resume()

    run = product.search()

    assert (run.status, run.work.interruptions) == (RunStatus.READY, 0)


def test_a_search_whose_sources_took_long_has_a_whole_lease_for_ranking() -> None:
    engine = ScriptedEngine("builtin", (a_vacancy(),))
    slow = _Meanwhile()
    product = a_product(engines=(engine,), similarity=slow)
    engine.meanwhile = lambda: product.clock.forward(LEASE)

    def rank_slowly() -> None:
        product.clock.forward(LEASE)
        product.application.sweep_work()

    slow.happens = rank_slowly
    product.welcome_with_resume()

    run = product.search()

    assert (run.status, run.work.interruptions) == (RunStatus.READY, 0)


def test_a_worker_that_is_stuck_loses_its_search_in_the_end() -> None:
    engine = ScriptedEngine("builtin", (a_vacancy(),))
    product = a_product(engines=(engine,))

    def stuck() -> None:
        product.clock.forward(LONGEST)
        product.in_hand.renew()
        product.application.sweep_work()

    engine.meanwhile = stuck
    product.welcome_with_resume()

    run = product.search()

    assert (run.status, run.work.interruptions) == (RunStatus.QUEUED, 1)


def test_a_search_handed_back_is_due_at_once_and_its_first_worker_writes_nothing() -> None:
    engine = ScriptedEngine("builtin", (a_vacancy(),))
    product = a_product(engines=(engine,))
    engine.meanwhile = product.in_hand.hand_back
    product.welcome_with_resume()

    run = product.search()

    assert (run.status, run.work.sent_at, run.work.interruptions) == (RunStatus.QUEUED, None, 0)
    assert product.application.export_user(telegram_id=ANNA).matches == []
    engine.meanwhile = lambda: None
    assert product.run(run).status is RunStatus.READY


def test_of_searches_long_past_only_what_was_shown_is_kept() -> None:
    jobs = tuple(a_vacancy(id=f"internal-{number}", company=f"Фирма {number}") for number in range(3))
    product = a_product(engines=(ScriptedEngine("builtin", jobs),))
    product.welcome_with_resume()
    first = product.search(text="0")
    shown = product.next().vacancy.id
    for number in range(1, KEPT_WHOLE + 1):
        product.search(text=str(number))

    def kept() -> set[str]:
        matches = product.application.export_user(telegram_id=ANNA).matches
        return {match.vacancy_id for match in matches if match.run_id == first.id}

    assert len(kept()) == 3
    product.search(text="last")
    assert kept() == {shown}
