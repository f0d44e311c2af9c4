"""One person presses a button, fills in a modal, and reads what came of it."""

from typing import Any

from slack_bolt.app.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from workspace.server import Workspace

BUTTON: dict[str, Any] = {
    "type": "button",
    "action_id": "report",
    "value": "LAA1-03",
    "text": {"type": "plain_text", "text": "Report this target"},
}
ASK: list[dict[str, Any]] = [
    {"type": "section", "text": {"type": "mrkdwn", "text": "*2 targets* to report"}},
    {"type": "actions", "block_id": "asked", "elements": [BUTTON]},
]
FORM: dict[str, Any] = {
    "type": "modal",
    "callback_id": "return",
    "private_metadata": "LAA1-03",
    "title": {"type": "plain_text", "text": "Report a target"},
    "submit": {"type": "plain_text", "text": "Report"},
    "blocks": [
        {
            "type": "input",
            "block_id": "figure",
            "label": {"type": "plain_text", "text": "Figure"},
            "element": {"type": "plain_text_input", "action_id": "typed"},
        }
    ],
}


async def test_a_lead_presses_a_button_and_reports_in_the_modal_that_opens(
    workspace: Workspace, web: AsyncWebClient, app: AsyncApp
) -> None:
    kept: list[str] = []

    @app.action("report")
    async def on_report(ack: Any, body: dict[str, Any], client: AsyncWebClient) -> None:
        await ack()
        await client.views_open(trigger_id=body["trigger_id"], view=FORM)

    @app.view("return")
    async def on_return(ack: Any, view: dict[str, Any]) -> None:
        typed = view["state"]["values"]["figure"]["typed"]["value"]
        if not typed.isdigit():
            await ack(response_action="errors", errors={"figure": "Enter a number."})
            return
        kept.append(typed)
        await ack()

    await web.chat_postMessage(channel="ULEAD", text="2 targets to report", blocks=ASK)
    lead = workspace.client("ULEAD")
    message = lead.dm()[0]
    assert message.plain() == "2 targets to report\n[Report this target]"
    await lead.press(message, "report")
    await lead.wait_for(lambda: lead.modal)

    outcome = await lead.submit()
    assert outcome.errors == {"figure": "This is a required field"}
    await lead.fill("figure", "many")
    outcome = await lead.submit()
    assert outcome.errors == {"figure": "Enter a number."}
    assert lead.modal is not None
    assert lead.modal.values == {"figure": "many"}
    await lead.fill("figure", "280")
    outcome = await lead.submit()
    assert outcome.closed
    assert lead.modal is None
    assert kept == ["280"]
