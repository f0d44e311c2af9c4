"""Making a target of thin data reportable: an index, a proxy or a plan in its place.

It owns these rows for demonstrations and rehearsals, where the data give a colour and no
figure. Everything it sets is marked illustrative. It must not decide which target needs it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, select

from rules.quarters import Quarter
from rules.status import Profile
from rules.vocabulary import ActionState, Polarity
from store.tables import ActionRow, Milestone, ProxyMeasure, ProxyMilestone, RiskRow, Target

UNIT = "index points"
DEFINITION = "an illustrative index: the data give a colour and no figure"
NOTE = "Illustrative"


@dataclass(frozen=True, slots=True)
class PlannedAction:
    """An action of a delivery plan: when it was due and how it stands."""

    due_on: date
    state: ActionState


def set_index(session: Session, ref: str, quarter: Quarter, profile: Profile) -> None:
    """Give a target an index to be reported on, with a milestone in a quarter."""
    target = _target(session, ref)
    target.unit, target.definition, target.illustrative = UNIT, DEFINITION, True
    session.add(target)
    _set_milestone(session, target, quarter, profile)
    session.flush()


def set_milestone(session: Session, ref: str, quarter: Quarter, profile: Profile) -> None:
    """Give a target that has figures of its own a milestone in one more quarter."""
    _set_milestone(session, _target(session, ref), quarter, profile)
    session.flush()


def put_on_proxy(session: Session, ref: str, quarter: Quarter, profile: Profile) -> None:
    """Give a target a proxy with a milestone in a quarter, and take its own milestone away."""
    target = _target(session, ref)
    own = _milestone(session, target, quarter)
    if own is not None:
        session.delete(own)
    proxy = ProxyMeasure(
        target_id=target.id or 0,
        title=f"Illustrative proxy for {target.title}",
        polarity=target.polarity,
        unit=target.unit or UNIT,
        decimals=target.decimals,
    )
    session.add(proxy)
    session.flush()
    session.add(
        ProxyMilestone(
            proxy_id=proxy.id or 0,
            quarter=quarter,
            profile=profile.value,
            low=profile.low,
            high=profile.high,
        )
    )
    session.flush()


def put_on_plan(
    session: Session, ref: str, quarter: Quarter, actions: Iterable[PlannedAction]
) -> None:
    """Judge a target by its delivery plan, with these actions in it."""
    target = _target(session, ref)
    target.plan_basis, target.illustrative = True, True
    session.add(target)
    own = _milestone(session, target, quarter)
    if own is not None:
        session.delete(own)
    for number, action in enumerate(actions, 1):
        session.add(
            ActionRow(
                target_id=target.id or 0,
                raised_in=quarter,
                text=f"Illustrative step {number} of the delivery plan",
                owner="delivery group",
                due_on=action.due_on,
                state=action.state,
            )
        )
    session.flush()


def enter_risk(session: Session, ref: str, likelihood: int, impact: int, now: datetime) -> None:
    """Enter an illustrative risk in the register."""
    target = _target(session, ref)
    session.add(
        RiskRow(
            target_id=target.id or 0,
            text="Illustrative risk",
            likelihood=likelihood,
            impact=impact,
            mitigation="Reviewed every month",
            raised_at=now,
        )
    )
    session.flush()


def polarity_of(session: Session, ref: str) -> Polarity:
    """Which way is better for a target."""
    return _target(session, ref).polarity


def _target(session: Session, ref: str) -> Target:
    return session.exec(select(Target).where(Target.ref == ref)).one()


def _milestone(session: Session, target: Target, quarter: Quarter) -> Milestone | None:
    return session.exec(
        select(Milestone).where(Milestone.target_id == target.id, Milestone.quarter == quarter)
    ).first()


def _set_milestone(session: Session, target: Target, quarter: Quarter, profile: Profile) -> None:
    row = _milestone(session, target, quarter) or Milestone(
        target_id=target.id or 0, quarter=quarter
    )
    row.profile, row.low, row.high, row.note = profile.value, profile.low, profile.high, NOTE
    session.add(row)
