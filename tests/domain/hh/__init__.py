"""Accounts at hh.ru."""
