"""Seals secrets before they are kept, and signs what comes back from outside."""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Sequence

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF


class CannotOpen(Exception):
    """What was sealed is damaged, or was sealed under a key that is no longer given."""


class Vault:
    """Seals with the first key, opens with every one, so that a key can be replaced while the old one still is there.

    Fernet: AES-128-CBC and HMAC-SHA-256. Its keys are derived from those given by HKDF-SHA-256 (RFC 5869).
    """

    def __init__(self, keys: Sequence[str]) -> None:
        self._fernets = MultiFernet([Fernet(base64.urlsafe_b64encode(_derived(key, b"seal"))) for key in keys])
        self._signing = [_derived(key, b"sign") for key in keys]

    def seal(self, secret: str) -> str:
        return self._fernets.encrypt(secret.encode()).decode()

    def open(self, sealed: str) -> str:
        """Return the secret, or raise `CannotOpen`."""
        try:
            return self._fernets.decrypt(sealed.encode()).decode()
        except InvalidToken:
            raise CannotOpen from None

    def opens(self, sealed: str) -> bool:
        """Whether any of the keys opens it."""
        try:
            self.open(sealed)
        except CannotOpen:
            return False
        return True

    def seal_anew(self, sealed: str) -> str:
        """Return the same secret sealed with the first key, or raise `CannotOpen`."""
        return self.seal(self.open(sealed))

    def signature(self, text: str) -> str:
        """Return the text's signature under the first key, for use in web addresses."""
        return _signature(self._signing[0], text)

    def is_signature(self, signature: str, text: str) -> bool:
        """Whether it is the text's signature under any of the keys."""
        given = signature.encode()
        # Every key is tried, so that the time taken tells nothing.
        return bool(sum(hmac.compare_digest(given, _signature(key, text).encode()) for key in self._signing))


def _derived(key: str, purpose: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=b"job-assistant " + purpose).derive(key.encode())


def _signature(key: bytes, text: str) -> str:
    digest = hmac.new(key, text.encode(), hashlib.sha256).digest()
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")
