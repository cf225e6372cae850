"""RTF documents written by hand."""

from __future__ import annotations


def an_rtf(*paragraphs: str, head: str = r"\ansi\ansicpg1251") -> bytes:
    """Return an RTF whose paragraphs are in cp1251, each byte above ASCII escaped."""
    body = "".join(f"{escaped(paragraph)}\\par\n" for paragraph in paragraphs)
    return f"{{\\rtf1{head}{{\\fonttbl{{\\f0\\fcharset204 Arial;}}}}\\f0 {body}}}".encode("ascii")


def escaped(text: str) -> str:
    return "".join(
        character if ord(character) < 128 else f"\\'{character.encode('cp1251').hex()}" for character in text
    )
