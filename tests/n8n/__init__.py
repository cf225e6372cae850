"""A stand-in for n8n on loopback: answers as n8n 2.40.7 does, and does what our workflows do."""

from tests.n8n import answers
from tests.n8n.server import n8n
from tests.n8n.world import Call, Execution, N8n, Trouble

__all__ = ["Call", "Execution", "N8n", "Trouble", "answers", "n8n"]
