"""A quarter rehearsed to its end, without Slack, so that every table holds something.

It owns what happens in it. The instants are those of `tests/sample.py`; two runs keep the same.
"""

import hashlib
from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from bot.housekeeping import keep_house
from bot.rehearsal.parts import Part, cast
from bot.rehearsal.preparation import prepare
from flows.acknowledge import acknowledge
from flows.actions import update
from flows.board_date import set_board
from rules.vocabulary import ActionState, Role
from store import escalations, inbox, outbox, people, registers, requests, targets
from store.database import Database
from store.importing.programme import Programme
from store.tables import OutboxRow, OutboxState, Setting
from tests.flows.office import SECOND_DAY, SILENT, Office
from tests.sample import (
    BEFORE_OPENING,
    CLOSES,
    MANAGER_TOLD,
    OPENS,
    OVERDUE,
    PACK,
    PREVIEW,
    QUARTER,
    REMINDERS,
    RUN,
    SPONSORS_REMINDED,
    figure_step,
)

PARTS = 3
LATE, CORRECTED, NEVER = SILENT
"""One reports on the last day, one twice, and one types a figure and never sends it."""
UNSETTLED = (
    OutboxState.PENDING,
    OutboxState.UNKNOWN,
    OutboxState.PARKED,
    OutboxState.SENDING,
)


def rehearse(url: str, programme: Programme) -> None:
    """Fill an empty database that stands at the newest revision."""
    parts = cast(programme, QUARTER)
    database = Database(url)
    with database.writing() as session:
        session.add(Setting(name="delivery_secret", value="0" * 64, changed_at=BEFORE_OPENING))
        prepare(session, programme, parts, QUARTER, BEFORE_OPENING)
    database.close()
    with Office(url, {part.ref: part for part in parts}) as office:
        _returns_come_in(office, parts)
        _the_run_is_made(office)
        _the_digest_goes_out(office)
        office.do(_unsettle_the_last, PACK)


def _returns_come_in(office: Office, parts: Iterable[Part]) -> None:
    _pass(office, OPENS)
    for part in parts:
        if part.answers and part.ref not in SILENT:
            office.report(part.ref, SECOND_DAY)
    office.report(CORRECTED, SECOND_DAY)
    office.report(CORRECTED, SECOND_DAY + timedelta(hours=1))
    never = office.parts[NEVER]
    office.figure(never.lead or "", NEVER, SECOND_DAY, figure_step(never))
    _pass(office, *REMINDERS)
    office.report(LATE, REMINDERS[-1] + timedelta(hours=2))
    _pass(office, *OVERDUE, CLOSES)


def _the_run_is_made(office: Office) -> None:
    office.do(set_board, office.slack_ids["central-team-01"], QUARTER, None, SECOND_DAY)
    _pass(office, RUN)
    for note in ("", "Discussed with the lead & agreed."):
        office.do(_acknowledge_one, note, RUN + timedelta(hours=3))
    office.do(_say_how_one_action_stands, RUN + timedelta(hours=4))
    _pass(office, *SPONSORS_REMINDED, MANAGER_TOLD)


def _the_digest_goes_out(office: Office) -> None:
    _pass(office, PREVIEW, PACK)


def _pass(office: Office, *instants: datetime) -> None:
    for now in instants:
        office.tick(now)
        office.do(keep_house, now)
        office.do(_deliver)
        # A delivery of the day, as Slack numbers its events.
        office.do(inbox.first_time, f"event:Ev{now:%Y%m%d%H}", now)
        office.do(_take_request, now)


def _take_request(session: Session, now: datetime) -> None:
    """A request that was answered, and one whose answer never came."""
    for kind in ("answered", "under way"):
        digest = hashlib.sha256(f"{kind} {now}".encode()).hexdigest()
        requests.take(session, digest, now, dead_before=now)
        if kind == "answered":
            answer = requests.Answer(200, "application/json", "{}")
            requests.answered(session, digest, now, answer, now)


def _acknowledge_one(session: Session, note: str, now: datetime) -> None:
    """The sponsor of the first escalation that still waits answers for it."""
    waiting = [
        one for one in escalations.in_quarter(session, QUARTER) if one.acknowledged_by is None
    ]
    programme = {one.number: one.sponsor for one in targets.programme(session, QUARTER, now.date())}
    first = waiting[0]
    sponsor = people.by_number(session, programme[first.target] or 0)
    if sponsor is None:
        raise LookupError("The first escalation has no sponsor to acknowledge it.")
    acknowledge(session, sponsor.slack_id, first.number, QUARTER, note, now)


def _say_how_one_action_stands(session: Session, now: datetime) -> None:
    """The central team says how the first action stands."""
    first = registers.actions(session)[0]
    central = people.by_number(session, people.holders(session, Role.CENTRAL_TEAM, now.date())[0])
    if central is None:
        raise LookupError("There is no central team.")
    state, note = ActionState.IN_PROGRESS, "Half of it is done."
    update(session, central.slack_id, first.number, state, note, "V0ACTION", now)


def _deliver(session: Session) -> None:
    """Everything kept to be said stands in Slack, the longest annex in three parts."""
    for annex in session.exec(select(OutboxRow).where(OutboxRow.kind == "digest_annex")).all():
        outbox.add_parts(session, annex.key, PARTS, annex.due_at)
    waiting = col(OutboxRow.state) == OutboxState.PENDING
    for row in session.exec(select(OutboxRow).where(waiting)).all():
        row.state, row.attempts, row.first_attempt_at = OutboxState.SENT, 1, row.due_at
        row.channel, row.ts, row.sent_at = "C0BOARD", f"1222851600.{row.id:06}", row.due_at


def _unsettle_the_last(session: Session, now: datetime) -> None:
    """The last few messages are in every other state."""
    rows = session.exec(select(OutboxRow).order_by(col(OutboxRow.id).desc())).all()
    for row, state in zip(rows, UNSETTLED, strict=False):
        row.state, row.attempts, row.ts, row.sent_at = state, 1, None, None
        row.error = "channel_not_found" if state is OutboxState.PARKED else ""
        row.lease_until = now + timedelta(minutes=1) if state is OutboxState.SENDING else None
