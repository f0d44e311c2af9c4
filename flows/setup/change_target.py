"""A target's parts are changed, a target is closed, a new one is made.

It owns these changes and their audit. A changed tolerance counts for later returns only: what
was sent keeps the criteria it was judged by.
"""

from dataclasses import fields
from datetime import datetime

from sqlmodel import Session

from flows import cycle
from flows.setup.shape import Judged, Sent, Shown
from rules.quarters import reporting_quarter
from rules.setup_fields import SetupProblem, SetupProblemCode, Typed, Values, read
from rules.setup_forms import FormKey, FormKind
from rules.setup_invariants import problems
from rules.setup_target import Part, TargetPlan, begun, fields_of, shown, units_of, with_values
from store import audit, targets
from store.setup import milestones, plans


class TargetPart:
    """One part of a target that stands."""

    @staticmethod
    def shown(session: Session, key: FormKey, now: datetime) -> Shown | None:
        """The part as it stands; a target to be closed ends with the quarter reported now."""
        plan = plans.find(session, key.number)
        if plan is None:
            return None
        part = Part(key.kind.value)
        typed = shown(plan, part)
        if part is Part.CLOSING:
            last = plan.active_to or reporting_quarter(cycle.today(session, now))
            typed = {"active_to": last.label, "set_reason": ""}
        return Shown(
            about=f"{plan.ref} {plan.title}",
            subject=plan.ref,
            fields=fields_of(part, plan),
            typed=typed,
            unit=plan.unit,
            offered=_offered(session),
        )

    @staticmethod
    def judged(session: Session, sent: Sent) -> Judged:
        """The target with what was sent, judged by every invariant."""
        number, part = sent.key.number, Part(sent.key.kind.value)
        before = plans.find(session, number)
        if before is None:
            raise LookupError(f"Target {number} is gone.")
        values, unread = _read(session, before, part, sent.typed)
        after = with_values(before, part, values)
        zero = milestones.zero_ends(
            milestones.of_target(session, number), milestones.done_quarters(session)
        )
        unfit = {one.field for one in unread}
        found = problems(before, after, part, zero_milestone=zero)
        amiss = (*unread, *(one for one in found if one.field not in unfit))
        if amiss or after == before:
            return Judged(amiss)

        def keep() -> int:
            plans.keep(session, number, after)
            _audit(session, sent, before, after)
            return number

        return Judged(keep=keep)


class NewTarget:
    """A target that is still to be made."""

    @staticmethod
    def shown(session: Session, _key: FormKey, _now: datetime) -> Shown | None:
        """An empty form."""
        bare = TargetPlan("", "", "", "", "")
        typed = shown(bare, Part.CREATION)
        offered = _offered(session)
        return Shown("", "", fields_of(Part.CREATION, bare), typed, offered=offered)

    @staticmethod
    def judged(session: Session, sent: Sent) -> Judged:
        """A draft with what was sent, if its reference is new. Sent twice, it is made once."""
        bare = TargetPlan("", "", "", "", "")
        values, unread = _read(session, bare, Part.CREATION, sent.typed)
        after = begun(values)
        there = targets.number_of(session, after.ref)
        if there is not None and plans.find(session, there) == after:
            return Judged()
        found = (*unread, *problems(None, after, Part.CREATION))
        if there is not None:
            found = (*found, SetupProblem(SetupProblemCode.REF_TAKEN, "ref", (after.ref,)))
        if found:
            return Judged(found)

        def keep() -> int:
            number = plans.add(session, after)
            audit.record(
                session,
                at=sent.now,
                actor=sent.who.number,
                action="target added",
                subject=after.ref,
                after=after,
            )
            return number

        return Judged(keep=keep)


def _read(
    session: Session, plan: TargetPlan, part: Part, typed: Typed
) -> tuple[Values, tuple[SetupProblem, ...]]:
    """The values of a form, those that the records must offer checked against them."""
    units = units_of(plan, typed.get("unit"), typed.get("mode"))
    values, unread = read(fields_of(part, plan), typed, units)
    offered = _offered(session)
    strange = tuple(
        SetupProblem(SetupProblemCode.NOT_OFFERED, name)
        for name in offered
        if name in values and values[name] not in offered[name]
    )
    for one in strange:
        values.pop(one.field)
    return values, (*unread, *strange)


def _offered(session: Session) -> dict[str, dict[str, str]]:
    offer = plans.offer(session)
    return {name: offer.of(name) for name in ("kind", "block", "partnership")}


def _audit(session: Session, sent: Sent, before: TargetPlan, after: TargetPlan) -> None:
    """What differs, before and after."""
    names = [field.name for field in fields(TargetPlan)]
    differing = [name for name in names if getattr(before, name) != getattr(after, name)]
    closing = sent.key.kind is FormKind.CLOSING
    audit.record(
        session,
        at=sent.now,
        actor=sent.who.number,
        action="target closed" if closing else "target changed",
        subject=before.ref,
        before={name: getattr(before, name) for name in differing},
        after={name: getattr(after, name) for name in differing},
    )
