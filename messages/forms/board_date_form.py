"""Setting the board's date of a quarter."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from messages.forms.pieces import chosen_day, form, told
from messages.forms.problems import KEPT
from messages.forms.state import Entered, View, metadata
from messages.ids import Block as Id
from messages.ids import Callback
from messages.values import pack_quarter, unpack_quarter
from messages.wording import days
from rules.quarters import Quarter


@dataclass(frozen=True, slots=True)
class BoardDateAnswer:
    """What was sent: the quarter and a day, or no day."""

    quarter: Quarter
    board: date | None


def board_date_view(quarter: Quarter, suggested: date) -> dict[str, Any]:
    """The form, with the suggestion chosen."""
    return form(
        [
            *told(
                f"When does the board meet about {days.months(quarter)}? Dates that depend on it "
                "and have not passed move with it; what was sent stays."
            ),
            chosen_day(Id.BOARD, "The board's date", suggested),
        ],
        callback=Callback.BOARD_DATE,
        title="The board's date",
        submit="Set this date",
        kept=json.dumps({"quarter": pack_quarter(quarter)}),
    )


def parse_board_date(view: View) -> BoardDateAnswer | None:
    """What was sent, or none where the form was tampered with."""
    quarter = unpack_quarter(str(metadata(view).get("quarter", "")))
    return None if quarter is None else BoardDateAnswer(quarter, Entered(view).day(Id.BOARD))


def board_date_errors(problems: Sequence[str]) -> dict[str, str]:
    """What keeps a date from being set, at the date. Each problem is a sentence."""
    return {Id.BOARD: " ".join([*(problems or ["Choose a date."]), KEPT])}
