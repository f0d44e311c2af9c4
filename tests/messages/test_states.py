"""How a message changes as answers come: its first line, its buttons, what comes next."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from messages.gallery import Roles
from messages.ids import Action
from messages.notices import Notice
from messages.notices.answers import (
    EscalationsAnswer,
    Help,
    Reminded,
    StatusAnswer,
)
from messages.notices.digest import (
    ActionCount,
    DigestAnnex,
    DigestEscalations,
    DigestFollowUp,
    DigestLine,
    DigestParent,
)
from messages.notices.escalations import (
    EscalatedTarget,
    EscalationEnded,
    EscalationsListed,
    LeadToldOfEscalation,
    SponsorToldOfEscalation,
)
from messages.notices.home import Home
from messages.notices.pausing import PauseStands, ResumeStands
from messages.notices.refusals import Refused
from messages.notices.returns import ReturnReceived, ReturnsOverdue, ReturnsRequested
from messages.notices.returns import ReturnsStillMissing as StillMissing
from messages.notices.samples import DUE, QUARTER, exams, housing
from messages.notices.window import WindowClosed, WindowOpened
from messages.say import Voice
from messages.values import unpack_escalation, unpack_quarter, unpack_target
from rules.annex import AnnexSection
from rules.vocabulary import EscalationEvent, Status
from tests.messages.judges import judge

VOICE = Voice()
ASKED = ReturnsRequested(QUARTER, DUE, (housing(), exams()), date(2008, 10, 14))
BOTH_DONE = (housing(Status.RED), exams(Status.GREEN))
ESCALATED = EscalatedTarget.example()
SPONSOR = SponsorToldOfEscalation.example()
PAUSED, RESUMED = PauseStands.example(), ResumeStands.example()


def said(notice: Notice, voice: Voice = VOICE) -> str:
    payloads = voice.say(notice, Roles())
    for payload in payloads:
        judge(payload)
    return "\n".join(payload.text for payload in payloads)


def buttons(notice: Notice) -> list[tuple[str, str]]:
    found: list[dict[str, Any]] = []
    for payload in VOICE.say(notice, Roles()):
        for block in payload.blocks:
            found += block["elements"] if block["type"] == "actions" else []
            found += [block["accessory"]] if "accessory" in block else []
    return [(button["action_id"], button["text"]["text"]) for button in found]


@pytest.mark.parametrize(
    ("notice", "first"),
    [
        (ASKED, "2 targets to report for July to September 2008, by Tuesday 21 October"),
        (
            replace(ASKED, targets=(housing(),)),
            "1 target to report for July to September 2008, by Tuesday 21 October",
        ),
        (
            replace(ASKED, targets=(housing(Status.RED), exams())),
            "1 of 2 reported. LAA1-04 is left, by Tuesday 21 October.",
        ),
        (
            replace(ASKED, targets=BOTH_DONE),
            "Both targets are reported for July to September 2008",
        ),
        (
            replace(ASKED, targets=BOTH_DONE * 2),
            "All 4 targets are reported for July to September 2008",
        ),
        (
            replace(ASKED, targets=(housing(),) * 6 + BOTH_DONE),
            "2 of 8 reported. 6 are left, by Tuesday 21 October.",
        ),
        (
            replace(ASKED, targets=(housing(Status.RED), exams()), closed=True),
            "The window for July to September 2008 has closed: 1 of 2 targets reported",
        ),
        (
            replace(ASKED, targets=(housing(Status.RED),), closed=True),
            "The window for July to September 2008 has closed. LAA1-03 is reported.",
        ),
    ],
)
def test_the_request_says_what_is_left(notice: ReturnsRequested, first: str) -> None:
    assert said(notice).splitlines()[0] == first


def test_a_target_can_be_changed_while_the_window_is_open_and_not_after() -> None:
    one_done = replace(ASKED, targets=(housing(Status.RED), exams()))
    assert buttons(one_done) == [
        ("report", "Change this return"),
        ("report", "Report this target"),
    ]
    assert buttons(replace(one_done, closed=True)) == []


@pytest.mark.parametrize(
    ("notice", "words"),
    [
        (PAUSED, "11am. 3 people who still owe something are told."),
        (replace(PAUSED, told=0), "Nobody owes anything now, so nobody is told."),
        (
            replace(PAUSED, told=0, unasked=33),
            "11am. 33 people had not been asked yet. They are asked when it goes on.",
        ),
        (
            replace(PAUSED, told=1, unasked=1),
            "1 person who still owes something is told. 1 person had not been asked yet.",
        ),
        (
            replace(PAUSED, notes=2),
            "What was written to all who owe had not reached 2 people yet. It is not sent",
        ),
        (
            replace(RESUMED, told=0, unasked=33),
            "The dates moved on by 3 working days. 33 people are asked now.",
        ),
        (
            replace(RESUMED, unasked=1),
            "3 people who still owe something are told. 1 person is asked now.",
        ),
    ],
)
def test_of_a_pause_the_central_team_reads_who_hears_of_it_and_who_is_asked_later(
    notice: PauseStands | ResumeStands, words: str
) -> None:
    assert words in said(notice)
    assert ("Nobody owes" in said(notice)) == ("Nobody owes" in words)


def test_a_reminder_says_whether_another_comes() -> None:
    missing = StillMissing.example()
    assert "on Friday 17 October, one more reminder comes." in said(missing)
    assert "the last reminder before they are overdue" in said(replace(missing, next_reminder=None))
    assert "The central team asked for this reminder." in said(replace(missing, by_hand=True))


@pytest.mark.parametrize(
    ("step", "words"),
    [
        ("performance_lead", "the performance lead is told next"),
        ("central_team", "the central team is told next"),
        ("close", "the board will read “not submitted”"),
    ],
)
def test_a_nudge_says_who_hears_next(step: Any, words: str) -> None:
    assert words in said(replace(ReturnsOverdue.example(), next_step=step))


def test_a_second_poor_quarter_is_told_on_the_receipt() -> None:
    receipt = ReturnReceived.example()
    assert "a report card is asked for" in said(receipt)
    assert "report card" not in said(replace(receipt, card_will_be_asked=False))


def test_a_receipt_for_somebody_else_names_both() -> None:
    words = said(replace(ReturnReceived.example(), by=5, on_behalf_of=17))
    assert "Reported by role 5 on behalf of role 17." in words


def test_an_acknowledged_target_says_by_whom_and_when_and_has_no_buttons_left() -> None:
    done = replace(SPONSOR, targets=(EscalatedTarget.second_example(),))
    assert said(done).startswith("LAA1-05 is acknowledged for July to September 2008\n")
    assert "Acknowledged by role 21 on Wednesday 29 October at 2pm.\nNote: Raised" in said(done)
    assert buttons(done) == []
    assert len(buttons(SPONSOR)) == 3


def test_a_gap_between_two_poor_quarters_is_said() -> None:
    assert "in between, in January to March and April to June." in said(SPONSOR)


@pytest.mark.parametrize(
    ("event", "words"),
    [
        (EscalationEvent.NEW, "LAA1-06 is red or amber for a second quarter: please acknowledge"),
        (EscalationEvent.CONTINUING, "LAA1-06 is red or amber again: please acknowledge"),
    ],
)
def test_a_sponsor_reads_whether_it_is_new(event: EscalationEvent, words: str) -> None:
    assert said(replace(SPONSOR, targets=(replace(ESCALATED, event=event),))).startswith(words)


def test_a_lead_without_a_sponsor_reads_that_the_laa_manager_was_told() -> None:
    lead = replace(LeadToldOfEscalation.example(), sponsors=(), targets=(ESCALATED, ESCALATED))
    assert "No sponsor is recorded; the LAA manager was told." in said(lead)
    assert said(lead).startswith("2 of your targets are escalated: report cards are due")


def test_an_escalation_ends_in_two_ways() -> None:
    ended = EscalationEnded.example()
    assert "is green again" in said(ended)
    assert "was withdrawn" in said(replace(ended, event=EscalationEvent.WITHDRAWN))


def test_the_board_date_is_asked_for_until_it_is_confirmed() -> None:
    opened = WindowOpened.example()
    assert buttons(opened) == [
        ("confirm_board", "Confirm 19 November"),
        ("change_board", "Set another date"),
    ]
    assert buttons(replace(opened, board_confirmed=True)) == []


def test_buttons_carry_what_they_are_for() -> None:
    (payload,) = VOICE.say(SPONSOR, Roles())
    values = {
        button["action_id"]: button["value"]
        for block in payload.blocks
        if block["type"] == "actions"
        for button in block["elements"]
    }
    assert unpack_escalation(values[Action.ACKNOWLEDGE]) == (ESCALATED.escalation, QUARTER)
    assert unpack_target(values[Action.OPEN_TARGET]) == (ESCALATED.number, QUARTER)
    (opened,) = VOICE.say(WindowOpened.example(), Roles())
    (row,) = (block for block in opened.blocks if block["type"] == "actions")
    assert unpack_quarter(row["elements"][0]["value"]) == QUARTER


@pytest.mark.parametrize(
    ("notice", "words"),
    [
        (replace(WindowClosed.example(), lapsed=()), "40 returns in, none missing"),
        (
            replace(EscalationsListed.example(), targets=(), without_sponsor=()),
            "No target escalated for July to September 2008",
        ),
        (EscalationsAnswer(QUARTER, (), None), "No target escalated for July to September 2008"),
        (DigestEscalations(QUARTER, (), (), (), ()), "Escalations, Q2 2008/09: none"),
        (DigestFollowUp(QUARTER, ()), "last meeting's actions, Q2 2008/09: none"),
        (DigestAnnex(QUARTER, 2, "LAA2", ()), "No exceptions."),
        (replace(StatusAnswer.example(), outstanding=()), "Nothing is outstanding."),
        (Reminded(QUARTER, (), 0, ()), "Nobody was reminded for July to September 2008"),
        (Home(QUARTER, DUE), "Nothing is left for you to do"),
        (Home(QUARTER, DUE, roles_known=False), "I do not know your role yet"),
    ],
)
def test_nothing_is_said_as_a_sentence(notice: Notice, words: str) -> None:
    assert words in said(notice)


def test_the_boards_first_message_has_at_most_twelve_lines() -> None:
    assert len(said(DigestParent.example()).splitlines()) <= 12


def test_a_quiet_quarter_says_none_and_leaves_out_what_is_unknown() -> None:
    quiet = replace(
        DigestParent.example(),
        escalated=0,
        actions=ActionCount(0, 0, 0, 0),
        grant_total_gbp=None,
        preview=True,
    )
    words = said(quiet)
    assert words.startswith("Preview for the central team. The board has not seen this.")
    assert "Escalations: none" in words
    assert "Last meeting's actions: none" in words
    assert "grant:" not in words


def test_an_exception_reads_in_one_line() -> None:
    line = DigestLine.example()
    words = said(DigestAnnex(QUARTER, 1, "Stretch targets", ((AnnexSection.RED, (line,)),)))
    assert (
        "● RED LAA1-11 Increase sanction detections: 24.1%, expected 27.0% "
        "(\N{MINUS SIGN}10.7%), ▼ worsening, risk high, second quarter. "
        "“Two detective posts vacant since May.”"
    ) in words


def test_data_whose_quality_nobody_confirmed_are_flagged_to_the_board() -> None:
    line = replace(DigestLine.example(), quality_confirmed=False)
    annex = DigestAnnex(QUARTER, 1, "Stretch targets", ((AnnexSection.RED, (line,)),))
    assert "The quality of the data is not confirmed." in said(annex)


def test_help_shows_only_what_one_may_do_and_under_the_commands_own_name() -> None:
    assert "remind" not in said(Help("/laa", can_run_cycle=False))
    assert "/targets remind all" in said(Help("/targets", can_run_cycle=True))
    assert "/targets status" in said(WindowOpened.example(), Voice(command="/targets"))


def test_a_refusal_says_who_can() -> None:
    words = said(Refused("ACKNOWLEDGE", ("TARGET_SPONSOR",), (2,)))
    assert words.startswith(
        "You cannot acknowledge this. The target's sponsor can. Please ask role 2."
    )


def test_times_are_told_in_the_voices_own_zone() -> None:
    assert "at 6pm" in said(ReturnReceived.example(), Voice(zone="Europe/Paris"))
