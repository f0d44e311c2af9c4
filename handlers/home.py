"""The Home tab: what is yours, the same as `mine` says."""

from flows import answers, events
from handlers.call import Call
from handlers.context import Context
from messages.forms.answer_view import home_view


async def on_home(context: Context, call: Call) -> None:
    """Somebody opened the Home tab."""
    await call.ack()
    if call.event.get("tab", "home") != "home":
        return
    if await context.desk.read(events.was_heard, call.event_id):
        return
    await publish_home(context, call)
    await context.desk.write(events.hear, call.event_id, context.clock.now())


async def publish_home(context: Context, call: Call) -> None:
    """Show somebody's own list in their Home tab, as it stands now."""
    found = await context.desk.read(answers.mine, call.slack_id, context.clock.now())
    view = home_view(await context.say(found))
    await call.client.views_publish(user_id=call.slack_id, view=view)
