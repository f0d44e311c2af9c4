"""The coach has one say before a return is sent, and never stands in its way."""

from dataclasses import replace

from flows.report_target import FigureTaken, Problems, take_figure
from flows.submit_return import Advised, Submitted, submit
from rules.answers import CommentaryAnswer, FigureAnswer
from rules.coach import Advice
from tests.flows.office import SECOND_DAY, Office
from tests.sample import QUARTER, commentary_step

REF, LEAD = "LAA2-NI154", "target-lead-19"
FIGURE = FigureAnswer("1000", source="Register", as_at=QUARTER.end, quality_confirmed=True)


def on_track(office: Office) -> CommentaryAnswer:
    return replace(commentary_step(office.parts[REF]), cause="We are on track.")


def send(office: Office, answer: CommentaryAnswer, form: str = "V1", *, advised: bool) -> object:
    who, number = office.slack_ids[LEAD], office.numbers[REF]
    return office.do(submit, who, number, QUARTER, answer, form, SECOND_DAY, advised=advised)


def first_step(office: Office, form: str = "V1") -> FigureTaken:
    who, number = office.slack_ids[LEAD], office.numbers[REF]
    taken = office.do(take_figure, who, number, QUARTER, FIGURE, SECOND_DAY, form)
    assert isinstance(taken, FigureTaken)
    return taken


def test_a_first_press_shows_the_advice_and_a_second_always_sends(opened: Office) -> None:
    first_step(opened)
    stopped = send(opened, on_track(opened), advised=False)
    assert isinstance(stopped, Advised)
    assert stopped.step.sitting.advice == (Advice.SOUNDS_WELL,)
    assert stopped.step.sitting.advised
    assert stopped.step.typed == on_track(opened)
    assert opened.keys("return_received") == []
    assert isinstance(send(opened, on_track(opened), advised=True), Submitted)
    assert opened.record(REF).cause == "We are on track."


def test_a_delivery_that_comes_twice_shows_the_advice_twice_and_sends_nothing(
    opened: Office,
) -> None:
    first_step(opened)
    assert isinstance(send(opened, on_track(opened), advised=False), Advised)
    assert isinstance(send(opened, on_track(opened), advised=False), Advised)
    assert opened.keys("return_received") == []


def test_back_and_next_bring_no_second_stop(opened: Office) -> None:
    assert not first_step(opened).sitting.advised
    send(opened, on_track(opened), advised=False)
    again = first_step(opened)
    assert again.sitting.advised
    assert again.sitting.advice == (Advice.SOUNDS_WELL,)
    assert not first_step(opened, "V2").sitting.advised


def test_without_anything_to_say_nothing_stops(opened: Office) -> None:
    first_step(opened)
    whole = commentary_step(opened.parts[REF])
    assert isinstance(send(opened, whole, advised=False), Submitted)


def test_what_is_missing_is_said_before_any_advice(opened: Office) -> None:
    first_step(opened)
    found = send(opened, replace(on_track(opened), actions=()), advised=False)
    assert isinstance(found, Problems)


def test_a_form_just_opened_is_not_told_what_is_still_to_come(opened: Office) -> None:
    assert first_step(opened).sitting.advice == ()
