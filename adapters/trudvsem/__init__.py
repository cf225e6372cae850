"""Работа России (trudvsem.ru): the state's open data of vacancies, without a key."""
