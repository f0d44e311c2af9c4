"""The risk register and the actions of targets.

It owns these rows. It must not rate a risk or call an action overdue: rules do.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, col, select

from rules.quarters import Quarter
from rules.vocabulary import ActionState
from store.tables import ActionRow, ActionUpdateRow, RiskRow


@dataclass(frozen=True, slots=True)
class RiskRecord:
    """An open risk of a target, by number. Likelihood and impact run from 1 to 5."""

    number: int
    target: int
    text: str
    likelihood: int
    impact: int
    mitigation: str
    owner: str = ""
    review_on: date | None = None


@dataclass(frozen=True, slots=True)
class ActionRecord:
    """An action of a target, by number. `districts` are those it lies with."""

    number: int
    target: int
    raised_in: Quarter
    text: str
    owner: str
    due_on: date
    state: ActionState
    update_note: str
    updated_in: Quarter | None
    districts: tuple[str, ...] = ()


def open_risks(session: Session, target: int | None = None) -> tuple[RiskRecord, ...]:
    """The open risks of a target, or of all targets."""
    query = select(RiskRow).where(RiskRow.open).order_by(col(RiskRow.id))
    if target is not None:
        query = query.where(RiskRow.target_id == target)
    return tuple(
        RiskRecord(
            row.id or 0,
            row.target_id,
            row.text,
            row.likelihood,
            row.impact,
            row.mitigation,
            row.owner,
            row.review_on,
        )
        for row in session.exec(query)
    )


def add_risk(
    session: Session,
    target: int,
    *,
    text: str,
    likelihood: int,
    impact: int,
    mitigation: str,
    owner: str = "",
    review_on: date | None = None,
    now: datetime,
) -> int:
    """Enter a risk in the register; its number."""
    row = RiskRow(
        target_id=target,
        text=text,
        likelihood=likelihood,
        impact=impact,
        mitigation=mitigation,
        owner=owner,
        review_on=review_on,
        raised_at=now,
        reviewed_at=now,
    )
    session.add(row)
    session.flush()
    return row.id or 0


def review_risk(
    session: Session,
    target: int,
    number: int,
    *,
    text: str,
    likelihood: int,
    impact: int,
    mitigation: str,
    owner: str = "",
    review_on: date | None = None,
    now: datetime,
) -> bool:
    """Word and score a target's risk anew. False when the target has no such open risk."""
    row = _open_risk(session, target, number)
    if row is None:
        return False
    row.text, row.mitigation = text, mitigation
    row.likelihood, row.impact = likelihood, impact
    row.owner, row.review_on, row.reviewed_at = owner, review_on, now
    session.add(row)
    return True


def close_risk(session: Session, target: int, number: int, now: datetime) -> bool:
    """Close a target's risk that is over. False when the target has no such open risk."""
    row = _open_risk(session, target, number)
    if row is None:
        return False
    row.open, row.reviewed_at = False, now
    session.add(row)
    return True


def _open_risk(session: Session, target: int, number: int) -> RiskRow | None:
    row = session.get(RiskRow, number)
    return row if row is not None and row.target_id == target and row.open else None


def actions(session: Session, only: Collection[int] | None = None) -> tuple[ActionRecord, ...]:
    """The actions of all targets, or `only` of these, in the order they were raised."""
    query = select(ActionRow).order_by(col(ActionRow.id))
    if only is not None:
        query = query.where(col(ActionRow.target_id).in_(only))
    return tuple(_action(row) for row in session.exec(query))


def open_actions(session: Session) -> tuple[ActionRecord, ...]:
    """Every action that is neither done nor dropped, in the order they were raised."""
    ended = (ActionState.DONE, ActionState.DROPPED)
    query = select(ActionRow).where(col(ActionRow.state).not_in(ended)).order_by(col(ActionRow.id))
    return tuple(_action(row) for row in session.exec(query))


def action(session: Session, number: int) -> ActionRecord | None:
    """One action by its number, or none."""
    row = session.get(ActionRow, number)
    return None if row is None else _action(row)


def update_action(
    session: Session,
    number: int,
    quarter: Quarter,
    *,
    state: ActionState,
    text: str,
    by: int,
    now: datetime,
) -> None:
    """Keep what was said of an action and how it stands now; earlier updates stay."""
    row = session.get_one(ActionRow, number)
    row.state, row.update_note, row.updated_in = state, text, quarter
    session.add(row)
    session.add(
        ActionUpdateRow(
            action_id=number, quarter=quarter, state=state, text=text, author_id=by, at=now
        )
    )
    session.flush()


@dataclass(frozen=True, slots=True)
class UpdateRecord:
    """What was said of an action in a quarter, by whom (a person's number) and when."""

    quarter: Quarter
    state: ActionState
    text: str
    author: int | None
    at: datetime


def updates(session: Session, number: int) -> tuple[UpdateRecord, ...]:
    """Everything said of an action, oldest first."""
    rows = session.exec(
        select(ActionUpdateRow)
        .where(ActionUpdateRow.action_id == number)
        .order_by(col(ActionUpdateRow.id))
    )
    return tuple(
        UpdateRecord(row.quarter, row.state, row.text, row.author_id, row.at) for row in rows
    )


def _action(row: ActionRow) -> ActionRecord:
    return ActionRecord(
        row.id or 0,
        row.target_id,
        row.raised_in,
        row.text,
        row.owner,
        row.due_on,
        row.state,
        row.update_note,
        row.updated_in,
        tuple(name for part in row.districts.split(",") if (name := part.strip())),
    )


def add_action(
    session: Session,
    target: int,
    quarter: Quarter,
    *,
    text: str,
    owner: str,
    due_on: date,
    state: ActionState = ActionState.OPEN,
) -> int:
    """Enter an action; its number."""
    row = ActionRow(
        target_id=target, raised_in=quarter, text=text, owner=owner, due_on=due_on, state=state
    )
    session.add(row)
    session.flush()
    return row.id or 0
