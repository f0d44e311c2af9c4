"""Files people put into a form's field: what the app gets, and how it fetches them."""

from typing import Any

import aiohttp
import pytest
from slack_bolt.app.async_app import AsyncApp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from tests.workspace.forms import Json, modal
from tests.workspace.test_modals import opened, opens
from workspace.filling import CannotDoThat
from workspace.server import Workspace

FIELD: Json = {
    "type": "input",
    "block_id": "file",
    "label": {"type": "plain_text", "text": "The file"},
    "element": {
        "type": "file_input",
        "action_id": "file",
        "filetypes": ["csv"],
        "max_files": 1,
    },
}


async def test_a_submitted_file_comes_with_its_id_and_is_fetched_with_the_token(
    workspace: Workspace, web: AsyncWebClient, app: AsyncApp
) -> None:
    opens(app, modal(FIELD))
    got: list[Json] = []

    @app.view("form")
    async def on_form(ack: Any, view: Json) -> None:
        got.extend(view["state"]["values"]["file"]["file"]["files"])
        await ack()

    lead = await opened(workspace, web)
    assert (await lead.submit()).errors == {"file": "This is a required field"}
    await lead.fill("file", [lead.upload("pack.csv", b"a,b")])
    assert (await lead.submit()).closed
    (file,) = got
    info = await web.files_info(file=file["id"])
    assert (info["file"]["name"], info["file"]["user"]) == ("pack.csv", "ULEAD")
    url = info["file"]["url_private_download"]
    async with aiohttp.ClientSession() as session:
        async with session.get(url, headers={"Authorization": f"Bearer {web.token}"}) as answer:
            assert await answer.read() == b"a,b"
        async with session.get(url) as answer:
            assert answer.content_type == "text/html"


async def test_a_field_takes_its_kinds_its_number_and_one_s_own_files_only(
    workspace: Workspace, web: AsyncWebClient, app: AsyncApp
) -> None:
    opens(app, modal(FIELD))
    lead = await opened(workspace, web)
    others = next(one for one in workspace.core.team.people if one != "ULEAD")
    for files in (
        [lead.upload("pack.xls", b"x")],
        [lead.upload("a.csv", b"x"), lead.upload("b.csv", b"y")],
        [workspace.client(others).upload("theirs.csv", b"x")],
        ["F-NONE"],
    ):
        with pytest.raises(CannotDoThat):
            await lead.fill("file", files)


async def test_there_is_no_information_on_a_file_that_is_not_there(web: AsyncWebClient) -> None:
    with pytest.raises(SlackApiError, match="file_not_found"):
        await web.files_info(file="F0")
