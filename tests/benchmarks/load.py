"""The callers: a process of its own whose threads ask the API one thing after another over kept connections.

It is told on standard input, a line of JSON each: first a `Plan`, then orders `{"call": …, "seconds": …}`, each of
which it answers on standard output with a `Measured`. Connections are plain sockets: the callers must cost little,
since they share the machine with what is measured.
"""

from __future__ import annotations

import json
import re
import socket
import statistics
import sys
import threading
import time
from collections import deque
from dataclasses import asdict, dataclass, field
from typing import Any

_PATIENCE = 30.0
_LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
_SERVED = re.compile(rb'"vacancy_id": ?"([^"]+)"')


@dataclass(frozen=True)
class Plan:
    port: int
    bot_key: str
    clients: int
    form: dict[str, Any]
    # Each client has as many of them to itself.
    persons: list[int]


@dataclass(frozen=True)
class Measured:
    """Milliseconds as callers see them; `cpu` is what this process spent, in seconds."""

    requests: int
    seconds: float
    p50: float
    p99: float
    cpu: float


@dataclass
class _Client:
    plan: Plan
    persons: deque[int]
    after: dict[int, str] = field(default_factory=dict)
    took: list[float] = field(default_factory=list)
    error: str | None = None

    def ask_for(self, call: str, seconds: float, ready: threading.Barrier) -> None:
        try:
            with socket.create_connection(("127.0.0.1", self.plan.port), timeout=_PATIENCE) as connection:
                connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                ready.wait(_PATIENCE)
                limit = time.perf_counter() + seconds
                while (began := time.perf_counter()) < limit and self.persons:
                    status, body = _answer(connection, self._request(call))
                    self.took.append(time.perf_counter() - began)
                    self._note(call, status, body)
        except Exception as error:
            ready.abort()
            self.error = self.error or repr(error)

    def _request(self, call: str) -> bytes:
        person, body = self.persons[0], b""
        if call == "next":
            line = f"GET /search/next/{person}?after={self.after.get(person, 'none')}"
        elif call == "status":
            line = f"GET /search/status/{person}"
        elif call == "resume":
            line = f"GET /resume/{person}"
        else:
            line, body = f"POST /resume/json/{person}", json.dumps(self.plan.form).encode()
        head = f"{line} HTTP/1.1\r\nHost: 127.0.0.1\r\nX-BOT-KEY: {self.plan.bot_key}\r\n"
        if body:
            head += f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n"
        return head.encode() + b"\r\n" + body

    def _note(self, call: str, status: int, body: bytes) -> None:
        if call == "next" and status == 204:
            # They have seen everything.
            self.persons.popleft()
            return
        assert status in (200, 201), f"{call}: {status} {body[:300]!r}"
        if call != "next":
            self.persons.rotate(-1)
            return
        # As people do: one card after another.
        served = _SERVED.search(body)
        assert served is not None, body
        self.after[self.persons[0]] = served[1].decode()


def _answer(connection: socket.socket, request: bytes) -> tuple[int, bytes]:
    connection.sendall(request)
    answer = b""
    while (end := answer.find(b"\r\n\r\n")) < 0:
        answer += _received(connection)
    status = int(answer[9:12])
    length = _LENGTH.search(answer, 0, end)
    assert length is not None or status == 204, answer
    whole = end + 4 + (int(length[1]) if length is not None else 0)
    while len(answer) < whole:
        answer += _received(connection)
    return status, answer[end + 4 :]


def _received(connection: socket.socket) -> bytes:
    portion = connection.recv(65_536)
    if not portion:
        raise ConnectionError("the server closed the connection")
    return portion


def _measured(clients: list[_Client], call: str, seconds: float) -> Measured:
    ready = threading.Barrier(len(clients) + 1)
    threads = [threading.Thread(target=client.ask_for, args=(call, seconds, ready)) for client in clients]
    for client, thread in zip(clients, threads, strict=True):
        client.took.clear()
        thread.start()
    try:
        ready.wait(_PATIENCE)
    except threading.BrokenBarrierError:
        raise AssertionError([client.error for client in clients]) from None
    began, cpu = time.perf_counter(), time.process_time()
    for thread in threads:
        thread.join()
    took, cpu = time.perf_counter() - began, time.process_time() - cpu
    if errors := [client.error for client in clients if client.error is not None]:
        raise AssertionError(errors[0])
    times = sorted(each for client in clients for each in client.took)
    return Measured(
        requests=len(times),
        seconds=took,
        p50=statistics.median(times) * 1_000,
        p99=times[int(len(times) * 0.99)] * 1_000,
        cpu=cpu,
    )


def main() -> None:
    plan = Plan(**json.loads(sys.stdin.readline()))
    clients = [_Client(plan, deque(plan.persons[number :: plan.clients])) for number in range(plan.clients)]
    for line in sys.stdin:
        order = json.loads(line)
        sys.stdout.write(json.dumps(asdict(_measured(clients, order["call"], order["seconds"]))) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
