"""Rate limits by the handed clock, scopes, and what a watcher can spoil."""

from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import aiohttp
import pytest
from hypothesis import given
from hypothesis import strategies as st
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from tests.workspace.conftest import CONFIG, START, HandClock
from workspace.config import Bot, WorkspaceConfig
from workspace.log import Fault, Stage
from workspace.rate import CONNECTION_BURST, Bucket, Rates
from workspace.server import Workspace
from workspace.wire import Json, RateLimitedError

Refusal = Callable[[Awaitable[Any]], Awaitable[str]]


async def limited(call: Awaitable[Any]) -> int:
    """Give the seconds a refused call is to wait."""
    with pytest.raises(SlackApiError) as caught:
        await call
    assert caught.value.response.status_code == 429
    assert caught.value.response["error"] == "ratelimited"
    return int(caught.value.response.headers["Retry-After"])


async def test_one_post_a_second_in_a_channel_after_a_small_burst(
    web: AsyncWebClient, clock: HandClock
) -> None:
    for _ in range(3):
        await web.chat_postMessage(channel="CBOARD", text="Burst")
    assert await limited(web.chat_postMessage(channel="CBOARD", text="Four")) == 1
    await web.chat_postMessage(channel="ULEAD", text="Another channel")
    clock.forward(seconds=1)
    await web.chat_postMessage(channel="CBOARD", text="Four")
    assert await limited(web.chat_postMessage(channel="CBOARD", text="Five")) == 1


async def test_a_person_s_id_counts_as_their_direct_message(web: AsyncWebClient) -> None:
    dm = (await web.conversations_open(users="ULEAD"))["channel"]["id"]
    for _ in range(3):
        await web.chat_postMessage(channel="ULEAD", text="Burst")
    assert await limited(web.chat_postMessage(channel=dm, text="Four")) == 1


async def test_fifty_updates_a_minute_and_then_a_wait(
    web: AsyncWebClient, clock: HandClock
) -> None:
    posted = await web.chat_postMessage(channel="CBOARD", text="Zero")
    for n in range(50):
        await web.chat_update(channel="CBOARD", ts=posted["ts"], text=str(n))
    wait = await limited(web.chat_update(channel="CBOARD", ts=posted["ts"], text="51"))
    assert wait == 2
    clock.forward(seconds=wait)
    await web.chat_update(channel="CBOARD", ts=posted["ts"], text="51")


@given(st.lists(st.floats(0, 5), max_size=60))
def test_a_bucket_never_gives_more_than_its_size_and_what_time_refilled(
    waits: list[float],
) -> None:
    clock = HandClock()
    bucket = Bucket(3, 1.0, 3, clock.now())
    taken = 0
    for wait in waits:
        clock.forward(seconds=wait)
        taken += bucket.take(clock.now()) == 0
    assert taken <= 3 + (clock.now() - START).total_seconds() + 1e-6


def test_waiting_as_long_as_asked_is_enough_and_a_clock_set_back_refills_nothing() -> None:
    clock = HandClock()
    rates = Rates(clock)
    for _ in range(20):
        rates.spend("users.list")
    clock.forward(hours=-1)
    with pytest.raises(RateLimitedError) as caught:
        rates.spend("users.list")
    clock.forward(seconds=caught.value.retry_after)
    rates.spend("users.list")


@pytest.fixture
async def scoped(clock: HandClock) -> AsyncIterator[AsyncWebClient]:
    bot = Bot(scopes=frozenset({"chat:write", "channels:history"}))
    config = WorkspaceConfig(bot=bot, people=CONFIG.people, channels=CONFIG.channels)
    workspace = Workspace(config, clock)
    await workspace.start()
    yield AsyncWebClient(token=bot.bot_token, base_url=workspace.api_url)
    await workspace.stop()


async def test_a_call_without_its_scope_is_refused_and_says_which(
    scoped: AsyncWebClient,
) -> None:
    posted = await scoped.chat_postMessage(channel="ULEAD", text="Hello")
    await scoped.conversations_history(channel="CBOARD")
    for call, needed in (
        (scoped.users_info(user="ULEAD"), "users:read"),
        (scoped.conversations_history(channel=posted["channel"]), "im:history"),
        (scoped.conversations_open(users="ULEAD"), "im:write"),
    ):
        with pytest.raises(SlackApiError) as caught:
            await call
        assert caught.value.response["error"] == "missing_scope"
        assert caught.value.response["needed"] == needed


def at(stage: Stage, fault: Fault) -> Callable[[Stage, Json], Awaitable[Fault | None]]:
    """Give a watcher that spoils posts at one stage."""

    async def watch(now: Stage, what: Json) -> Fault | None:
        return fault if now == stage and what.get("method") == "chat.postMessage" else None

    return watch


@pytest.mark.parametrize(("stage", "kept"), [("before", 0), ("after", 1)])
async def test_a_dropped_connection_keeps_the_message_only_after_it_was_committed(
    workspace: Workspace, web: AsyncWebClient, stage: Stage, kept: int
) -> None:
    stop = workspace.watch(at(stage, Fault(drop=True)))
    with pytest.raises(aiohttp.ClientError):
        await web.chat_postMessage(channel="CBOARD", text="Once")
    stop()
    assert len(workspace.client("ULEAD").messages("CBOARD")) == kept
    await web.chat_postMessage(channel="CBOARD", text="Again")
    assert len(workspace.client("ULEAD").messages("CBOARD")) == kept + 1


async def test_a_fault_can_be_an_error_a_status_or_a_rate_limit(
    workspace: Workspace, web: AsyncWebClient, refusal: Refusal
) -> None:
    stop = workspace.watch(at("before", Fault(error="internal_error")))
    post = web.chat_postMessage(channel="CBOARD", text="Once")
    assert await refusal(post) == "internal_error"
    stop()
    slow = Fault(status=429, error="ratelimited", retry_after=7)
    stop = workspace.watch(at("before", slow))
    assert await limited(web.chat_postMessage(channel="CBOARD", text="Once")) == 7
    stop()
    stop = workspace.watch(at("after", Fault(status=503)))
    with pytest.raises(SlackApiError) as caught:
        await web.chat_postMessage(channel="CBOARD", text="Once")
    assert caught.value.response.status_code == 503
    stop()


async def test_every_call_is_in_the_log_with_its_answer(
    workspace: Workspace, web: AsyncWebClient
) -> None:
    await web.chat_postMessage(channel="CBOARD", text="Once")
    [entry] = workspace.log.calls("chat.postMessage")
    assert entry.at == START
    assert entry.payload["text"] == "Once"
    assert entry.answer is not None
    assert entry.answer["ok"]


async def test_a_watcher_is_told_which_program_calls(
    workspace: Workspace, web: AsyncWebClient
) -> None:
    told: dict[str, str] = {}

    async def watch(stage: Stage, what: Json) -> Fault | None:
        told[stage] = what["agent"]
        return None

    workspace.watch(watch)
    web.headers["User-Agent"] = "worker-2"
    await web.chat_postMessage(channel="CBOARD", text="Once")
    assert told == {"before": "worker-2", "after": "worker-2"}


def test_a_method_that_is_not_counted_is_never_refused(clock: HandClock) -> None:
    rates = Rates(clock, uncounted=frozenset({"apps.connections.open"}))
    for _ in range(CONNECTION_BURST + 1):
        rates.spend("apps.connections.open")
    for _ in range(100):
        rates.spend("views.open")
    with pytest.raises(RateLimitedError):
        rates.spend("views.open")
