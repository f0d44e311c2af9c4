"""The central team sees the quarters' dates and changes those of one, and its block in focus.

It owns these use cases for quarters that run and those to come. Dates of a window that is open
are changed by `flows/change_dates.py`, so that everybody asked is told once.
"""

from dataclasses import replace
from datetime import datetime

from sqlmodel import Session

from flows import cycle
from flows.board_date import keep_dates
from flows.change_dates import change_dates
from flows.cycle import Cycle
from flows.setup.admission import admitted
from flows.setup.seen import mark
from flows.standing import Asker
from messages.notices.organising import DatesListed, DatesRow
from messages.notices.organising_sheets import DatesAnswer, DatesSheet
from messages.notices.refusals import OutOfDate, PersonUnknown, Refused
from rules.calendar import CalendarRefusedError
from rules.organising import Amiss, Fault, Faults
from rules.quarters import Quarter, reporting_quarter
from rules.vocabulary import QuarterState
from store import audit, organisation, quarters

Stranger = PersonUnknown | Refused
TO_COME = 4


def dates_listed(session: Session, slack_id: str, now: datetime) -> DatesListed | Stranger:
    """The quarters that run, the one being reported, and the next four."""
    who = admitted(session, slack_id, now)
    return _listed(session, now) if isinstance(who, Asker) else who


def dates_sheet(
    session: Session, slack_id: str, quarter: Quarter, now: datetime
) -> DatesSheet | OutOfDate | Stranger:
    """A quarter's dates to change."""
    who = admitted(session, slack_id, now)
    if not isinstance(who, Asker):
        return who
    planned = cycle.of(session, quarter)
    if not _can_change(planned):
        return OutOfDate()
    record, calendar = planned.record, planned.calendar
    opened = record.opened_at is not None
    usual = cycle.planned(session, replace(record, opens=None, due=None, board=None)).calendar
    return DatesSheet(
        quarter,
        opened=opened,
        closed=opened and not planned.is_open,
        opens=record.opens,
        due=calendar.due if opened else record.due,
        board=record.board if record.board_confirmed else None,
        usual_opens=usual.opens,
        usual_due=usual.due,
        usual_board=calendar.board,
        focus=organisation.focus(session).get(quarter),
        blocks=tuple((one.number, one.name) for one in organisation.blocks(session)),
        seen=_mark(session, planned),
    )


def change_the_dates(
    session: Session, slack_id: str, answer: DatesAnswer, now: datetime
) -> DatesListed | Faults | OutOfDate | Stranger:
    """Keep a quarter's dates and block in focus as sent."""
    who = admitted(session, slack_id, now)
    if not isinstance(who, Asker):
        return who
    before = cycle.of(session, answer.quarter)
    if not _can_change(before):
        return OutOfDate()
    if faults := _faults(session, before, answer):
        return Faults(faults)
    try:
        _keep(session, before, answer, who.number, now)
    except CalendarRefusedError as refused:
        return Faults(
            tuple(Fault(one.field, Amiss.DATES_REFUSED, one.words) for one in refused.faults)
        )
    _keep_focus(session, answer, who.number, now)
    return _listed(session, now)


def _can_change(planned: Cycle) -> bool:
    return planned.record.state is not QuarterState.PUBLISHED


def _faults(session: Session, before: Cycle, answer: DatesAnswer) -> tuple[Fault, ...]:
    if _mark(session, before) != answer.seen:
        return (Fault("board", Amiss.CHANGED_MEANWHILE),)
    known = {one.number for one in organisation.blocks(session)}
    if answer.focus is not None and answer.focus not in known:
        return (Fault("focus", Amiss.GONE),)
    return ()


def _keep(session: Session, before: Cycle, answer: DatesAnswer, by: int, now: datetime) -> None:
    if before.record.opened_at is not None:
        due = answer.due if before.is_open else None
        change_dates(session, before, due, answer.board, by, now)
        return
    record = replace(
        before.record,
        opens=answer.opens,
        due=answer.due,
        board=answer.board,
        board_confirmed=answer.board is not None,
    )
    if record != before.record:
        keep_dates(session, before, cycle.planned(session, record), by, now)


def _keep_focus(session: Session, answer: DatesAnswer, by: int, now: datetime) -> None:
    before = organisation.focus(session).get(answer.quarter)
    if before == answer.focus:
        return
    organisation.keep_focus(session, answer.quarter, answer.focus)
    audit.record(
        session,
        at=now,
        actor=by,
        action="set block in focus",
        subject=answer.quarter.label,
        before=before,
        after=answer.focus,
    )


def _mark(session: Session, planned: Cycle) -> str:
    return mark([planned.record, organisation.focus(session).get(planned.quarter)])


def _listed(session: Session, now: datetime) -> DatesListed:
    names = {one.number: one.name for one in organisation.blocks(session)}
    focus = organisation.focus(session)
    rows = []
    for quarter in _quarters(session, now):
        planned = cycle.of(session, quarter)
        dates = planned.calendar
        rows.append(
            DatesRow(
                quarter,
                planned.record.state,
                planned.record.paused_at,
                dates.opens,
                dates.due,
                dates.closes_at,
                dates.board,
                dates.board_confirmed,
                names.get(focus.get(quarter, 0), ""),
            )
        )
    return DatesListed(tuple(rows))


def _quarters(session: Session, now: datetime) -> tuple[Quarter, ...]:
    reported = reporting_quarter(cycle.today(session, now))
    unpublished = {one.quarter for one in quarters.planned(session) if one.opened_at is not None}
    published = {
        one.quarter for one in quarters.running(session) if one.state is QuarterState.PUBLISHED
    }
    coming = {reported.shifted(by) for by in range(TO_COME + 1)}
    return tuple(sorted(unpublished | (coming - published)))
