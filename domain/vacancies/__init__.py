"""Vacancies: what they hold, how the same one is recognised, the catalogue."""
