"""Messages about messages: what was due, what stands, and what to do where it does not."""

from dataclasses import replace

import pytest

from messages.notices import (
    KINDS,
    actions,
    answers,
    checking,
    home,
    organising,
    partnership,
    refusals,
    replies,
    setup,
    setup_cards,
    why,
)
from messages.notices.deliveries import DeliveriesAmiss, DeliveriesCertified
from messages.wording.subjects import SUBJECT
from rules.cadence import StageKind
from rules.certificate import Tally
from tests.messages.test_states import said

WELL = DeliveriesCertified.example()
AMISS = DeliveriesAmiss.example()
NOT_SENT_LATER = {
    one.__name__
    for one in (
        actions,
        answers,
        checking,
        home,
        organising,
        partnership,
        refusals,
        replies,
        setup,
        setup_cards,
        why,
    )
}


def test_a_certificate_begins_with_its_stage_and_the_four_figures() -> None:
    first = said(WELL).splitlines()[0]
    assert first == "After the window opened: 142 due, 142 posted, 0 missing, 0 twice"


def test_of_reminders_the_day_is_said_as_a_quarter_has_several() -> None:
    words = said(replace(WELL, stage=StageKind.REMIND_SPONSOR))
    assert words.startswith("After sponsors were reminded on Wednesday 1 October: 142 due")


def test_a_stage_the_settings_no_longer_know_is_named_by_its_day() -> None:
    words = said(replace(WELL, stage=None))
    assert words.startswith("After what was due on Wednesday 1 October: 142 due")


def test_the_nights_check_says_itself_in_place() -> None:
    again = "Checked again on Tuesday 7 October at 2am: 147 due, 146 posted"
    assert again in said(WELL)
    assert "Checked again" not in said(replace(WELL, again=None))


@pytest.mark.parametrize(
    ("found", "words"),
    [
        (Tally(due=3, posted=2, on_their_way=1), "2 posted, 0 missing, 0 twice, 1 on its way"),
        (Tally(due=3, posted=1, on_their_way=2), "0 twice, 2 on their way"),
        (Tally(due=3, posted=2, parked=1), "1 message was not sent: Slack refused it"),
        (Tally(due=3, posted=1, unchecked=2), "2 messages could not be checked"),
    ],
)
def test_what_is_neither_posted_nor_lost_is_said_apart(found: Tally, words: str) -> None:
    told = said(replace(WELL, found=found))
    assert words in told
    assert "stands in Slack, once" not in told


def test_something_lost_is_named_with_for_whom_and_what_to_do() -> None:
    words = said(AMISS)
    assert words.startswith("1 message is missing, and 1 stands twice\n")
    assert "A reminder for role 17, due Tuesday 14 October at 9am: missing" in words
    assert "to the central channel, due Tuesday 14 October at 9am: there twice" in words
    assert "reminded with /laa remind and their name" in words


def test_what_to_do_fits_what_was_found() -> None:
    doubled = said(replace(AMISS, found=Tally(due=3, posted=1, twice=2)))
    assert doubled.startswith("2 messages stand twice\n")
    assert "either will do" in doubled
    assert "Tell those people yourself" not in doubled


def test_messages_the_records_do_not_hold_are_said() -> None:
    assert "1 message of mine stands in Slack without a line" in said(replace(WELL, strangers=1))
    assert "2 messages of mine stand in Slack without" in said(replace(WELL, strangers=2))


def test_every_kind_of_message_that_is_sent_unasked_has_a_phrase() -> None:
    sent = {kind for kind, shape in KINDS.items() if shape.__module__ not in NOT_SENT_LATER}
    assert set(SUBJECT) == sent
