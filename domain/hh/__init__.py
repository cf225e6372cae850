"""A person's account at hh.ru: signing in, and what is brought from there."""
