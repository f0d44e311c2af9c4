from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.override import OverrideRefusedError, overridden, proposable
from rules.status import Decision
from rules.vocabulary import Status, StatusBasis

COMPUTED = Decision(Status.AMBER, StatusBasis.MEASURE, shortfall=Decimal(5))


@pytest.mark.parametrize("proposed", [Status.RED, Status.UNCERTAIN])
def test_a_worse_colour_or_uncertain_holds_at_once(proposed: Status) -> None:
    override = overridden(COMPUTED, proposed, agreed=False)
    assert override.decision.status is proposed
    assert override.decision.basis is StatusBasis.OVERRIDE
    assert override.waiting is None


def test_a_better_colour_waits_for_the_central_team() -> None:
    override = overridden(COMPUTED, Status.GREEN, agreed=False)
    assert override.decision == COMPUTED
    assert override.waiting is Status.GREEN
    assert overridden(COMPUTED, Status.GREEN, agreed=True).decision.status is Status.GREEN


def test_a_colour_where_none_was_computed_waits_too() -> None:
    no_data = Decision(Status.NO_DATA)
    assert overridden(no_data, Status.RED, agreed=False).waiting is Status.RED


def test_proposing_the_computed_status_changes_nothing() -> None:
    assert overridden(COMPUTED, Status.AMBER, agreed=False).decision == COMPUTED


@pytest.mark.parametrize("proposed", [Status.NO_DATA, Status.NOT_REQUIRED])
def test_nobody_proposes_a_status_without_a_colour_but_uncertain(proposed: Status) -> None:
    with pytest.raises(OverrideRefusedError, match="Propose"):
        overridden(COMPUTED, proposed, agreed=True)


def test_a_target_to_be_set_is_never_coloured_by_hand() -> None:
    with pytest.raises(OverrideRefusedError, match="no reported status"):
        overridden(Decision(Status.TARGET_TO_BE_SET), Status.GREEN, agreed=True)


@pytest.mark.parametrize("computed", Status)
def test_what_may_be_proposed_is_every_colour_and_uncertain_but_the_computed_one(
    computed: Status,
) -> None:
    offered = proposable(Decision(computed))
    nothing = {Status.TARGET_TO_BE_SET, Status.NOT_REQUIRED, Status.NOT_SUBMITTED}
    whole = {Status.GREEN, Status.AMBER, Status.RED, Status.UNCERTAIN}
    assert set(offered) == (set() if computed in nothing else whole - {computed})


@given(st.sampled_from(Status), st.sampled_from(Status))
def test_what_is_offered_is_taken_and_never_waits_and_holds_at_once(
    computed: Status, proposed: Status
) -> None:
    decision = Decision(computed, StatusBasis.MEASURE)
    if proposed not in proposable(decision):
        return
    found = overridden(decision, proposed, agreed=False)
    holds = found.decision.status is proposed
    assert holds != (found.waiting is proposed)
    assert holds == (found.decision.basis is StatusBasis.OVERRIDE)
    assert overridden(decision, proposed, agreed=True).decision.status is proposed
