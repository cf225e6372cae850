"""Leases are renewed while work goes on, and handed back when the process must end."""

from __future__ import annotations

import threading
import time

from adapters.work_in_hand import ThreadedWorkInHand
from tests.workers.workshop import until


def _renewing() -> list[str]:
    return [thread.name for thread in threading.enumerate() if thread.name == "leases"]


def test_a_lease_is_renewed_again_and_again_while_the_work_goes_on() -> None:
    in_hand, renewed = ThreadedWorkInHand(every=0.01), []

    with in_hand.held(renew=lambda: renewed.append(1), hand_back=lambda: None):
        until(lambda: len(renewed) >= 3, "never renewed three times")


def test_nothing_is_renewed_once_the_work_is_done() -> None:
    in_hand, renewed = ThreadedWorkInHand(every=0.01), []
    with in_hand.held(renew=lambda: renewed.append(1), hand_back=lambda: None):
        until(lambda: bool(renewed), "never renewed")

    until(lambda: not _renewing(), "the thread lives on")
    count = len(renewed)
    time.sleep(0.05)
    assert len(renewed) == count


def test_several_pieces_of_work_are_renewed_side_by_side_by_one_thread() -> None:
    in_hand, one, other = ThreadedWorkInHand(every=0.01), [], []

    with (
        in_hand.held(renew=lambda: one.append(1), hand_back=lambda: None),
        in_hand.held(renew=lambda: other.append(1), hand_back=lambda: None),
    ):
        until(lambda: len(one) >= 2 and len(other) >= 2, "never both renewed")
        assert len(_renewing()) == 1


def test_a_lease_that_cannot_be_renewed_keeps_no_other_from_it() -> None:
    in_hand, renewed = ThreadedWorkInHand(every=0.01), []

    with (
        in_hand.held(renew=lambda: 1 / 0, hand_back=lambda: None),
        in_hand.held(renew=lambda: renewed.append(1), hand_back=lambda: None),
    ):
        until(lambda: len(renewed) >= 3, "never renewed three times")


def test_what_is_in_hand_is_handed_back_and_renewed_no_more() -> None:
    in_hand, renewed, handed_back = ThreadedWorkInHand(every=0.01), [], []

    with in_hand.held(renew=lambda: renewed.append(1), hand_back=lambda: handed_back.append(1)):
        assert in_hand.hand_back() == 1
        count = len(renewed)
        time.sleep(0.05)

    assert len(renewed) == count
    assert handed_back == [1]
    assert in_hand.hand_back() == 0


def test_work_that_cannot_be_handed_back_keeps_no_other_from_it() -> None:
    in_hand, handed_back = ThreadedWorkInHand(), []

    with (
        in_hand.held(renew=lambda: None, hand_back=lambda: 1 / 0),
        in_hand.held(renew=lambda: None, hand_back=lambda: handed_back.append(1)),
    ):
        assert in_hand.hand_back() == 2

    assert handed_back == [1]
