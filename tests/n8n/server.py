"""The HTTP server of the stand-in for n8n."""

from __future__ import annotations

import json
import socket
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from threading import Event, Lock, Thread
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from werkzeug.formparser import FormDataParser
from werkzeug.http import parse_options_header

from tests.n8n import answers, public_api
from tests.n8n.answers import Answer, as_json
from tests.n8n.workflows import carry_out, tell_crash
from tests.n8n.world import Call, Execution, N8n, Trouble

LARGEST_JSON = 16 * 2**20


@contextmanager
def n8n(given: N8n | None = None, *, port: int = 0) -> Iterator[N8n]:
    """Run the stand-in until the block ends; then raise what broke in it, if anything did."""
    world = given or N8n()
    machine = _Machine(world, port)
    world.kill, world.stop, world.start = machine.kill, machine.stop, machine.start
    machine.start()
    try:
        yield world
    finally:
        world.go_on()
        machine.stop()
    for broken in world.broken:
        raise broken


class _Machine:
    """What n8n runs on."""

    def __init__(self, world: N8n, port: int) -> None:
        self._world = world
        self._port = port
        self._server: _Server | None = None
        self._thread: Thread | None = None

    def start(self) -> None:
        self._server = _Server(self._world, self._port)
        self._port = self._server.server_address[1]
        self._world.url = f"http://127.0.0.1:{self._port}"
        self._thread = Thread(target=self._server.serve_forever, args=(0.01,))
        self._thread.start()
        for each in self._world.executions:
            if each.status == "crashed":
                each.status = "error"
                tell_crash(self._world, each)

    def stop(self) -> None:
        self._world.await_quiet()
        self._end()

    def kill(self) -> None:
        self._world.died()
        self._end()
        self._world.await_quiet()

    def _end(self) -> None:
        if self._server is not None and self._thread is not None:
            self._server.end()
            self._thread.join()
            self._server.server_close()
        self._server = self._thread = None


class _Server(ThreadingHTTPServer):
    daemon_threads = False
    allow_reuse_address = True
    request_queue_size = 128

    def __init__(self, world: N8n, port: int) -> None:
        super().__init__(("127.0.0.1", port), _Handler)
        self.world = world
        self.closing = Event()
        self._open: set[socket.socket] = set()
        self._lock = Lock()

    def process_request(self, request: Any, client_address: Any) -> None:
        with self._lock:
            self._open.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        with self._lock:
            self._open.discard(request)
        super().shutdown_request(request)

    def handle_error(self, request: Any, client_address: Any) -> None:  # noqa: ARG002 — the base class calls it so
        error = sys.exc_info()[1]
        # A client that went away is its own affair.
        if error is not None and not isinstance(error, OSError):
            self.world.broken.append(error)

    def end(self) -> None:
        self.closing.set()
        self.shutdown()
        with self._lock:
            for connection in self._open:
                with suppress(OSError):
                    connection.shutdown(socket.SHUT_RDWR)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server: _Server

    def _serve(self) -> None:
        call = self._call()
        self.server.world.calls.append(call)
        if call.path.startswith("/api/v1/"):
            self._send(public_api.answer(self.server.world, call))
            return
        trouble = self._trouble(call)
        self.server.closing.wait(trouble.wait)
        if trouble.cut:
            self.close_connection = True
            return
        answer, execution = (trouble.answer, None) if trouble.answer is not None else _webhook(self.server.world, call)
        try:
            self._send(answer)
        finally:
            # Who went away meanwhile changes nothing: the work was taken.
            if execution is not None and execution.thread is not None:
                execution.thread.start()
                execution.started.set()

    do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = _serve  # noqa: N815 — so http.server calls them

    def _trouble(self, call: Call) -> Trouble:
        troubles = self.server.world.troubles
        return troubles.pop(0) if troubles and call.path.startswith("/webhook/") else Trouble()

    def _call(self) -> Call:
        headers = {name.lower(): value for name, value in self.headers.items()}
        body = self.rfile.read(int(headers.get("content-length") or 0))
        form, files = _parts(headers, body)
        address = urlsplit(self.path)
        query = dict(parse_qsl(address.query))
        return Call(
            method=self.command, path=address.path, headers=headers, body=body, query=query, form=form, files=files
        )

    def _send(self, answer: Answer) -> None:
        self.send_response_only(answer.status)
        for name, value in {**answer.headers, "Content-Length": str(len(answer.body))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(answer.body)


def _webhook(world: N8n, call: Call) -> tuple[Answer, Execution | None]:
    """Return what a webhook answers, and the execution that it begins, not started yet."""
    path = call.path.removeprefix("/webhook/")
    published = world.published.get(path) if call.path.startswith("/webhook/") else None
    if published is None:
        return answers.not_registered(call.method, path), None
    if call.method != "POST":
        return answers.wrong_method(call.method), None
    if call.headers.get("x-n8n-token") != world.token:
        return answers.wrong_token(), None
    if len(call.body) > LARGEST_JSON and not call.files:
        return answers.too_large(), None
    body = _body(call)
    if body is None:
        return answers.bad_body(), None
    told: dict[str, Any] = {
        "workflow": published.workflow,
        "version": published.version,
        "installation": published.installation,
    }
    if body.get("probe") is True:
        world.probed(path)
        if published.reaches_backend is not None:
            told["reaches_backend"] = published.reaches_backend
        if published.signature is not None:
            told["signature"] = published.signature
        said = json.dumps({"accepted": True, **told})
        return answers.on_received(said) if world.queue_mode else as_json({"probe": True, **told}), None
    execution = world.begun(published.workflow, body, call.files)
    if world.silent:
        execution.status = "lost"
    else:
        execution.thread = Thread(target=carry_out, args=(world, execution))
    if world.queue_mode:
        return answers.on_received(json.dumps({"accepted": True, **told})), execution
    known = {name: body[name] for name in ("search_id", "upload_id") if name in body}
    return as_json({"accepted": True, **told, **known, "execution_id": execution.id}, status=202), execution


def _body(call: Call) -> Mapping[str, Any] | None:
    if call.headers.get("content-type", "").startswith("multipart/form-data"):
        return call.form
    try:
        body = json.loads(call.body)
    except ValueError:
        return None
    return body if isinstance(body, dict) else {}


def _parts(headers: Mapping[str, str], body: bytes) -> tuple[Mapping[str, str], Mapping[str, tuple[str, bytes, str]]]:
    kind, options = parse_options_header(headers.get("content-type"))
    if kind != "multipart/form-data":
        return {}, {}
    _, form, files = FormDataParser().parse(BytesIO(body), kind, len(body), options)
    read = {name: (file.filename or "", file.read(), file.mimetype) for name, file in files.items()}
    for file in files.values():
        file.close()
    return form.to_dict(), read
