"""What may go wrong when hh.ru is asked with a person's tokens."""

from __future__ import annotations

from domain.errors import Conflict, Refused, Unavailable


class TokensDead(Refused):
    """hh.ru takes these tokens no longer, and gives no others for them: the person must sign in again."""

    code = "hh_relogin_needed"


class AccessExpired(Refused):
    """The access token has run out."""

    code = "hh_access_expired"


class NotExpired(Refused):
    """A token was to be refreshed that still holds."""

    code = "hh_not_expired"


class ClosedByProvider(Refused):
    """hh.ru let the person in, and refuses to show what is theirs to a program."""

    code = "closed_by_provider"


class NotAnApplicant(Conflict):
    """Who signed in is an employer, or nobody that looks for work."""

    code = "not_an_applicant"


class NotReached(Unavailable):
    """Nothing was sent, or it was turned away: whatever was to be used up still is good."""

    code = "hh_unavailable"


class LinkedAlready(Unavailable):
    """The person is linked, what is theirs could not be brought yet, and a sync will; the code says why not yet."""


class Blocked(Conflict):
    """hh.ru, or the guard in front of it, talks to nobody where we are: to try again changes nothing."""

    code = "hh_blocked"


class AnswerLost(Unavailable):
    """What was sent may have been done; the answer never came."""

    code = "hh_answer_lost"
