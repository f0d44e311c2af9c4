"""Who may hold what, from when to when (specification §2).

It owns which roles are held over what, how many may hold one at a time, and what giving,
handing over and ending does to those before. Days are whole: a tenure holds from its first day
on and no longer on the day it ends. It must not know a person but by number.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from rules.vocabulary import Role, RoleScope

HELD_OVER: Mapping[RoleScope, tuple[Role, ...]] = {
    RoleScope.TARGET: (Role.TARGET_LEAD, Role.TARGET_SPONSOR, Role.DELIVERY_GROUP),
    RoleScope.BLOCK: (Role.BLOCK_PERFORMANCE_LEAD,),
    # A sponsor over a partnership is a senior member of it, who can sponsor its targets (A6).
    RoleScope.PARTNERSHIP: (Role.LIAISON_OFFICER, Role.TARGET_SPONSOR),
    RoleScope.NONE: (
        Role.CENTRAL_TEAM,
        Role.LAA_MANAGER,
        Role.PSB_MEMBER,
        Role.DISTRICT_COORDINATOR,
        Role.GO_CONTACT,
    ),
}
ONE_AT_A_TIME = frozenset(
    {
        (Role.TARGET_LEAD, RoleScope.TARGET),
        (Role.TARGET_SPONSOR, RoleScope.TARGET),
        (Role.BLOCK_PERFORMANCE_LEAD, RoleScope.BLOCK),
        (Role.LIAISON_OFFICER, RoleScope.PARTNERSHIP),
    }
)
FURTHEST_AHEAD = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class Place:
    """A role over something: the number of its target, block or partnership, or none."""

    role: Role
    scope: RoleScope
    over: int | None = None

    @property
    def is_known(self) -> bool:
        """Whether such a role is held over such a thing."""
        return self.role in HELD_OVER[self.scope]

    @property
    def holds_one(self) -> bool:
        """Whether one person at a time holds it."""
        return (self.role, self.scope) in ONE_AT_A_TIME


@dataclass(frozen=True, slots=True)
class Tenure:
    """One person's holding of a place, by its own number. `ends` is the first day without it."""

    number: int
    place: Place
    person: int
    starts: date
    ends: date | None = None

    def holds_on(self, day: date) -> bool:
        """Whether it is held on a day."""
        return self.starts <= day and (self.ends is None or day < self.ends)

    def begins_after(self, day: date) -> bool:
        """Whether it is still to come, and not called off."""
        return self.starts > day and self.starts != self.ends


class RoleFault(StrEnum):
    """Why a role cannot be given or ended so."""

    WRONG_SCOPE = "WRONG_SCOPE"
    PAST_DAY = "PAST_DAY"
    TOO_FAR = "TOO_FAR"
    HELD_ALREADY = "HELD_ALREADY"
    HANDED_OVER_LATER = "HANDED_OVER_LATER"
    NOT_A_MEMBER = "NOT_A_MEMBER"
    LAST_ADMINISTRATOR = "LAST_ADMINISTRATOR"
    NOT_HELD = "NOT_HELD"


@dataclass(frozen=True, slots=True)
class HandOver:
    """What giving a place does: the tenure that ends on the day, if any."""

    ends: Tenure | None = None


def give(
    place: Place, tenures: Iterable[Tenure], person: int, day: date, today: date
) -> HandOver | RoleFault:
    """Give a place to a person from a day on; of a place for one, its holder's tenure ends.

    `tenures` are those of the place. A day gone by is refused, because whoever was asked then
    was asked for good; so is a day before somebody else is already due to take over.
    """
    if not place.is_known:
        return RoleFault.WRONG_SCOPE
    if fault := _day_fault(day, today):
        return fault
    held = [one for one in tenures if one.holds_on(day)]
    later = [one for one in tenures if one.begins_after(day)]
    if any(one.person == person for one in held):
        return RoleFault.HELD_ALREADY
    if later and (place.holds_one or any(one.person == person for one in later)):
        return RoleFault.HANDED_OVER_LATER
    return HandOver(held[0] if held and place.holds_one else None)


def end(
    tenure: Tenure, tenures: Iterable[Tenure], active: Iterable[int], day: date, today: date
) -> date | RoleFault:
    """The day a tenure ends; one still to come is called off by ending on its first day.

    `tenures` are those of the place, `active` the people who can act. The central team is never
    left without anybody.
    """
    if fault := _day_fault(day, today):
        return fault
    if tenure.ends is not None and tenure.ends <= day:
        return RoleFault.NOT_HELD
    ends = max(day, tenure.starts)
    if tenure.place.role is Role.CENTRAL_TEAM and not _somebody_stays(
        tenure, tenures, frozenset(active), ends
    ):
        return RoleFault.LAST_ADMINISTRATOR
    return ends


def given_back(tenure: Tenure, tenures: Iterable[Tenure], today: date) -> Tenure | None:
    """Whose holding goes on after all when a hand-over still to come is called off, or none."""
    if not (tenure.place.holds_one and tenure.begins_after(today)):
        return None
    return next(
        (one for one in tenures if one.ends == tenure.starts and one.number != tenure.number), None
    )


def _somebody_stays(
    leaving: Tenure, tenures: Iterable[Tenure], active: frozenset[int], day: date
) -> bool:
    """Whether somebody else who can act is there on the day and has no end set."""
    return any(
        one.number != leaving.number
        and one.person in active
        and one.holds_on(day)
        and one.ends is None
        for one in tenures
    )


def _day_fault(day: date, today: date) -> RoleFault | None:
    if day < today:
        return RoleFault.PAST_DAY
    return RoleFault.TOO_FAR if day - today > FURTHEST_AHEAD else None
