"""What a Home is gathered from: one look at the quarter and at whatever concerns a person.

It owns this look; any number of targets costs the same few statements. It must not change
anything.
"""

from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session

from flows import actions, cycle, histories, owing, standing
from flows.answers import current_quarter
from flows.cycle import Cycle
from flows.histories import Histories
from flows.owing import Owing
from flows.standing import Asker
from rules.permissions import Capability
from rules.vocabulary import Role, RoleScope
from store import registers, targets
from store.registers import ActionRecord
from store.targets import TargetRecord


@dataclass(frozen=True, slots=True)
class Outlook:
    """A person before the current quarter.

    `found` and `picture` hold the targets that concern them, which are all of them for whoever
    follows the quarter. `actions` are all that are still to be done.
    """

    who: Asker
    now: datetime
    planned: Cycle
    found: Histories
    picture: Owing
    actions: tuple[ActionRecord, ...]

    @property
    def today(self) -> date:
        """The day it is where the partnership is."""
        return self.planned.local_day(self.now)

    @property
    def follows(self) -> bool:
        """Whether this person follows the quarter as a whole."""
        return standing.allowed_anywhere(self.who, Capability.FOLLOW_QUARTER)

    def holds(self, role: Role) -> bool:
        """Whether this person holds a role."""
        return any(holding.role is role for holding in self.who.holdings)

    def over(self, role: Role) -> frozenset[str]:
        """The codes of what this person holds a role over."""
        held = (holding.over for holding in self.who.holdings if holding.role is role)
        return frozenset(code for code in held if code is not None)

    def is_own(self, target: TargetRecord) -> bool:
        """Whether this person leads, sponsors or works on a target."""
        return target.ref in _over(self.who, RoleScope.TARGET)


def look(session: Session, who: Asker, now: datetime) -> Outlook:
    """Look at the current quarter with a person's eyes."""
    planned = cycle.of(session, current_quarter(session, now))
    on = planned.local_day(now)
    still = registers.open_actions(session)
    only = _concerned(session, who, still)
    return Outlook(
        who,
        now,
        planned,
        histories.up_to(session, planned, on, only),
        owing.in_quarter(session, planned.quarter, on, only),
        still,
    )


def _concerned(
    session: Session, who: Asker, still: tuple[ActionRecord, ...]
) -> frozenset[int] | None:
    """The targets that concern a person; none for all of them."""
    if standing.allowed_anywhere(who, Capability.FOLLOW_QUARTER):
        return None
    held = targets.numbers_under(
        session,
        refs=_over(who, RoleScope.TARGET),
        blocks=_over(who, RoleScope.BLOCK),
        partnerships=_over(who, RoleScope.PARTNERSHIP),
    )
    district = any(holding.role is Role.DISTRICT_COORDINATOR for holding in who.holdings)
    theirs = (
        action.target
        for action in still
        if actions.names(who, action) or (district and action.districts)
    )
    return held.union(theirs)


def _over(who: Asker, scope: RoleScope) -> frozenset[str]:
    held = (holding.over for holding in who.holdings if holding.scope is scope)
    return frozenset(code for code in held if code is not None)
