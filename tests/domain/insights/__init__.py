"""Tests of what people learn of their résumé and their market."""
