"""hh.ru: what it answers, read, and how it is asked."""
