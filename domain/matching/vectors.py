"""Vectors: what a model of meaning makes of a text, kept under a key of the model and the text."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

_KEY_SIZE = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Embedding:
    """The vectors of what a vacancy tells of the work and of its title, each with its key.

    An empty vector says that the model fails at the text, so that nobody need try it again.
    """

    story_key: bytes
    story: bytes
    title_key: bytes
    title: bytes

    @property
    def whole(self) -> bool:
        return bool(self.story and self.title)


def vector_key(model: str, text: str) -> bytes:
    """Return 16 bytes that stand for a text under a model of that name and version, and for no other."""
    named = f"{model}\0{text}".encode("utf-8", "surrogatepass")
    return hashlib.blake2b(named, digest_size=_KEY_SIZE).digest()
