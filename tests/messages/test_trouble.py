"""Messages for administrators: what was not sent and why, and why sending is held."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.fates import WRONG_FORM, WRONG_PLACE
from messages.notices.refusals import AlreadySeenTo
from messages.notices.trouble import MessageNotSent, SeenTo, SendingHeld
from messages.wording.troubles import REMEDY, WHY
from rules.holding import HoldReason
from tests.messages.test_states import said

LOST = MessageNotSent.example()
HELD = SendingHeld.example()
JUMPED = replace(HELD, why=HoldReason.CLOCK_JUMPED, restored_from=None, by_days=-10)
AT = datetime(2008, 10, 9, 9, tzinfo=UTC)


@pytest.mark.parametrize("code", sorted(WRONG_PLACE | WRONG_FORM))
def test_every_word_of_slacks_that_sets_a_message_aside_has_words_for_people(code: str) -> None:
    assert code in WHY
    assert code in REMEDY
    assert code not in said(replace(LOST, why=code))


def test_a_message_not_sent_begins_with_what_it_was_and_for_whom() -> None:
    assert said(LOST).startswith("Not sent: the digest's first message to the board channel\n")
    to_lead = replace(LOST, subject="returns_still_missing", to_person=17, to_channel=None)
    assert said(to_lead).startswith("Not sent: a reminder for role 17\n")


@pytest.mark.parametrize(
    ("parts", "of", "words"),
    [
        ((0,), 1, "Not sent: the digest's first message to"),
        ((2,), 4, "Not sent: the third part of the digest's first message to"),
        ((1, 2), 4, "Not sent: 2 of the 4 parts of the digest's first message to"),
        ((0, 1, 2, 3), 4, "Not sent: the digest's first message to"),
    ],
)
def test_parts_are_named_where_the_others_went_out(
    parts: tuple[int, ...], of: int, words: str
) -> None:
    assert said(replace(LOST, parts=parts, of=of)).startswith(words)


def test_what_waits_behind_is_counted() -> None:
    assert "9 messages that can only follow it wait with it" in said(LOST)
    assert "1 message that can only follow it waits with it" in said(replace(LOST, behind=1))
    assert "follow it" not in said(replace(LOST, behind=0))


def test_what_may_stand_already_is_said_to_be_looked_for() -> None:
    unclear = said(replace(LOST, unclear=True))
    assert "It may stand there already, so I look for it before I send it again." in unclear


def test_a_code_without_words_is_not_shown() -> None:
    words = said(replace(LOST, why="carrier_pigeon"))
    assert "Slack refused it in a word I do not know" in words
    assert "pigeon" not in words


def test_what_was_done_stands_in_the_message_with_who_and_when() -> None:
    done = replace(LOST, done_by=2, done_at=AT)
    again = said(replace(done, done=SeenTo.SENT_AGAIN))
    assert "role 2 had it sent again on Thursday 9 October 2008 at 10am" in again
    dealt = said(replace(done, done=SeenTo.DEALT_WITH))
    assert dealt.startswith("Dealt with: the digest's first message")


@pytest.mark.parametrize(
    ("what", "words"),
    [
        (SeenTo.SENT_AGAIN, "This was sent again on"),
        (SeenTo.DEALT_WITH, "This was dealt with on"),
        (SeenTo.RELEASED, "Sending was released on"),
    ],
)
def test_a_second_press_is_told_who_was_first(what: SeenTo, words: str) -> None:
    told = said(AlreadySeenTo(what, AT, 2))
    assert told.startswith(f"{words} Thursday 9 October 2008 at 10am by role 2.")
    assert "at the command line" in said(AlreadySeenTo(what, AT, None))


def test_after_a_restore_people_are_told_what_is_lost_and_what_release_does() -> None:
    words = said(HELD)
    assert "They stand as they did on Thursday 9 October 2008 at midnight." in words
    assert "please ask those people to report it again" in words
    assert "What stands there is not sent a second time" in words


def test_after_a_jump_people_are_told_which_way_and_what_to_do_first() -> None:
    assert said(JUMPED).startswith("Sending is held: the clock has jumped by 10 days\n")
    assert "went back by 10 days" in said(JUMPED)
    assert "went on by 1 day " in said(replace(JUMPED, by_days=1))
    assert "Please have the clock put right first." in said(JUMPED)


@pytest.mark.parametrize("notice", [LOST, HELD, JUMPED])
def test_what_an_administrator_is_told_directly_says_why_it_is_not_in_the_channel(
    notice: MessageNotSent | SendingHeld,
) -> None:
    reason = "because you run the quarter and this could not be said in the central channel."
    assert reason in said(replace(notice, told=(2, 3)))
    assert "could not be said" not in said(notice)


def test_once_released_it_says_by_whom_and_asks_nothing_more() -> None:
    by_hand = said(replace(JUMPED, released_at=AT, released_by=2))
    assert by_hand.startswith("Sending goes on: released on Thursday 9 October 2008 at 10am")
    assert "role 2 released it." in by_hand
    by_command = said(replace(HELD, released_at=AT))
    assert "Somebody released it at the command line." in by_command
    assert "so that none comes twice" in by_command
