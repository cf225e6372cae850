"""Lexicon adapters: dictionaries that read skills, titles, places, currencies, stems of a text."""
