"""A quarter's digest, composed from the records: one parent message and its thread.

It owns gathering what each part holds; every count and order is decided by `rules/digest.py`
and `rules/annex.py`. Whoever is in the channel reads it, so restricted figures are left out and
their colour stays (H12). It must not change anything: publishing is `flows/publish.py`.
"""

import hashlib
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlmodel import Session

from flows import cycle, lines, withholding
from flows.annexed import annex_of
from flows.followed_up import action_count, follow_up_lines
from flows.material import Material, gather, has_run
from messages.notices import Notice, dumps, kind_of
from messages.notices.common import KindCount
from messages.notices.digest import (
    DigestEscalations,
    DigestFollowUp,
    DigestGrant,
    DigestNextDates,
    DigestParent,
    DigestPartnerships,
    DigestPlans,
    GrantLine,
    PartnershipRow,
)
from messages.notices.escalations import EscalatedTarget
from rules.annex import in_order
from rules.digest import KindCounts, by_partnership, counts, plans
from rules.grant import split
from rules.quarters import Quarter
from rules.vocabulary import EscalationEvent, GrantExpectation, Status

CHECK_LENGTH = 8


@dataclass(frozen=True, slots=True)
class Digest:
    """A digest's parts, each under a name that stands in its key, and their SHA-256."""

    quarter: Quarter
    parent: DigestParent
    thread: tuple[tuple[str, Notice], ...]
    check_sum: str

    @property
    def parts(self) -> int:
        """How many messages it is, the parent included."""
        return 1 + len(self.thread)


def compose(session: Session, quarter: Quarter, now: datetime, *, preview: bool = False) -> Digest:
    """The digest of a quarter from the records as they stand now."""
    made = gather(session, quarter, now)
    thread = _thread(session, made, preview=preview)
    parent = _parent(made, tuple(name for name, _ in thread), preview=preview)
    check_sum = _check_sum(parent, thread)
    return Digest(quarter, replace(parent, check=check_sum[:CHECK_LENGTH]), thread, check_sum)


def _check_sum(parent: DigestParent, thread: tuple[tuple[str, Notice], ...]) -> str:
    sums = hashlib.sha256()
    for name, notice in (("parent", parent), *thread):
        sums.update(f"{name}\n{kind_of(notice)}\n{dumps(notice)}\n".encode())
    return sums.hexdigest()


def _thread(session: Session, made: Material, *, preview: bool) -> tuple[tuple[str, Notice], ...]:
    quarter = made.planned.quarter
    parts: list[tuple[str, Notice]] = [
        ("escalations", _escalations(made, preview=preview)),
        ("follow-up", DigestFollowUp(quarter, follow_up_lines(made))),
    ]
    numbers = sorted({record.kind.annex for record in made.records if record.kind.annex})
    parts.extend((f"annex {number}", annex_of(made, number)) for number in numbers)
    parts.extend(_grant(made))
    parts.append(("partnerships", _partnerships(made)))
    parts.append(("action plans", _plans(made)))
    parts.append(("next dates", _next_dates(session, quarter)))
    return tuple(parts)


def _parent(made: Material, names: tuple[str, ...], *, preview: bool) -> DigestParent:
    shown = [pair for _, pair in made.found.all_escalated() if pair.event.asks_sponsor]
    acknowledged = sum(one.acknowledged_by is not None for one in shown)
    tallied = counts(made.records)
    return DigestParent(
        quarter=made.planned.quarter,
        board=made.planned.calendar.board,
        counts=tuple(_kind_count(one) for one in tallied),
        change=tuple(KindCount(one.label, one.before) for one in tallied if one.before),
        escalated=len(shown),
        acknowledged=acknowledged,
        outstanding=len(shown) - acknowledged,
        actions=action_count(made),
        grant_total_gbp=made.grant_total.total_gbp if made.grant_is_known else None,
        not_submitted=tuple(
            lines.target_line(made.walked(record.ref).target)
            for record in made.records
            if record.status is Status.NOT_SUBMITTED
        ),
        parts=names,
        as_of=made.now,
        check="",
        preview=preview,
        run_on=_run_to_come(made),
    )


def _run_to_come(made: Material) -> date | None:
    """The day of the escalation run while it is not made, so that no list is taken for empty."""
    return None if has_run(made.planned) else made.planned.calendar.escalation_run


def _kind_count(tallied: KindCounts) -> KindCount:
    return KindCount(tallied.label, tallied.counts, tallied.red_for_want_of_data)


def _escalations(made: Material, *, preview: bool) -> DigestEscalations:
    shown = _in_order(made)
    return DigestEscalations(
        made.planned.quarter,
        tuple(one for one in shown if one.event is EscalationEvent.NEW),
        tuple(one for one in shown if one.event is EscalationEvent.CONTINUING),
        tuple(
            one
            for one in shown
            if one.event in {EscalationEvent.RESOLVED, EscalationEvent.WITHDRAWN}
        ),
        tuple(one.ref for one in shown if one.event.asks_sponsor and one.acknowledged_by is None),
        preview,
        _run_to_come(made),
        tuple(one for one in shown if one.event is EscalationEvent.HELD),
    )


def _in_order(made: Material) -> list[EscalatedTarget]:
    """The quarter's escalations as an annex orders them: red first, then longest, then risk."""
    shown = {
        one.ref: withholding.escalation_without(one)
        if withholding.from_channel(walked.target)
        else one
        for walked, one in made.found.all_escalated()
    }
    ordered = in_order(record for record in made.records if record.ref in shown)
    by_colour = sorted(ordered, key=lambda record: list(Status).index(record.status))
    return [shown[record.ref] for record in by_colour]


def _grant(made: Material) -> list[tuple[str, Notice]]:
    carrying = [record for record in made.records if record.kind.carries_grant]
    if not carrying:
        return []
    summed = made.grant_total
    halves = split(summed.total_gbp)
    rows = []
    for record in carrying:
        one = made.walked(record.ref)
        kept = one.record(made.planned.quarter)
        says = kept is not None and not withholding.from_channel(one.target)
        stated = kept.grant_expectation if kept else None
        rows.append(
            GrantLine(
                record.ref,
                record.title,
                record.status,
                stated or GrantExpectation.NOT_AVAILABLE,
                kept.reason_text if kept and says and stated is None else "",
            )
        )
    known = made.grant_is_known
    notice = DigestGrant(
        made.planned.quarter,
        tuple(rows),
        summed.total_gbp if known else None,
        halves.capital if known else None,
        halves.revenue if known else None,
        halves.psb_retained if known else None,
        summed.left_out,
    )
    return [("grant", notice)]


def _partnerships(made: Material) -> DigestPartnerships:
    rows = by_partnership(made.records)
    return DigestPartnerships(
        made.planned.quarter, tuple(PartnershipRow(name, tallied) for name, tallied in rows)
    )


def _plans(made: Material) -> DigestPlans:
    found = plans(made.records)
    return DigestPlans(
        made.planned.quarter, found.in_place, found.of, found.without, found.missing_milestones
    )


def _next_dates(session: Session, quarter: Quarter) -> DigestNextDates:
    following = cycle.of(session, quarter.next).calendar
    return DigestNextDates(
        quarter,
        quarter.next,
        following.opens,
        following.due,
        following.board,
        following.board_confirmed,
    )
