"""What loaded statuses show of a target: where it stands, and when it is due."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.quarters import Quarter
from rules.vocabulary import Frequency, Polarity, Status, TargetState
from store.importing.programme import NOT_DUE, Programme, StatusLine, TargetLine

Q1, Q2, Q3 = Quarter(2008, 1), Quarter(2008, 2), Quarter(2008, 3)
REF = "LAA2-NI008"


def a_target(
    frequency: Frequency = Frequency.QUARTERLY, state: TargetState | None = None
) -> TargetLine:
    return TargetLine(
        ref=REF,
        kind="LAA2",
        title="Adult participation in sport",
        block="HCOP",
        partnership="health-wellbeing",
        lead=None,
        sponsor=None,
        performance_lead=None,
        polarity=Polarity.HIGHER,
        frequency=frequency,
        state=state,
    )


def said(**statuses: Status) -> Programme:
    lines = tuple(
        StatusLine(REF, Quarter(int(when[1:5]), int(when[-1])), status)
        for when, status in statuses.items()
    )
    return Programme(statuses=lines)


@pytest.mark.parametrize(
    ("frequency", "due"),
    [
        (Frequency.QUARTERLY, (1, 2, 3, 4)),
        (Frequency.BIANNUAL, (2, 4)),
        (Frequency.ANNUAL, (4,)),
        (Frequency.BIENNIAL, ()),
        (Frequency.SURVEY, ()),
    ],
)
def test_without_a_status_a_target_is_due_as_its_frequency_says(
    frequency: Frequency, due: tuple[int, ...]
) -> None:
    assert Programme().due_quarters(a_target(frequency)) == due


def test_a_status_shows_that_its_quarter_is_due() -> None:
    programme = said(y2008q2=Status.NO_DATA, y2008q4=Status.NOT_REQUIRED)
    assert programme.due_quarters(a_target(Frequency.ANNUAL)) == (2,)


def test_the_latest_quarter_of_a_number_counts() -> None:
    programme = said(y2007q2=Status.RED, y2008q2=Status.NOT_REQUIRED)
    assert programme.due_quarters(a_target()) == (1, 3, 4)


def test_the_quarter_wanted_counts_before_a_later_one_of_its_number() -> None:
    programme = said(y2008q2=Status.RED, y2009q2=Status.NOT_REQUIRED)
    assert programme.due_quarters(a_target(), Q2) == (1, 2, 3, 4)
    assert programme.due_quarters(a_target()) == (1, 3, 4)


def test_a_target_to_be_set_shows_nothing_of_when_it_is_due() -> None:
    programme = said(y2008q2=Status.TARGET_TO_BE_SET)
    assert programme.due_quarters(a_target()) == (1, 2, 3, 4)


@given(
    st.dictionaries(
        st.builds(Quarter, st.integers(2005, 2009), st.integers(1, 4)), st.sampled_from(Status)
    ),
    st.sampled_from(Frequency),
)
def test_a_target_is_due_in_the_quarter_wanted_if_its_status_says_so(
    statuses: dict[Quarter, Status], frequency: Frequency
) -> None:
    programme = Programme(
        statuses=tuple(StatusLine(REF, quarter, status) for quarter, status in statuses.items())
    )
    for quarter, status in statuses.items():
        due = quarter.number in programme.due_quarters(a_target(frequency), quarter)
        if status is not Status.TARGET_TO_BE_SET:
            assert due is (status not in NOT_DUE)


@pytest.mark.parametrize(
    ("given_state", "expected"),
    [
        (None, TargetState.AGREED),
        (TargetState.TO_BE_SET, TargetState.TO_BE_SET),
        (TargetState.CLOSED, TargetState.CLOSED),
    ],
)
def test_without_a_status_the_file_says_where_a_target_stands(
    given_state: TargetState | None, expected: TargetState
) -> None:
    assert Programme().state_of(a_target(state=given_state)) is expected


def test_the_latest_status_up_to_the_quarter_says_whether_a_target_is_set() -> None:
    programme = said(y2008q1=Status.TARGET_TO_BE_SET, y2008q2=Status.RED)
    assert programme.state_of(a_target(), Q1) is TargetState.TO_BE_SET
    assert programme.state_of(a_target(), Q2) is TargetState.AGREED
    assert programme.state_of(a_target(state=TargetState.TO_BE_SET), Q3) is TargetState.AGREED


def test_a_closed_target_stays_closed() -> None:
    programme = said(y2008q2=Status.RED)
    assert programme.state_of(a_target(state=TargetState.CLOSED)) is TargetState.CLOSED
