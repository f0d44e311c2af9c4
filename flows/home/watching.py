"""What a Home shows of others' targets: blocks, partnerships, risks, and who still owes.

It owns gathering these parts. It must not change anything.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import datetime

from sqlmodel import Session

from flows import lines, nudging, reaching, standing
from flows.histories import Walked
from flows.home.outlook import Outlook
from flows.material import records
from messages.notices.common import KindCount
from messages.notices.home_parts import Overview, PersonOwing, Watched
from rules.annex import natural_key
from rules.digest import counts
from rules.leave import Leave
from rules.lifecycle import Phase
from rules.owed import Owed
from rules.permissions import Capability
from rules.risk import is_significant
from rules.vocabulary import EscalationEvent, ReturnState, Role
from store import leave, people, proposals, registers
from store.targets import TargetRecord

STANDING = frozenset({EscalationEvent.NEW, EscalationEvent.CONTINUING, EscalationEvent.HELD})
"""The events that leave an escalation open."""
MOST_OWING = 10
"""The people an overview names; the others are counted."""


def overviews(seen: Outlook) -> tuple[Overview, ...]:
    """The blocks a person speaks for, and the partnerships they are liaison officer of."""
    blocks = (
        _overview(seen, code, lambda target: target.block, lambda target: target.block_name)
        for code in sorted(seen.over(Role.BLOCK_PERFORMANCE_LEAD))
    )
    partnerships = (
        _overview(
            seen,
            code,
            lambda target: target.partnership,
            lambda target: target.partnership_name,
            is_partnership=True,
        )
        for code in sorted(seen.over(Role.LIAISON_OFFICER))
    )
    return tuple(one for one in (*blocks, *partnerships) if one is not None)


def owing(session: Session, seen: Outlook) -> tuple[PersonOwing, ...]:
    """Who still owes a return, whoever owes most first, and when they were nudged today."""
    missing = [item for item in seen.picture.owed if not item.reported]
    if not seen.planned.is_open:
        return ()
    grouped = by_person(missing)
    known = [person for person in grouped if person is not None]
    nudged = nudging.today(session, seen.planned, known, seen.now)
    away = {
        one.person: one for one in leave.not_over(session, seen.today) if one.covers(seen.today)
    }
    readers = reaching.everybody(session, seen.now)
    return tuple(
        _owes(person, refs, nudged, away, readers.stand_ins) for person, refs in grouped.items()
    )


def _owes(
    person: int | None,
    refs: tuple[str, ...],
    nudged: Mapping[int, datetime],
    away: Mapping[int, Leave],
    stand_ins: Collection[int],
) -> PersonOwing:
    """Somebody who still owes, and who answers for them meanwhile if they are away."""
    if person is None:
        return PersonOwing(None, refs)
    found = away.get(person)
    answers = found.delegate if found and found.delegate in stand_ins else None
    return PersonOwing(person, refs, nudged.get(person), found.ends if found else None, answers)


def proposals_waiting(session: Session, seen: Outlook) -> tuple[str, ...]:
    """The targets whose lead proposed a colour that this person may agree to."""
    if not standing.allowed_anywhere(seen.who, Capability.AGREE_BETTER_COLOUR):
        return ()
    waiting = proposals.targets_waiting(session, seen.planned.quarter)
    known = (seen.picture.targets.get(number) for number in waiting)
    mine = (
        one.ref
        for one in known
        if one is not None and standing.allowed(seen.who, Capability.AGREE_BETTER_COLOUR, one)
    )
    return tuple(sorted(mine, key=natural_key))


def to_accept(seen: Outlook) -> int:
    """How many returns are in that this person may accept and nobody has."""
    planned, targets = seen.planned, seen.picture.targets
    if planned.phase(seen.now) not in {Phase.OPEN, Phase.CLOSED}:
        return 0
    return sum(
        seen.picture.state(item.target) is ReturnState.SUBMITTED
        and standing.allowed(seen.who, Capability.ACCEPT_RETURN, targets[item.target])
        for item in seen.picture.owed
    )


def watched(session: Session, seen: Outlook) -> tuple[Watched, ...]:
    """The targets with a high risk or an escalation, and who supports them (A10)."""
    threshold = seen.planned.settings.significant_risk
    scores = highest_risks(session)
    liaisons = people.liaison_officers(session, seen.today)
    escalated = {one.target.number: shown.event for one, shown in seen.found.all_escalated()}
    return tuple(
        _watched(one, scores.get(one.target.number), escalated.get(one.target.number), liaisons)
        for one in seen.found.walked
        if is_significant(scores.get(one.target.number), threshold)
        or escalated.get(one.target.number) in STANDING
    )


def highest_risks(session: Session) -> dict[int, int]:
    """The highest score among the open risks of each target, by number."""
    found: dict[int, int] = {}
    for risk in registers.open_risks(session):
        score = risk.likelihood * risk.impact
        found[risk.target] = max(score, found.get(risk.target, 0))
    return found


def by_person(missing: Iterable[Owed]) -> dict[int | None, tuple[str, ...]]:
    """The references still owed, by whoever is asked for them or nobody; most of them first."""
    found: dict[int | None, list[str]] = {}
    for item in missing:
        found.setdefault(item.lead or item.performance_lead, []).append(item.ref)
    ordered = ((person, tuple(sorted(refs, key=natural_key))) for person, refs in found.items())
    return dict(sorted(ordered, key=lambda pair: (-len(pair[1]), natural_key(pair[1][0]))))


def _overview(
    seen: Outlook,
    code: str,
    code_of: Callable[[TargetRecord], str],
    name_of: Callable[[TargetRecord], str],
    *,
    is_partnership: bool = False,
) -> Overview | None:
    within = [target for target in seen.picture.targets.values() if code_of(target) == code]
    if not within:
        return None
    refs = {target.ref for target in within}
    owed = [item for item in seen.picture.owed if item.ref in refs]
    missing = [item for item in owed if not item.reported]
    people_owing = tuple(by_person(missing).items()) if seen.planned.is_open else ()
    listed = [record for record in records(seen.found) if record.ref in refs]
    return Overview(
        name_of(within[0]),
        seen.planned.is_open,
        len(owed) - len(missing),
        len(missing),
        tuple(KindCount(one.label, one.counts, one.red_for_want_of_data) for one in counts(listed)),
        tuple(PersonOwing(person, owes) for person, owes in people_owing[:MOST_OWING]),
        max(0, len(people_owing) - MOST_OWING),
        is_partnership,
    )


def _watched(
    one: Walked, score: int | None, event: EscalationEvent | None, liaisons: dict[str, int]
) -> Watched:
    target = one.target
    return Watched(
        target.ref,
        target.title,
        one.history[-1].status if one.history else None,
        lines.risk_rating(score),
        event,
        target.lead,
        target.sponsor,
        liaisons.get(target.partnership),
        target.performance_lead,
    )
