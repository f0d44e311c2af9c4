"""Milestones of targets and of the measures that stand in for them.

It owns these rows. Which quarters may still be changed is for the caller.
"""

from collections.abc import Iterable, Mapping

from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from rules.quarters import Quarter
from rules.setup_beside import ProxyPlan
from rules.setup_milestones import DONE, has_zero
from rules.status import Profile
from store.tables import Milestone, ProxyMeasure, ProxyMilestone, QuarterRow


def of_target(session: Session, number: int) -> dict[Quarter, Profile]:
    """A target's milestones."""
    rows = session.exec(select(Milestone).where(Milestone.target_id == number))
    return {row.quarter: Profile(row.profile, row.low, row.high) for row in rows}


def of_proxy(session: Session, proxy: int) -> dict[Quarter, Profile]:
    """The milestones of a measure that stands in."""
    rows = session.exec(select(ProxyMilestone).where(ProxyMilestone.proxy_id == proxy))
    return {row.quarter: Profile(row.profile, row.low, row.high) for row in rows}


def keep_of_target(session: Session, number: int, wanted: Mapping[Quarter, Profile | None]) -> None:
    """Bring a target's milestones to these; none takes one away."""
    there = {
        row.quarter: row
        for row in session.exec(select(Milestone).where(Milestone.target_id == number))
    }
    for quarter, profile in wanted.items():
        row = there.get(quarter) or Milestone(target_id=number, quarter=quarter)
        _bring(session, row, profile)
    session.flush()


def keep_of_proxy(session: Session, proxy: int, wanted: Mapping[Quarter, Profile | None]) -> None:
    """Bring the milestones of a measure that stands in to these; none takes one away."""
    there = {
        row.quarter: row
        for row in session.exec(select(ProxyMilestone).where(ProxyMilestone.proxy_id == proxy))
    }
    for quarter, profile in wanted.items():
        row = there.get(quarter) or ProxyMilestone(proxy_id=proxy, quarter=quarter)
        _bring(session, row, profile)
    session.flush()


def done_quarters(session: Session) -> frozenset[Quarter]:
    """The quarters whose records are locked."""
    rows = session.exec(select(QuarterRow).where(col(QuarterRow.state).in_(DONE)))
    return frozenset(row.label for row in rows)


def active_proxy(session: Session, target: int) -> tuple[int, ProxyPlan] | None:
    """The measure that stands in for a target's own, by number, or none."""
    row = session.exec(_active(target)).first()
    return None if row is None else (row.id or 0, _proxy_plan(row))


def keep_proxy(session: Session, target: int, number: int | None, plan: ProxyPlan) -> int:
    """Bring a measure that stands in to its plan, a new one without a number; its number."""
    row = session.get(ProxyMeasure, number) if number else None
    row = row or ProxyMeasure(target_id=target, title="", polarity=plan.polarity)
    row.title, row.polarity, row.unit = plan.title, plan.polarity, plan.unit
    row.decimals = plan.decimals or 0
    if plan.green is not None and plan.amber is not None:
        row.green_tolerance, row.amber_tolerance = plan.green, plan.amber
    row.tolerance_mode, row.active = plan.mode, not plan.retired
    session.add(row)
    session.flush()
    return row.id or 0


def zero_ends(milestones: Mapping[Quarter, Profile], but: Iterable[Quarter]) -> bool:
    """Whether a milestone has an end at nought, but for those of some quarters."""
    left_out = set(but)
    counted = (profile for quarter, profile in milestones.items() if quarter not in left_out)
    return any(map(has_zero, counted))


def _active(target: int) -> SelectOfScalar[ProxyMeasure]:
    return select(ProxyMeasure).where(ProxyMeasure.target_id == target, ProxyMeasure.active)


def _bring(session: Session, row: Milestone | ProxyMilestone, profile: Profile | None) -> None:
    if profile is not None:
        row.profile, row.low, row.high = profile.value, profile.low, profile.high
        session.add(row)
    elif row.id is not None:
        session.delete(row)


def _proxy_plan(row: ProxyMeasure) -> ProxyPlan:
    return ProxyPlan(
        row.title,
        row.polarity,
        row.unit,
        row.decimals,
        row.tolerance_mode,
        row.green_tolerance,
        row.amber_tolerance,
        retired=not row.active,
    )
