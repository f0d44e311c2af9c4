"""Milestones are changed: a target's own, and those of the measure that stands in.

It owns this change and its audit. A quarter whose records are locked keeps its milestones.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from flows import cycle
from flows.setup.shape import Judged, Sent, Shown
from messages.notices.setup_sheets import Row
from rules.due_returns import is_active, is_due
from rules.quarters import Quarter, reporting_quarter
from rules.setup_fields import Field, FieldKind, SetupProblem, SetupProblemCode
from rules.setup_forms import FormKey, FormKind
from rules.setup_milestones import Measured, as_typed, field_names, quarters_shown, read_rows
from rules.setup_target import TargetPlan
from rules.status import Profile
from store import audit
from store.setup import milestones, plans


@dataclass(frozen=True, slots=True)
class _Subject:
    """Whose milestones: a target's, or those of its proxy by number."""

    plan: TargetPlan
    measured: Measured
    there: Mapping[Quarter, Profile]
    proxy: int | None = None
    title: str = ""


class Milestones:
    """The milestones of eight quarters."""

    @staticmethod
    def shown(session: Session, key: FormKey, now: datetime) -> Shown | None:
        """Eight quarters from the one asked for, or from the first that can be changed."""
        subject = _subject(session, key)
        if subject is None:
            return None
        done = () if key.quarter else milestones.done_quarters(session)
        first = key.quarter or reporting_quarter(cycle.today(session, now))
        quarters = quarters_shown(first, done)
        names = {quarter: field_names(quarter, subject.measured) for quarter in quarters}
        return Shown(
            about=f"{subject.plan.ref} {subject.plan.title}",
            subject=subject.plan.ref,
            fields=tuple(Field(name, FieldKind.FIGURE) for row in names.values() for name in row),
            typed=as_typed(subject.there, quarters, subject.measured),
            unit=subject.measured.unit,
            rows=tuple(
                Row(quarter, names[quarter], _due(subject.plan, quarter)) for quarter in quarters
            ),
            title=subject.title,
        )

    @staticmethod
    def judged(session: Session, sent: Sent) -> Judged:
        """Each row judged; what belongs to a quarter locked meanwhile is refused at its box."""
        subject = _subject(session, sent.key)
        if subject is None or sent.key.quarter is None:
            raise LookupError("These milestones are gone.")
        quarters = quarters_shown(sent.key.quarter, ())
        wanted, problems = read_rows(sent.typed, quarters, subject.measured)
        changed = {
            quarter: profile
            for quarter, profile in wanted.items()
            if subject.there.get(quarter) != profile
        }
        locked = milestones.done_quarters(session)
        done = tuple(
            SetupProblem(SetupProblemCode.QUARTER_DONE, field_names(quarter, subject.measured)[0])
            for quarter in changed
            if quarter in locked
        )
        if problems or done or not changed:
            return Judged((*problems, *done))

        def keep() -> int:
            _keep(session, sent, subject, changed)
            return sent.key.number

        return Judged(keep=keep)


def _subject(session: Session, key: FormKey) -> _Subject | None:
    plan = plans.find(session, key.number)
    if plan is None:
        return None
    if key.kind is FormKind.MILESTONES:
        measured = Measured(plan.polarity, plan.mode, plan.unit)
        return _Subject(plan, measured, milestones.of_target(session, key.number))
    found = milestones.active_proxy(session, key.number)
    if found is None:
        return None
    number, proxy = found
    measured = Measured(proxy.polarity, proxy.mode, proxy.unit)
    there = milestones.of_proxy(session, number)
    return _Subject(plan, measured, there, number, proxy.title)


def _due(plan: TargetPlan, quarter: Quarter) -> bool:
    numbers = tuple(int(number) for number in plan.due)
    in_force = is_active(quarter, plan.active_from, plan.active_to)
    return bool(numbers) and is_due(quarter, numbers) and in_force


def _keep(
    session: Session,
    sent: Sent,
    subject: _Subject,
    changed: Mapping[Quarter, Profile | None],
) -> None:
    if subject.proxy is None:
        milestones.keep_of_target(session, sent.key.number, changed)
    else:
        milestones.keep_of_proxy(session, subject.proxy, changed)
    audit.record(
        session,
        at=sent.now,
        actor=sent.who.number,
        action="milestones changed" if subject.proxy is None else "proxy milestones changed",
        subject=subject.plan.ref,
        before={quarter.label: subject.there.get(quarter) for quarter in changed},
        after={quarter.label: profile for quarter, profile in changed.items()},
    )
