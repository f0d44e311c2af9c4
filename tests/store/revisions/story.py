"""A quarter rehearsed to its end, without Slack, so that every table holds something.

It owns what happens in it. The instants are those of `tests/sample.py`; two runs keep the same.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, time, timedelta

from sqlmodel import Session, col, select

from bot.housekeeping import keep_house
from bot.rehearsal.parts import Part, cast
from bot.rehearsal.preparation import prepare
from flows import gather
from flows.acknowledge import acknowledge
from flows.actions import update
from flows.board_date import set_board
from flows.extend import extend
from flows.import_file import bring_in
from flows.leave import AwayAnswer, set_away
from flows.moving import Named, move_on
from flows.setup.forms import open_form, send_form
from flows.snooze import put_off
from messages.notices.setup_sheets import FormSheet
from rules.lifecycle import Move
from rules.setup_forms import FormKey, FormKind
from rules.vocabulary import ActionState, Role, Status
from store import escalations, inbox, outbox, people, registers, requests, targets
from store.column_mappings import Mapping
from store.database import Database
from store.importing.faults import Faults
from store.importing.programme import Programme
from store.importing.registers.files import read_tables
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
    commentary_step,
    figure_step,
)

PARTS = 3
ZONE = "Europe/London"
LATE, CORRECTED, NEVER = SILENT
"""One reports on the last day, one twice, and one types a figure and never sends it."""
FILES = {
    "light_results.csv": "partnership,kind,quarter,managed,due,returned,on_target\n"
    "health-wellbeing,NATIONAL_INDICATOR,2008/09 Q2,20,12,11,7\n",
    "spend.csv": "block,year,half,planned,actual\nHCOP,2008/09,1,1200000,\n",
    "notes.csv": "target,kind,on_day,text\nLAA1-03,INSPECTION,1/9/2008,Judged good\n",
    "target_facts.csv": "ref,linked_targets\nLAA1-03,LAA1-04\nLAA1-04,LAA1-03\n",
}
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
        _something_is_set_up(office)
        _returns_come_in(office, parts)
        _the_run_is_made(office)
        _the_digest_goes_out(office)
        office.do(_unsettle_the_last, PACK)


def _something_is_set_up(office: Office) -> None:
    """A link and a note hang on a target."""
    number, central = office.numbers[LATE], office.slack_ids["central-team-01"]
    typed = {
        FormKind.LINKS: {"links": str(office.numbers[CORRECTED])},
        FormKind.NOTE: {"kind": "SURVEY", "on_day": "2008-06-12", "text": "Residents' survey"},
    }
    for kind, answers in typed.items():
        sheet = office.do(open_form, central, FormKey(kind, number), BEFORE_OPENING)
        assert isinstance(sheet, FormSheet), kind
        sent = {**sheet.typed, **answers}
        office.do(send_form, central, sheet.key, sent, sheet.mark, BEFORE_OPENING)


def _returns_come_in(office: Office, parts: Iterable[Part]) -> None:
    _pass(office, OPENS)
    _one_is_away_and_one_puts_off(office)
    office.do(_files_are_handed_in, SECOND_DAY)
    for part in parts:
        if part.answers and part.ref not in SILENT:
            office.report(part.ref, SECOND_DAY)
    office.report(CORRECTED, SECOND_DAY)
    office.report(CORRECTED, SECOND_DAY + timedelta(hours=1))
    _one_goes_back(office)
    _proposes_a_better_colour(office)
    never = office.parts[NEVER]
    office.figure(never.lead or "", NEVER, SECOND_DAY, figure_step(never))
    _pass(office, *REMINDERS)
    office.report(LATE, REMINDERS[-1] + timedelta(hours=2))
    _pass(office, *OVERDUE, CLOSES)


def _one_goes_back(office: Office) -> None:
    """One return is sent back and reported again, and one person is given more time."""
    central, later = office.slack_ids["central-team-01"], SECOND_DAY + timedelta(hours=2)
    named = Named(office.numbers[CORRECTED], QUARTER, 2)
    office.do(move_on, central, Move.SEND_BACK, named, "Please look again.", later)
    office.report(CORRECTED, later + timedelta(hours=1))
    slow = office.people[office.parts[NEVER].lead or ""]
    office.do(extend, central, slow, QUARTER, CLOSES.date(), "The survey is late.", later)


def _proposes_a_better_colour(office: Office) -> None:
    """The one who corrects a return proposes a better colour with it, and it waits."""
    part = office.parts[CORRECTED]
    by, now = part.lead or "", SECOND_DAY + timedelta(hours=2)
    # Whatever the sample's figure gives, a figure in doubt has no colour of its own.
    office.figure(by, CORRECTED, now, replace(figure_step(part), disputed=True))
    answer = replace(
        commentary_step(part), proposed=Status.GREEN, proposed_reason="Counted twice & agreed."
    )
    office.commentary(by, CORRECTED, now, answer, f"{by} {CORRECTED} proposes")
    office.report(CORRECTED, now + timedelta(hours=1))


def _one_is_away_and_one_puts_off(office: Office) -> None:
    """The lead who is late is away for two days, and whoever never reports puts it off."""
    late, other = (office.slack_ids[office.parts[ref].lead or ""] for ref in (LATE, NEVER))
    days = (SECOND_DAY.date(), REMINDERS[0].date() - timedelta(days=1))
    office.do(set_away, late, None, AwayAnswer(*days, other, time(8), time(16), ZONE), OPENS)
    until = REMINDERS[1].date()
    office.do(put_off, other, office.numbers[NEVER], QUARTER, until, SECOND_DAY)


def _files_are_handed_in(session: Session, now: datetime) -> None:
    """Results, spend, a note and linked targets come in files, and a figure in a block's sheet."""
    faults = Faults()
    tables = [
        table
        for name, content in FILES.items()
        for table in read_tables(name, content.encode(), faults)
    ]
    bring_in(session, tables, faults, None, now)
    (sheet,) = read_tables("block.csv", b"Measure,Figure\nLAA1-03,5\n", faults)
    columns = Mapping("A block's own", "measure", "figure")
    gather.save_columns(session, columns, None, now)
    gather.keep(session, gather.look(session, sheet, columns, QUARTER, now), None, now)


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
