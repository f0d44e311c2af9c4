from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.kinds import TargetKind
from rules.quarters import Quarter
from rules.setup_check import check, year_from
from rules.setup_gaps import CheckedTarget, Gap, GapCode, Holder, Place, SetupFacts, StandIn
from rules.setup_invariants import Missing
from rules.setup_target import SMART, TargetPlan
from rules.status import Profile
from rules.vocabulary import Polarity, Role, RoleScope, TargetState, ToleranceMode

Q2 = Quarter(2008, 2)
COLLECTED = TargetKind("C", "Collected", collected=True)
APART = TargetKind("A", "Apart", light_only=True)
WHOLE = TargetPlan(
    ref="LAA1-03",
    kind="C",
    block="1",
    partnership="2",
    title="Homes",
    outcome="Homes people can afford",
    unit="homes",
    smart=SMART,
    baseline_value=Decimal(100),
    baseline_on=date(2008, 3, 31),
    end_value=Decimal(1200),
    end_on=date(2011, 3, 31),
    state=TargetState.AGREED,
    action_plan_in_place=True,
)
MILESTONES = {quarter: Profile(Decimal(10)) for quarter in year_from(Q2)}
TARGET = CheckedTarget(7, WHOLE, COLLECTED, sharing_agreed=True, milestones=MILESTONES)
LEAD = Holder(17, Role.TARGET_LEAD, RoleScope.TARGET, 7, "LAA1-03 Homes", active=True)
SPONSOR = Holder(21, Role.TARGET_SPONSOR, RoleScope.TARGET, 7, "LAA1-03 Homes", active=True)
HOLDERS = (
    Holder(1, Role.CENTRAL_TEAM, RoleScope.NONE, 0, "", active=True),
    Holder(2, Role.CENTRAL_TEAM, RoleScope.NONE, 0, "", active=True),
    Holder(3, Role.BLOCK_PERFORMANCE_LEAD, RoleScope.BLOCK, 1, "Economy", active=True),
    Holder(4, Role.LIAISON_OFFICER, RoleScope.PARTNERSHIP, 2, "Spatial", active=True),
    Holder(21, Role.TARGET_SPONSOR, RoleScope.PARTNERSHIP, 2, "Spatial", active=True),
    LEAD,
    SPONSOR,
)
FACTS = SetupFacts(
    Q2,
    board_confirmed=True,
    targets=(TARGET,),
    blocks=(Place(1, "Economy"),),
    partnerships=(Place(2, "Spatial"),),
    holders=HOLDERS,
)


def of(target: CheckedTarget) -> SetupFacts:
    return replace(FACTS, targets=(target,))


def planned(**changes: object) -> SetupFacts:
    return of(replace(TARGET, plan=replace(WHOLE, **changes)))  # type: ignore[arg-type]  # any field


def without(*holders: Holder) -> SetupFacts:
    return replace(FACTS, holders=tuple(one for one in HOLDERS if one not in holders))


def adding(*holders: Holder) -> SetupFacts:
    return replace(FACTS, holders=(*HOLDERS, *holders))


def test_a_whole_set_up_has_no_gap() -> None:
    assert check(FACTS) == ()


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        (without(HOLDERS[0]), GapCode.FEW_ADMINISTRATORS),
        (replace(FACTS, board_confirmed=False), GapCode.BOARD_UNCONFIRMED),
        (without(HOLDERS[2]), GapCode.BLOCK_WITHOUT_LEAD),
        (without(HOLDERS[3]), GapCode.PARTNERSHIP_WITHOUT_LIAISON),
        (without(LEAD), GapCode.TARGET_WITHOUT_LEAD),
        (without(SPONSOR), GapCode.TARGET_WITHOUT_SPONSOR),
        (without(HOLDERS[4]), GapCode.SPONSOR_NOT_MEMBER),
        (adding(replace(LEAD, person=18)), GapCode.TWO_LEADS),
        (adding(replace(LEAD, person=18, active=False)), GapCode.INACTIVE_HOLDER),
        (replace(FACTS, indicators=(1, 2)), GapCode.INDICATORS_UNOWNED),
        (planned(smart=SMART[1:]), GapCode.NOT_SMART),
        (planned(unit=""), GapCode.NO_UNIT),
        (planned(baseline_on=None), GapCode.NO_BASELINE),
        (planned(end_value=None), GapCode.NO_END),
        (planned(polarity=Polarity.RANGE), GapCode.NO_END),
        (planned(state=TargetState.TO_BE_SET), GapCode.TO_BE_SET_WITHOUT_REASON),
        (planned(due=()), GapCode.NO_DUE_QUARTERS),
        (planned(outcome=""), GapCode.NO_OUTCOME),
        (planned(action_plan_in_place=False), GapCode.NO_ACTION_PLAN),
        (of(replace(TARGET, milestones={})), GapCode.NO_MILESTONE),
        (
            of(replace(TARGET, milestones={**MILESTONES, Q2: Profile(Decimal(0))})),
            GapCode.TOLERANCE_UNDEFINED,
        ),
        (
            of(replace(TARGET, plan=replace(WHOLE, restricted=True), sharing_agreed=False)),
            GapCode.RESTRICTED_WITHOUT_SHARING,
        ),
    ],
)
def test_one_thing_missing_is_one_gap(facts: SetupFacts, code: GapCode) -> None:
    assert [gap.code for gap in check(facts)] == [code]


def test_a_lead_who_is_the_sponsor_is_a_gap() -> None:
    facts = without(LEAD)
    both = replace(facts, holders=(*facts.holders, replace(LEAD, person=21)))
    assert [gap.code for gap in check(both)] == [GapCode.LEAD_IS_SPONSOR]


def test_the_same_lead_twice_is_one_lead() -> None:
    assert check(adding(LEAD)) == ()


def test_a_gap_of_a_role_says_which_role_over_what() -> None:
    (gap,) = check(without(LEAD))
    assert (gap.role, gap.scope, gap.number) == (Role.TARGET_LEAD, RoleScope.TARGET, 7)


def test_milestones_are_wanted_in_the_due_quarters_of_the_year_ahead() -> None:
    bare = replace(TARGET, milestones={}, plan=replace(WHOLE, due=("2", "4")))
    (gap,) = check(of(bare))
    assert gap.quarters == (Q2, Q2.shifted(2))
    ended = replace(bare, plan=replace(bare.plan, active_to=Q2))
    assert check(of(ended))[0].quarters == (Q2,)


def test_a_target_judged_by_its_plan_needs_no_milestone() -> None:
    assert check(of(replace(TARGET, milestones={}, plan=replace(WHOLE, plan_basis=True)))) == ()


def test_a_proxy_needs_milestones_where_the_target_is_not_due() -> None:
    proxy = StandIn(Polarity.HIGHER, ToleranceMode.PERCENT, {})
    yearly = replace(TARGET, plan=replace(WHOLE, due=("2",)), proxy=proxy)
    (gap,) = check(of(yearly))
    assert gap.code is GapCode.PROXY_WITHOUT_MILESTONE
    assert gap.quarters == year_from(Q2)[1:]
    zero = replace(proxy, milestones=dict.fromkeys(year_from(Q2), Profile(Decimal(0))))
    (gap,) = check(of(replace(yearly, proxy=zero)))
    assert gap.code is GapCode.PROXY_TOLERANCE_UNDEFINED


def test_a_target_of_a_kind_that_is_not_collected_needs_no_lead() -> None:
    apart = replace(TARGET, kind=APART, milestones={})
    assert check(replace(of(apart), holders=HOLDERS[:5])) == ()


@pytest.mark.parametrize("state", [TargetState.DRAFT, TargetState.CLOSED])
def test_a_draft_lacks_only_its_outcome_and_a_closed_target_nothing(state: TargetState) -> None:
    bare = replace(WHOLE, state=state, outcome="", unit="", smart=())
    facts = replace(of(replace(TARGET, plan=bare, milestones={})), holders=HOLDERS[:5])
    wanted = [GapCode.NO_OUTCOME] if state is TargetState.DRAFT else []
    assert [gap.code for gap in check(facts)] == wanted


def test_indicators_that_stand_in_the_records_have_an_owner() -> None:
    owned = planned(ni_number=154)
    (gap,) = check(replace(owned, indicators=(153, 154, 155)))
    assert gap == Gap(GapCode.INDICATORS_UNOWNED, numbers=(153, 155))


def test_what_an_agreed_target_lacks_is_said() -> None:
    (gap,) = check(planned(smart=()))
    assert gap.missing == tuple(Missing(name.upper()) for name in SMART)


@given(
    st.lists(st.sampled_from(HOLDERS), unique=True),
    st.lists(st.sampled_from(["unit", "outcome"]), unique=True),
)
def test_gaps_come_in_their_order_and_each_once(holders: list[Holder], cleared: list[str]) -> None:
    plan = replace(WHOLE, **dict.fromkeys(cleared, ""))  # type: ignore[arg-type]  # both are texts
    found = check(replace(of(replace(TARGET, plan=plan)), holders=tuple(holders)))
    order = list(GapCode)
    assert [order.index(gap.code) for gap in found] == sorted(order.index(g.code) for g in found)
    assert len(set(found)) == len(found)
