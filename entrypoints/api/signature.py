"""Who signs what they send is known by a secret that never goes along."""

from __future__ import annotations

import hashlib
import hmac
import logging
import re
from datetime import datetime, timedelta, timezone
from typing import cast

from flask import current_app, request

from domain.errors import Refused
from domain.outside import Clock

log = logging.getLogger(__name__)

WINDOW = timedelta(minutes=5)
"""How far apart the clocks of the sender and of ours may be, the way between them included."""

LARGEST = 16 * 2**20
"""So many bytes a signed body may have: it is read and hashed before anybody knows whose it is."""

_TIMESTAMP = re.compile(r"[0-9]{1,11}")
_SIGNATURE = re.compile(r"sha256=([0-9a-f]{64})")


class Signature:
    """A kind of caller who signs each request: HMAC-SHA-256 over `timestamp.METHOD.path.body`.

    The timestamp is in Unix seconds, the path without its query, the body the very bytes sent. No operation that wants
    it may read anything from the query.
    """

    kind = "n8n"
    header = "X-N8N-Signature"
    timestamp_header = "X-N8N-Timestamp"
    description = (
        "`sha256=` and the hex digits of HMAC-SHA-256 over `timestamp.METHOD.path.body`: the Unix seconds that"
        f" `{timestamp_header}` bears (at most {WINDOW.seconds} from now), the method, the path without its query, the"
        " bytes of the body."
    )

    def check(self) -> None:
        """Raise `Refused` with what is the matter, unless the request is signed as it is, and lately.

        Codes: `signature_missing`, `signature_expired`, `bad_signature`. A body larger than `LARGEST` is not read.
        """
        told = request.headers.get(self.timestamp_header, "")
        signature = _SIGNATURE.fullmatch(request.headers.get(self.header, ""))
        if not _TIMESTAMP.fullmatch(told) or signature is None:
            raise Refused("signature_missing", header=self.header, timestamp_header=self.timestamp_header)
        clock = cast(Clock, current_app.config["CLOCK"])
        behind = clock.now() - _moment(told)
        if abs(behind) > WINDOW:
            log.warning(
                "a callback is refused, signature_expired: the clocks of n8n and this API are apart, or it is old",
                extra={"seconds_behind": round(behind.total_seconds())},
            )
            raise Refused("signature_expired")
        request.max_content_length = LARGEST
        signed = signed_bytes(told, request.method, request.path, request.get_data(cache=True))
        secrets: tuple[str, ...] = current_app.config["CALLBACK_SECRETS"]
        # Under every secret, so that the time taken tells nothing.
        if not sum(hmac.compare_digest(signature[1], _digest(secret, signed)) for secret in secrets):
            log.warning(
                "a callback is refused, bad_signature: it is signed with a secret that is not in N8N_CALLBACK_SECRET,"
                " or was changed on the way; if it is n8n's, `job-assistant n8n install` gives it ours"
            )
            raise Refused("bad_signature")


def signed_bytes(timestamp: str, method: str, path: str, body: bytes) -> bytes:
    """Return what is signed of a request."""
    return f"{timestamp}.{method}.{path}.".encode("utf-8", "replace") + body


def _digest(secret: str, signed: bytes) -> str:
    return hmac.new(secret.encode(), signed, hashlib.sha256).hexdigest()


def _moment(seconds: str) -> datetime:
    return datetime.fromtimestamp(int(seconds), timezone.utc)


SIGNED = Signature()
