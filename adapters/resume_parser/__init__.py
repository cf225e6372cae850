"""Turns the plain text of a résumé into its fields."""

from adapters.resume_parser.parsing import parse_resume

__all__ = ["parse_resume"]
