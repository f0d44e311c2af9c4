"""Targets walked through their histories: streaks, events and what an escalation shows.

It owns this picture of a quarter for the run, for answers and for the digest. It must not
change anything.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from flows import cycle, lines
from messages.notices.escalations import EscalatedTarget
from rules.escalation import Step, walk
from rules.permissions import who_acknowledges
from rules.quarters import Quarter
from rules.vocabulary import Role
from store import escalations, people, registers, returns, targets
from store.escalations import EscalationRecord
from store.registers import ActionRecord
from store.returns import ReturnRecord
from store.targets import TargetRecord


@dataclass(frozen=True, slots=True)
class Walked:
    """A target with its past, and every step of its walk up to the quarter."""

    target: TargetRecord
    history: tuple[ReturnRecord, ...]
    steps: tuple[Step, ...]

    def step(self, quarter: Quarter) -> Step | None:
        """What the quarter did, or none when the target has no return of it."""
        return self.steps[-1] if self.steps and self.steps[-1].quarter == quarter else None

    def record(self, quarter: Quarter) -> ReturnRecord | None:
        """The return of a quarter that counts."""
        return next((one for one in self.history if one.quarter == quarter), None)


@dataclass(frozen=True, slots=True)
class Histories:
    """Every collected target's walk up to a quarter, and what the run kept of it."""

    quarter: Quarter
    walked: tuple[Walked, ...]
    kept: dict[int, EscalationRecord]
    actions: dict[int, tuple[ActionRecord, ...]]
    managers: tuple[int, ...]

    def escalated(self, one: Walked) -> EscalatedTarget | None:
        """A target's escalation as people are shown it, or none when the run kept none."""
        said = self.kept.get(one.target.number)
        step, record = one.step(self.quarter), one.record(self.quarter)
        if said is None or step is None or record is None:
            return None
        poor = [old for old in one.history if old.quarter < self.quarter and old.status.is_poor]
        before = poor[-1] if poor else record
        return EscalatedTarget(
            escalation=said.number,
            number=one.target.number,
            ref=one.target.ref,
            title=one.target.title,
            event=said.event,
            status=record.status,
            before=before.status,
            before_quarter=before.quarter,
            passed_over=tuple(past for past in step.passed_over if past > before.quarter),
            streak=said.streak,
            actual=lines.actual(one.target, record),
            expected=lines.expected(one.target, record),
            direction=record.direction,
            cause=record.cause,
            actions=lines.open_actions(self.actions.get(one.target.number, ())),
            highest_risk=lines.risk_rating(record.highest_risk),
            basis=record.basis,
            acknowledged_by=said.acknowledged_by,
            acknowledged_at=said.acknowledged_at,
            note=said.note,
        )

    def asked(self, one: Walked) -> int | None:
        """Whose acknowledgement a target's escalation asks for, by person number."""
        return who_acknowledges(one.target.lead, one.target.sponsor, self.managers)

    def all_escalated(self) -> tuple[tuple[Walked, EscalatedTarget], ...]:
        """Every escalation the run kept, with its target."""
        pairs = ((one, self.escalated(one)) for one in self.walked)
        return tuple((one, shown) for one, shown in pairs if shown is not None)


def up_to(
    session: Session, planned: cycle.Cycle, on: date, only: Collection[int] | None = None
) -> Histories:
    """Walk every collected target up to a quarter, or `only` these; a handful of statements."""
    quarter = planned.quarter
    pasts = returns.histories(session, quarter, only)
    walked = tuple(
        _walked(planned, target, pasts.get(target.number, ()))
        for target in targets.programme(session, quarter, on, only)
        if target.kind.collected
    )
    actions = registers.actions(session, only)
    managers = people.holders(session, Role.LAA_MANAGER, on)
    return Histories(quarter, walked, kept(session, quarter), by_target(actions), managers)


def _walked(
    planned: cycle.Cycle, target: TargetRecord, history: tuple[ReturnRecord, ...]
) -> Walked:
    steps = walk(
        ((record.quarter, record.status) for record in history),
        escalates=target.kind.escalates,
        effective_from=planned.settings.effective_from,
    )
    return Walked(target, history, steps)


def kept(session: Session, quarter: Quarter) -> dict[int, EscalationRecord]:
    """What the quarter's run kept, by target."""
    return {one.target: one for one in escalations.in_quarter(session, quarter)}


def by_target(actions: Iterable[ActionRecord]) -> dict[int, tuple[ActionRecord, ...]]:
    """Actions by their target."""
    found: dict[int, list[ActionRecord]] = {}
    for action in actions:
        found.setdefault(action.target, []).append(action)
    return {target: tuple(listed) for target, listed in found.items()}
