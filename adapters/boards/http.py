"""The one careful HTTP client that job boards and n8n are asked with."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import KW_ONLY, dataclass, field
from urllib.parse import urlsplit

from requests import PreparedRequest, Request, RequestException, Response, Timeout
from requests.structures import CaseInsensitiveDict
from urllib3.exceptions import HTTPError, ReadTimeoutError

from adapters.boards.deadline import Deadline, WatchedTransport

Pairs = Iterable[tuple[str, str]]

LARGEST_BODY = 8 * 2**20
_CHUNK = 2**16


class NoAnswer(Exception):
    """There is no whole answer. `timed_out` tells whether for want of time.

    The texts name the host and nothing else of the request, which may hold secrets and personal data.
    """

    def __init__(self, host: str, what: str, *, timed_out: bool = False) -> None:
        super().__init__(f"{host} {what}")
        self.timed_out = timed_out


class Unreached(NoAnswer):
    """Nothing was sent: no such host, refused, no TLS, or no connection in time."""


class Silent(NoAnswer):
    """Something may have been sent, but no whole answer came: what became of the request is not known."""


class TooLarge(Silent):
    """An answer came that is larger than what we read."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A whole answer of any status. Neither headers nor body show in its `repr`, for they may hold secrets."""

    status: int
    headers: Mapping[str, str] = field(repr=False)
    """Names in any case."""
    body: bytes = field(repr=False)


@dataclass(frozen=True)
class Client:
    """Asks one server, each request on a connection of its own, and hands back whatever it answers, redirects too.

    `headers` go with each request and must hold a truthful User-Agent. `connect_seconds` bounds the reaching of one
    address, `read_seconds` a silence, `call_seconds` the whole call with its body; after that the connection is cut.
    Only looking up a name, and trying several addresses one after another, may take longer. `ca_file` names a file of
    certificates to trust instead of the usual ones. Proxies of the environment are not used: settings alone say where
    requests go.

    Every method raises `Unreached` or `Silent`; `path` comes quoted.
    """

    base_url: str
    _: KW_ONLY
    headers: Mapping[str, str] = field(repr=False)
    connect_seconds: float = 5.0
    read_seconds: float = math.inf
    call_seconds: float = 20.0
    largest_body: int = LARGEST_BODY
    ca_file: str | None = None

    def __post_init__(self) -> None:
        parts = urlsplit(self.base_url)
        if parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.fragment:
            raise ValueError("base_url must be an address of http or https without a query")
        # Here, and not with the first call, it shows that there can be no such host.
        Request("GET", self.base_url).prepare()
        if not any(name.lower() == "user-agent" for name in self.headers):
            raise ValueError("headers must hold a User-Agent")

    @property
    def host(self) -> str:
        return urlsplit(self.base_url).hostname or ""

    def get(self, path: str, params: Pairs = (), *, headers: Mapping[str, str] | None = None) -> Answer:
        return self._ask("GET", path, params=list(params), headers=headers)

    def post_form(self, path: str, form: Pairs, *, headers: Mapping[str, str] | None = None) -> Answer:
        return self._ask("POST", path, form=list(form), headers=headers)

    def send_json(self, method: str, path: str, body: object, *, headers: Mapping[str, str] | None = None) -> Answer:
        return self._ask(method, path, json=body, headers=headers)

    def post_parts(
        self,
        path: str,
        fields: Mapping[str, str],
        files: Mapping[str, tuple[str, bytes, str]],
        *,
        headers: Mapping[str, str] | None = None,
    ) -> Answer:
        """Send a form of parts; each file comes as its name, its bytes and its media type."""
        return self._ask("POST", path, form=list(fields.items()), files=files, headers=headers)

    def delete(self, path: str, params: Pairs = (), *, headers: Mapping[str, str] | None = None) -> Answer:
        return self._ask("DELETE", path, params=list(params), headers=headers)

    def _ask(
        self,
        method: str,
        path: str,
        *,
        params: list[tuple[str, str]] | None = None,
        form: list[tuple[str, str]] | None = None,
        json: object = None,
        files: Mapping[str, tuple[str, bytes, str]] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Answer:
        told = CaseInsensitiveDict({"Accept": "application/json", "Accept-Encoding": "gzip", "Connection": "close"})
        told.update(self.headers)
        told.update(headers or {})
        address = f"{self.base_url.rstrip('/')}/{path.lstrip('/')}"
        request = Request(method, address, params=params, data=form, json=json, files=files, headers=told).prepare()
        with Deadline(self.call_seconds) as deadline:
            answer = self._exchanged(request, deadline)
        # Raised out here: the errors of the library name the whole address, and would be the context of ours.
        if isinstance(answer, NoAnswer):
            raise answer
        return answer

    def _exchanged(self, request: PreparedRequest, deadline: Deadline) -> Answer | NoAnswer:
        connect, read = (min(each, self.call_seconds) for each in (self.connect_seconds, self.read_seconds))
        transport = WatchedTransport(deadline)
        try:
            response = transport.send(request, stream=True, timeout=(connect, read), verify=self.ca_file or True)
            with response:
                body = self._body(response)
        except (RequestException, HTTPError, OSError) as error:
            timed_out = deadline.passed or isinstance(error, (Timeout, ReadTimeoutError, TimeoutError))
            if deadline.connected:
                return Silent(
                    self.host, "did not answer in time" if timed_out else "cut its answer", timed_out=timed_out
                )
            return Unreached(self.host, "was not reached", timed_out=timed_out)
        finally:
            transport.close()
        if body is None:
            return TooLarge(self.host, f"answered more than {self.largest_body} bytes")
        # An answer without a length looks whole where it was cut.
        if deadline.passed:
            return Silent(self.host, "did not answer in time", timed_out=True)
        return Answer(response.status_code, response.headers, body)

    def _body(self, response: Response) -> bytes | None:
        """Return the body, unpacked, or `None` where it is too large."""
        body = bytearray()
        for chunk in response.raw.stream(_CHUNK, decode_content=True):
            body += chunk
            if len(body) > self.largest_body:
                return None
        return bytes(body)
