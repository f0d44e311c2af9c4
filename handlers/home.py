"""The Home tab: what is yours, the same as `mine` says."""

from flows import answers
from handlers.call import Call
from handlers.context import Context
from messages.forms.answer_view import home_view


async def on_home(context: Context, call: Call) -> None:
    """Somebody opened the Home tab."""
    await call.ack()
    event = call.body.get("event", {})
    if event.get("tab", "home") != "home":
        return
    slack_id = str(event.get("user", ""))
    found = await context.desk.read(answers.mine, slack_id, context.clock.now())
    view = home_view(await context.say(found))
    await call.client.views_publish(user_id=slack_id, view=view)
