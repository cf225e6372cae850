"""Tests of the rules and the use cases."""
