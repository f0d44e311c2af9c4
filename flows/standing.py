"""Who is asking, what they hold, and whether they may.

It owns loading a person's holdings and turning a missing right into a refusal that says who
can. The right itself is decided by `rules/permissions.py`.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from flows import cycle
from messages.notices.refusals import PersonUnknown, Refused
from rules.permissions import Capability, Holding, Matter, anywhere, may, refusal
from rules.vocabulary import Role
from store import audit, leave, people
from store.people import PersonRecord
from store.targets import TargetRecord


@dataclass(frozen=True, slots=True)
class Asker:
    """A person who asks for something, and the roles they hold today.

    `stands_in_for` are the people, by number, in whose place they answer today.
    """

    person: PersonRecord
    holdings: tuple[Holding, ...]
    stands_in_for: tuple[int, ...] = ()

    @property
    def number(self) -> int:
        """The person's number."""
        return self.person.number

    @property
    def lists(self) -> tuple[int, ...]:
        """The people whose lists they answer: their own, and those of whoever is away."""
        return (self.number, *self.stands_in_for)


def asker(session: Session, slack_id: str, now: datetime) -> Asker | PersonUnknown:
    """Who a Slack id is. Unknown and inactive people get an answer that says whom to ask."""
    person = people.by_slack_id(session, slack_id)
    if person is None or not person.active:
        return PersonUnknown(_holders(session, Role.CENTRAL_TEAM, now))
    today = cycle.today(session, now)
    held = people.holdings(session, person.number, today)
    away = leave.handed_to(session, person.number, today)
    return Asker(person, held, tuple(one.person for one in away))


def number_of(session: Session, slack_id: str) -> int | None:
    """The number of a Slack id, or none."""
    person = people.by_slack_id(session, slack_id)
    return person.number if person else None


def matter_of(target: TargetRecord) -> Matter:
    """A target as permissions see it."""
    return Matter(
        target=target.ref,
        block=target.block,
        partnership=target.partnership,
        eligible_sponsor=target.sponsor is not None and target.sponsor != target.lead,
    )


def allowed(who: Asker, capability: Capability, target: TargetRecord) -> bool:
    """Whether a person may do something to a target."""
    return may(who.holdings, capability, matter_of(target))


def allowed_anywhere(who: Asker, capability: Capability) -> bool:
    """Whether a person may do something to anything at all."""
    return anywhere(who.holdings, capability)


def refused(
    session: Session,
    who: Asker,
    capability: Capability,
    now: datetime,
    target: TargetRecord | None = None,
) -> Refused:
    """A refusal that names who can, kept in the audit."""
    matter = matter_of(target) if target is not None else Matter()
    found = refusal(capability, matter)
    audit.record(
        session,
        at=now,
        actor=who.number,
        action="refused",
        subject=f"{capability}:{target.ref if target else 'programme'}",
    )
    who_can = tuple(role.value for role in found.who_can)
    return Refused(capability.value, who_can, _people_who_can(session, found.who_can, target, now))


def _people_who_can(
    session: Session, roles: tuple[Role, ...], target: TargetRecord | None, now: datetime
) -> tuple[int, ...]:
    """Those nearest to it: of the target's own people, else of the central team or the manager."""
    owners = _owners(target) if target is not None else {}
    near = tuple(number for role in roles if (number := owners.get(role)) is not None)
    if near:
        return near
    beyond = (Role.CENTRAL_TEAM, Role.LAA_MANAGER)
    return next((_holders(session, role, now) for role in beyond if role in roles), ())


def _owners(target: TargetRecord) -> dict[Role, int | None]:
    return {
        Role.TARGET_LEAD: target.lead,
        Role.TARGET_SPONSOR: target.sponsor,
        Role.BLOCK_PERFORMANCE_LEAD: target.performance_lead,
    }


def _holders(session: Session, role: Role, now: datetime) -> tuple[int, ...]:
    return people.holders(session, role, cycle.today(session, now))
