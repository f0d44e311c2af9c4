"""The list somebody is asked for, as the buttons under it need it: what is left, and one of it.

It owns these two questions. It must not change anything but the audit of a refusal.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from flows import cycle, owing, standing
from flows.cycle import Cycle
from flows.standing import Asker
from messages.notices.common import TargetToReport
from messages.notices.refusals import OutOfDate, PersonUnknown, QuarterNotOpen, Refused
from messages.notices.replies import NothingLeft
from rules.owed import owed_by_lead
from rules.permissions import Capability
from rules.quarters import Quarter
from store import people, targets
from store.targets import TargetRecord

NoList = PersonUnknown | QuarterNotOpen | NothingLeft | Refused | OutOfDate


@dataclass(frozen=True, slots=True)
class AskedList:
    """What is left of a list. `person` is the number of whoever is asked for it."""

    who: Asker
    person: int
    planned: Cycle
    targets: tuple[TargetToReport, ...]


@dataclass(frozen=True, slots=True)
class Picked:
    """One target of a list, and whoever speaks about it."""

    who: Asker
    planned: Cycle
    target: TargetRecord


def left_of(
    session: Session, slack_id: str, person: int, quarter: Quarter, now: datetime
) -> AskedList | NoList:
    """What is left of what a person is asked for, where the asker may report it."""
    who = standing.asker(session, slack_id, now)
    if isinstance(who, PersonUnknown):
        return who
    planned = cycle.of(session, quarter)
    if not planned.is_open:
        return QuarterNotOpen(quarter)
    on = planned.local_day(now)
    concerned = people.concerned_with(session, person, on)
    picture = owing.in_quarter(session, quarter, on, concerned)
    owed = owed_by_lead(picture.owed).get(person, ())
    mine = tuple(
        item
        for item in owed
        if standing.allowed(who, Capability.SUBMIT_RETURN, picture.targets[item.target])
    )
    if owed and not mine:
        first = picture.targets[owed[0].target]
        return standing.refused(session, who, Capability.SUBMIT_RETURN, now, first)
    return (
        AskedList(who, person, planned, picture.to_report(mine)) if mine else NothingLeft(quarter)
    )


def pick(
    session: Session, slack_id: str, target: int | str, quarter: Quarter, now: datetime
) -> Picked | NoList:
    """One target that is asked for, by number or reference, whoever is asked for it."""
    who = standing.asker(session, slack_id, now)
    if isinstance(who, PersonUnknown):
        return who
    planned = cycle.of(session, quarter)
    if not planned.is_open:
        return QuarterNotOpen(quarter)
    number = targets.number_of(session, target) if isinstance(target, str) else target
    on = planned.local_day(now)
    found = targets.in_quarter(session, number, quarter, on) if number is not None else None
    if found is None or not owing.requested(found, quarter):
        return OutOfDate()
    if not standing.allowed(who, Capability.SUBMIT_RETURN, found):
        return standing.refused(session, who, Capability.SUBMIT_RETURN, now, found)
    return Picked(who, planned, found)
