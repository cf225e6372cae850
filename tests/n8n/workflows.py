"""What our workflows do, step by step, in plain Python."""

from __future__ import annotations

import hashlib
import hmac
import json
import time
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import requests

from tests.n8n.world import READING, SEARCH, Execution, Killed, N8n, NodeFailed

TRIES = 3
LOT = 1_000


def carry_out(n8n: N8n, execution: Execution) -> None:
    """Do what the workflow does, the telling of its failure included."""
    try:
        {SEARCH: _search, READING: _read}[execution.workflow](n8n, execution)
        execution.status = "success"
    except Killed:
        pass
    except NodeFailed as failed:
        execution.status = "error"
        _tell_failure(n8n, execution, node=str(failed))
    except BaseException as error:
        execution.status = "error"
        n8n.broken.append(error)


def tell_crash(n8n: N8n, execution: Execution) -> None:
    """Do what the error workflow does after a restart: it knows the execution and nothing else."""
    _tell(n8n, execution, "/n8n/failures", {"execution_id": execution.id, "workflow": execution.workflow, "node": None})


def _search(n8n: N8n, execution: Execution) -> None:
    body = execution.body
    n8n.reach("asking", execution)
    with ThreadPoolExecutor(max_workers=max(1, len(body["sources"]))) as threads:
        answers = list(threads.map(lambda source: _ask(n8n, body, source), body["sources"]))
    if n8n.own_vacancies:
        report = {"source": n8n.own_vacancies[0]["source"], "outcome": "ok", "found": len(n8n.own_vacancies)}
        answers.append({"report": report, "vacancies": n8n.own_vacancies})
    found: dict[str, Mapping[str, Any]] = {}
    for each in (one for answer in answers for one in answer["vacancies"]):
        found[_id(each)] = {"vacancy_id": each["vacancy_id"]} if "vacancy_id" in each else each
    n8n.reach("ranking", execution)
    scores = _scores(n8n, body["search_id"], list(found.values()))
    best_first = sorted(found, key=lambda each: -scores.get(each, -1))
    n8n.reach("sending", execution)
    pages = [best_first[start : start + n8n.page_size] for start in range(0, len(best_first), n8n.page_size)] or [[]]
    for number, page in enumerate(pages, start=1):
        result = {
            "execution_id": execution.id,
            "page": number,
            "pages": len(pages),
            "sources": [answer["report"] for answer in answers],
            "vacancies": [found[each] for each in page],
        }
        if not _tell(n8n, execution, f"/search/results/{body['search_id']}", result):
            raise NodeFailed("Send the page")


def _read(n8n: N8n, execution: Execution) -> None:
    n8n.reach("sending", execution)
    result = {"execution_id": execution.id, "added": dict(n8n.adds)}
    if not _tell(n8n, execution, f"/resume/parsed/{execution.body['upload_id']}", result):
        raise NodeFailed("Send it")


def _ask(n8n: N8n, body: Mapping[str, Any], source: str) -> Mapping[str, Any]:
    params = {"source": source, "search_id": body["search_id"], "limit": body["limit"]}
    answer = _tried(
        n8n,
        lambda calls: calls.get(
            f"{n8n.backend_url}/vacancies/search",
            params=params,
            headers={"X-PIPELINE-KEY": n8n.pipeline_key},
            timeout=30,
        ),
    )
    if answer is None or answer.status_code != 200:
        return {"report": {"source": source, "outcome": "error", "found": 0}, "vacancies": []}
    told: Mapping[str, Any] = answer.json()
    return told


def _scores(n8n: N8n, search_id: str, vacancies: list[Mapping[str, Any]]) -> dict[str, int]:
    """Return the scores; without them the workflow goes on all the same."""
    scores: dict[str, int] = {}
    for start in range(0, len(vacancies), LOT):
        lot = vacancies[start : start + LOT]
        answer = _tried(
            n8n,
            lambda calls, lot=lot: calls.post(  # type: ignore[misc]  # the lot of this round, bound at once
                f"{n8n.backend_url}/scoring/rank",
                json={"search_id": search_id, "vacancies": lot},
                headers={"X-PIPELINE-KEY": n8n.pipeline_key},
                timeout=30,
            ),
        )
        if answer is not None and answer.status_code == 200:
            scores |= {each["vacancy_id"]: each["score"] for each in answer.json()["items"]}
    return scores


def _tell_failure(n8n: N8n, execution: Execution, *, node: str) -> None:
    about = {name: execution.body[name] for name in ("search_id", "upload_id") if name in execution.body}
    told = {"execution_id": execution.id, "workflow": execution.workflow, "node": node, **about}
    _tell(n8n, execution, "/n8n/failures", told)


def _tell(n8n: N8n, execution: Execution, path: str, message: Mapping[str, Any]) -> bool:
    """Post a signed message, again where that fails; return whether the backend took it."""
    body = json.dumps({"version": 1, **message}, ensure_ascii=False).encode()
    moment = str(int(time.time()))
    signed = hmac.new(n8n.callback_secret.encode(), f"{moment}.POST.{path}.".encode() + body, hashlib.sha256)
    headers = {
        "Content-Type": "application/json",
        "X-N8N-Timestamp": moment,
        "X-N8N-Signature": f"sha256={signed.hexdigest()}",
    }
    answer = _tried(n8n, lambda calls: calls.post(f"{n8n.backend_url}{path}", data=body, headers=headers, timeout=30))
    execution.told.append((path, answer.status_code if answer is not None else 0))
    return answer is not None and answer.status_code == 200


def _tried(n8n: N8n, call: Callable[[requests.Session], requests.Response]) -> requests.Response | None:
    """Return the answer of the first try that goes well, else the last one; `None` where there was none."""
    answer = None
    for number in range(TRIES):
        if number:
            time.sleep(n8n.pause)
        try:
            with requests.Session() as calls:
                calls.trust_env = False
                answer = call(calls)
        except requests.RequestException:
            answer = None
        if answer is not None and answer.status_code == 200:
            break
    return answer


def _id(vacancy: Mapping[str, Any]) -> str:
    return str(vacancy.get("vacancy_id") or f"{vacancy['source']}-{vacancy['id']}")
