"""The list of a quarter's returns for whoever accepts them or sends them back.

It owns gathering this answer: the whole programme for the central team, a block for its
performance lead. It must not change anything but the audit of a refusal.
"""

from datetime import datetime

from sqlmodel import Session

from flows import cycle, lapsing, lines, owing, standing
from flows.answers import current_quarter
from flows.cycle import Cycle
from flows.owing import Owing
from flows.standing import Asker
from messages.notices.checking import Owes, ReturnLine, ReturnsListed
from messages.notices.refusals import PersonUnknown, Refused
from rules.annex import natural_key
from rules.lifecycle import TAKEN, Phase
from rules.owed import Owed
from rules.permissions import Capability, Matter, may
from rules.quarters import Quarter
from rules.vocabulary import ReturnState

MOST_SHOWN = 20
MOST_OWING = 10


def listed(
    session: Session, slack_id: str, quarter: Quarter | None, now: datetime
) -> ReturnsListed | Refused | PersonUnknown:
    """What waits to be accepted, what went back, and who has more time."""
    who = standing.asker(session, slack_id, now)
    if isinstance(who, PersonUnknown):
        return who
    if not standing.allowed_anywhere(who, Capability.ACCEPT_RETURN):
        return standing.refused(session, who, Capability.ACCEPT_RETURN, now)
    planned = cycle.of(session, quarter or current_quarter(session, now))
    picture = owing.in_quarter(session, planned.quarter, planned.local_day(now))
    owed = _in_reach(who, picture, planned)
    waiting = [item for item in owed if picture.state(item.target) is ReturnState.SUBMITTED]
    back = [item for item in owed if picture.state(item.target) is ReturnState.SENT_BACK]
    everywhere = may(who.holdings, Capability.ACCEPT_RETURN, Matter())
    owing_people = _owing(who, planned, picture, owed, now)
    missing = sum(not item.reported for item in owed) - len(back)
    return ReturnsListed(
        planned.quarter,
        tuple(_line(picture, item) for item in waiting[:MOST_SHOWN]),
        max(0, len(waiting) - MOST_SHOWN),
        lines.owed_lines(back, picture.targets),
        sum(picture.state(item.target) in TAKEN for item in owed),
        missing,
        lapsing.to_come(planned, picture, owed, now),
        can_accept_all=planned.phase(now) in {Phase.OPEN, Phase.CLOSED},
        blocks=() if everywhere else _blocks(picture, owed),
        owing=owing_people[:MOST_OWING],
        owing_more=max(0, len(owing_people) - MOST_OWING),
    )


def _owing(
    who: Asker, planned: Cycle, picture: Owing, owed: list[Owed], now: datetime
) -> tuple[Owes, ...]:
    """Whoever owes something and has no more time, where the reader may give it."""
    runs = planned.phase(now) in {Phase.OPEN, Phase.CLOSED}
    if not (runs and standing.allowed_anywhere(who, Capability.LATE_RETURN)):
        return ()
    found: dict[int, list[str]] = {}
    for item in owed:
        person = lapsing.answerable(picture.targets[item.target])
        if person is not None and not (item.reported or planned.has_more_time(person, now)):
            found.setdefault(person, []).append(item.ref)
    return tuple(Owes(person, tuple(refs)) for person, refs in found.items())


def _in_reach(who: Asker, picture: Owing, planned: Cycle) -> list[Owed]:
    """What is asked for and theirs to accept, in the order people count; none before opening."""
    if planned.record.opened_at is None:
        return []
    mine = (
        item
        for item in picture.owed
        if standing.allowed(who, Capability.ACCEPT_RETURN, picture.targets[item.target])
    )
    return sorted(mine, key=lambda item: natural_key(item.ref))


def _blocks(picture: Owing, owed: list[Owed]) -> tuple[str, ...]:
    return tuple(sorted({picture.targets[item.target].block_name for item in owed}))


def _line(picture: Owing, item: Owed) -> ReturnLine:
    target = picture.targets[item.target]
    history = picture.histories[item.target]
    record = next(one for one in history if one.quarter == picture.quarter)
    return ReturnLine(
        target.number,
        target.ref,
        target.title,
        record.status,
        lines.actual(target, record),
        lines.expected(target, record),
        record.submitted_by,
        record.late,
    )
