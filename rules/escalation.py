"""Escalation over a target's history (specification §7).

It owns streaks and events. It must not know who is told of them, nor name a target kind:
whether a target escalates is its kind's flag.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from rules.quarters import Quarter
from rules.vocabulary import EscalationEvent, Status

POOR_QUARTERS_TO_ESCALATE = 2
_SILENT = frozenset({Status.NO_DATA, Status.NOT_SUBMITTED})


@dataclass(frozen=True, slots=True)
class Step:
    """One quarter of a walk: what stands after it, and what it did.

    `streak` counts red and amber quarters running. `passed_over` are the quarters without a
    colour since `streak_start`, missing ones included, so that a notice can name them.
    """

    quarter: Quarter
    status: Status
    streak: int
    event: EscalationEvent
    streak_start: Quarter | None
    passed_over: tuple[Quarter, ...]


@dataclass(frozen=True, slots=True)
class _Standing:
    streak: int = 0
    start: Quarter | None = None
    passed: tuple[Quarter, ...] = ()
    escalated: bool = False


def walk(
    history: Iterable[tuple[Quarter, Status]],
    *,
    escalates: bool = True,
    effective_from: Quarter | None = None,
) -> tuple[Step, ...]:
    """Every quarter's streak and event, in quarter order from the first return.

    A second red or amber quarter escalates; quarters without a colour are passed over; a
    quarter absent from the history counts as one. Before `effective_from`, or where the kind
    does not escalate, streaks run and nothing happens. Raises `ValueError` when a quarter
    stands twice.
    """
    steps: list[Step] = []
    now = _Standing()
    for quarter, status in _in_order(history):
        if steps:
            now = _with_missing(now, steps[-1].quarter, quarter)
        in_force = escalates and (effective_from is None or quarter >= effective_from)
        event = _event(now, status) if in_force else EscalationEvent.NONE
        now = _after(now, quarter, status, event)
        steps.append(Step(quarter, status, now.streak, event, now.start, now.passed))
    return tuple(steps)


def data_chase(history: Iterable[tuple[Quarter, Status]]) -> bool:
    """Whether the last two quarters, running, brought no data or no return.

    That is chased with the performance lead and the LAA manager, and is no escalation.
    """
    last = _in_order(history)[-POOR_QUARTERS_TO_ESCALATE:]
    if len(last) < POOR_QUARTERS_TO_ESCALATE or last[0][0].next != last[1][0]:
        return False
    return all(status in _SILENT for _, status in last)


def corrected(kept: EscalationEvent, derived: EscalationEvent) -> EscalationEvent:
    """The event after a late or corrected return, re-evaluated before the pack is frozen.

    An escalation that opened this quarter and is no longer justified is withdrawn.
    """
    opened = kept in {EscalationEvent.NEW, EscalationEvent.WITHDRAWN}
    if opened and derived in {EscalationEvent.NONE, EscalationEvent.HELD}:
        return EscalationEvent.WITHDRAWN
    return derived


def _in_order(history: Iterable[tuple[Quarter, Status]]) -> list[tuple[Quarter, Status]]:
    ordered = sorted(history, key=lambda entry: entry[0])
    if len({quarter for quarter, _ in ordered}) < len(ordered):
        raise ValueError("A history holds one status for each quarter.")
    return ordered


def _with_missing(now: _Standing, last: Quarter, quarter: Quarter) -> _Standing:
    if now.streak == 0:
        return now
    missing = []
    between = last.next
    while between < quarter:
        missing.append(between)
        between = between.next
    return replace(now, passed=(*now.passed, *missing))


def _event(now: _Standing, status: Status) -> EscalationEvent:
    if status.is_poor:
        if now.escalated:
            return EscalationEvent.CONTINUING
        return EscalationEvent.NEW if now.streak else EscalationEvent.NONE
    if status is Status.GREEN:
        return EscalationEvent.RESOLVED if now.escalated else EscalationEvent.NONE
    if status is Status.TARGET_TO_BE_SET:
        return EscalationEvent.WITHDRAWN if now.escalated else EscalationEvent.NONE
    return EscalationEvent.HELD if now.streak else EscalationEvent.NONE


def _after(now: _Standing, quarter: Quarter, status: Status, event: EscalationEvent) -> _Standing:
    if status in {Status.GREEN, Status.TARGET_TO_BE_SET}:
        return _Standing()
    if status.is_poor:
        return replace(
            now,
            streak=now.streak + 1,
            start=now.start or quarter,
            escalated=now.escalated or event.asks_sponsor,
        )
    return replace(now, passed=(*now.passed, quarter)) if now.streak else now
