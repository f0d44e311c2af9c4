"""Records as the values that notices and sheets hold: figures, last times, lines.

It owns these translations, so that each is made in one way only. It must not read or keep.
"""

from collections.abc import Iterable, Sequence
from decimal import Decimal

from messages.notices.common import ActionLine, Figure, LastTime, TargetLine, TargetToReport
from rules.owed import Owed
from rules.quarters import Quarter
from rules.risk import rating
from rules.status import Profile
from rules.travel import Measured
from rules.vocabulary import ActionState, ReturnState, RiskRating, Status, StatusBasis
from store.registers import ActionRecord
from store.returns import ReturnRecord
from store.targets import TargetRecord

MOST_DECIMALS = 3


def figure(target: TargetRecord, value: Decimal | None, basis: StatusBasis | None) -> Figure | None:
    """A figure in the target's unit, or in its proxy's where it rests on that."""
    if value is None:
        return None
    if target.proxy is not None and _is_of_proxy(target, basis):
        return Figure(value, target.proxy.unit, _decimals(value, target.proxy.decimals))
    return Figure(value, target.unit, _decimals(value, target.decimals))


def _is_of_proxy(target: TargetRecord, basis: StatusBasis | None) -> bool:
    """A colour set by judgement leaves the figure what it was: the proxy's without a milestone."""
    judged = basis is StatusBasis.OVERRIDE and not target.profile.given
    return basis is StatusBasis.PROXY or judged


def _decimals(value: Decimal, usual: int) -> int:
    """The decimals to show: the target's own, and more where the figure itself has more."""
    exponent = value.normalize().as_tuple().exponent
    own = -exponent if isinstance(exponent, int) else 0
    return max(usual, min(own, MOST_DECIMALS))


def actual(target: TargetRecord, record: ReturnRecord) -> Figure | None:
    """What was reported, with its unit."""
    return figure(target, record.actual, record.basis)


def expected(target: TargetRecord, record: ReturnRecord) -> Figure | None:
    """What was expected when it was reported; of a range, the end the figure is nearer to."""
    profile = record.profile
    value = profile.value
    if value is None and profile.given and record.actual is not None:
        low, high = profile.ends
        value = low if record.actual < low else high
    return figure(target, value, record.basis)


def last_time(
    target: TargetRecord, history: Sequence[ReturnRecord], before: Quarter
) -> LastTime | None:
    """What the latest earlier return said, or none."""
    earlier = [record for record in history if record.quarter < before]
    if not earlier:
        return None
    last = earlier[-1]
    return LastTime(last.quarter, last.status, actual(target, last), expected(target, last))


def to_report(
    target: TargetRecord, history: Sequence[ReturnRecord], quarter: Quarter
) -> TargetToReport:
    """A target on its lead's list, with what it says this quarter if it was reported."""
    done = [
        record.status
        for record in history
        if record.quarter == quarter
        and record.status is not Status.NOT_SUBMITTED
        and record.state is not ReturnState.SENT_BACK
    ]
    return TargetToReport(
        number=target.number,
        ref=target.ref,
        title=target.title,
        last=last_time(target, history, quarter),
        definition=target.definition,
        done=done[-1] if done else None,
        in_place=target.lead is None,
    )


def target_line(target: TargetRecord) -> TargetLine:
    """A target for which somebody owes something: its lead, else the performance lead (A5)."""
    in_place = target.performance_lead if target.lead is None else None
    return TargetLine(target.ref, target.title, target.lead, in_place)


def owed_lines(owed: Iterable[Owed], targets: dict[int, TargetRecord]) -> tuple[TargetLine, ...]:
    """What is owed, as lines."""
    return tuple(target_line(targets[item.target]) for item in owed)


def open_actions(actions: Iterable[ActionRecord]) -> tuple[ActionLine, ...]:
    """Those actions that are neither done nor dropped."""
    return tuple(
        ActionLine(action.text, action.owner, action.due_on)
        for action in actions
        if action.state in {ActionState.OPEN, ActionState.IN_PROGRESS}
    )


def one_name(names: Iterable[str]) -> str:
    """The name, where all are the same; nothing where there are several."""
    found = set(names)
    return found.pop() if len(found) == 1 else ""


def risk_rating(score: int | None) -> RiskRating | None:
    """The rating of a score, or none without a risk."""
    return None if score is None else rating(score)


def measured(record: ReturnRecord) -> Measured:
    """A return as the direction of travel compares it."""
    profile: Profile | None = record.profile if record.profile.given else None
    return Measured(record.actual, profile, record.basis, record.status)
