"""What is typed is saved as it is typed: the newest stays, and it is its author's."""

from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from itertools import permutations

import pytest

from flows import typed
from flows.report_target import FigureTaken, Opened, open_sheet
from flows.reshow import reshow, with_last_words
from flows.sitting_down import Desk, sit_down
from flows.submit_return import Submitted
from flows.take_draft import take_over
from flows.typed import Typed, Typing
from messages.notices.refusals import OutOfDate, Refused
from messages.notices.sheets import OthersDraft
from rules.answers import CommentaryAnswer, FigureAnswer, RiskAnswer
from rules.vocabulary import Status
from store import gathered
from store.gathered import GatheredRecord
from tests.flows.office import SECOND_DAY, Office
from tests.sample import CLOSES, QUARTER, commentary_step

REF, LEAD, IN_PLACE = "LAA2-NI154", "target-lead-19", "performance-lead-ede"
A_SECOND = timedelta(seconds=1)
HALF = CommentaryAnswer(cause="Two sites star")


def figure(text: str) -> FigureAnswer:
    return FigureAnswer(text, source="Register", as_at=QUARTER.end, quality_confirmed=True)


def type_in(office: Office, typing: Typing, now: datetime = SECOND_DAY, label: str = LEAD) -> bool:
    who, number = office.slack_ids[label], office.numbers[REF]
    return office.do(typed.keep, who, number, QUARTER, typing, now)


def draft(office: Office, label: str = LEAD) -> Typed:
    return office.do(typed.of, office.numbers[REF], QUARTER, office.people[label])


def opened_by(office: Office, label: str, now: datetime = SECOND_DAY) -> Opened:
    found = office.do(open_sheet, office.slack_ids[label], office.numbers[REF], QUARTER, now)
    assert isinstance(found, Opened)
    return found


def test_what_is_typed_is_there_again_with_the_time_it_was_saved(opened: Office) -> None:
    later = SECOND_DAY + timedelta(minutes=32)
    assert type_in(opened, Typing("V1", SECOND_DAY, figure=figure("10")))
    assert type_in(opened, Typing("V1", later, figure=figure("100")), later)
    again = opened_by(opened, LEAD, later + timedelta(days=1))
    assert (again.typed, again.sitting.saved_at) == (figure("100"), later)
    type_in(opened, Typing("V1", later + A_SECOND, commentary=HALF), later + A_SECOND)
    taken = opened.figure(LEAD, REF, later + timedelta(days=2), figure("1000"))
    assert isinstance(taken, FigureTaken)
    assert (taken.typed, taken.sitting.saved_at) == (HALF, later + A_SECOND)


@pytest.mark.parametrize("order", list(permutations(range(3))), ids=str)
def test_in_whatever_order_deliveries_come_the_newest_stays(
    opened: Office, order: tuple[int, ...]
) -> None:
    for n in order:
        at = SECOND_DAY + n * A_SECOND
        type_in(opened, Typing("V1", at, figure=figure(f"10{n}")))
        type_in(opened, Typing("V1", at, commentary=CommentaryAnswer(cause=f"Cause {n}")))
    kept = draft(opened)
    assert kept.figure == figure("102")
    assert kept.commentary == CommentaryAnswer(cause="Cause 2")


def test_a_delivery_that_comes_twice_changes_nothing(opened: Office) -> None:
    typing = Typing("V1", SECOND_DAY, figure=figure("100"))
    type_in(opened, typing)
    before = draft(opened)
    type_in(opened, typing)
    assert draft(opened) == before


def test_what_was_typed_before_a_step_was_sent_does_not_come_back_over_it(opened: Office) -> None:
    later = SECOND_DAY + timedelta(seconds=5)
    opened.figure(LEAD, REF, later, figure("1000"))
    assert not type_in(opened, Typing("V1", SECOND_DAY, figure=figure("10")), later)
    assert draft(opened).figure == figure("1000")
    assert type_in(opened, Typing("V1", later + A_SECOND, figure=figure("1001")), later)


def test_a_delivery_that_comes_after_the_form_was_sent_brings_no_draft_back(
    opened: Office,
) -> None:
    opened.figure(LEAD, REF, SECOND_DAY, figure("1000"))
    whole = commentary_step(opened.parts[REF])
    assert isinstance(opened.commentary(LEAD, REF, SECOND_DAY, whole, "V1"), Submitted)
    late = SECOND_DAY + timedelta(minutes=1)
    assert not type_in(opened, Typing("V1", late, commentary=HALF), late)
    assert draft(opened) == Typed()
    assert type_in(opened, Typing("V2", late, commentary=HALF), late), "another form is another"


def test_fields_that_another_colour_hides_keep_what_was_typed_in_them(opened: Office) -> None:
    opened.figure(LEAD, REF, SECOND_DAY, figure("1000"))
    who, number = opened.slack_ids[LEAD], opened.numbers[REF]
    before = CommentaryAnswer(
        cause="Two sites started late.",
        risks=(RiskAnswer(text="Flood"),),
        proposed=Status.UNCERTAIN,
        proposed_reason="In doubt",
    )
    opened.do(reshow, who, number, QUARTER, before, SECOND_DAY)
    doubt = CommentaryAnswer(proposed=None, proposed_reason="In doubt")
    shown = frozenset({"proposed", "proposed_reason", "reason", "evidence"})
    later = SECOND_DAY + A_SECOND
    again = opened.do(reshow, who, number, QUARTER, doubt, later, shown=shown)
    assert isinstance(again, FigureTaken)
    assert again.typed is not None
    assert (again.typed.cause, again.typed.risks) == (before.cause, before.risks)
    assert again.outcome.standing is Status.RED


@pytest.mark.parametrize("label", ["target-lead-03", "sponsor-09", "laa-manager-01"])
def test_who_may_not_report_saves_nothing_and_is_not_interrupted(
    opened: Office, label: str
) -> None:
    assert not type_in(opened, Typing("V1", SECOND_DAY, figure=figure("10")), label=label)
    assert draft(opened, label) == Typed()
    assert opened.audited("refused") == []
    stranger = opened.do(
        typed.keep, "UNOBODY", opened.numbers[REF], QUARTER, Typing("V1", None), SECOND_DAY
    )
    assert not stranger


def test_words_typed_past_the_close_are_kept_for_who_may_report(opened: Office) -> None:
    assert type_in(opened, Typing("V1", CLOSES, figure=figure("1000")), CLOSES)
    assert draft(opened).figure == figure("1000")


def test_a_newer_draft_of_somebody_else_is_told_of_and_can_be_taken_over(opened: Office) -> None:
    type_in(opened, Typing("V1", SECOND_DAY, figure=figure("900")), label=IN_PLACE)
    later = SECOND_DAY + A_SECOND
    type_in(opened, Typing("V2", later, figure=figure("1000")), later)
    type_in(opened, Typing("V2", later, commentary=HALF), later)
    found = opened_by(opened, IN_PLACE, later)
    assert found.typed == figure("900"), "one's own comes first"
    assert found.sitting.others == OthersDraft(opened.people[LEAD], LEAD, later)
    author = opened.people[LEAD]
    who, number = opened.slack_ids[IN_PLACE], opened.numbers[REF]
    taken = opened.do(take_over, who, number, QUARTER, author, later + A_SECOND)
    assert isinstance(taken, Opened)
    assert (taken.typed, taken.sitting.others) == (figure("1000"), None)
    assert draft(opened, IN_PLACE).commentary == HALF
    assert draft(opened).figure == figure("1000"), "the lead still has it as well"
    (entry,) = opened.audited("take over draft")
    assert entry.actor == opened.people[IN_PLACE]


def test_an_older_draft_of_somebody_else_is_not_told_of(opened: Office) -> None:
    type_in(opened, Typing("V1", SECOND_DAY, figure=figure("1000")))
    later = SECOND_DAY + A_SECOND
    type_in(opened, Typing("V2", later, figure=figure("900")), later, IN_PLACE)
    assert opened_by(opened, IN_PLACE, later).sitting.others is None
    whole = commentary_step(opened.parts[REF])
    assert isinstance(opened.commentary(IN_PLACE, REF, later, whole, "V2"), Submitted)
    assert opened_by(opened, IN_PLACE, later).sitting.others is None, "the return is newer"


@pytest.mark.parametrize("label", ["target-lead-03", "sponsor-09", "performance-lead-cyp"])
def test_nobody_else_takes_a_draft_over(opened: Office, label: str) -> None:
    type_in(opened, Typing("V1", SECOND_DAY, figure=figure("1000")))
    author, who = opened.people[LEAD], opened.slack_ids[label]
    found = opened.do(take_over, who, opened.numbers[REF], QUARTER, author, SECOND_DAY)
    assert isinstance(found, Refused)
    assert draft(opened, label) == Typed()


def test_a_draft_that_is_gone_is_out_of_date(opened: Office) -> None:
    who, author = opened.slack_ids[LEAD], opened.people[IN_PLACE]
    found = opened.do(take_over, who, opened.numbers[REF], QUARTER, author, SECOND_DAY)
    assert found == OutOfDate()


def test_a_figure_that_came_in_a_sheet_is_there_to_be_checked(opened: Office) -> None:
    number = opened.numbers[REF]
    came = GatheredRecord(
        number, QUARTER, Decimal(1_000), "Block sheet of 3 October", None, None, SECOND_DAY
    )
    opened.do(gathered.keep, (came,))
    found = opened_by(opened, LEAD)
    assert found.sheet.gathered_from == "Block sheet of 3 October"
    assert found.typed is not None
    assert (found.typed.figure, found.typed.as_at) == ("1000", QUARTER.end)
    assert not found.typed.quality_confirmed
    type_in(opened, Typing("V1", SECOND_DAY, figure=figure("990")))
    assert opened_by(opened, LEAD).typed == figure("990"), "what a person typed comes first"


def test_last_times_words_come_first_and_nothing_typed_is_lost(opened: Office) -> None:
    now = SECOND_DAY
    opened.report(REF, now)
    desk = opened.do(sit_down, opened.slack_ids[LEAD], opened.numbers[REF], QUARTER, now)
    assert isinstance(desk, Desk)
    last = replace(desk.one.history[-1], quarter=QUARTER.previous, cause="Late.", reason_text="?")
    one = replace(desk.one, history=(last,))
    typed_now = CommentaryAnswer(cause="And wet.", risks=(RiskAnswer(None, "New"),))
    filled = with_last_words(one, typed_now, frozenset({"cause"}))
    assert (filled.cause, filled.reason_text) == ("Late.\nAnd wet.", "")
    assert filled.risks == typed_now.risks
    again = with_last_words(one, filled, frozenset({"cause"}))
    assert again.cause == filled.cause
