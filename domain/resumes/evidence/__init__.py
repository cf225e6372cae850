"""Whether the text of a résumé file bears what somebody else says of it."""
