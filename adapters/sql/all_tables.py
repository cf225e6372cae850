"""The structure as a whole."""

from __future__ import annotations

from adapters.sql import board_tables, tables
from adapters.sql.structure import METADATA

__all__ = ["METADATA", "board_tables", "tables"]
