"""The three small forms under a lead's list: remind me later, not mine, I need help."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from messages.forms.pieces import chosen_day, form, told, typed_text
from messages.forms.problems import KEPT
from messages.forms.state import Entered, View
from messages.forms.target_choice import ChosenTarget, packed_list, parse_target, target_blocks
from messages.ids import Block as Id
from messages.ids import Callback
from messages.notices.common import TargetToReport
from messages.wording import days
from rules.quarters import Quarter

LONGEST_TROUBLE: Final = 500


@dataclass(frozen=True, slots=True)
class AsideAnswer:
    """What was sent: the target, and a day or words where the form asks for them."""

    quarter: Quarter
    target: int | str | None
    until: date | None
    words: str


def put_off_view(
    person: int, quarter: Quarter, targets: Sequence[TargetToReport], usual: date, due: date
) -> dict[str, Any]:
    """Remind me later."""
    last = days.day(due, quarter.end.year)
    return form(
        [
            *target_blocks(targets),
            chosen_day(Id.UNTIL, "Do not remind me of it before", usual),
            *told(
                f"It is due on {last}, as before; that day and later it is always named. "
                "A target can be put off once in a quarter."
            ),
        ],
        callback=Callback.TARGET_PUT_OFF,
        title="Remind me later",
        submit="Remind me then",
        kept=packed_list(person, quarter, targets),
    )


def not_mine_view(
    person: int, quarter: Quarter, targets: Sequence[TargetToReport]
) -> dict[str, Any]:
    """This isn't mine."""
    return form(
        [
            *target_blocks(targets),
            typed_text(
                Id.WHOSE,
                "Who should have it, if you know?",
                multiline=True,
                longest=LONGEST_TROUBLE,
            ),
            *told(
                "The performance lead is told and finds out. Until a new lead is recorded it stays "
                "on your list."
            ),
        ],
        callback=Callback.TARGET_NOT_MINE,
        title="This isn't mine",
        submit="Say so",
        kept=packed_list(person, quarter, targets),
    )


def need_help_view(
    person: int, quarter: Quarter, targets: Sequence[TargetToReport]
) -> dict[str, Any]:
    """I need help."""
    return form(
        [
            *target_blocks(targets),
            typed_text(
                Id.TROUBLE,
                "What is the trouble?",
                multiline=True,
                hint="A few words are enough, such as: two districts have not sent their figures.",
                longest=LONGEST_TROUBLE,
            ),
            *told("The partnership's liaison officer and the central team are told, and write."),
        ],
        callback=Callback.HELP_WANTED,
        title="I need help",
        submit="Ask for help",
        kept=packed_list(person, quarter, targets),
    )


def parse_aside(view: View) -> AsideAnswer | None:
    """What was sent, or none where the form was tampered with."""
    found: ChosenTarget | None = parse_target(view)
    if found is None:
        return None
    entered = Entered(view)
    words = entered.text(Id.WHOSE) or entered.text(Id.TROUBLE)
    return AsideAnswer(found.quarter, found.target, entered.day(Id.UNTIL), words)


def target_missing() -> dict[str, str]:
    """No target was chosen."""
    return {Id.TARGET: f"Choose the target that is meant. {KEPT}"}


def target_not_known() -> dict[str, str]:
    """The reference that was typed is none of the list."""
    return {Id.TARGET: f"That is no reference of your list. Look it up in the message. {KEPT}"}


def trouble_missing() -> dict[str, str]:
    """Nothing was said about the trouble."""
    return {Id.TROUBLE: f"Say in a few words what the trouble is. {KEPT}"}


def day_impossible(due: date) -> dict[str, str]:
    """The day cannot be chosen."""
    words = f"Choose a day after today, and no later than the due day, {days.day(due)}."
    return {Id.UNTIL: f"{words} {KEPT}"}
