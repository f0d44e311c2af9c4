"""The escalation run: second poor quarters go to their sponsors.

It owns this use case. What escalates is decided by `rules/escalation.py`; running again
changes nothing.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from sqlmodel import Session

from flows import cycle, histories, lines, posting
from flows.cycle import Cycle
from flows.histories import Histories, Walked
from flows.places import CENTRAL
from messages.notices.escalations import (
    DataChase,
    EscalatedTarget,
    EscalationEnded,
    EscalationsListed,
    LeadToldOfEscalation,
    SponsorToldOfEscalation,
)
from rules.cadence import StageKind
from rules.escalation import data_chase
from rules.quarters import Quarter
from rules.vocabulary import EscalationEvent
from store import audit, escalations
from store.escalations import Said

Pair = tuple[Walked, EscalatedTarget]
ENDED = frozenset({EscalationEvent.RESOLVED, EscalationEvent.WITHDRAWN})


@dataclass(frozen=True, slots=True)
class Run:
    """One escalation run: the quarter's cycle, its histories, and when it is and was due."""

    planned: Cycle
    found: Histories
    due_at: datetime
    now: datetime


def told_key(quarter: Quarter, sponsor: int) -> str:
    """The key of a sponsor's one message of a run."""
    return posting.person_key("escalated", quarter, sponsor)


def escalate(session: Session, quarter: Quarter, now: datetime, *, due_at: datetime) -> int:
    """Make the run of a quarter; how many escalations ask their sponsors."""
    planned = cycle.of(session, quarter)
    found = histories.up_to(session, planned, planned.local_day(now))
    _keep(session, found, quarter, now)
    run = Run(planned, replace(found, kept=histories.kept(session, quarter)), due_at, now)
    pairs = run.found.all_escalated()
    asking = tuple(pair for pair in pairs if pair[1].event.asks_sponsor)
    _tell_sponsors(session, run, asking)
    _tell_leads(session, run, asking)
    _tell_performance_leads(session, run, asking)
    _tell_central(session, run, asking)
    _tell_ended(session, run, [pair for pair in pairs if pair[1].event in ENDED])
    _chase_data(session, run)
    return len(asking)


def _keep(session: Session, found: Histories, quarter: Quarter, now: datetime) -> None:
    """Keep what the quarter did to each escalation; one that never stood open is not kept."""
    there = [(one, kept) for one in found.walked if (kept := said(one, quarter)) is not None]
    escalations.keep(session, quarter, (kept for _, kept in there))
    for one, kept in there:
        audit.record(
            session,
            at=now,
            rule="escalation run",
            action=f"escalation {kept.event.lower()}",
            subject=f"{one.target.ref}:{quarter.label}",
            after={"streak": kept.streak, "since": kept.streak_start},
        )


def said(one: Walked, quarter: Quarter) -> Said | None:
    """What a quarter did to a target's escalation; none where none ever stood open."""
    step = one.step(quarter)
    if step is None or step.event is EscalationEvent.NONE:
        return None
    start, opened = _run_of(one, quarter)
    if start is None or opened is None:
        return None
    return Said(one.target.number, start, opened, step.event, step.streak)


def _run_of(one: Walked, quarter: Quarter) -> tuple[Quarter | None, Quarter | None]:
    """When the escalated run of poor quarters began and when it was escalated."""
    last = next((step for step in reversed(one.steps) if step.event.asks_sponsor), None)
    step = one.step(quarter)
    if last is None or step is None:
        return None, None
    if step.event not in ENDED and step.streak_start != last.streak_start:
        return None, None
    opened = next(
        past.quarter
        for past in one.steps
        if past.event is EscalationEvent.NEW and past.streak_start == last.streak_start
    )
    return last.streak_start, opened


def _tell_sponsors(session: Session, run: Run, asking: tuple[Pair, ...]) -> None:
    quarter, calendar = run.planned.quarter, run.planned.calendar
    last_day = run.planned.local_day(
        next(stage.at for stage in run.planned.stages if stage.kind is StageKind.TELL_MANAGER)
    )
    keys: dict[int, str] = {}
    for sponsor, pairs in _by(asking, run.found.asked).items():
        key = told_key(quarter, sponsor)
        shown = tuple(shown for _, shown in pairs)
        notice = SponsorToldOfEscalation(
            quarter,
            shown,
            last_day,
            calendar.board,
            calendar.card_due,
            in_place=sponsor in run.found.managers,
        )
        posting.to_person(session, key, notice, sponsor, due_at=run.due_at, now=run.now)
        keys.update((one.escalation, key) for one in shown)
    escalations.told(session, quarter, keys)


def _tell_leads(session: Session, run: Run, asking: tuple[Pair, ...]) -> None:
    quarter, calendar = run.planned.quarter, run.planned.calendar
    for lead, pairs in _by(asking, lambda one: one.target.lead).items():
        sponsors = {run.found.asked(one) for one, _ in pairs}
        notice = LeadToldOfEscalation(
            quarter,
            tuple(shown for _, shown in pairs),
            calendar.card_due,
            calendar.board,
            tuple(sorted(number for number in sponsors if number is not None)),
        )
        key = posting.person_key("escalated-lead", quarter, lead)
        posting.to_person(session, key, notice, lead, due_at=run.due_at, now=run.now)


def _tell_performance_leads(session: Session, run: Run, asking: tuple[Pair, ...]) -> None:
    for person, pairs in _by(asking, lambda one: one.target.performance_lead).items():
        notice = replace(
            _listed(run, pairs),
            audience="performance_lead",
            scope_name=lines.one_name(one.target.block_name for one, _ in pairs),
        )
        key = posting.person_key("escalated-block", run.planned.quarter, person)
        posting.to_person(session, key, notice, person, due_at=run.due_at, now=run.now)


def _tell_central(session: Session, run: Run, asking: tuple[Pair, ...]) -> None:
    key = posting.key("escalated-central", run.planned.quarter)
    notice = _listed(run, asking)
    posting.to_channel(session, key, notice, CENTRAL, due_at=run.due_at, now=run.now)


def _listed(run: Run, pairs: Iterable[Pair]) -> EscalationsListed:
    listed = tuple(pairs)
    return EscalationsListed(
        run.planned.quarter,
        "central_team",
        "",
        tuple(shown for _, shown in listed),
        tuple(
            one.target.ref
            for one, _ in listed
            if run.found.asked(one) != one.target.sponsor or one.target.sponsor is None
        ),
        run.planned.calendar.card_due,
        run.planned.calendar.board,
    )


def _tell_ended(session: Session, run: Run, ended: list[Pair]) -> None:
    quarter = run.planned.quarter
    for one, shown in ended:
        since, _ = _run_of(one, quarter)
        notice = EscalationEnded(
            quarter, shown.ref, shown.title, shown.event, since or quarter, shown.status
        )
        for person in {one.target.lead, one.target.sponsor} - {None}:
            key = posting.person_key("ended", quarter, person or 0, shown.ref)
            posting.to_person(session, key, notice, person or 0, due_at=run.due_at, now=run.now)


def _chase_data(session: Session, run: Run) -> None:
    """Two quarters running without data: told to performance leads and the LAA manager."""
    quarter, without = run.planned.quarter, silent(run.found)
    for person, chased in _grouped(without).items():
        scope = lines.one_name(one.target.block_name for one in chased)
        key = posting.person_key("data-chase", quarter, person)
        _chase(session, run, key, person, chased, scope)
    if without:
        for manager in run.found.managers:
            key = posting.person_key("data-chase", quarter, manager, "all")
            _chase(session, run, key, manager, without, "")


def silent(found: Histories) -> list[Walked]:
    """The targets without data for two quarters running."""
    return [
        one
        for one in found.walked
        if one.step(found.quarter)
        and data_chase((record.quarter, record.status) for record in one.history)
    ]


def _grouped(without: list[Walked]) -> dict[int, list[Walked]]:
    found: dict[int, list[Walked]] = {}
    for one in without:
        if one.target.performance_lead is not None:
            found.setdefault(one.target.performance_lead, []).append(one)
    return found


def _chase(
    session: Session, run: Run, key: str, person: int, chased: list[Walked], scope: str
) -> None:
    notice = DataChase(
        run.planned.quarter, scope, tuple(lines.target_line(one.target) for one in chased)
    )
    posting.to_person(session, key, notice, person, due_at=run.due_at, now=run.now)


def _by(
    pairs: Iterable[Pair], owner: Callable[[Walked], int | None]
) -> dict[int, tuple[Pair, ...]]:
    found: dict[int, tuple[Pair, ...]] = {}
    for pair in pairs:
        number = owner(pair[0])
        if number is not None:
            found[number] = (*found.get(number, ()), pair)
    return found
