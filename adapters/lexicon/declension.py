"""Case forms of Russian place names: more exact than stems, which confuse Дзержинск with Дзержинский."""

from __future__ import annotations

# The first ending that fits decides. A soft sign takes both declensions: Казани, Ярославле.
_CASES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("ский", ("ского", "скому", "ским", "ском")),
    ("ний", ("него", "нему", "ним", "нем")),
    ("кий", ("кого", "кому", "ким", "ком")),
    ("ый", ("ого", "ому", "ым", "ом")),
    ("ой", ("ого", "ому", "ым", "ом")),
    ("ая", ("ой", "ую")),
    ("яя", ("ей", "юю")),
    ("ое", ("ого", "ому", "ым", "ом")),
    ("ые", ("ых", "ым", "ыми")),
    ("ие", ("их", "им", "ими")),
    ("ец", ("ца", "цу", "цом", "це", "еца", "ецу", "ецом", "еце")),
    ("ок", ("ка", "ку", "ком", "ке", "ока", "оку", "оком", "оке")),
    ("ия", ("ии", "ию", "ией")),
    ("а", ("ы", "и", "у", "ой", "ей", "е")),
    ("я", ("и", "ю", "ей", "е")),
    ("о", ("а", "у", "ом", "е")),
    ("е", ("я", "ю", "ем", "и")),
    ("ь", ("и", "ю", "я", "ью", "ем", "е")),
    ("й", ("я", "ю", "ем", "е")),
    ("ы", ("", "ов", "ам", "ами", "ах")),
    ("и", ("ов", "ей", "ам", "ами", "ах", "ям", "ями", "ях")),
)
_VOWELS = "аеиоуыэюя"


def case_forms(word: str) -> frozenset[str]:
    """Return the lower-case word (no ё) with its cases; fleeting vowels other than in -ец and -ок are not known."""
    for ending, cases in _CASES:
        if word.endswith(ending):
            stem = word[: -len(ending)]
            return frozenset({word, *(stem + case for case in cases)})
    if word[-1] in _VOWELS:
        return frozenset({word})
    return frozenset({word, *(word + case for case in ("а", "у", "ом", "ым", "е"))})
