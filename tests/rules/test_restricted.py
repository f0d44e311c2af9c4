import pytest

from rules.permissions import BOARD_CHANNEL_GUEST, Holding, Matter
from rules.restricted import withheld
from rules.vocabulary import Role, RoleScope

MATTER = Matter(target="LAA1-03", block="ENTERPRISE", partnership="HOUSING")
INSIDE, OUTSIDE = frozenset({"HOUSING"}), frozenset({"HEALTH"})


def kept_from(
    *holdings: Holding,
    belongs_to: frozenset[str] = OUTSIDE,
    restricted: bool = True,
    agreed: bool = False,
) -> bool:
    return withheld(holdings, belongs_to, MATTER, restricted=restricted, agreed=agreed)


def test_restricted_figures_are_withheld_outside_their_partnership() -> None:
    other = Holding(Role.TARGET_LEAD, RoleScope.TARGET, "LAA1-09")
    assert kept_from(other)
    assert not kept_from(other, belongs_to=INSIDE)


def test_a_partnership_that_agreed_to_share_withholds_nothing() -> None:
    assert not kept_from(agreed=True)


def test_figures_that_are_not_restricted_are_nobodys_secret() -> None:
    assert not kept_from(restricted=False)


def test_a_public_export_holds_no_restricted_figures() -> None:
    assert kept_from(belongs_to=frozenset())


@pytest.mark.parametrize(
    "holding",
    [
        Holding(Role.CENTRAL_TEAM),
        Holding(Role.LAA_MANAGER),
        Holding(Role.BLOCK_PERFORMANCE_LEAD, RoleScope.BLOCK, "ENTERPRISE"),
        Holding(Role.LIAISON_OFFICER, RoleScope.PARTNERSHIP, "HOUSING"),
        Holding(Role.TARGET_SPONSOR, RoleScope.TARGET, "LAA1-03"),
    ],
)
def test_whoever_may_see_drafts_of_the_target_sees_its_figures(holding: Holding) -> None:
    assert not kept_from(holding)


@pytest.mark.parametrize(
    "holding",
    [
        *BOARD_CHANNEL_GUEST,
        Holding(Role.DISTRICT_COORDINATOR),
        Holding(Role.GO_CONTACT),
        Holding(Role.BLOCK_PERFORMANCE_LEAD, RoleScope.BLOCK, "SAFER"),
        Holding(Role.LIAISON_OFFICER, RoleScope.PARTNERSHIP, "HEALTH"),
    ],
)
def test_the_board_the_districts_and_other_blocks_do_not(holding: Holding) -> None:
    assert kept_from(holding)


def test_a_target_of_no_partnership_is_inside_none() -> None:
    assert withheld((), INSIDE, Matter(target="LAA1-03"), restricted=True, agreed=False)
