"""What the process of the callers is told, and what it and the processes it calls spend meanwhile."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass

from tests.benchmarks.load import Measured, Plan
from tests.benchmarks.spent import busy_seconds, processor_seconds
from tests.e2e.programs import ROOT

_CORES = os.cpu_count() or 1


@dataclass(frozen=True)
class Slice:
    """One call, asked as quickly as it is answered for some seconds.

    `a_second` is requests, `p50` and `p99` milliseconds; the others are milliseconds of a processor for each request:
    of the callers, of the API, of its store. `others` is the share of the machine that everything else took.
    """

    a_second: float
    p50: float
    p99: float
    callers: float
    api: float
    store: float
    others: float


@dataclass(frozen=True)
class Callers:
    """They wait until they are told to call."""

    process: subprocess.Popen[str]
    spent_by_api: Callable[[], float]
    spent_by_store: Callable[[], float]

    def ask(self, call: str, seconds: float) -> Slice:
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        before = self.spent_by_api(), self.spent_by_store(), busy_seconds()
        self.process.stdin.write(json.dumps({"call": call, "seconds": seconds}) + "\n")
        self.process.stdin.flush()
        answer = self.process.stdout.readline()
        assert answer, "the callers ended"
        measured = Measured(**json.loads(answer))
        api, store = self.spent_by_api() - before[0], self.spent_by_store() - before[1]
        others = busy_seconds() - before[2] - api - store - measured.cpu
        each = 1_000 / measured.requests
        return Slice(
            a_second=measured.requests / measured.seconds,
            p50=measured.p50,
            p99=measured.p99,
            callers=measured.cpu * each,
            api=api * each,
            store=store * each,
            others=max(0.0, others / (_CORES * measured.seconds)),
        )


@contextmanager
def calling(plan: Plan, *, api: int, store: Sequence[int]) -> Iterator[Callers]:
    """Start callers; `api` and `store` are the processes of which time is taken."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.benchmarks.load"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    )
    assert process.stdin is not None
    process.stdin.write(json.dumps(asdict(plan)) + "\n")
    process.stdin.flush()
    try:
        yield Callers(process, lambda: processor_seconds(api), lambda: processor_seconds(*store))
    finally:
        process.kill()
        process.communicate()
