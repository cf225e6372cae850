"""Answers of hh.ru: the documented and the observed ones, and what may become of them on the way."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

DATA = Path(__file__).resolve().parents[2] / "boards" / "hh" / "data"


def body(name: str) -> bytes:
    return (DATA / f"{name}.json").read_bytes()


def example(name: str) -> Any:
    return json.loads(body(name))


def leaves(data: Any, path: str = "") -> set[str]:
    """Return the paths of all that an answer says: `salary.from`, `key_skills[].name`; what is empty counts too."""
    if isinstance(data, dict) and data:
        return {leaf for key, inner in data.items() for leaf in leaves(inner, f"{path}.{key}" if path else key)}
    if isinstance(data, list) and data:
        return {leaf for inner in data for leaf in leaves(inner, f"{path}[]")}
    return {path}


_STRANGE = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**30), 10**30),
    st.floats(),
    st.text(max_size=20),
    st.sampled_from(
        ["\ud800", "\x00", "2013-07-08T16:17:21+0400", "0001-01-01", "9999-12-31T23:59:59-1200", "1" * 400]
    ),
    st.lists(st.one_of(st.none(), st.integers(), st.text(max_size=5)), max_size=3),
    st.dictionaries(st.sampled_from(["id", "name", "from", "amount", "value"]), st.text(max_size=5), max_size=3),
    st.just([[[]]]),
)


@st.composite
def mutilated(draw: st.DrawFn, whole: Any) -> Any:
    """Return an answer some of whose parts are gone, or of another type than documented."""
    data = copy.deepcopy(whole)
    for _ in range(draw(st.integers(1, 6))):
        data = _mutilate(draw, data)
    return data


def _mutilate(draw: st.DrawFn, data: Any) -> Any:
    if not isinstance(data, (dict, list)) or not data or draw(st.integers(0, 4)) == 0:
        return draw(_STRANGE)
    if isinstance(data, dict):
        key = draw(st.sampled_from(sorted(data)))
        if draw(st.integers(0, 5)) == 0:
            return {name: inner for name, inner in data.items() if name != key}
        return {**data, key: _mutilate(draw, data[key])}
    index = draw(st.integers(0, len(data) - 1))
    return [*data[:index], _mutilate(draw, data[index]), *data[index + 1 :]]
