"""Answers to what people ask: a quarter's standing, the calendar, escalations.

It owns gathering these answers; every one is private. It must not change anything but the
audit of a refusal.
"""

import difflib
from collections import Counter
from collections.abc import Collection, Iterable
from datetime import date, datetime

from sqlmodel import Session

from flows import cycle, histories, lines, owing, standing
from flows.cycle import Cycle
from flows.material import has_run, records
from flows.standing import Asker
from messages.notices.answers import (
    CalendarAnswer,
    EscalationsAnswer,
    Help,
    PartnershipOwing,
    StatusAnswer,
)
from messages.notices.common import KindCount
from messages.notices.refusals import PartnershipUnknown, PersonUnknown, Refused
from rules.digest import counts
from rules.lifecycle import TAKEN
from rules.owed import Owed
from rules.permissions import Capability
from rules.quarters import Quarter, reporting_quarter
from rules.vocabulary import ReturnState
from store import drafts, quarters
from store.targets import TargetRecord

NEAREST = 3
LIKE_ENOUGH = 0.5
"""How alike a name must be to be offered: less than for a reference, because names are longer."""


def current_quarter(session: Session, now: datetime) -> Quarter:
    """The quarter people mean when they name none: the latest opened, else the one reported."""
    opened = quarters.latest_opened(session)
    return opened.quarter if opened else reporting_quarter(cycle.today(session, now))


def help_(session: Session, slack_id: str, command: str, topic: str, now: datetime) -> Help:
    """What one can ask; `topic` are words that were not understood."""
    who = standing.asker(session, slack_id, now)
    runs = isinstance(who, Asker) and standing.allowed_anywhere(who, Capability.FOLLOW_QUARTER)
    opens = isinstance(who, Asker) and standing.allowed_anywhere(who, Capability.RUN_QUARTER)
    accepts = isinstance(who, Asker) and standing.allowed_anywhere(who, Capability.ACCEPT_RETURN)
    return Help(command, runs, topic, opens, accepts)


def status(
    session: Session, slack_id: str, quarter: Quarter | None, partnership: str, now: datetime
) -> StatusAnswer | PartnershipUnknown | Refused | PersonUnknown:
    """How a quarter stands: counts by state, and who still owes, by partnership.

    `partnership` narrows it to partnerships whose name or code holds these words.
    """
    who = standing.asker(session, slack_id, now)
    if isinstance(who, PersonUnknown):
        return who
    if not standing.allowed_anywhere(who, Capability.FOLLOW_QUARTER):
        return standing.refused(session, who, Capability.FOLLOW_QUARTER, now)
    planned = cycle.of(session, quarter or current_quarter(session, now))
    picture = owing.in_quarter(session, planned.quarter, planned.local_day(now))
    programme = picture.targets.values()
    names = {one.partnership_name for one in programme if _is_of(one, partnership)}
    if partnership and not names:
        return _no_such_partnership(partnership, programme)
    found = histories.up_to(session, planned, planned.local_day(now))
    listed = [record for record in records(found) if record.partnership in names]
    opened = planned.record.opened_at is not None
    wanted = [
        item
        for item in picture.owed
        if opened and picture.targets[item.target].partnership_name in names
    ]
    return StatusAnswer(
        planned.quarter,
        _states(wanted),
        _owing_by_partnership(wanted, picture.targets),
        tuple(KindCount(one.label, one.counts, one.red_for_want_of_data) for one in counts(listed)),
        planned.calendar.due,
        planned.calendar.closes_at,
        planned.record.state,
        opened=opened,
        opens=_still_to_come(planned, planned.calendar.opens, now),
        partnerships=tuple(sorted(names)) if partnership else (),
        among=_among(session, wanted, picture),
        paused_at=planned.record.paused_at,
    )


def _still_to_come(planned: Cycle, day: date, now: datetime) -> date | None:
    """A day of the calendar, or none when its hour is past."""
    return day if planned.calendar.at(day) > now else None


def calendar(session: Session, quarter: Quarter | None, now: datetime) -> CalendarAnswer:
    """A quarter's dates."""
    planned = cycle.of(session, quarter or current_quarter(session, now))
    dates = planned.calendar
    rows = (
        ("opens", dates.opens),
        *(("reminder", day) for day in dates.reminders if day != dates.due),
        ("due", dates.due),
        ("close", dates.close),
        ("escalation_run", dates.escalation_run),
        ("card_due", dates.card_due),
        ("pack", dates.pack),
        ("board", dates.board),
    )
    gone_by = planned.record.opened_at is None and dates.due < planned.local_day(now)
    return CalendarAnswer(
        planned.quarter,
        rows,
        dates.board_confirmed,
        planned.record.state,
        gone_by,
        planned.record.paused_at,
    )


def escalations(
    session: Session, slack_id: str, quarter: Quarter | None, now: datetime
) -> EscalationsAnswer | Refused | PersonUnknown:
    """A quarter's escalations and who has acknowledged."""
    who = standing.asker(session, slack_id, now)
    if isinstance(who, PersonUnknown):
        return who
    if not standing.allowed_anywhere(who, Capability.FOLLOW_QUARTER):
        return standing.refused(session, who, Capability.FOLLOW_QUARTER, now)
    planned = cycle.of(session, quarter or current_quarter(session, now))
    found = histories.up_to(session, planned, planned.local_day(now))
    shown = tuple(one for _, one in found.all_escalated())
    return EscalationsAnswer(
        planned.quarter,
        shown,
        planned.calendar.card_due,
        worked_out=has_run(planned) or bool(shown),
        run_on=_still_to_come(planned, planned.calendar.escalation_run, now),
    )


def _is_of(found: TargetRecord, partnership: str) -> bool:
    words = partnership.casefold()
    return words in found.partnership_name.casefold() or words in found.partnership.casefold()


def _no_such_partnership(typed: str, programme: Collection[TargetRecord]) -> PartnershipUnknown:
    return PartnershipUnknown(typed, near(typed, (one.partnership_name for one in programme)))


def near(typed: str, names: Iterable[str]) -> tuple[str, ...]:
    """The names that look like what was typed."""
    folded = {name.casefold(): name for name in names}
    found = difflib.get_close_matches(typed.casefold(), folded, NEAREST, LIKE_ENOUGH)
    return tuple(folded[name] for name in found)


def _states(owed: list[Owed]) -> tuple[tuple[str, int], ...]:
    tally = Counter("reported" if item.reported else "missing" for item in owed)
    return tuple((state, tally[state]) for state in ("reported", "missing"))


def _among(session: Session, owed: list[Owed], picture: owing.Owing) -> tuple[tuple[str, int], ...]:
    """The accepted among what is reported; what was sent back or begun among what is missing."""
    drafted = drafts.drafted(session, picture.quarter)
    states = {item.target: picture.state(item.target) for item in owed}
    missing = [item.target for item in owed if not item.reported]
    back = {number for number in missing if states[number] is ReturnState.SENT_BACK}
    return (
        ("accepted", sum(state in TAKEN for state in states.values())),
        ("sent_back", len(back)),
        ("drafts", len(drafted.intersection(missing) - back)),
    )


def _owing_by_partnership(
    owed: list[Owed], programme: dict[int, TargetRecord]
) -> tuple[PartnershipOwing, ...]:
    found: dict[str, list[TargetRecord]] = {}
    for item in owed:
        if not item.reported:
            missing = programme[item.target]
            found.setdefault(missing.partnership_name, []).append(missing)
    return tuple(
        PartnershipOwing(name, tuple(lines.target_line(one) for one in found[name]))
        for name in sorted(found)
    )
