"""Who may hold what, from when to when."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.people import Account, Unfit, judged
from rules.roles import HandOver, Place, RoleFault, Tenure, end, give, given_back
from rules.vocabulary import Role, RoleScope

TODAY = date(2008, 10, 13)
LEAD = Place(Role.TARGET_LEAD, RoleScope.TARGET, 3)
CENTRAL = Place(Role.CENTRAL_TEAM, RoleScope.NONE)
A_DAY = timedelta(days=1)
ONE, ANOTHER = 17, 18
STANDING = Tenure(1, LEAD, ONE, date(2008, 4, 1))

days_ahead = st.integers(0, 366).map(lambda count: TODAY + timedelta(days=count))


def test_a_place_nobody_holds_is_simply_given() -> None:
    assert give(LEAD, (), ONE, TODAY, TODAY) == HandOver()


def test_a_lead_is_replaced_in_one_step() -> None:
    assert give(LEAD, (STANDING,), ANOTHER, TODAY, TODAY) == HandOver(STANDING)


def test_of_a_role_several_hold_nobody_is_replaced() -> None:
    team = (Tenure(1, CENTRAL, ONE, date(2008, 4, 1)),)
    assert give(CENTRAL, team, ANOTHER, TODAY, TODAY) == HandOver()


@given(st.lists(st.tuples(st.integers(1, 6), days_ahead), max_size=8))
def test_however_often_a_lead_is_replaced_there_is_one_at_a_time(
    steps: list[tuple[int, date]],
) -> None:
    tenures = [STANDING]
    for person, day in steps:
        found = give(LEAD, tenures, person, day, TODAY)
        if isinstance(found, RoleFault):
            continue
        if found.ends is not None:
            at = tenures.index(found.ends)
            old = found.ends
            tenures[at] = Tenure(old.number, LEAD, old.person, old.starts, day)
        tenures.append(Tenure(len(tenures) + 1, LEAD, person, day))
    for day in (TODAY + timedelta(days=count) for count in range(400)):
        assert sum(one.holds_on(day) for one in tenures) == 1
    assert sum(one.ends is None for one in tenures) == 1


@pytest.mark.parametrize(
    ("place", "person", "day", "fault"),
    [
        (Place(Role.TARGET_LEAD, RoleScope.BLOCK, 3), ONE, TODAY, RoleFault.WRONG_SCOPE),
        (LEAD, ANOTHER, TODAY - A_DAY, RoleFault.PAST_DAY),
        (LEAD, ANOTHER, TODAY + timedelta(days=367), RoleFault.TOO_FAR),
        (LEAD, ONE, TODAY, RoleFault.HELD_ALREADY),
    ],
)
def test_what_cannot_be_given_says_why(
    place: Place, person: int, day: date, fault: RoleFault
) -> None:
    assert give(place, (STANDING,), person, day, TODAY) is fault


def test_before_somebody_who_is_due_to_take_over_nobody_else_can() -> None:
    ended = Tenure(1, LEAD, ONE, date(2008, 4, 1), date(2008, 12, 1))
    due = Tenure(2, LEAD, ANOTHER, date(2008, 12, 1))
    assert give(LEAD, (ended, due), 19, TODAY, TODAY) is RoleFault.HANDED_OVER_LATER
    assert give(LEAD, (ended, due), 19, date(2008, 12, 1), TODAY) == HandOver(due)


def test_a_role_still_to_come_is_called_off_by_ending_on_its_first_day() -> None:
    due = Tenure(2, LEAD, ANOTHER, date(2008, 12, 1))
    assert end(due, (due,), (ANOTHER,), TODAY, TODAY) == date(2008, 12, 1)


def test_a_hand_over_called_off_gives_the_role_back_to_whom_it_was_taken_from() -> None:
    ended = Tenure(1, LEAD, ONE, date(2008, 4, 1), date(2008, 12, 1))
    due = Tenure(2, LEAD, ANOTHER, date(2008, 12, 1))
    assert given_back(due, (ended, due), TODAY) == ended
    assert given_back(due, (ended, due), date(2008, 12, 1)) is None
    assert given_back(due, (due,), TODAY) is None
    member = Tenure(3, CENTRAL, ANOTHER, date(2008, 12, 1))
    assert given_back(member, (member,), TODAY) is None


def test_the_last_of_the_central_team_stays() -> None:
    one, other = Tenure(1, CENTRAL, ONE, TODAY), Tenure(2, CENTRAL, ANOTHER, TODAY)
    assert end(one, (one,), (ONE,), TODAY, TODAY) is RoleFault.LAST_ADMINISTRATOR
    assert end(one, (one, other), (ONE,), TODAY, TODAY) is RoleFault.LAST_ADMINISTRATOR
    assert end(one, (one, other), (ONE, ANOTHER), TODAY, TODAY) == TODAY
    leaving = Tenure(2, CENTRAL, ANOTHER, TODAY, TODAY + A_DAY)
    assert end(one, (one, leaving), (ONE, ANOTHER), TODAY, TODAY) is RoleFault.LAST_ADMINISTRATOR
    late = Tenure(2, CENTRAL, ANOTHER, TODAY + A_DAY)
    assert end(one, (one, late), (ONE, ANOTHER), TODAY, TODAY) is RoleFault.LAST_ADMINISTRATOR
    assert end(one, (one, late), (ONE, ANOTHER), TODAY + A_DAY, TODAY) == TODAY + A_DAY


@pytest.mark.parametrize(
    ("account", "unfit"),
    [
        (Account("U1", "housing lead", "Europe/London"), None),
        (Account("U1", "x", "", deactivated=True), Unfit.DEACTIVATED),
        (Account("U1", "x", "", bot=True), Unfit.BOT),
        (Account("USLACKBOT", "Slackbot", ""), Unfit.BOT),
        (Account("U1", "x", "", guest=True), Unfit.GUEST),
        (Account("U1", "x", "", at_home=False), Unfit.STRANGER),
    ],
)
def test_only_an_active_human_full_member_of_this_workspace_can_hold_a_role(
    account: Account, unfit: Unfit | None
) -> None:
    assert judged(account).unfit is unfit


def test_a_label_is_cut_to_what_is_kept_and_a_zone_nobody_knows_is_none() -> None:
    known = judged(Account("U1", "x" * 400, "Mars/Olympus"))
    assert (len(known.label), known.zone) == (300, "")
    assert judged(Account("U1", "", "Europe/Dublin")).label == "U1"
