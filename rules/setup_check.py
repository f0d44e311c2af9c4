"""The set-up check: every gap of the set-up, from facts handed in (A4 to A13, B6 to B13, H12).

It owns what counts as a gap. It must not look anything up, word anything or
name a kind of target: kinds are asked for their flags.
"""

from collections.abc import Collection, Iterable, Iterator
from typing import Final

from rules.due_returns import is_active, is_due
from rules.quarters import Quarter
from rules.setup_gaps import CheckedTarget, Gap, GapCode, Holder, SetupFacts
from rules.setup_invariants import Missing, gaps
from rules.setup_milestones import fits, has_zero
from rules.setup_target import TargetPlan
from rules.status import Profile
from rules.vocabulary import Polarity, Role, RoleScope, TargetState, ToleranceMode

YEAR_AHEAD: Final = 4
ADMINISTRATORS: Final = 2
"""Fewer than two, and nobody answers when one is on leave (reliability paper, decision 9)."""


def year_from(quarter: Quarter) -> tuple[Quarter, ...]:
    """The quarters whose milestones are looked at."""
    return tuple(quarter.shifted(by) for by in range(YEAR_AHEAD))


def check(facts: SetupFacts) -> tuple[Gap, ...]:
    """Every gap, in the order of `GapCode` and then of the records."""
    found = [
        *_of_programme(facts),
        *_of_places(facts),
        *_of_holders(facts.holders),
        *_of_targets(facts),
        *_of_indicators(facts),
    ]
    order = {code: place for place, code in enumerate(GapCode)}
    return tuple(sorted(found, key=lambda gap: order[gap.code]))


def _of_programme(facts: SetupFacts) -> Iterator[Gap]:
    team = {one.person for one in _holding(facts.holders, Role.CENTRAL_TEAM) if one.active}
    if len(team) < ADMINISTRATORS:
        yield Gap(GapCode.FEW_ADMINISTRATORS, number=len(team), role=Role.CENTRAL_TEAM)
    if not facts.board_confirmed:
        yield Gap(GapCode.BOARD_UNCONFIRMED, quarters=(facts.quarter,))


def _of_places(facts: SetupFacts) -> Iterator[Gap]:
    wanted = (
        (
            GapCode.BLOCK_WITHOUT_LEAD,
            RoleScope.BLOCK,
            Role.BLOCK_PERFORMANCE_LEAD,
            facts.blocks,
        ),
        (
            GapCode.PARTNERSHIP_WITHOUT_LIAISON,
            RoleScope.PARTNERSHIP,
            Role.LIAISON_OFFICER,
            facts.partnerships,
        ),
    )
    for code, scope, role, places in wanted:
        held = {one.over for one in _holding(facts.holders, role) if one.active}
        for place in places:
            if place.number not in held:
                yield Gap(code, scope, place.number, place.name, role)


def _of_holders(holders: Iterable[Holder]) -> Iterator[Gap]:
    for one in holders:
        if not one.active:
            yield Gap(
                GapCode.INACTIVE_HOLDER, one.scope, one.over, one.over_name, one.role, one.person
            )


def _of_targets(facts: SetupFacts) -> Iterator[Gap]:
    leads = _by_target(facts.holders, Role.TARGET_LEAD)
    sponsors = _by_target(facts.holders, Role.TARGET_SPONSOR)
    members = {
        (one.over, one.person)
        for one in facts.holders
        if one.active and one.scope is RoleScope.PARTNERSHIP
    }
    quarters = year_from(facts.quarter)
    for target in facts.targets:
        if target.plan.state is TargetState.CLOSED:
            continue
        if _is_asked_for(target):
            yield from _owners(
                target, leads.get(target.number, ()), sponsors.get(target.number, ()), members
            )
            yield from _milestones(target, quarters)
        yield from _of_plan(target)


def _owners(
    target: CheckedTarget,
    leads: tuple[int, ...],
    sponsors: tuple[int, ...],
    members: Collection[tuple[int, int]],
) -> Iterator[Gap]:
    partnership = int(target.plan.partnership)
    outsiders = [one for one in sponsors if (partnership, one) not in members]
    lead, sponsor = Role.TARGET_LEAD, Role.TARGET_SPONSOR
    amiss = {
        (GapCode.TARGET_WITHOUT_LEAD, lead): not leads,
        (GapCode.TWO_LEADS, lead): len(set(leads)) > 1,
        (GapCode.TARGET_WITHOUT_SPONSOR, sponsor): not sponsors,
        (GapCode.LEAD_IS_SPONSOR, sponsor): bool(set(leads) & set(sponsors)),
        (GapCode.SPONSOR_NOT_MEMBER, sponsor): bool(outsiders),
    }
    for (code, role), is_amiss in amiss.items():
        person = outsiders[0] if code is GapCode.SPONSOR_NOT_MEMBER and outsiders else None
        if is_amiss:
            yield _of(target, code, role, person)


def _milestones(target: CheckedTarget, quarters: tuple[Quarter, ...]) -> Iterator[Gap]:
    plan, proxy = target.plan, target.proxy
    if plan.state is not TargetState.AGREED:
        return
    due = [quarter for quarter in quarters if _due(plan, quarter)]
    if not plan.due and proxy is None:
        yield _of(target, GapCode.NO_DUE_QUARTERS)
    if not plan.plan_basis:
        yield from _without(target, GapCode.NO_MILESTONE, plan.polarity, target.milestones, due)
    if proxy is not None:
        between = [
            quarter for quarter in quarters if _in_force(plan, quarter) and quarter not in due
        ]
        code = GapCode.PROXY_WITHOUT_MILESTONE
        yield from _without(target, code, proxy.polarity, proxy.milestones, between)


def _without(
    target: CheckedTarget,
    code: GapCode,
    polarity: Polarity,
    milestones: dict[Quarter, Profile],
    wanted: Iterable[Quarter],
) -> Iterator[Gap]:
    lacking = tuple(
        quarter for quarter in wanted if not fits(polarity, milestones.get(quarter, Profile()))
    )
    if lacking:
        yield Gap(code, RoleScope.TARGET, target.number, target.name, quarters=lacking)


def _of_plan(target: CheckedTarget) -> Iterator[Gap]:
    plan, proxy = target.plan, target.proxy
    if plan.state is TargetState.AGREED:
        yield from _lacking(target)
    to_be_set = plan.state is TargetState.TO_BE_SET
    amiss = {
        GapCode.TO_BE_SET_WITHOUT_REASON: to_be_set
        and not (plan.set_reason and plan.expected_set_by),
        GapCode.TOLERANCE_UNDEFINED: _per_cent_of_zero(plan.mode, target.milestones),
        GapCode.PROXY_TOLERANCE_UNDEFINED: proxy is not None
        and _per_cent_of_zero(proxy.mode, proxy.milestones),
        GapCode.NO_OUTCOME: not plan.outcome,
        GapCode.NO_ACTION_PLAN: _is_asked_for(target) and not plan.action_plan_in_place,
    }
    yield from (_of(target, code) for code, is_amiss in amiss.items() if is_amiss)
    if plan.restricted and not target.sharing_agreed:
        code, scope = GapCode.RESTRICTED_WITHOUT_SHARING, RoleScope.PARTNERSHIP
        yield Gap(code, scope, int(plan.partnership), target.name)


def _per_cent_of_zero(mode: ToleranceMode, milestones: dict[Quarter, Profile]) -> bool:
    return mode is ToleranceMode.PERCENT and any(map(has_zero, milestones.values()))


_LACKS: Final = {
    GapCode.NOT_SMART: (
        Missing.SPECIFIC,
        Missing.MEASURABLE,
        Missing.ACHIEVABLE,
        Missing.RELEVANT,
        Missing.TIME_BOUND,
    ),
    GapCode.NO_UNIT: (Missing.UNIT,),
    GapCode.NO_BASELINE: (Missing.BASELINE_VALUE, Missing.BASELINE_ON),
    GapCode.NO_END: (Missing.END_VALUE, Missing.END_ON),
}


def _lacking(target: CheckedTarget) -> Iterator[Gap]:
    lacks = gaps(target.plan)
    for code, names in _LACKS.items():
        missing = tuple(name for name in names if name in lacks)
        if missing:
            yield Gap(code, RoleScope.TARGET, target.number, target.name, missing=missing)


def _of_indicators(facts: SetupFacts) -> Iterator[Gap]:
    """Indicators that no partnership manages: every one in the records has a partnership (A13)."""
    owned = {target.plan.ni_number for target in facts.targets}
    unowned = tuple(number for number in sorted(facts.indicators) if number not in owned)
    if unowned:
        yield Gap(GapCode.INDICATORS_UNOWNED, numbers=unowned)


def _is_asked_for(target: CheckedTarget) -> bool:
    """Whether people answer for it: of a collected kind, agreed or to be set."""
    settled = target.plan.state in {TargetState.AGREED, TargetState.TO_BE_SET}
    return target.kind.collected and settled


def _due(plan: TargetPlan, quarter: Quarter) -> bool:
    numbers = tuple(int(number) for number in plan.due)
    return bool(numbers) and is_due(quarter, numbers) and _in_force(plan, quarter)


def _in_force(plan: TargetPlan, quarter: Quarter) -> bool:
    return is_active(quarter, plan.active_from, plan.active_to)


def _of(
    target: CheckedTarget, code: GapCode, role: Role | None = None, person: int | None = None
) -> Gap:
    return Gap(code, RoleScope.TARGET, target.number, target.name, role, person)


def _holding(holders: Iterable[Holder], role: Role) -> Iterator[Holder]:
    return (one for one in holders if one.role is role)


def _by_target(holders: Iterable[Holder], role: Role) -> dict[int, tuple[int, ...]]:
    """Active holders by target."""
    found: dict[int, tuple[int, ...]] = {}
    for one in _holding(holders, role):
        if one.active and one.scope is RoleScope.TARGET:
            found[one.over] = (*found.get(one.over, ()), one.person)
    return found
