"""The central team gives, hands over and ends roles, each from a day on.

It owns these use cases. Who may hold what, and what a new holder does to the one before, is
decided by `rules/roles.py`. Handing over is one transaction: at no time is there nobody or are
there two. Where a window is open, requests go to the new lead at once (`flows/hand_over.py`).
"""

from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session

from flows import cycle, posting
from flows.hand_over import pass_requests_on_everywhere
from flows.setup.admission import admitted
from flows.standing import Asker
from messages.notices.organising_sheets import EndAnswer, Ending, Giving, RoleAnswer
from messages.notices.refusals import OutOfDate, PersonUnknown, Refused
from messages.notices.roles import RoleEnded, RoleGiven
from rules import roles as rule
from rules.organising import Amiss, Fault, Faults
from rules.people import Known
from rules.roles import HandOver, Place, RoleFault, Tenure
from rules.vocabulary import Role, RoleScope
from store import audit, organisation, people, roles

Stranger = PersonUnknown | Refused
SUBJECT_LENGTH = 200
"""Characters of a subject in the audit."""
STARTS, ENDS, PERSON = "starts", "ends", "person"
AT_THE_DAY = frozenset(
    {RoleFault.PAST_DAY, RoleFault.TOO_FAR, RoleFault.HANDED_OVER_LATER, RoleFault.NOT_HELD}
)


@dataclass(frozen=True, slots=True)
class Done:
    """A role was given or ended; what it was over, to be shown again."""

    scope: RoleScope
    over: int


def giving(
    session: Session, slack_id: str, place: Place, now: datetime
) -> Giving | OutOfDate | Stranger:
    """What the form for giving a role shows."""
    who = admitted(session, slack_id, now)
    if not isinstance(who, Asker):
        return who
    over = _over(session, place)
    if over is None or not place.is_known:
        return OutOfDate()
    today = cycle.today(session, now)
    standing = _standing(session, place)
    return Giving(
        place,
        over,
        _holder_today(session, place, today),
        standing.number if standing else None,
        today,
    )


def give_role(
    session: Session, slack_id: str, answer: RoleAnswer, now: datetime
) -> Done | Faults | OutOfDate | Stranger:
    """Give a role from a day on; of a role for one, whoever held it no longer does."""
    who = admitted(session, slack_id, now)
    if not isinstance(who, Asker):
        return who
    over = _over(session, answer.place)
    if over is None:
        return OutOfDate()
    faults = _entered_faults(session, answer)
    if faults or answer.known is None or answer.starts is None:
        return Faults(tuple(faults))
    found = _judged(session, answer, answer.starts, now)
    if isinstance(found, Fault):
        return Faults((found,))
    person = _known_person(session, answer.known, who, now)
    _hand_over(session, answer, over, found, person, who, now)
    return Done(answer.place.scope, answer.place.over or 0)


def ending(
    session: Session, slack_id: str, tenure: int, now: datetime
) -> Ending | OutOfDate | Stranger:
    """What the form for ending a role shows."""
    who = admitted(session, slack_id, now)
    if not isinstance(who, Asker):
        return who
    found = roles.find(session, tenure)
    over = _over(session, found.place) if found else None
    if found is None or over is None:
        return OutOfDate()
    holder = people.by_number(session, found.person)
    first = max(cycle.today(session, now), found.starts)
    return Ending(tenure, found.place, over, holder.label if holder else "", first)


def end_role(
    session: Session, slack_id: str, answer: EndAnswer, now: datetime
) -> Done | Faults | OutOfDate | Stranger:
    """End a role on a day, or call off one that is still to come."""
    who = admitted(session, slack_id, now)
    if not isinstance(who, Asker):
        return who
    found = roles.find(session, answer.tenure)
    over = _over(session, found.place) if found else None
    if found is None or over is None:
        return OutOfDate()
    if answer.ends is None:
        return Faults((Fault(ENDS, Amiss.DAY_MISSING),))
    active = {one.number for one in people.everyone(session) if one.active}
    today = cycle.today(session, now)
    tenures = roles.of_place(session, found.place)
    day = rule.end(found, tenures, active, answer.ends, today)
    if isinstance(day, RoleFault):
        return Faults((Fault(ENDS, Amiss(day.value)),))
    back = rule.given_back(found, tenures, today) if day == found.starts else None
    _end(session, found, day, over, back.person if back else None, who, now)
    if back is not None:
        _give_back(session, back, day, over, who, now)
    pass_requests_on_everywhere(session, now)
    return Done(found.place.scope, found.place.over or 0)


def _standing(session: Session, place: Place) -> Tenure | None:
    """The holding a replacement would end: the last one without an end, of a place for one."""
    if not place.holds_one:
        return None
    return next((one for one in roles.of_place(session, place) if one.ends is None), None)


def _holder_today(session: Session, place: Place, today: date) -> str:
    """Who holds a place for one today, by label; nothing where nobody does."""
    held = [one for one in roles.of_place(session, place) if one.holds_on(today)]
    holder = people.by_number(session, held[0].person) if held and place.holds_one else None
    return holder.label if holder else ""


def _entered_faults(session: Session, answer: RoleAnswer) -> list[Fault]:
    found = []
    if answer.starts is None:
        found.append(Fault(STARTS, Amiss.DAY_MISSING))
    if not answer.person:
        found.append(Fault(PERSON, Amiss.PERSON_MISSING))
    elif answer.known is None or answer.known.slack_id != answer.person:
        found.append(Fault(PERSON, Amiss.PERSON_LOOKED_UP))
    elif answer.known.unfit is not None:
        found.append(Fault(PERSON, Amiss.PERSON_UNFIT, answer.known.unfit.value))
    standing = _standing(session, answer.place)
    if answer.place.holds_one and (standing.number if standing else None) != answer.seen:
        found.append(Fault(PERSON, Amiss.CHANGED_MEANWHILE))
    return found


def _judged(session: Session, answer: RoleAnswer, starts: date, now: datetime) -> HandOver | Fault:
    known = people.by_slack_id(session, answer.person)
    number = known.number if known else 0
    tenures = roles.of_place(session, answer.place)
    found = rule.give(answer.place, tenures, number, starts, cycle.today(session, now))
    if isinstance(found, RoleFault):
        field = STARTS if found in AT_THE_DAY else PERSON
        return Fault(field, Amiss(found.value))
    return _member_fault(session, answer.place, number, starts) or found


def _member_fault(session: Session, place: Place, person: int, starts: date) -> Fault | None:
    """A target's sponsor is a member of its partnership (A6)."""
    if (place.role, place.scope) != (Role.TARGET_SPONSOR, RoleScope.TARGET):
        return None
    partnership = organisation.partnership_of(session, place.over or 0) or 0
    if roles.is_member(session, person, partnership, starts):
        return None
    name = organisation.name_of(session, RoleScope.PARTNERSHIP, partnership) or ""
    return Fault(PERSON, Amiss.NOT_A_MEMBER, name)


def _known_person(session: Session, known: Known, who: Asker, now: datetime) -> int:
    """The person's number; somebody new is entered, somebody who had left is back."""
    before = people.by_slack_id(session, known.slack_id)
    if before is not None and before.active:
        return before.number
    number = people.admit(session, known.slack_id, known.label, known.zone)
    audit.record(
        session,
        at=now,
        actor=who.number,
        action="add person" if before is None else "person is back",
        subject=f"person {number}",
    )
    return number


def _hand_over(
    session: Session,
    answer: RoleAnswer,
    over: str,
    found: HandOver,
    person: int,
    who: Asker,
    now: datetime,
) -> None:
    starts = answer.starts or cycle.today(session, now)
    if found.ends is not None:
        _end(session, found.ends, starts, over, person, who, now)
    number = roles.give(session, answer.place, person, starts)
    given = Tenure(number, answer.place, person, starts)
    _audited(session, "give role", given, over, who, now, after=given)
    before = found.ends.person if found.ends else None
    told = RoleGiven(answer.place.role, answer.place.scope, over, starts, before, who.number)
    posting.to_person(session, f"role:{number}:given", told, person, due_at=now, now=now)
    pass_requests_on_everywhere(session, now)


def _end(
    session: Session,
    tenure: Tenure,
    day: date,
    over: str,
    after: int | None,
    who: Asker,
    now: datetime,
) -> None:
    roles.end(session, tenure.number, day)
    ended = Tenure(tenure.number, tenure.place, tenure.person, tenure.starts, day)
    _audited(session, "end role", tenure, over, who, now, before=tenure, after=ended)
    told = RoleEnded(tenure.place.role, tenure.place.scope, over, day, after, who.number)
    key = f"role:{tenure.number}:ended:{day}:{now:%Y-%m-%dT%H:%M:%S}"
    posting.to_person(session, key, told, tenure.person, due_at=now, now=now)


def _give_back(
    session: Session, tenure: Tenure, day: date, over: str, who: Asker, now: datetime
) -> None:
    """A hand-over was called off: whoever held it until then goes on."""
    roles.end(session, tenure.number, None)
    kept = Tenure(tenure.number, tenure.place, tenure.person, tenure.starts)
    _audited(session, "keep role", tenure, over, who, now, before=tenure, after=kept)
    told = RoleGiven(tenure.place.role, tenure.place.scope, over, day, None, who.number)
    key = f"role:{tenure.number}:given:{day}:{now:%Y-%m-%dT%H:%M:%S}"
    posting.to_person(session, key, told, tenure.person, due_at=now, now=now)


def _over(session: Session, place: Place) -> str | None:
    """The name of what a role is over, empty for the programme; none where it is not there."""
    if place.scope is RoleScope.NONE:
        return ""
    return organisation.name_of(session, place.scope, place.over or 0)


def _audited(
    session: Session,
    action: str,
    tenure: Tenure,
    over: str,
    who: Asker,
    now: datetime,
    before: Tenure | None = None,
    after: Tenure | None = None,
) -> None:
    subject = f"{tenure.place.role} {over}".strip()[:SUBJECT_LENGTH]
    audit.record(
        session,
        at=now,
        actor=who.number,
        action=action,
        subject=subject,
        before=before,
        after=after,
    )
