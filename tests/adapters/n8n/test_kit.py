"""What goes into an n8n, before it does."""

from __future__ import annotations

import json

from adapters.n8n.content import FITTED, fingerprint, is_untouched
from adapters.n8n.kit import shipped
from adapters.n8n.public_api import PublicApi
from tests.adapters.n8n.kits import BACKEND, SECRETS, a_kit, nodes


def test_workflows_know_where_the_backend_is_and_each_installation_by_a_mark() -> None:
    one, other = a_kit(), a_kit(backend_url="http://other.example.org")

    for workflow in (*one.workflows, *other.workflows):
        assert workflow.installation == fingerprint(workflow.content)
        assert is_untouched(workflow.content)
    assert json.dumps(nodes(one.workflows[0].content)[FITTED]).count(BACKEND) == 1
    assert {each.installation for each in one.workflows}.isdisjoint(each.installation for each in other.workflows)
    assert [each.installation for each in a_kit().workflows] == [each.installation for each in one.workflows]
    assert not any(is_untouched(each.content) for each in shipped())


def test_every_credential_that_a_workflow_uses_is_in_the_kit() -> None:
    held = {(each.id, each.type) for each in a_kit().credentials}

    used = {
        (credential["id"], kind)
        for workflow in shipped()
        for node in workflow.content["nodes"]
        for kind, credential in node.get("credentials", {}).items()
    }
    assert used == held


def test_no_secret_stands_in_a_workflow_or_in_what_is_printed() -> None:
    the_kit = a_kit()

    told = json.dumps([each.content for each in the_kit.workflows]) + repr(the_kit) + repr(PublicApi("http://x", "key"))
    for secret in (*SECRETS.values(), "'key'"):
        assert secret not in told


def test_n8n_gives_the_key_to_the_backend_alone() -> None:
    pipeline = next(each for each in a_kit().credentials if each.data.get("name") == "X-PIPELINE-KEY")

    assert pipeline.data["allowedHttpRequestDomains"] == "domains"
    assert pipeline.data["allowedDomains"] == "api.example.org"


def test_in_queue_mode_webhooks_answer_by_themselves() -> None:
    the_kit = a_kit(queue_mode=True)

    for workflow in the_kit.workflows:
        assert is_untouched(workflow.content)
        assert not any(node["type"].endswith("respondToWebhook") for node in workflow.content["nodes"])
        for node in workflow.content["nodes"]:
            if node["type"].endswith(".webhook"):
                assert node["parameters"]["responseMode"] == "onReceived"
                assert node["parameters"]["options"]["responseCode"] == {"values": {"responseCode": 202}}
                assert json.loads(node["parameters"]["options"]["responseData"]) == {
                    "accepted": True,
                    "workflow": workflow.answers_as,
                    "version": workflow.version,
                    "installation": workflow.installation,
                }
