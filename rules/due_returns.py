"""Which targets are asked for a return in a quarter (specification §3).

It owns that one question and the due quarters by frequency. It must not name a target kind.
"""

from rules.kinds import TargetKind
from rules.quarters import Quarter
from rules.vocabulary import Frequency, TargetState

EVERY_QUARTER = (1, 2, 3, 4)
# Where a target lists none of its own: twice a year after the halves, otherwise at year end.
USUAL_DUE_QUARTERS: dict[Frequency, tuple[int, ...]] = {
    Frequency.QUARTERLY: EVERY_QUARTER,
    Frequency.BIANNUAL: (2, 4),
    Frequency.ANNUAL: (4,),
    Frequency.BIENNIAL: (4,),
    Frequency.SURVEY: (4,),
}


def due_quarters_of(frequency: Frequency, listed: tuple[int, ...] = ()) -> tuple[int, ...]:
    """The quarters of the year a target is due in: its own list, else its frequency's."""
    return listed or USUAL_DUE_QUARTERS[frequency]


def is_due(quarter: Quarter, due_quarters: tuple[int, ...]) -> bool:
    """Whether a quarter is one of those; an empty list means every quarter."""
    return quarter.number in (due_quarters or EVERY_QUARTER)


def is_active(
    quarter: Quarter, active_from: Quarter | None = None, active_to: Quarter | None = None
) -> bool:
    """Whether a target is in force in a quarter; both ends are included."""
    after_start = active_from is None or quarter >= active_from
    return after_start and (active_to is None or quarter <= active_to)


def is_requested(
    kind: TargetKind,
    state: TargetState,
    quarter: Quarter,
    due_quarters: tuple[int, ...] = (),
    *,
    has_proxy: bool = False,
    active_from: Quarter | None = None,
    active_to: Quarter | None = None,
) -> bool:
    """Whether a return is asked for: a collected kind, agreed, in force, and due or by proxy."""
    if not kind.collected or state is not TargetState.AGREED:
        return False
    if not is_active(quarter, active_from, active_to):
        return False
    return has_proxy or is_due(quarter, due_quarters)
