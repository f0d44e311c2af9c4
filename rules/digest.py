"""What a quarter's digest holds: counts, groups, follow-up and parts (specification §13).

It owns every count and order a digest prints, so that no template counts. It must not word
anything, nor name a target kind.
"""

from collections import Counter
from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from rules.annex import Record, in_order, natural_key
from rules.kinds import TargetKind
from rules.vocabulary import ActionState, EscalationEvent, Status, StatusReason

StatusCounts = tuple[tuple[Status, int], ...]

_NO_MILESTONE = frozenset({StatusReason.NO_MILESTONE, StatusReason.NO_DATA_AND_NO_MILESTONE})
_ENDED = frozenset({ActionState.DONE, ActionState.DROPPED})


class DigestPart(StrEnum):
    """The parts of a digest, in their order. `FIRST_AGREED_LIGHTS` are those of targets that
    count only once agreed.
    """

    TITLE = "TITLE"
    COUNTS = "COUNTS"
    ESCALATIONS = "ESCALATIONS"
    FOLLOW_UP = "FOLLOW_UP"
    ANNEXES = "ANNEXES"
    GRANT = "GRANT"
    LIGHTS = "LIGHTS"
    FIRST_AGREED_LIGHTS = "FIRST_AGREED_LIGHTS"
    BLOCK_FOCUS = "BLOCK_FOCUS"
    RAISED = "RAISED"
    PLANS = "PLANS"
    NOTES = "NOTES"
    NEXT_DATES = "NEXT_DATES"


# A board looks for these two: where there is nothing to tell they say “none”.
NEVER_LEFT_OUT = frozenset(
    {DigestPart.TITLE, DigestPart.COUNTS, DigestPart.ESCALATIONS, DigestPart.FOLLOW_UP}
)


@dataclass(frozen=True, slots=True)
class KindCounts:
    """A kind's targets by status, in the order of the statuses, without those at nought.

    `before` are the counts of the quarter before, and `changes` what was added or lost; both
    are empty where no target has a quarter before.
    """

    kind_code: str
    label: str
    total: int
    counts: StatusCounts
    red_for_want_of_data: int
    before: StatusCounts
    changes: StatusCounts


@dataclass(frozen=True, slots=True)
class PlanCount:
    """Action plans in place of all collected targets, and what is missing, by reference."""

    in_place: int
    of: int
    without: tuple[str, ...]
    missing_milestones: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class EscalationGroups:
    """The quarter's escalations by what happened to them, each in the order of the annexes."""

    new: tuple[Record, ...]
    continuing: tuple[Record, ...]
    held: tuple[Record, ...]
    resolved: tuple[Record, ...]
    withdrawn: tuple[Record, ...]


@dataclass(frozen=True, slots=True)
class FollowUpAction:
    """An action of the last meeting, as its owner has left it. `update` may be empty."""

    ref: str
    text: str
    owner: str
    due_on: date
    state: ActionState
    update: str = ""


@dataclass(frozen=True, slots=True)
class FollowUpCount:
    """How last meeting's actions stand; every action is counted once."""

    done: int
    dropped: int
    overdue: int
    without_update: int
    open: int

    @property
    def total(self) -> int:
        """All of them."""
        return self.done + self.dropped + self.overdue + self.without_update + self.open


def counts(records: Iterable[Record]) -> tuple[KindCounts, ...]:
    """The counts of every kind that is collected, in the order the kinds first appear."""
    by_kind: dict[TargetKind, list[Record]] = {}
    for record in records:
        if record.kind.collected:
            by_kind.setdefault(record.kind, []).append(record)
    return tuple(_kind_counts(kind, members) for kind, members in by_kind.items())


def by_partnership(records: Iterable[Record]) -> tuple[tuple[str, StatusCounts], ...]:
    """Every partnership's targets by status, in the order of the partnerships' codes."""
    found: dict[str, list[Status]] = {}
    for record in records:
        found.setdefault(record.partnership, []).append(record.status)
    return tuple((code, _tally(found[code])) for code in sorted(found))


def plans(records: Iterable[Record]) -> PlanCount:
    """Plans in place of collected targets (“20 of N”), with the references that lack one."""
    collected = [record for record in records if record.kind.collected]
    without = [record.ref for record in collected if not record.plan_in_place]
    unmarked = [record.ref for record in collected if record.reason in _NO_MILESTONE]
    return PlanCount(
        in_place=len(collected) - len(without),
        of=len(collected),
        without=tuple(sorted(without, key=natural_key)),
        missing_milestones=tuple(sorted(unmarked, key=natural_key)),
    )


def escalations(records: Iterable[Record]) -> EscalationGroups:
    """The records of the quarter with an escalation event, grouped by it."""
    found = tuple(records)

    def group(event: EscalationEvent) -> tuple[Record, ...]:
        return in_order(record for record in found if record.event is event)

    return EscalationGroups(
        new=group(EscalationEvent.NEW),
        continuing=group(EscalationEvent.CONTINUING),
        held=group(EscalationEvent.HELD),
        resolved=group(EscalationEvent.RESOLVED),
        withdrawn=group(EscalationEvent.WITHDRAWN),
    )


def days_overdue(action: FollowUpAction, today: date) -> int:
    """Calendar days since the action was due; 0 unless it is late and neither done nor dropped."""
    return 0 if action.state in _ENDED else max(0, (today - action.due_on).days)


def follow_up(actions: Iterable[FollowUpAction], today: date) -> tuple[FollowUpAction, ...]:
    """Last meeting's actions: longest overdue first, then open by due day, then ended ones."""
    return tuple(
        sorted(
            actions,
            key=lambda action: (
                action.state in _ENDED,
                -days_overdue(action, today),
                action.due_on,
                natural_key(action.ref),
            ),
        )
    )


def follow_up_counts(actions: Iterable[FollowUpAction], today: date) -> FollowUpCount:
    """How the actions stand: an overdue one is overdue whether or not it has an update."""
    tally = Counter(_standing(action, today) for action in actions)
    return FollowUpCount(
        done=tally["done"],
        dropped=tally["dropped"],
        overdue=tally["overdue"],
        without_update=tally["without_update"],
        open=tally["open"],
    )


def parts(filled: AbstractSet[DigestPart]) -> tuple[DigestPart, ...]:
    """The parts to post, in order: those with something in them, and those never left out."""
    return tuple(part for part in DigestPart if part in filled or part in NEVER_LEFT_OUT)


def _kind_counts(kind: TargetKind, members: list[Record]) -> KindCounts:
    now = _tally(record.status for record in members)
    before = _tally(record.previous for record in members if record.previous is not None)
    return KindCounts(
        kind_code=kind.code,
        label=kind.label,
        total=len(members),
        counts=now,
        red_for_want_of_data=sum(record.is_red_for_want_of_data for record in members),
        before=before,
        changes=_changes(now, before) if before else (),
    )


def _tally(statuses: Iterable[Status]) -> StatusCounts:
    tally = Counter(statuses)
    return tuple((status, tally[status]) for status in Status if tally[status])


def _changes(now: StatusCounts, before: StatusCounts) -> StatusCounts:
    new, old = dict(now), dict(before)
    differences = ((status, new.get(status, 0) - old.get(status, 0)) for status in Status)
    return tuple((status, change) for status, change in differences if change)


def _standing(action: FollowUpAction, today: date) -> str:
    if action.state in _ENDED:
        return "done" if action.state is ActionState.DONE else "dropped"
    if days_overdue(action, today):
        return "overdue"
    return "open" if action.update.strip() else "without_update"
