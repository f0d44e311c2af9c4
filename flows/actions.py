"""Actions: saying how one stands, and the list of those that are open.

It owns these use cases. Who may is decided by `rules/permissions.py`, what an update needs by
`rules/actions.py`.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlmodel import Session

from flows import cycle, standing
from flows.answers import current_quarter
from flows.standing import Asker
from messages.notices.actions import ActionsAnswer, ActionSheet, OpenAction
from messages.notices.refusals import OutOfDate, PersonUnknown, Refused
from rules.actions import UpdateFault, Which, days_overdue, quarter_of_update, update_faults
from rules.actions import listed as in_order
from rules.permissions import Capability, may
from rules.vocabulary import ActionState
from store import audit, inbox, quarters, registers, targets
from store.registers import ActionRecord
from store.targets import TargetRecord

MOST_LISTED = 30
"""As many as an answer has room for."""

NotUpdated = OutOfDate | PersonUnknown | Refused


@dataclass(frozen=True, slots=True)
class Updating:
    """An action this person may say something of, and their number."""

    sheet: ActionSheet
    by: int


@dataclass(frozen=True, slots=True)
class Faulty:
    """An update that lacks something; nothing was kept."""

    faults: tuple[UpdateFault, ...]


@dataclass(frozen=True, slots=True)
class Updated:
    """An update that is kept, now or when the same form came before."""

    sheet: ActionSheet


def may_update(
    session: Session, slack_id: str, number: int, now: datetime
) -> Updating | NotUpdated:
    """The action as its form shows it, for whoever may say how it stands."""
    who = standing.asker(session, slack_id, now)
    if isinstance(who, PersonUnknown):
        return who
    found = registers.action(session, number)
    quarter = current_quarter(session, now)
    today = cycle.today(session, now)
    target = targets.in_quarter(session, found.target, quarter, today) if found else None
    if found is None or target is None:
        return OutOfDate()
    if not may_say(who, found, target):
        return standing.refused(session, who, Capability.CHANGE_ACTION, now, target)
    shown = open_action(found, target, today)
    return Updating(ActionSheet(shown, found.state), who.number)


def update(
    session: Session,
    slack_id: str,
    number: int,
    state: ActionState | None,
    note: str,
    form: str,
    now: datetime,
) -> Updated | Faulty | NotUpdated:
    """Keep how an action stands. `form` names the opened form: sent twice it has one effect."""
    found = may_update(session, slack_id, number, now)
    if not isinstance(found, Updating):
        return found
    faults = update_faults(state, note)
    if faults or state is None:
        return Faulty(faults)
    if not inbox.first_time(session, f"action:{form}", now):
        return Updated(found.sheet)
    before = registers.action(session, number)
    current = current_quarter(session, now)
    record = quarters.find(session, current)
    quarter = quarter_of_update(current, record.state) if record else current
    registers.update_action(session, number, quarter, state=state, text=note, by=found.by, now=now)
    audit.record(
        session,
        at=now,
        actor=found.by,
        action="update action",
        subject=f"{found.sheet.action.ref}:action {number}",
        before=before,
        after=registers.action(session, number),
    )
    return Updated(replace(found.sheet, state=state))


def listed(
    session: Session, slack_id: str, which: Which, now: datetime
) -> ActionsAnswer | PersonUnknown | Refused:
    """The open or overdue actions a person may see, the longest overdue first."""
    who = standing.asker(session, slack_id, now)
    if isinstance(who, PersonUnknown):
        return who
    if not standing.allowed_anywhere(who, Capability.SEE_TODO):
        return standing.refused(session, who, Capability.SEE_TODO, now)
    today = cycle.today(session, now)
    programme = {
        one.number: one for one in targets.programme(session, current_quarter(session, now), today)
    }
    seen = [
        action
        for action in registers.actions(session)
        if action.target in programme and _sees(who, action, programme[action.target])
    ]
    found = in_order(seen, which, today)
    shown = _shown(who, found[:MOST_LISTED], programme, today)
    return ActionsAnswer(which, shown, late_among(found, today), len(found) - len(shown))


def late_among(found: Iterable[ActionRecord], today: date) -> int:
    """How many of them are overdue."""
    return sum(1 for one in found if days_overdue(one.state, one.due_on, today))


def may_say(who: Asker, action: ActionRecord, target: TargetRecord) -> bool:
    """Whether a person may say how an action stands."""
    return _may(who, Capability.CHANGE_ACTION, action, target)


def names(who: Asker, action: ActionRecord) -> bool:
    """Whether an action names a person as its owner."""
    return action.owner.strip().casefold() == who.person.label.strip().casefold()


def open_action(
    action: ActionRecord, target: TargetRecord, today: date, *, can_update: bool = False
) -> OpenAction:
    """An action as a list shows it."""
    return OpenAction(
        number=action.number,
        ref=target.ref,
        text=action.text,
        owner=action.owner,
        due_on=action.due_on,
        state=action.state,
        days_overdue=days_overdue(action.state, action.due_on, today),
        update=action.update_note,
        can_update=can_update,
    )


def _shown(
    who: Asker, listed: Iterable[ActionRecord], programme: dict[int, TargetRecord], today: date
) -> tuple[OpenAction, ...]:
    return tuple(
        open_action(
            action,
            programme[action.target],
            today,
            can_update=may_say(who, action, programme[action.target]),
        )
        for action in listed
    )


def _sees(who: Asker, action: ActionRecord, target: TargetRecord) -> bool:
    return names(who, action) or _may(who, Capability.SEE_TODO, action, target)


def _may(who: Asker, capability: Capability, action: ActionRecord, target: TargetRecord) -> bool:
    matter = replace(standing.matter_of(target), district=bool(action.districts))
    return may(who.holdings, capability, matter)
