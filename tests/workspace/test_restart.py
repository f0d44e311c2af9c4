"""A workspace stopped and started again at the same address is as it was."""

import aiohttp
import pytest
from slack_sdk.web.async_client import AsyncWebClient

from tests.workspace.dialling import connect
from tests.workspace.forms import modal, text_field
from workspace.guard import is_figures
from workspace.server import Workspace


async def test_what_was_said_opened_and_typed_is_still_there(
    workspace: Workspace, web: AsyncWebClient
) -> None:
    lead, port = workspace.client("ULEAD"), int(workspace.core.address.rpartition(":")[2])
    await web.chat_postMessage(channel="ULEAD", text="Two targets to report")
    trigger = workspace.core.triggers.give("ULEAD")
    await web.views_open(trigger_id=trigger, view=modal(text_field("cause")))
    await lead.fill("cause", "Two sites started late")
    kept = len(workspace.log.record.held)
    await workspace.stop()
    await workspace.start(port=port)
    assert [message.text for message in lead.dm()] == ["Two targets to report"]
    assert lead.modal is not None
    assert lead.modal.values["cause"] == "Two sites started late"
    assert len(workspace.log.record.held) == kept
    async with aiohttp.ClientSession() as session:
        await (await connect(workspace, session)).stream.close()
    await web.chat_postMessage(channel="ULEAD", text="One is left")
    assert len(lead.dm()) == 2


@pytest.mark.parametrize(
    ("host", "origin", "status"),
    [
        ("192.0.2.7", None, 200),
        ("192.0.2.7", "http://192.0.2.7:{port}", 200),
        ("192.0.2.7", "http://198.51.100.9:{port}", 403),
        ("192.0.2.7", "http://evil.example", 403),
        ("evil.example", None, 403),
    ],
)
async def test_who_lets_others_in_still_keeps_other_sites_pages_out(
    workspace: Workspace, host: str, origin: str | None, status: int
) -> None:
    await workspace.stop()
    await workspace.start("0.0.0.0", let_others_in=True)  # noqa: S104 - what is tried here
    port = workspace.core.address.rpartition(":")[2]
    headers = {"Host": f"{host}:{port}"}
    if origin is not None:
        headers["Origin"] = origin.format(port=port)
    async with (
        aiohttp.ClientSession() as session,
        session.get(f"{workspace.url}client/people", headers=headers) as answer,
    ):
        assert answer.status == status


@pytest.mark.parametrize(
    ("name", "figures"),
    [("192.0.2.7", True), ("[2001:db8::1]", True), ("192.0.2.7.evil.example", False), ("", False)],
)
def test_an_address_in_figures_is_told_from_a_name(name: str, figures: bool) -> None:  # noqa: FBT001 - a row of the table
    assert is_figures(name) is figures
