"""The port `Markup` by our HTML reader."""

from __future__ import annotations

from adapters.lexicon.html import plain_text


class HtmlMarkup:
    def plain(self, text: str) -> str:
        return plain_text(text)
