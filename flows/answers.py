"""Answers to what people ask: their own list, a quarter's standing, a target, the calendar.

It owns gathering these answers; every one is private. It must not change anything but the
audit of a refusal.
"""

import difflib
from collections import Counter
from collections.abc import Collection
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
    Mine,
    PartnershipOwing,
    StatusAnswer,
    ToDo,
)
from messages.notices.common import KindCount
from messages.notices.refusals import PartnershipUnknown, PersonUnknown, Refused
from rules.cadence import Owed
from rules.digest import counts
from rules.lifecycle import TAKEN, Phase
from rules.permissions import Capability
from rules.quarters import Quarter, reporting_quarter
from rules.vocabulary import QuarterState, ReturnState, Role
from store import drafts, people, quarters
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


def mine(session: Session, slack_id: str, now: datetime) -> Mine | PersonUnknown:
    """What a person owes and what waits for their acknowledgement."""
    who = standing.asker(session, slack_id, now)
    if isinstance(who, PersonUnknown):
        return who
    newest, *before = (_to_do(session, who, quarter, now) for quarter in _asking(session, now))
    return Mine(
        newest.quarter,
        newest.due,
        newest.targets,
        newest.escalations,
        roles_known=bool(who.holdings),
        earlier=tuple(todo for todo in before if _asks_something(todo)),
    )


def _asking(session: Session, now: datetime) -> tuple[Quarter, ...]:
    """The current quarter, and those before it that are not published; newest first."""
    current = current_quarter(session, now)
    running = (
        one.quarter
        for one in quarters.running(session)
        if one.state is not QuarterState.PUBLISHED and one.quarter != current
    )
    return (current, *sorted(running, reverse=True))


def _to_do(session: Session, who: Asker, quarter: Quarter, now: datetime) -> ToDo:
    planned = cycle.of(session, quarter)
    on = planned.local_day(now)
    concerned = {one for list_ in who.lists for one in people.concerned_with(session, list_, on)}
    picture = owing.in_quarter(session, quarter, on, concerned)
    asked = tuple(
        item for person in who.lists for item in _asked_now(person, planned, picture, now)
    )
    if any(holding.role is Role.LAA_MANAGER for holding in who.holdings):
        concerned.update(histories.kept(session, quarter))
    found = histories.up_to(session, planned, on, concerned)
    waiting = tuple(
        shown
        for one, shown in found.all_escalated()
        if shown.event.asks_sponsor
        and shown.acknowledged_by is None
        and found.asked(one) in who.lists
    )
    due = max(planned.calendar.due, planned.extended.get(who.number, planned.calendar.due))
    return ToDo(quarter, due, picture.to_report(asked), waiting)


def _asked_now(
    person: int, planned: Cycle, picture: owing.Owing, now: datetime
) -> tuple[Owed, ...]:
    """What is asked of a person: all of it while it can come, then what was reopened."""
    asked = picture.asked.get(person, ())
    if planned.phase(now) is Phase.FROZEN:
        return ()
    if planned.is_open or planned.has_more_time(person, now):
        return asked
    return tuple(one for one in asked if picture.state(one.target) is ReturnState.SENT_BACK)


def _asks_something(todo: ToDo) -> bool:
    return bool(todo.escalations) or any(target.done is None for target in todo.targets)


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
    names = {one.partnership_name.casefold(): one.partnership_name for one in programme}
    near = difflib.get_close_matches(typed.casefold(), names, NEAREST, LIKE_ENOUGH)
    return PartnershipUnknown(typed, tuple(names[folded] for folded in near))


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
