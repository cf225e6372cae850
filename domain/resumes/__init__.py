"""Résumés: what they hold, their revisions, the files they come from."""
