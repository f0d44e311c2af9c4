"""Listeners of the board's date: confirm it as suggested, or set another."""

from flows.board_date import BoardDate, may_set_board, set_board
from handlers.answering import in_modal, instead, privately, show
from handlers.call import Call
from handlers.context import Context
from messages.forms.board_date_form import board_date_errors, board_date_view, parse_board_date
from messages.notices.answers import BoardDateStands
from messages.notices.refusals import CalendarNotTaken, OutOfDate
from messages.values import unpack_quarter

CANNOT_SET = "The board's date"


async def on_confirm_board(context: Context, call: Call) -> None:
    """Confirm the date as it stands."""
    quarter = unpack_quarter(call.pressed)
    if quarter is None:
        await call.ack()
        await privately(context, call, OutOfDate())
        return
    done = await context.desk.write(set_board, call.slack_id, quarter, None, context.clock.now())
    await call.ack()
    stands = BoardDateStands(done.quarter, done.board) if isinstance(done, BoardDate) else done
    await privately(context, call, stands)


async def on_change_board(context: Context, call: Call) -> None:
    """Set another date: open the form for it."""
    await call.ack()
    quarter = unpack_quarter(call.pressed)
    if quarter is None:
        await in_modal(context, call, OutOfDate(), CANNOT_SET)
        return
    found = await context.desk.write(may_set_board, call.slack_id, quarter, context.clock.now())
    if isinstance(found, BoardDate):
        await show(call, board_date_view(quarter, found.board))
    else:
        await in_modal(context, call, found, CANNOT_SET)


async def on_board_date(context: Context, call: Call) -> None:
    """A date was sent."""
    answer = parse_board_date(call.view)
    if answer is None:
        await instead(context, call, OutOfDate(), CANNOT_SET)
        return
    if answer.board is None:
        await call.ack(response_action="errors", errors=board_date_errors(()))
        return
    done = await context.desk.write(
        set_board, call.slack_id, answer.quarter, answer.board, context.clock.now()
    )
    if isinstance(done, CalendarNotTaken):
        await call.ack(response_action="errors", errors=board_date_errors(done.problems))
    elif isinstance(done, BoardDate):
        await call.ack()
    else:
        await instead(context, call, done, CANNOT_SET)
