"""Listeners of what is done to a return that is in: accept, send back, lock, reopen.

They receive, translate, call one flow and answer; a press from a list is answered in its place.
"""

from flows.accepting import accept_all
from flows.moving import Movable, Named, ReasonMissing, may_move, move_on
from flows.target_answer import target_numbered
from handlers.answering import in_modal, in_place, instead, privately, show
from handlers.call import Call
from handlers.context import Context
from messages.forms.go_back_form import go_back_errors, go_back_view, parse_go_back
from messages.notices.answers import TargetAnswer
from messages.notices.checking import AllAccepted, ReturnMoved
from messages.notices.refusals import OutOfDate
from messages.values import unpack_quarter, unpack_version
from rules.lifecycle import Move

NOT_DONE = "Nothing was changed"
DONE = "Done"


async def on_accept(context: Context, call: Call) -> None:
    """Accept a return."""
    await _move(context, call, Move.ACCEPT)


async def on_lock(context: Context, call: Call) -> None:
    """Lock a return."""
    await _move(context, call, Move.LOCK)


async def on_send_back(context: Context, call: Call) -> None:
    """Send a return back: open the form for the reason."""
    await _ask_why(context, call, Move.SEND_BACK)


async def on_reopen(context: Context, call: Call) -> None:
    """Reopen a return: open the form for the reason."""
    await _ask_why(context, call, Move.REOPEN)


async def on_accept_all(context: Context, call: Call) -> None:
    """Accept everything that is in; the list in the channel says so by itself."""
    quarter = unpack_quarter(call.pressed)
    if quarter is None:
        await call.ack()
        await privately(context, call, OutOfDate())
        return
    done = await context.desk.write(accept_all, call.slack_id, quarter, context.clock.now())
    await call.ack()
    if not (isinstance(done, AllAccepted) and done.number and call.is_in_message):
        await privately(context, call, done)


async def _move(context: Context, call: Call, move: Move) -> None:
    """Commit, then show the target as it stands now in place of what was pressed."""
    found, now = unpack_version(call.pressed), context.clock.now()
    if found is None:
        await call.ack()
        await privately(context, call, OutOfDate())
        return
    named = Named(*found)
    done = await context.desk.write(move_on, call.slack_id, move, named, "", now)
    await call.ack()
    if not isinstance(done, ReturnMoved):
        await privately(context, call, OutOfDate() if isinstance(done, ReasonMissing) else done)
        return
    number, quarter = named.target, named.quarter
    after = await context.desk.write(target_numbered, call.slack_id, number, quarter, now)
    await in_place(context, call, after if isinstance(after, TargetAnswer) else done, "Target")


async def _ask_why(context: Context, call: Call, move: Move) -> None:
    await call.ack()
    found, now = unpack_version(call.pressed), context.clock.now()
    if found is None:
        await in_modal(context, call, OutOfDate(), NOT_DONE)
        return
    may = await context.desk.write(may_move, call.slack_id, move, Named(*found), now)
    if isinstance(may, Movable):
        target = may.target
        await show(call, go_back_view(target.ref, target.title, may.move, *found))
    else:
        await in_modal(context, call, may, NOT_DONE)


async def on_go_back(context: Context, call: Call) -> None:
    """The reason was sent."""
    answer = parse_go_back(call.view)
    if answer is None:
        await instead(context, call, OutOfDate(), NOT_DONE)
        return
    named = Named(answer.number, answer.quarter, answer.version)
    now = context.clock.now()
    done = await context.desk.write(move_on, call.slack_id, answer.move, named, answer.why, now)
    if isinstance(done, ReasonMissing):
        await call.ack(response_action="errors", errors=go_back_errors())
    else:
        await instead(context, call, done, DONE if isinstance(done, ReturnMoved) else NOT_DONE)
