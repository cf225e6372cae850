"""Asking webhooks whether they answer, and what."""

from __future__ import annotations

import pytest

from adapters.n8n.probing import Probed, Trouble, probe
from tests.n8n import Trouble as Befalls
from tests.n8n import answers, n8n
from tests.n8n.world import SEARCH, TOKEN


@pytest.mark.parametrize(
    ("befalls", "told"),
    [
        (Befalls(answer=answers.wrong_token()), Trouble.WRONG_TOKEN),
        (Befalls(answer=answers.not_registered("POST", "x")), Trouble.NOT_PUBLISHED),
        (Befalls(answer=answers.failed_before_answering()), Trouble.FAILS),
        (Befalls(answer=answers.bad_gateway()), Trouble.FAILS),
        (Befalls(answer=answers.Answer(body=b"<html>")), Trouble.SOMETHING_ELSE),
        (Befalls(answer=answers.as_json([])), Trouble.SOMETHING_ELSE),
        (Befalls(answer=answers.as_json({"message": "Workflow was started"})), Trouble.SOMETHING_ELSE),
        (Befalls(answer=answers.as_json({"probe": True, "workflow": "resume-parse"})), Trouble.SOMETHING_ELSE),
        (Befalls(answer=answers.redirected("http://127.0.0.1:1/")), Trouble.SOMETHING_ELSE),
        (Befalls(cut=True), Trouble.SILENT),
        (Befalls(wait=30.0), Trouble.SILENT),
    ],
)
def test_a_probe_tells_what_is_the_matter(befalls: Befalls, told: Trouble) -> None:
    with n8n() as running:
        running.meets(befalls)

        assert probe(running.url, TOKEN, SEARCH, seconds=0.5) is told


def test_a_probe_tells_the_version_and_begins_nothing() -> None:
    with n8n() as running:
        usual = probe(running.url, TOKEN, SEARCH)
        running.queue_mode = True
        queued = probe(running.url, TOKEN, SEARCH)
        running.meets(
            Befalls(
                answer=answers.as_json(
                    {"probe": True, "workflow": SEARCH, "version": "1", "reaches_backend": False, "signature": "odd"}
                )
            ),
            Befalls(answer=answers.as_json({"probe": True, "workflow": SEARCH, "signature": "signature_expired"})),
        )
        odd, late = probe(running.url, TOKEN, SEARCH), probe(running.url, TOKEN, SEARCH)

        assert usual == queued == Probed(version=2, installation="by hand")
        assert odd == Probed(version=0, installation="None", reaches_backend=False)
        assert late == Probed(version=0, installation="None", signature_trouble="signature_expired")
        assert running.executions == []
        running.stop()
        assert probe(running.url, TOKEN, SEARCH) is Trouble.UNREACHED
        running.start()
