"""Tests of the history of the database's structure."""
