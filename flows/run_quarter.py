"""What the central team does by command: open a window, remind, preview and publish.

It owns checking the right to do it and the quarter's state; the doing is the same code as by
the calendar.
"""

from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session

from flows import cycle, owing, standing
from flows.answers import current_quarter
from flows.change_dates import change_dates
from flows.cycle import Cycle
from flows.open_window import open_window
from flows.pause import standing_pause
from flows.publish import preview_for, publish
from flows.remind import EVERYONE, Wanted, remind_by_hand
from flows.standing import Asker
from flows.target_answer import unknown
from messages.notices.answers import DigestPosted, Opened, PreviewSent, Reminded
from messages.notices.digest import DigestHeld
from messages.notices.refusals import (
    CalendarNotTaken,
    NothingToRemind,
    PersonUnknown,
    QuarterIsPaused,
    QuarterNotOpen,
    Refused,
    TargetUnknown,
)
from rules.cadence import StageKind
from rules.calendar import CalendarRefusedError
from rules.permissions import Capability
from rules.quarters import Quarter
from rules.vocabulary import QuarterState
from store import people, quarters, targets

Stranger = PersonUnknown | Refused


@dataclass(frozen=True, slots=True)
class Opening:
    """What the central team asked for: a quarter, and dates of its own if any."""

    quarter: Quarter
    due: date | None = None
    board: date | None = None


def open_by_hand(
    session: Session, slack_id: str, asked: Opening, now: datetime
) -> Opened | CalendarNotTaken | QuarterIsPaused | Stranger:
    """Open a quarter's window now, with the usual dates or its own.

    Of a window that is open already the dates given are set, and everyone asked is told once.
    """
    who = _permitted(session, slack_id, Capability.RUN_QUARTER, now)
    if not isinstance(who, Asker):
        return who
    if (paused := standing_pause(session, asked.quarter)) is not None:
        return paused
    before = cycle.of(session, asked.quarter)
    try:
        if before.record.opened_at is None:
            _open(session, asked, before, who.number, now)
        elif before.record.state is not QuarterState.PUBLISHED:
            # Once the window is closed its due day is past; the board may still move.
            due = asked.due if before.is_open else None
            change_dates(session, before, due, asked.board, who.number, now)
    except CalendarRefusedError as refused:
        return CalendarNotTaken(asked.quarter, tuple(fault.words for fault in refused.faults))
    after = cycle.of(session, asked.quarter)
    picture = owing.in_quarter(session, asked.quarter, after.local_day(now))
    return Opened(
        after.quarter,
        after.calendar.due,
        after.calendar.board,
        len(picture.asked),
        after.calendar.closes_at,
        already=before.record.opened_at is not None,
        state=after.record.state,
    )


def _open(session: Session, asked: Opening, before: Cycle, by: int, now: datetime) -> None:
    today = before.local_day(now)
    # Refused dates must leave no trace: the stage is marked only once the window is open.
    open_window(
        session,
        asked.quarter,
        now,
        due_at=now,
        by=by,
        opens=today if today != before.calendar.opens else None,
        due=asked.due,
        board=asked.board,
    )
    quarters.begin_stage(session, asked.quarter, StageKind.OPEN.value, due_at=now, now=now)


def remind_now(
    session: Session, slack_id: str, words: str, occasion: str, now: datetime
) -> Reminded | NothingToRemind | QuarterNotOpen | QuarterIsPaused | TargetUnknown | Stranger:
    """Remind by hand: `all`, a target's reference, or a person by Slack id."""
    who = _permitted(session, slack_id, Capability.FOLLOW_QUARTER, now)
    if not isinstance(who, Asker):
        return who
    quarter = current_quarter(session, now)
    if (paused := standing_pause(session, quarter)) is not None:
        return paused
    planned = cycle.of(session, quarter)
    if not planned.is_open:
        opens = planned.calendar.opens
        return QuarterNotOpen(quarter, opens if planned.calendar.at(opens) > now else None)
    wanted = _wanted(session, words)
    if isinstance(wanted, TargetUnknown):
        return wanted
    return remind_by_hand(session, quarter, wanted, now, occasion)


def _wanted(session: Session, words: str) -> Wanted | TargetUnknown:
    if words.casefold() == EVERYONE:
        return Wanted()
    person = people.by_slack_id(session, words)
    if person is not None:
        return Wanted(words, person=person.number)
    number = targets.number_of(session, words)
    return Wanted(words, target=number) if number is not None else unknown(session, words)


def preview(
    session: Session, slack_id: str, quarter: Quarter | None, occasion: str, now: datetime
) -> PreviewSent | QuarterNotOpen | Stranger:
    """Send whoever asks the digest as it would be published now."""
    who = _permitted(session, slack_id, Capability.PREVIEW_DIGEST, now)
    if not isinstance(who, Asker):
        return who
    wanted = quarter or current_quarter(session, now)
    if cycle.of(session, wanted).record.opened_at is None:
        return QuarterNotOpen(wanted)
    digest = preview_for(session, wanted, who.number, occasion, now)
    return PreviewSent(wanted, digest.parts)


def post(
    session: Session, slack_id: str, quarter: Quarter | None, now: datetime
) -> DigestPosted | DigestHeld | QuarterNotOpen | QuarterIsPaused | Stranger:
    """Publish a quarter's digest now. Not before its escalation run, and never twice."""
    who = _permitted(session, slack_id, Capability.POST_DIGEST, now)
    if not isinstance(who, Asker):
        return who
    wanted = quarter or current_quarter(session, now)
    planned = cycle.of(session, wanted)
    if (held := _held_back(session, planned)) is not None:
        return held
    outcome = publish(session, wanted, now, due_at=now, by=who.number)
    if isinstance(outcome, DigestHeld):
        return outcome
    if outcome is None:
        return DigestPosted(wanted, 0, already=True)
    return DigestPosted(wanted, outcome.parts)


def _held_back(
    session: Session, planned: Cycle
) -> QuarterNotOpen | QuarterIsPaused | DigestHeld | None:
    """Why a digest cannot go out now, or none."""
    quarter = planned.quarter
    if planned.record.opened_at is None:
        return QuarterNotOpen(quarter)
    if planned.record.state is not QuarterState.PUBLISHED and "escalate" not in planned.done:
        held = DigestHeld(quarter, planned.calendar.board, planned.calendar.escalation_run)
        return standing_pause(session, quarter) or held
    return standing_pause(session, quarter)


def _permitted(
    session: Session, slack_id: str, capability: Capability, now: datetime
) -> Asker | Stranger:
    who = standing.asker(session, slack_id, now)
    if isinstance(who, PersonUnknown):
        return who
    if not standing.allowed_anywhere(who, capability):
        return standing.refused(session, who, capability, now)
    return who
