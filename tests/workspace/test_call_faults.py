"""Calls that go wrong by seed: every kind does what it says, and no run differs from another."""

from collections.abc import Awaitable, Callable

import aiohttp
import pytest
from hypothesis import given
from hypothesis import strategies as st
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from tests.workspace.conftest import CONFIG, HandClock
from tests.workspace.forms import home
from workspace.faults import FaultKind, FaultPlan, Faults
from workspace.log import Fault, Stage
from workspace.server import Workspace
from workspace.wire import Json

ON_CALLS = ("latency", "ratelimited", "error_before", "error_after", "lost_reply", "lost_request")
DONE_AND_SPOILT = ("error_after", "lost_reply")


def plan(seed: int = 1, /, **rates: float) -> FaultPlan:
    return FaultPlan(seed, **rates)  # type: ignore[arg-type] # rates by the names of their kinds


async def outcome(call: Awaitable[object]) -> str:
    """Say in a word how a call ended."""
    try:
        await call
    except SlackApiError as fault:
        said = fault.response.data
        error = said["error"] if isinstance(said, dict) else "no JSON"
        return f"{fault.response.status_code} {error}"
    except aiohttp.ClientError:
        return "lost"
    return "ok"


@pytest.mark.parametrize("kind", ON_CALLS)
async def test_what_always_happens_happens_and_what_never_does_does_not(
    workspace: Workspace, web: AsyncWebClient, kind: str
) -> None:
    never = workspace.spoil(plan())
    assert await outcome(web.chat_postMessage(channel="CBOARD", text="Sound")) == "ok"
    assert never.done == {}
    always = workspace.spoil(plan(**{kind: 1.0}))
    ended = await outcome(web.chat_postMessage(channel="CBOARD", text="Spoilt"))
    assert always.done == {kind: 1}
    assert (ended == "ok") == (kind == "latency")
    stands = [m.text for m in workspace.client("ULEAD").messages("CBOARD")]
    assert ("Spoilt" in stands) == (kind in {*DONE_AND_SPOILT, "latency"})
    workspace.mend()
    assert workspace.faults is None
    assert await outcome(web.chat_postMessage(channel="CBOARD", text="Mended")) == "ok"


async def test_a_limit_by_fault_says_how_long_to_wait_and_counts_nothing_as_done(
    workspace: Workspace, web: AsyncWebClient
) -> None:
    workspace.spoil(FaultPlan(1, ratelimited=1.0, longest_retry_after=7))
    waits = set()
    for _ in range(20):
        with pytest.raises(SlackApiError) as caught:
            await web.chat_postMessage(channel="CBOARD", text="Later")
        assert caught.value.response.status_code == 429
        waits.add(int(caught.value.response.headers["Retry-After"]))
    assert waits <= set(range(1, 8))
    assert len(waits) > 1
    assert workspace.log.calls() == []
    workspace.mend()
    for _ in range(3):
        assert await outcome(web.chat_postMessage(channel="CBOARD", text="Now")) == "ok"


async def test_an_unclear_error_comes_before_and_after_in_every_form(
    workspace: Workspace, web: AsyncWebClient, clock: HandClock
) -> None:
    for rates, forms in (
        ({"error_before": 1.0}, {"500 no JSON", "503 no JSON", "200 internal_error"}),
        (
            {"error_after": 1.0},
            {"500 no JSON", "502 no JSON", "200 fatal_error", "200 internal_error"},
        ),
    ):
        workspace.spoil(plan(**rates))
        seen = set()
        for _ in range(30):
            clock.forward(seconds=1)
            seen.add(await outcome(web.chat_postMessage(channel="CBOARD", text="Unclear")))
        assert forms <= seen
        assert "ok" not in seen


async def test_a_refusal_did_nothing_and_is_not_spoilt_as_if_it_had(
    workspace: Workspace, web: AsyncWebClient
) -> None:
    faults = workspace.spoil(plan(error_after=1.0, lost_reply=1.0))
    ended = await outcome(web.chat_postMessage(channel="CNOWHERE", text="Nowhere"))
    assert ended == "200 channel_not_found"
    assert faults.done == {}


async def test_only_the_methods_meant_go_wrong(workspace: Workspace, web: AsyncWebClient) -> None:
    workspace.spoil(plan(lost_request=1.0))
    assert await outcome(web.auth_test()) == "ok"
    assert await outcome(web.users_info(user="ULEAD")) == "ok"
    assert await outcome(web.conversations_info(channel="CBOARD")) == "lost"
    workspace.spoil(FaultPlan(1, lost_request=1.0, methods=frozenset({"chat.update"})))
    posted = await web.chat_postMessage(channel="CBOARD", text="Once")
    again = web.chat_update(channel="CBOARD", ts=posted["ts"], text="Twice")
    assert await outcome(again) == "lost"


async def a_run(seed: int) -> tuple[list[str], Json]:
    """Make the same calls in a new workspace; gives how each ended, and the counts."""
    clock = HandClock()
    mixed = plan(seed, ratelimited=0.2, error_before=0.2, lost_reply=0.2, error_after=0.2)
    workspace = Workspace(CONFIG, clock, faults=mixed)
    await workspace.start()
    web = AsyncWebClient(
        token=workspace.core.bot.bot_token, base_url=workspace.api_url, retry_handlers=[]
    )
    ended = []
    for n in range(30):
        clock.forward(seconds=1)
        ended.append(await outcome(web.chat_postMessage(channel="CBOARD", text=str(n))))
        ended.append(await outcome(web.views_publish(user_id="ULEAD", view=home())))
    await workspace.stop()
    assert workspace.faults is not None
    return ended, dict(workspace.faults.done)


async def test_the_same_seed_gives_the_same_faults_and_another_seed_others() -> None:
    first, counts = await a_run(7)
    assert (first, counts) == await a_run(7)
    assert first != (await a_run(8))[0]
    assert len(set(first)) > 3
    assert sum(counts.values()) == sum(ended != "ok" for ended in first)


async def test_the_same_faults_come_after_starting_again_and_after_switching_them_on_again(
    workspace: Workspace, web: AsyncWebClient
) -> None:
    async def heard() -> list[str]:
        calls = (web.conversations_info(channel="CBOARD") for _ in range(20))
        return [await outcome(call) for call in calls]

    workspace.spoil(plan(error_before=0.5))
    first = await heard()
    await workspace.begin_again()
    assert await heard() == first
    workspace.spoil(plan(error_before=0.5))
    assert await heard() == first
    assert len(set(first)) > 1


@given(st.integers(0, 2**32), st.integers(1, 10**6), st.permutations(["chat.update", "views.open"]))
def test_a_draw_hangs_on_the_call_and_not_on_the_calls_around_it(
    seed: int, nth: int, around: list[str]
) -> None:
    kinds = dict.fromkeys(("duplicated", "reordered", "cut_socket", "unacked"), 0.5)
    alone, among = Faults(plan(seed, **kinds)), Faults(plan(seed, **kinds))
    for name in around:
        among.mishap(name, nth, on_socket=True)
    drawn = alone.mishap("chat.postMessage", nth, on_socket=True)
    assert among.mishap("chat.postMessage", nth, on_socket=True) == drawn
    assert len(drawn.copies) <= 4


@pytest.mark.parametrize("kind", list(FaultKind))
def test_a_rate_lies_between_nought_and_one(kind: FaultKind) -> None:
    for rate in (-0.01, 1.01):
        with pytest.raises(ValueError, match=f"{kind}: .* is not between 0 and 1"):
            plan(**{kind: rate})


async def test_what_a_watcher_spoils_is_not_counted_as_the_plan_s(
    workspace: Workspace, web: AsyncWebClient
) -> None:
    faults = workspace.spoil(plan(lost_request=1.0))
    stop = workspace.watch(spoiling("before", Fault(error="is_archived")))
    ended = await outcome(web.chat_postMessage(channel="CBOARD", text="Archived"))
    assert (ended, faults.done) == ("200 is_archived", {})
    stop()
    assert await outcome(web.chat_postMessage(channel="CBOARD", text="Lost")) == "lost"


def spoiling(at: Stage, fault: Fault) -> Callable[[Stage, Json], Awaitable[Fault | None]]:
    async def watch(stage: Stage, _what: Json) -> Fault | None:
        return fault if stage == at else None

    return watch
