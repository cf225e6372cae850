"""Each actor does the use case of its name."""

from __future__ import annotations

import threading
from datetime import timedelta

import dramatiq

from adapters.dramatiq.queues import QUEUES
from domain.handing_out.hand_out import HandOutStatus
from domain.resumes.upload import UploadStatus
from domain.search.run import RunStatus
from domain.vacancies.arrival import Draft
from domain.work import MAX_FAILURES
from tests.builders import ANNA, NOW, a_hand_out
from tests.domain.outsiders import ScriptedEngine
from tests.workers.workshop import Workshop, until
from workers.actors import declare_actors
from workers.running import working

A_WHILE = timedelta(minutes=1)


def actors_of(workshop: Workshop) -> dict[str, dramatiq.Actor[..., object]]:
    (brokers,) = workshop.platform.brokers
    for queue, broker in brokers.items():
        declare_actors(broker, workshop.application, queue=queue)
    return {name: broker.get_actor(name) for broker in brokers.values() for name in broker.get_declared_actors()}


def test_there_is_an_actor_for_every_message_on_the_queue_it_is_sent_to(workshop: Workshop) -> None:
    actors = actors_of(workshop)

    assert {name: actor.queue_name for name, actor in actors.items()} == QUEUES


def test_the_queue_repeats_nothing_by_itself(workshop: Workshop) -> None:
    actors = actors_of(workshop)

    assert {actor.options["max_retries"] for actor in actors.values()} == {0}


def test_no_time_limit_interrupts_a_thread_at_any_point_it_may_be_at(workshop: Workshop) -> None:
    with working(workshop.platform, alone=False):
        kinds = {type(thread).__name__ for thread in threading.enumerate()}

    assert not any("Timeout" in kind for kind in kinds), kinds


def test_an_upload_is_parsed_by_the_actor_of_that_name(workshop: Workshop) -> None:
    with working(workshop.platform, alone=False):
        upload = workshop.send(b"%PDF anna")
        workshop.await_upload(upload, UploadStatus.PARSED)

    current = workshop.application.show_resume(telegram_id=ANNA)
    assert current.content.desired_position == "%PDF anna"


def test_a_search_is_run_by_the_actor_of_that_name(workshop: Workshop) -> None:
    workshop.search_with(ScriptedEngine("scripted"))

    with working(workshop.platform, alone=False):
        workshop.start()
        run = workshop.await_run(RunStatus.READY)

    assert run.engine == "scripted"


def test_what_comes_late_is_merged_by_the_actor_of_that_name(workshop: Workshop) -> None:
    workshop.search_with(ScriptedEngine("scripted"))
    store = workshop.application.parse_upload.transaction

    with working(workshop.platform, alone=False):
        workshop.start()
        run = workshop.await_run(RunStatus.READY)
        with store() as tx:
            tx.hand_outs.add(a_hand_out(id=run.id).failed(at=NOW, reason="n8n_silent"))
        workshop.application.take_results(
            search_id=run.id,
            execution_id=None,
            page=1,
            pages=1,
            sources=[],
            known=[],
            drafts=[Draft(id="1", source="acme", title="Смотритель маяка")],
        )
        until(lambda: workshop.run().counts.found == 1, "what came late is never merged")

    with store() as tx:
        hand_out = tx.hand_outs.find(run.id)
    assert hand_out is not None
    assert hand_out.status is HandOutStatus.USED


def test_an_unforeseen_error_sets_an_upload_back_until_it_has_failed_too_often(workshop: Workshop) -> None:
    workshop.reader.says[b"%PDF odd"] = RuntimeError("nobody thought of this")

    with working(workshop.platform, alone=False):
        upload = workshop.send(b"%PDF odd")
        for failures in range(1, MAX_FAILURES):
            workshop.await_failures(failures, lambda: workshop.upload(upload).work)
            assert workshop.upload(upload).status is UploadStatus.QUEUED
            workshop.clock.forward(A_WHILE)
        ended = workshop.await_upload(upload, UploadStatus.FAILED)

    assert ended.reason == "internal_error"
    assert workshop.reader.read_so_far == MAX_FAILURES


def test_an_unforeseen_error_sets_a_search_back_until_it_has_failed_too_often(workshop: Workshop) -> None:
    engine = ScriptedEngine("scripted", error=RuntimeError("nobody thought of this"))
    workshop.search_with(engine)

    with working(workshop.platform, alone=False):
        workshop.start()
        for failures in range(1, MAX_FAILURES):
            workshop.await_failures(failures, lambda: workshop.run().work)
            workshop.clock.forward(A_WHILE)
        ended = workshop.await_run(RunStatus.FAILED)

    assert ended.reason == "internal_error"
    assert len(engine.asked) == MAX_FAILURES
