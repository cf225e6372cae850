"""Tests of résumés."""
