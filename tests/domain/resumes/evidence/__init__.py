"""Tests of what the text of a file bears."""
