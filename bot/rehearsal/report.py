"""What a rehearsal found: counts, escalations, annexes, leads, messages and the ledger, as JSON.

It owns reading the records and what stands in the workspace after a performance, and their
shape in JSON. Every figure is read; none is carried over from the script.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlmodel import Session

from bot.marks import opaque
from bot.rehearsal.burden import burden
from bot.rehearsal.kills import Moment
from bot.rehearsal.standing import Standing, standing
from flows.cycle import Cycle
from flows.histories import Histories
from flows.material import gather
from flows.places import BOARD
from rules.annex import Record, annex
from rules.calendar import QuarterCalendar
from rules.digest import by_partnership, counts, plans
from rules.quarters import Quarter
from rules.vocabulary import EscalationEvent
from store import installation, outbox, people
from store.outbox import LedgerLine
from workspace.server import Workspace

CHANNEL_NAMES = {BOARD: "board"}


@dataclass(frozen=True, slots=True)
class Found:
    """A rehearsal's result: the JSON, what stands in Slack, and what happened on the way.

    `killed` are the moments at which the bot was killed, `faults` how many calls and
    deliveries went wrong, `unanswered` how many forms sent in got no answer, `moments` how
    often each moment for a kill came, and `longest_recovery` the real seconds from asking to
    everything done, where one was killed.
    """

    body: dict[str, Any]
    standing: Standing
    killed: tuple[str, ...] = ()
    faults: int = 0
    unanswered: int = 0
    moments: Mapping[Moment, int] = field(default_factory=dict)
    longest_recovery: float = 0.0

    @property
    def is_whole(self) -> bool:
        """Whether nothing is missing, nothing doubled, and nothing stands unexplained."""
        ledger = self.body["ledger"]
        return not (ledger["missing"] or ledger["doubled"] or self.standing.strangers)


def report(session: Session, workspace: Workspace, quarter: Quarter, now: datetime) -> Found:
    """Everything a rehearsal reports."""
    made = gather(session, quarter, now)
    planned, found, records = made.planned, made.found, made.records
    lines, secret = outbox.ledger(session), installation.delivery_secret(session, now)
    stands = standing(workspace, {opaque(secret, line.key): line.key for line in lines})
    messages = _messages(session, lines, stands, planned.calendar.zone)
    collected = counts(records)
    return Found(
        {
            "quarter": quarter.label,
            "calendar": calendar_row(planned),
            "counts": {
                one.kind_code: {status.value: count for status, count in one.counts}
                for one in collected
            },
            "red_for_want_of_data": sum(one.red_for_want_of_data for one in collected),
            "action_plans_in_place": plans(records).in_place,
            "grant_total_gbp": made.grant_total.total_gbp,
            "escalations": _escalations(session, found),
            **_annexes(planned, records),
            "partnerships": {
                name: {status.value: count for status, count in tallied}
                for name, tallied in by_partnership(records)
            },
            "leads": burden(session, quarter),
            "messages": messages,
            "ledger": _ledger(messages),
        },
        stands,
    )


def calendar_row(planned: Cycle) -> dict[str, str]:
    """A quarter's dates under the names of a calendar's columns.

    `board_date_source` is `published` once the central team has confirmed or entered the
    date, and `default rule` while it is only suggested.
    """
    dates = planned.calendar
    days: dict[str, date] = {
        "start": dates.quarter.start,
        "end": dates.quarter.end,
        "window_opens": dates.opens,
        **_numbered("reminder", _before(dates.reminders, dates)),
        "due": dates.due,
        **_numbered("overdue", dates.overdue[:-1]),
        f"overdue_{len(dates.overdue)}_and_close": dates.close,
        "escalation_run": dates.escalation_run,
        "report_card_due": dates.card_due,
        "pack_published": dates.pack,
        "board_meeting": dates.board,
    }
    source = "published" if dates.board_confirmed else "default rule"
    return {
        "quarter": dates.quarter.label,
        **{name: day.isoformat() for name, day in days.items()},
        "board_date_source": source,
    }


def _before(days: tuple[date, ...], dates: QuarterCalendar) -> tuple[date, ...]:
    return tuple(day for day in days if day < dates.due)


def _numbered(name: str, days: Iterable[date]) -> dict[str, date]:
    return {f"{name}_{number}": day for number, day in enumerate(days, 1)}


def _escalations(session: Session, found: Histories) -> list[dict[str, Any]]:
    labels = {person.number: person.label for person in people.everyone(session)}
    listed = []
    for one in found.walked:
        step = one.step(found.quarter)
        if step is not None and step.event is not EscalationEvent.NONE:
            sponsor = one.target.sponsor
            listed.append(
                {
                    "ref": one.target.ref,
                    "event": step.event.value,
                    "streak": step.streak,
                    "sponsor": labels.get(sponsor) if sponsor is not None else None,
                }
            )
    return listed


def _annexes(planned: Cycle, records: tuple[Record, ...]) -> dict[str, dict[str, list[str]]]:
    numbers = sorted({record.kind.annex for record in records if record.kind.annex})
    significant = planned.settings.significant_risk
    return {
        f"annex{number}": {
            section.value: [record.ref for record in members]
            for section, members in annex(records, number, significant)
        }
        for number in numbers
    }


def _messages(
    session: Session, lines: Iterable[LedgerLine], stands: Standing, zone: str
) -> list[dict[str, Any]]:
    """Every message that was due, and how many times it stands in the workspace."""
    labels = {person.number: person.label for person in people.everyone(session)}
    return [
        {
            "key": line.key,
            "kind": line.kind,
            "to": _recipient(line, labels),
            "due": line.due_at.astimezone(ZoneInfo(zone)).isoformat(),
            "posted": stands.times(line.key),
        }
        for line in lines
    ]


def _recipient(line: LedgerLine, labels: Mapping[int, str]) -> str:
    if line.to_person is not None:
        return labels[line.to_person]
    return CHANNEL_NAMES.get(str(line.to_channel), "central team")


def _ledger(messages: list[dict[str, Any]]) -> dict[str, int]:
    posted = [message["posted"] for message in messages]
    return {
        "due": len(posted),
        "posted_once": posted.count(1),
        "missing": posted.count(0),
        "doubled": sum(count > 1 for count in posted),
    }
