"""The dates of a quarter and its block in focus.

A date left empty follows the settings. The board's date is never chosen beforehand where it is
a suggestion, so that recording another date does not confirm it unseen.
"""

from typing import Any

from slack_sdk.models.blocks import Block

from messages.forms.pieces import choice, chosen_day, form, told
from messages.forms.setup.partnership_form import NO_BLOCK, chosen_number, options_of
from messages.forms.setup.parts import kept, text_of
from messages.forms.state import Entered, View, metadata
from messages.ids import Block as Id
from messages.ids import Callback
from messages.notices.organising_sheets import DatesAnswer, DatesSheet
from messages.values import pack_quarter, unpack_quarter
from messages.wording import days


def dates_view(sheet: DatesSheet, under: str) -> dict[str, Any]:
    """The form: what is past is told, what is still to come can be changed."""
    return form(
        [
            *told(f"{days.months(sheet.quarter)}. {_told(sheet)}"),
            *_opening(sheet),
            *_due(sheet),
            *told(_board_words(sheet)),
            chosen_day(Id.BOARD, "The board meets", sheet.board),
            _focus(sheet),
        ],
        callback=Callback.SETUP_DATES,
        title="Change the dates",
        submit="Record these",
        kept=kept(under, quarter=pack_quarter(sheet.quarter), seen=sheet.seen),
    )


def parse_dates(view: View) -> DatesAnswer | None:
    """What was sent, or none where the form was tampered with."""
    facts, entered = metadata(view), Entered(view)
    quarter = unpack_quarter(text_of(facts, "quarter"))
    if quarter is None:
        return None
    return DatesAnswer(
        quarter,
        entered.day(Id.OPENS),
        entered.day(Id.DUE),
        entered.day(Id.BOARD),
        chosen_number(entered, Id.FOCUS),
        text_of(facts, "seen"),
    )


def _focus(sheet: DatesSheet) -> Block:
    chosen = str(sheet.focus or NO_BLOCK)
    return choice(Id.FOCUS, "Block in focus", options_of(sheet.blocks), chosen)


def _told(sheet: DatesSheet) -> str:
    if sheet.closed:
        return "The window has closed; the board's date can still move."
    if sheet.opened:
        return "The window is open. Everybody who was asked is told once when a date moves."
    return "A date you leave empty follows the settings."


def _opening(sheet: DatesSheet) -> list[Block]:
    if sheet.opened:
        return []
    usual = f"Usually {days.day(sheet.usual_opens)}."
    return [*told(usual), chosen_day(Id.OPENS, "The window opens", sheet.opens)]


def _due(sheet: DatesSheet) -> list[Block]:
    if sheet.closed:
        return []
    usual = "" if sheet.opened else f"Usually {days.day(sheet.usual_due)}."
    return [*told(usual), chosen_day(Id.DUE, "Returns are due", sheet.due)]


def _board_words(sheet: DatesSheet) -> str:
    if sheet.board is not None:
        return "This board's date is confirmed."
    return f"Suggested: {days.day(sheet.usual_board)}. Choose that or another to confirm it."
