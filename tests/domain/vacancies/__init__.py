"""Tests of vacancies."""
