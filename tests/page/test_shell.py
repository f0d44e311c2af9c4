"""The shell of the page and its files, as the server gives them; no browser needed."""

from collections.abc import AsyncIterator

import aiohttp
import pytest
import pytest_asyncio

from tests.page.conftest import Stage
from workspace.config import WorkspaceConfig
from workspace.page import STATIC
from workspace.server import Workspace

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(loop_scope="module")
async def session() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as opened:
        yield opened


async def test_the_page_may_load_from_and_talk_to_its_own_address_only(
    stage: Stage, session: aiohttp.ClientSession
) -> None:
    async with session.get(stage.workspace.url) as answer:
        policy = answer.headers["Content-Security-Policy"]
        text = await answer.text()
    assert "default-src 'self'" in policy
    assert f"connect-src 'self' ws://{stage.workspace.core.address}" in policy
    assert "unsafe" not in policy
    assert "Oxfordshire rehearsal" in text
    assert "<script>" not in text
    assert "style=" not in text


async def test_a_teams_name_is_no_markup(session: aiohttp.ClientSession, stage: Stage) -> None:
    odd = Workspace(WorkspaceConfig(team_name="<script>x</script>"), stage.clock)
    await odd.start()
    async with session.get(odd.url) as answer:
        assert "<script>x" not in await answer.text()
    await odd.stop()


async def test_every_file_of_the_page_is_served_with_its_type(
    stage: Stage, session: aiohttp.ClientSession
) -> None:
    types = {".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml"}
    files = [path for path in STATIC.rglob("*") if path.is_file()]
    assert files
    for path in files:
        async with session.get(f"{stage.workspace.url}static/{path.relative_to(STATIC)}") as answer:
            assert (answer.status, answer.content_type) == (200, types[path.suffix])
            assert answer.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("name", ["nothing.js", "../page.py", "..%2Fpage.py", "js", "/etc/passwd"])
async def test_no_other_file_can_be_had(
    stage: Stage, session: aiohttp.ClientSession, name: str
) -> None:
    async with session.get(f"{stage.workspace.url}static/{name}") as answer:
        assert answer.status == 404


async def test_the_page_loads_nothing_from_another_address() -> None:
    for path in STATIC.rglob("*"):
        if path.is_file():
            text = path.read_text(encoding="utf-8").replace("http://www.w3.org/2000/svg", "")
            assert "http://" not in text
            assert "https://" not in text
            assert "innerHTML" not in text
