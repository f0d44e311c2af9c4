import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.escalation import Step, corrected, data_chase, walk
from rules.quarters import Quarter
from rules.vocabulary import EscalationEvent, Status
from tests.rules.vectors import Vector, vectors

FIRST = Quarter(2008, 1)
POOR = [Status.RED, Status.AMBER]
HELD_OVER = [
    Status.UNCERTAIN,
    Status.NO_DATA,
    Status.NOT_REQUIRED,
    Status.NOT_SUBMITTED,
]
HISTORIES = st.lists(st.sampled_from(Status), max_size=20)
NONE, NEW, HELD = EscalationEvent.NONE, EscalationEvent.NEW, EscalationEvent.HELD
CONTINUING, RESOLVED = EscalationEvent.CONTINUING, EscalationEvent.RESOLVED
WITHDRAWN = EscalationEvent.WITHDRAWN


def dated(statuses: list[Status], start: Quarter = FIRST) -> list[tuple[Quarter, Status]]:
    return [(start.shifted(n), status) for n, status in enumerate(statuses)]


def events(statuses: list[Status]) -> list[EscalationEvent]:
    return [step.event for step in walk(dated(statuses))]


def last(statuses: list[Status]) -> Step:
    return walk(dated(statuses))[-1]


@pytest.mark.parametrize("vector", vectors("escalation"), ids=str)
def test_the_worked_histories_come_out(vector: Vector) -> None:
    step = last([Status(word) for word in vector.given["history"]])
    assert {"streak": step.streak, "event": step.event} == vector.expect


@pytest.mark.parametrize("silent", HELD_OVER)
def test_a_quarter_without_a_colour_holds_a_poor_quarter_without_escalating(
    silent: Status,
) -> None:
    assert events([Status.RED, silent, silent]) == [NONE, HELD, HELD]
    assert events([silent, Status.RED]) == [NONE, NONE]


def test_an_open_escalation_is_resolved_by_green_and_withdrawn_by_a_new_target() -> None:
    assert events([Status.AMBER, Status.RED, Status.GREEN])[-1] is RESOLVED
    assert events([Status.AMBER, Status.RED, Status.TARGET_TO_BE_SET])[-1] is WITHDRAWN


def test_green_or_a_new_target_without_an_escalation_is_no_event() -> None:
    assert events([Status.RED, Status.GREEN]) == [NONE, NONE]
    assert events([Status.RED, Status.TARGET_TO_BE_SET]) == [NONE, NONE]


def test_after_recovery_a_second_escalation_is_new() -> None:
    poor = [Status.RED, Status.RED]
    assert events([*poor, Status.GREEN, *poor])[-1] is NEW


def test_the_quarters_passed_over_are_named() -> None:
    step = last([Status.RED, Status.NOT_REQUIRED, Status.NO_DATA, Status.AMBER])
    assert step.streak_start == FIRST
    assert step.passed_over == (FIRST.shifted(1), FIRST.shifted(2))


def test_quarters_missing_from_the_history_are_passed_over() -> None:
    steps = walk([(FIRST.shifted(4), Status.RED), (FIRST, Status.RED)])
    assert steps[-1].event is NEW
    assert steps[-1].passed_over == (FIRST.shifted(1), FIRST.shifted(2), FIRST.shifted(3))


def test_without_a_streak_nothing_is_passed_over() -> None:
    step = last([Status.GREEN, Status.NO_DATA])
    assert (step.streak_start, step.passed_over) == (None, ())


def test_nothing_escalates_before_the_rules_take_effect_but_history_counts() -> None:
    steps = walk(dated([Status.RED] * 4), effective_from=FIRST.shifted(2))
    assert [step.event for step in steps] == [NONE, NONE, NEW, CONTINUING]
    assert [step.streak for step in steps] == [1, 2, 3, 4]


def test_a_streak_that_began_before_is_held_when_the_first_quarter_has_no_colour() -> None:
    statuses = [Status.RED, Status.RED, Status.NO_DATA, Status.RED]
    steps = walk(dated(statuses), effective_from=FIRST.shifted(2))
    assert [step.event for step in steps] == [NONE, NONE, HELD, NEW]


def test_a_kind_that_does_not_escalate_has_streaks_and_no_events() -> None:
    steps = walk(dated([Status.RED, Status.RED, Status.NO_DATA]), escalates=False)
    assert [step.event for step in steps] == [NONE] * 3
    assert steps[-1].streak == 2


def test_a_quarter_twice_in_a_history_is_refused() -> None:
    with pytest.raises(ValueError, match="one status"):
        walk([(FIRST, Status.RED), (FIRST, Status.GREEN)])


def test_no_history_has_no_steps() -> None:
    assert walk([]) == ()


@given(HISTORIES, st.data())
def test_a_quarter_without_a_colour_put_in_anywhere_changes_no_later_streak(
    statuses: list[Status], data: st.DataObject
) -> None:
    place = data.draw(st.integers(0, len(statuses)))
    silent = data.draw(st.sampled_from(HELD_OVER))
    longer = [*statuses[:place], silent, *statuses[place:]]
    before, after = walk(dated(statuses)), walk(dated(longer))
    assert [(s.streak, s.event) for s in before[place:]] == [
        (s.streak, s.event) for s in after[place + 1 :]
    ]


@given(HISTORIES)
def test_every_escalation_opens_once_and_closes_at_most_once(statuses: list[Status]) -> None:
    is_open = False
    for step in walk(dated(statuses)):
        assert (step.event is CONTINUING) <= is_open
        assert (step.event in {RESOLVED, WITHDRAWN}) <= is_open
        assert (step.event is NEW) <= (not is_open and step.streak == 2)
        is_open = (is_open or step.event is NEW) and step.event not in {RESOLVED, WITHDRAWN}


@given(HISTORIES)
def test_the_streak_counts_the_poor_quarters_since_the_last_clearing(
    statuses: list[Status],
) -> None:
    for place, step in enumerate(walk(dated(statuses))):
        run: list[Status] = []
        for status in statuses[: place + 1]:
            clears = status in {Status.GREEN, Status.TARGET_TO_BE_SET}
            run = [] if clears else [*run, status]
        assert step.streak == sum(status in POOR for status in run)


@given(HISTORIES)
def test_the_order_in_which_returns_are_read_does_not_matter(statuses: list[Status]) -> None:
    assert walk(reversed(dated(statuses))) == walk(dated(statuses))


@pytest.mark.parametrize(
    ("statuses", "chased"),
    [
        ([Status.NO_DATA, Status.NOT_SUBMITTED], True),
        ([Status.GREEN, Status.NO_DATA, Status.NO_DATA], True),
        ([Status.NO_DATA, Status.NOT_REQUIRED], False),
        ([Status.NO_DATA, Status.NO_DATA, Status.RED], False),
        ([Status.NO_DATA], False),
    ],
)
def test_two_quarters_running_without_data_are_chased(
    statuses: list[Status], *, chased: bool
) -> None:
    assert data_chase(dated(statuses)) is chased


def test_two_quarters_with_a_gap_between_are_not_running() -> None:
    assert not data_chase([(FIRST, Status.NO_DATA), (FIRST.shifted(2), Status.NO_DATA)])


@pytest.mark.parametrize(
    ("kept", "derived", "event"),
    [
        (NEW, NONE, WITHDRAWN),
        (NEW, HELD, WITHDRAWN),
        (WITHDRAWN, NONE, WITHDRAWN),
        (WITHDRAWN, NEW, NEW),
        (CONTINUING, RESOLVED, RESOLVED),
        (NONE, NEW, NEW),
        (NONE, NONE, NONE),
    ],
)
def test_a_corrected_return_withdraws_an_escalation_it_no_longer_justifies(
    kept: EscalationEvent, derived: EscalationEvent, event: EscalationEvent
) -> None:
    assert corrected(kept, derived) is event
