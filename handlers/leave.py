"""Listeners of days away: open the form, for oneself or for somebody, and take it."""

from typing import Any

from flows.leave import AwayAnswer, AwayFaults, AwaySheet, set_away, sheet_of
from handlers.answering import in_modal, instead, show
from handlers.call import Call
from handlers.context import Context
from messages.forms.away_form import away_errors, away_view, parse_away
from messages.notices.refusals import OutOfDate

TITLE = "Days away and hours"


async def on_away(context: Context, call: Call) -> None:
    """I am away: open the form for one's own days."""
    await call.ack()
    await open_away(context, call, "")


async def open_away(context: Context, call: Call, whose: str) -> None:
    """Open the form for somebody by Slack id, or for oneself. The call is acknowledged."""
    found = await context.desk.write(sheet_of, call.slack_id, whose, context.clock.now())
    if not isinstance(found, AwaySheet):
        await in_modal(context, call, found, TITLE)
        return
    view: dict[str, Any] = away_view(
        found.person, found.label, found.hours, found.away, found.delegate
    )
    await show(call, view)


async def on_away_days(context: Context, call: Call) -> None:
    """Days away were sent."""
    entered = parse_away(call.view)
    if entered is None:
        await instead(context, call, OutOfDate(), TITLE)
        return
    answer = AwayAnswer(
        entered.starts,
        entered.ends,
        entered.delegate,
        entered.day_starts,
        entered.day_ends,
        entered.zone,
    )
    done = await context.desk.write(
        set_away, call.slack_id, entered.person, answer, context.clock.now()
    )
    if isinstance(done, AwayFaults):
        await call.ack(response_action="errors", errors=away_errors(done.faults))
    else:
        await instead(context, call, done, TITLE)
