import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.permissions import (
    BOARD_CHANNEL_GUEST,
    Capability,
    Holding,
    Matter,
    anywhere,
    may,
    may_delegate,
    refusal,
)
from rules.vocabulary import Role, RoleScope

MATTER = Matter(target="LAA1-03", block="ENV", partnership="spatial")
ROLES = [
    Role.TARGET_LEAD,
    Role.TARGET_SPONSOR,
    Role.BLOCK_PERFORMANCE_LEAD,
    Role.DELIVERY_GROUP,
    Role.LIAISON_OFFICER,
    Role.LAA_MANAGER,
    Role.CENTRAL_TEAM,
    Role.DISTRICT_COORDINATOR,
    Role.PSB_MEMBER,
    Role.GO_CONTACT,
]
# The matrix of specification §12 as the paper prints it, column by column as ROLES.
PRINTED = """
SEE_TODO            own own blk own prt Y Y own - -
SEE_STATUS          Y   Y   Y   Y   Y   Y Y Y   Y -
SEE_DRAFTS          own own blk -   prt Y Y -   - -
SUBMIT_RETURN       own -   blk -   -   - Y -   - -
LATE_RETURN         -   -   -   -   -   - Y -   - -
ACCEPT_RETURN       -   -   blk -   -   - Y -   - -
AGREE_BETTER_COLOUR -   -   -   -   -   - Y -   - -
ADD_RISK            own own blk own -   Y Y -   - -
CHANGE_RISK         own own blk -   -   Y Y -   - -
CHANGE_ACTION       own own blk own -   Y Y own - -
RAISE_TO_SPONSOR    own -   blk own -   Y Y -   - -
ACKNOWLEDGE         -   own -   -   -   ? - -   - -
WRITE_CARD          own -   blk -   -   - Y -   - -
RECORD_STEP         -   -   -   -   -   - Y -   - -
BLOCK_FOCUS         -   -   blk -   -   - Y -   - -
LIGHT_RETURNS       -   -   blk -   prt - Y -   - -
GRANT_EXPECTATION   own -   blk -   -   - Y -   - -
FOLLOW_QUARTER      -   -   -   -   -   Y Y -   - -
RUN_QUARTER         -   -   -   -   -   - Y -   - -
PARTNERSHIP_RECORD  own own blk own prt Y Y Y   Y -
PREVIEW_DIGEST      -   -   -   -   -   Y Y -   - -
POST_DIGEST         -   -   -   -   -   - Y -   - -
SET_UP              -   -   -   -   -   - Y -   - -
EXPORT              -   -   -   -   -   Y Y -   - -
ASK_QUESTION        -   Y   Y   -   -   Y Y -   Y -
"""
# Added by the reliability paper (2 and 5): what administrators do about sending itself.
ADDED = "SEE_TO_SENDING      -   -   -   -   -   - Y -   - -"
CELLS = [
    (Capability(row.split()[0]), role, cell)
    for row in [*PRINTED.strip().splitlines(), ADDED]
    for role, cell in zip(ROLES, row.split()[1:], strict=True)
]
SCOPES = {
    Role.TARGET_LEAD: (RoleScope.TARGET, "LAA1-03"),
    Role.TARGET_SPONSOR: (RoleScope.TARGET, "LAA1-03"),
    Role.DELIVERY_GROUP: (RoleScope.TARGET, "LAA1-03"),
    Role.BLOCK_PERFORMANCE_LEAD: (RoleScope.BLOCK, "ENV"),
    Role.LIAISON_OFFICER: (RoleScope.PARTNERSHIP, "spatial"),
}


def held_here(role: Role) -> Holding:
    scope, over = SCOPES.get(role, (RoleScope.NONE, None))
    return Holding(role, scope, over)


def held_elsewhere(role: Role) -> Holding:
    scope, over = SCOPES.get(role, (RoleScope.NONE, None))
    return Holding(role, scope, None if over is None else "another")


@pytest.mark.parametrize(("capability", "role", "cell"), CELLS)
def test_every_role_may_what_the_matrix_says_and_no_more(
    capability: Capability, role: Role, cell: str
) -> None:
    is_district = role is Role.DISTRICT_COORDINATOR and cell == "own"
    matter = Matter("LAA1-03", "ENV", "spatial", district=is_district)
    assert may([held_here(role)], capability, matter) is (cell in {"Y", "own", "blk", "prt"})
    outside = Matter("LAA1-03", "ENV", "spatial")
    assert may([held_elsewhere(role)], capability, outside) is (cell == "Y")


def test_every_right_and_every_role_stands_in_the_matrix() -> None:
    assert {capability for capability, _, _ in CELLS} == set(Capability)
    assert {role for _, role, _ in CELLS} == set(Role)


def test_a_role_over_one_target_gives_nothing_over_a_matter_without_one() -> None:
    assert not may([held_here(Role.TARGET_LEAD)], Capability.SUBMIT_RETURN, Matter(block="ENV"))


def test_a_lead_role_recorded_over_a_block_gives_nothing() -> None:
    wrong = Holding(Role.TARGET_LEAD, RoleScope.BLOCK, "ENV")
    assert not may([wrong], Capability.SUBMIT_RETURN, MATTER)


def test_nobody_acknowledges_an_escalation_of_a_target_they_lead() -> None:
    both = [held_here(Role.TARGET_LEAD), held_here(Role.TARGET_SPONSOR)]
    assert not may(both, Capability.ACKNOWLEDGE, MATTER)
    elsewhere = [held_elsewhere(Role.TARGET_LEAD), held_here(Role.TARGET_SPONSOR)]
    assert may(elsewhere, Capability.ACKNOWLEDGE, MATTER)


def test_a_lead_standing_in_for_the_sponsor_does_not_acknowledge_either() -> None:
    stand_in = Holding(Role.TARGET_SPONSOR, RoleScope.TARGET, "LAA1-03", delegated=True)
    assert may([stand_in], Capability.ACKNOWLEDGE, MATTER)
    assert not may([stand_in, held_here(Role.TARGET_LEAD)], Capability.ACKNOWLEDGE, MATTER)


def test_the_laa_manager_acknowledges_only_where_no_sponsor_may() -> None:
    manager = [held_here(Role.LAA_MANAGER)]
    sponsorless = Matter("LAA1-03", "ENV", "spatial", eligible_sponsor=False)
    assert not may(manager, Capability.ACKNOWLEDGE, MATTER)
    assert may(manager, Capability.ACKNOWLEDGE, sponsorless)
    leads_it = [*manager, held_here(Role.TARGET_LEAD)]
    assert not may(leads_it, Capability.ACKNOWLEDGE, sponsorless)


def test_a_refusal_names_who_can() -> None:
    assert refusal(Capability.SUBMIT_RETURN, MATTER).who_can == (
        Role.TARGET_LEAD,
        Role.BLOCK_PERFORMANCE_LEAD,
        Role.CENTRAL_TEAM,
    )
    assert refusal(Capability.ACKNOWLEDGE, MATTER).who_can == (Role.TARGET_SPONSOR,)
    sponsorless = Matter("LAA1-03", eligible_sponsor=False)
    assert refusal(Capability.ACKNOWLEDGE, sponsorless).who_can == (Role.LAA_MANAGER,)


def test_a_refusal_names_the_district_coordinator_only_for_district_actions() -> None:
    plain = refusal(Capability.CHANGE_ACTION, MATTER).who_can
    with_district = refusal(Capability.CHANGE_ACTION, Matter("LAA1-03", district=True)).who_can
    assert Role.DISTRICT_COORDINATOR not in plain
    assert Role.DISTRICT_COORDINATOR in with_district


def test_a_stranger_in_the_board_channel_may_read_and_ask_and_change_nothing() -> None:
    allowed = {cap for cap in Capability if may(BOARD_CHANNEL_GUEST, cap, MATTER)}
    assert allowed == {
        Capability.SEE_STATUS,
        Capability.PARTNERSHIP_RECORD,
        Capability.ASK_QUESTION,
    }


def test_somebody_without_a_role_may_nothing() -> None:
    assert not any(may([], capability, MATTER) for capability in Capability)


def test_a_command_asks_first_whether_the_right_is_held_at_all() -> None:
    assert anywhere([held_elsewhere(Role.TARGET_LEAD)], Capability.SUBMIT_RETURN)
    assert not anywhere([held_here(Role.TARGET_SPONSOR)], Capability.SUBMIT_RETURN)


def test_a_delegate_has_every_right_but_to_delegate() -> None:
    delegate = Holding(Role.TARGET_LEAD, RoleScope.TARGET, "LAA1-03", delegated=True)
    assert may([delegate], Capability.SUBMIT_RETURN, MATTER)
    assert not may_delegate(delegate)
    assert may_delegate(held_here(Role.TARGET_LEAD))


MATTERS = [MATTER, Matter("LAA1-03", "ENV", "spatial", eligible_sponsor=False)]
HOLDINGS = st.lists(
    st.builds(
        Holding,
        st.sampled_from(Role),
        st.sampled_from(RoleScope),
        st.sampled_from([None, "LAA1-03", "ENV", "spatial", "another"]),
    ),
    max_size=4,
)


@given(HOLDINGS, HOLDINGS, st.sampled_from(Capability), st.sampled_from(MATTERS))
def test_a_further_role_takes_no_right_away_but_that_to_acknowledge_ones_own(
    held: list[Holding], more: list[Holding], capability: Capability, matter: Matter
) -> None:
    before, after = may(held, capability, matter), may([*held, *more], capability, matter)
    if capability is not Capability.ACKNOWLEDGE:
        assert after == (before or may(more, capability, matter))
    elif held_here(Role.TARGET_LEAD) in [*held, *more]:
        assert not after


@given(HOLDINGS, st.sampled_from(Capability))
def test_whoever_is_refused_somewhere_hears_of_somebody_who_can(
    held: list[Holding], capability: Capability
) -> None:
    assert may(held, capability, MATTER) or refusal(capability, MATTER).who_can
