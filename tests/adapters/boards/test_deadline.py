"""What a deadline does to the connections that it watches."""

from __future__ import annotations

import socket
import time

import pytest

from adapters.boards.deadline import Deadline


@pytest.fixture
def pair() -> tuple[socket.socket, socket.socket]:
    return socket.socketpair()


def test_a_connection_made_too_late_is_cut_at_once(pair: tuple[socket.socket, socket.socket]) -> None:
    ours, theirs = pair

    with ours, theirs, Deadline(0.01) as deadline:
        while not deadline.passed:
            time.sleep(0.01)
        deadline.watch(ours)

        assert ours.recv(1) == b""


def test_a_connection_that_is_done_with_is_left_alone(pair: tuple[socket.socket, socket.socket]) -> None:
    ours, theirs = pair

    with ours, theirs:
        with Deadline(0.05) as deadline:
            deadline.watch(ours)
        time.sleep(0.1)

        assert not deadline.passed
        theirs.send(b"x")
        assert ours.recv(1) == b"x"
