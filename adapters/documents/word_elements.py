"""WordprocessingML by its local names: strict documents use another namespace for the same words."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

_OFF = frozenset(["0", "false", "off"])


def children(parent: etree._Element | None) -> Iterator[etree._Element]:
    if parent is not None:
        yield from parent


def child(parent: etree._Element | None, name: str) -> etree._Element | None:
    return next((element for element in children(parent) if name_of(element) == name), None)


def name_of(element: etree._Element) -> str:
    # Not by `QName`, which takes several times as long.
    return str(element.tag).rpartition("}")[2]


def value(element: etree._Element, name: str) -> str:
    """Return the attribute by its local name, empty if there is none."""
    return next((str(text) for key, text in element.attrib.items() if str(key).rpartition("}")[2] == name), "")


def switched(properties: etree._Element | None, name: str) -> bool | None:
    """Tell whether the property is on or off, `None` if it is not there."""
    element = child(properties, name)
    return None if element is None else value(element, "val") not in _OFF
