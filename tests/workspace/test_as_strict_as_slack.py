"""As strict as Slack, or stricter: each limit of calls, views and people's hands, one line each.

How long a text and how many of a thing may be is the table of `test_limits.py`; sockets, retries
and signatures have files of their own. A line says what is done, and what comes of it.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

import pytest

from tests.workspace.conftest import CONFIG, HandClock
from tests.workspace.forms import Json, actions, button, field, modal, options, plain, text_field
from workspace.api import METHODS
from workspace.api.call import Call, judge
from workspace.api.scopes import BY_CHANNEL, NEEDS
from workspace.config import WorkspaceConfig
from workspace.filling import CannotDoThat, problems
from workspace.rate import TIERS
from workspace.server import Workspace
from workspace.values import starting

SCOPED = replace(CONFIG, bot=replace(CONFIG.bot, scopes=frozenset({"chat:write"})))
SILENT = replace(CONFIG, bot=replace(CONFIG.bot, messages_tab=False))
HOMELESS = replace(CONFIG, bot=replace(CONFIG.bot, home_tab=False))


@dataclass
class Box:
    """A workspace called without a network: what a call is answered is judged the same."""

    workspace: Workspace
    clock: HandClock

    def ask(self, method: str, **args: Any) -> Json:
        bot = self.workspace.core.bot
        token = bot.app_token if method == "apps.connections.open" else bot.bot_token
        answer = judge(self.workspace.core, Call(method, args, token))
        return {**answer.body, "wait": answer.retry_after}

    def call(self, method: str, **args: Any) -> str:
        """Give "ok", or the error with what it adds."""
        said = self.ask(method, **args)
        more = (said.get("needed"), said["wait"] and f"wait {said['wait']}")
        return "ok" if said["ok"] else " ".join([said["error"], *filter(None, more)])

    def post(self, channel: str = "CBOARD", **more: Any) -> str:
        return self.call("chat.postMessage", channel=channel, **{"text": "words", **more})

    def posted(self) -> str:
        return str(self.ask("chat.postMessage", channel="CBOARD", text="words")["ts"])

    def open(self, person: str = "ULEAD", **more: Any) -> Json:
        trigger = self.workspace.core.triggers.give(person)
        return self.ask("views.open", trigger_id=trigger, view=modal(**more))

    def viewed(self, *blocks: Json) -> str:
        return self.call("views.open", trigger_id=self.trigger(), view=modal(*blocks))

    def trigger(self, person: str = "ULEAD") -> str:
        return self.workspace.core.triggers.give(person)

    def often(self, times: int, method: str, **args: Any) -> str:
        """Call so many times and give what the last was answered."""
        for _ in range(times - 1):
            assert self.call(method, **args) == "ok"
        return self.call(method, **args)


def update(box: Box, **args: Any) -> str:
    return box.call("chat.update", channel="CBOARD", **{"ts": box.posted(), **args})


def push(box: Box, times: int) -> str:
    box.open()
    for _ in range(times - 1):
        box.call("views.push", trigger_id=box.trigger(), view=modal())
    return box.call("views.push", trigger_id=box.trigger(), view=modal())


def stale(box: Box) -> str:
    view = box.open()["view"]
    args = {"view_id": view["id"], "view": modal(), "hash": view["hash"]}
    assert box.call("views.update", **args) == "ok"
    return box.call("views.update", **args)


def closed(box: Box) -> str:
    view = box.open()["view"]
    box.workspace.core.surfaces.clear("ULEAD")
    return box.call("views.update", view_id=view["id"], view=modal())


def spent(box: Box) -> str:
    trigger = box.trigger()
    assert box.call("views.open", trigger_id=trigger, view=modal()) == "ok"
    return box.call("views.open", trigger_id=trigger, view=modal())


def two_stacks(box: Box) -> str:
    box.open("ULEAD", title="Mine")
    box.open("USPONSOR", title="Yours")
    box.call("views.push", trigger_id=box.trigger("USPONSOR"), view=modal(title="On yours"))
    stacks = box.workspace.core.surfaces.stacks
    return " ".join(f"{person}:{len(stack)}" for person, stack in sorted(stacks.items()))


def waited(box: Box, seconds: int) -> str:
    box.often(3, "chat.postMessage", channel="CBOARD", text="words")
    box.clock.forward(seconds=seconds)
    return box.post()


def history(box: Box) -> str:
    parent = box.posted()
    box.post(thread_ts=parent)
    return str(len(box.ask("conversations.history", channel="CBOARD")["messages"]))


def metadata(size: int) -> Json:
    return {"event_type": "kept", "event_payload": {"key": "k" * size}}


def menu(kind: str = "static_select", **more: Any) -> Json:
    return field("colour", {"type": kind, "options": options("red", "green"), **more})


def number(**more: Any) -> Json:
    return field("figure", {"type": "number_input", "is_decimal_allowed": False, **more})


def sections(count: int) -> list[Json]:
    return [{"type": "section", "text": plain("x")}] * count


RED, BLUE = options("red", "blue")
BOX: WorkspaceConfig = CONFIG
Doing = Callable[[Box], str]
Line = tuple[str, WorkspaceConfig, Doing, str]

MESSAGES: list[Line] = [
    ("50 blocks", BOX, lambda b: b.post(blocks=sections(50)), "ok"),
    ("51 blocks", BOX, lambda b: b.post(blocks=sections(51)), "invalid_blocks"),
    ("nothing but white space", BOX, lambda b: b.post(text=" \n"), "no_text"),
    ("blocks that are no list", BOX, lambda b: b.post(blocks={}), "invalid_blocks_format"),
    ("text of 40,001", BOX, lambda b: b.post(text="x" * 40_001), "ok"),
    ("text of 4,000 on updating", BOX, lambda b: update(b, text="x" * 4000), "ok"),
    ("text of 4,001 on updating", BOX, lambda b: update(b, text="x" * 4001), "msg_too_long"),
    ("2,001 letters of two bytes", BOX, lambda b: update(b, text="é" * 2001), "msg_too_long"),
    ("markdown of 12,000", BOX, lambda b: b.post(text="", markdown_text="x" * 12_000), "ok"),
    ("markdown of 12,001", BOX,
     lambda b: b.post(text="", markdown_text="x" * 12_001), "msg_too_long"),
    ("markdown with text", BOX, lambda b: b.post(markdown_text="x"), "markdown_text_conflict"),
    ("100 attachments", BOX, lambda b: b.post(attachments=[{}] * 100), "ok"),
    ("101 attachments", BOX, lambda b: b.post(attachments=[{}] * 101), "too_many_attachments"),
    ("metadata of a key", BOX, lambda b: b.post(metadata=metadata(200)), "ok"),
    ("metadata of 9,000", BOX, lambda b: b.post(metadata=metadata(9000)), "metadata_too_large"),
    ("metadata without a type", BOX,
     lambda b: b.post(metadata={"event_payload": {}}), "invalid_metadata_format"),
    ("a reply to nothing", BOX, lambda b: b.post(thread_ts="1.000001"), "thread_not_found"),
    ("replies are not in history", BOX, history, "1"),
]  # fmt: skip
PLACES: list[Line] = [
    ("a channel that is not there", BOX, lambda b: b.post("CNONE"), "channel_not_found"),
    ("a private channel without the app", BOX, lambda b: b.post("CPRIVATE"), "channel_not_found"),
    ("a channel the app is not in", BOX, lambda b: b.post("COUT"), "not_in_channel"),
    ("reading one it is not in", BOX,
     lambda b: b.call("conversations.history", channel="COUT"), "not_in_channel"),
    ("an archived channel", BOX, lambda b: b.post("COLD"), "is_archived"),
    ("somebody who left", BOX, lambda b: b.post("UGONE"), "channel_not_found"),
    ("a person where messages are off", SILENT,
     lambda b: b.post("ULEAD"), "messages_tab_disabled"),
    ("a person's id on updating", BOX,
     lambda b: b.call("chat.update", channel="ULEAD", ts=b.posted(), text="x"),
     "channel_not_found"),
    ("a message that is not there", BOX, lambda b: update(b, ts="1.0", text="x"),
     "message_not_found"),
    ("a private word to one outside", BOX,
     lambda b: b.call("chat.postEphemeral", channel="CBOARD", user="UGONE", text="x"),
     "user_not_in_channel"),
    ("a direct message with one who left", BOX,
     lambda b: b.call("conversations.open", users="UGONE"), "user_disabled"),
    ("a Home tab that is off", HOMELESS,
     lambda b: b.call("views.publish", user_id="ULEAD", view={"type": "home", "blocks": []}),
     "not_enabled"),
    ("a method nobody knows", BOX, lambda b: b.call("chat.scheduleMessage"), "unknown_method"),
    ("a cursor nobody gave", BOX, lambda b: b.call("users.list", cursor="x"), "invalid_cursor"),
    ("a limit in words", BOX, lambda b: b.call("users.list", limit="all"), "invalid_limit"),
    ("a file nobody sent", BOX,
     lambda b: b.call("files.completeUploadExternal", files=[{"id": "F1"}], channel_id="CBOARD"),
     "file_not_found"),
]  # fmt: skip
SCOPES: list[Line] = [
    ("a scope that is there", SCOPED, lambda b: b.post(), "ok"),
    ("reading people", SCOPED, lambda b: b.call("users.info", user="ULEAD"),
     "missing_scope users:read"),
    ("reading a channel", SCOPED, lambda b: b.call("conversations.history", channel="CBOARD"),
     "missing_scope channels:history"),
    ("reading a private one", SCOPED,
     lambda b: b.call("conversations.history", channel="CPRIVATE"),
     "missing_scope groups:history"),
    ("opening a direct message", SCOPED, lambda b: b.call("conversations.open", users="ULEAD"),
     "missing_scope im:write"),
    ("sending a file", SCOPED,
     lambda b: b.call("files.getUploadURLExternal", filename="a", length="1"),
     "missing_scope files:write"),
]  # fmt: skip
RATES: list[Line] = [
    ("three posts at once", BOX,
     lambda b: b.often(3, "chat.postMessage", channel="CBOARD", text="x"), "ok"),
    ("a fourth", BOX, lambda b: b.often(4, "chat.postMessage", channel="CBOARD", text="x"),
     "ratelimited wait 1"),
    ("a fourth elsewhere", BOX,
     lambda b: b.often(3, "chat.postMessage", channel="CBOARD", text="x") and b.post("ULEAD"),
     "ok"),
    ("a fourth a second later", BOX, lambda b: waited(b, 1), "ok"),
    ("the 51st update", BOX,
     lambda b: b.often(51, "chat.update", channel="CBOARD", ts=b.posted(), text="x"),
     "ratelimited wait 2"),
    ("the 21st list of people", BOX, lambda b: b.often(21, "users.list"), "ratelimited wait 3"),
    ("the 101st look at one", BOX, lambda b: b.often(101, "users.info", user="ULEAD"),
     "ratelimited wait 1"),
    ("the 11th socket", BOX, lambda b: b.often(11, "apps.connections.open"),
     "ratelimited wait 60"),
]  # fmt: skip
VIEWS: list[Line] = [
    ("three views on one another", BOX, lambda b: push(b, 2), "ok"),
    ("a fourth", BOX, lambda b: push(b, 3), "push_limit_reached"),
    ("on top of nothing", BOX,
     lambda b: b.call("views.push", trigger_id=b.trigger(), view=modal()), "not_found"),
    ("each person has a stack", BOX, two_stacks, "ULEAD:1 USPONSOR:2"),
    ("no trigger", BOX, lambda b: b.call("views.open", view=modal()), "invalid_arguments"),
    ("a trigger nobody gave", BOX, lambda b: b.call("views.open", trigger_id="1.2.x", view=modal()),
     "invalid_trigger_id"),
    ("a trigger used twice", BOX, spent, "exchanged_trigger_id"),
    ("a hash that is old", BOX, stale, "hash_conflict"),
    ("a view that is closed", BOX, closed, "not_found"),
    ("an external id taken twice", BOX,
     lambda b: b.open(external_id="e")["ok"] and b.open("USPONSOR", external_id="e")["error"],
     "duplicate_external_id"),
    ("no button to send it", BOX, lambda b: b.open(submit=None)["ok"] and b.call(
        "views.open", trigger_id=b.trigger(), view=modal(text_field("a"), submit=None)),
     "invalid_arguments"),
    ("a view of a megabyte", BOX, lambda b: b.viewed(*(
        text_field(f"{n}", initial_value="x" * 2900) for n in range(100))), "view_too_large"),
    ("a first option that is offered", BOX, lambda b: b.viewed(menu(initial_option=RED)), "ok"),
    ("one that is not", BOX, lambda b: b.viewed(menu(initial_option=BLUE)), "invalid_arguments"),
    ("a ticked box that is not", BOX,
     lambda b: b.viewed(menu("checkboxes", initial_options=[RED, BLUE])), "invalid_arguments"),
    ("a first text that is too long", BOX,
     lambda b: b.viewed(text_field("a", max_length=3, initial_value="four")), "invalid_arguments"),
    ("at least more than at most", BOX,
     lambda b: b.viewed(text_field("a", min_length=4, max_length=3)), "invalid_arguments"),
    ("a first figure out of bounds", BOX,
     lambda b: b.viewed(number(max_value="5", initial_value="6")), "invalid_arguments"),
    ("a bound that is no figure", BOX, lambda b: b.viewed(number(max_value="NaN")),
     "invalid_arguments"),
    ("two fields of one name", BOX, lambda b: b.viewed(text_field("a"), text_field("a")),
     "invalid_arguments"),
    ("two buttons of one name", BOX, lambda b: b.viewed(actions(button("a"), button("a"))),
     "invalid_arguments"),
]  # fmt: skip
LINES = [*MESSAGES, *PLACES, *SCOPES, *RATES, *VIEWS]


@pytest.mark.parametrize(
    ("config", "does", "comes"), [line[1:] for line in LINES], ids=[line[0] for line in LINES]
)
async def test_each_limit_is_held(config: WorkspaceConfig, does: Doing, comes: str) -> None:
    clock = HandClock()
    workspace = Workspace(config, clock)
    workspace.core.address = "127.0.0.1:1"
    assert does(Box(workspace, clock)) == comes


FIELDS: list[tuple[str, Json, Any, str]] = [
    ("a field left empty", text_field("a"), None, "This is a required field"),
    ("white space", text_field("a"), "  ", "This is a required field"),
    ("one that may be empty", text_field("a", optional=True), None, ""),
    ("as long as it may be", text_field("a", max_length=3), "abc", ""),
    ("one longer", text_field("a", max_length=3), "abcd", "Enter no more than 3 characters"),
    ("3,000 where nothing is said", text_field("a"), "x" * 3000, ""),
    ("3,001", text_field("a"), "x" * 3001, "Enter no more than 3000 characters"),
    ("one shorter", text_field("a", min_length=3), "ab", "Enter at least 3 characters"),
    ("words for a figure", number(), "many", "Enter a number"),
    ("a fraction of a whole", number(), "1.5", "Enter a whole number"),
    ("below", number(min_value="2"), "1", "Enter a number of at least 2"),
    ("above", number(max_value="2"), "3", "Enter a number of at most 2"),
    ("what it starts with", text_field("a", initial_value="kept"), ..., ""),
]  # fmt: skip


@pytest.mark.parametrize(
    ("block", "typed", "says"), [line[1:] for line in FIELDS], ids=[line[0] for line in FIELDS]
)
def test_a_form_with_a_fault_is_not_sent(block: Json, typed: Any, says: str) -> None:
    values = starting([block])
    if typed is not ...:
        values[block["block_id"]]["held"]["value"] = typed
    assert problems([block], values) == ({block["block_id"]: says} if says else {})


def test_a_response_url_is_good_five_times_for_thirty_minutes() -> None:
    clock = HandClock()
    urls = Workspace(CONFIG, clock).core.response_urls
    used, old = urls.give("ULEAD", "CBOARD"), urls.give("ULEAD", "CBOARD")
    assert [urls.use(used) is not None for _ in range(6)] == [True] * 5 + [False]
    clock.at += timedelta(minutes=30, seconds=1)
    assert urls.use(old) is None


def test_every_method_has_a_pace_and_a_scope_or_needs_none() -> None:
    paced = {*TIERS, "chat.postMessage"}
    assert set(METHODS) - paced == {"auth.test", "chat.getPermalink"}
    free = set(METHODS) - set(NEEDS) - set(BY_CHANNEL)
    without = {"apps.connections.open", "auth.test", "chat.getPermalink"}
    assert free == without | {m for m in METHODS if m.startswith("views.")}


@pytest.mark.parametrize(("scope", "delivered"), [("channels:history", 1), ("im:history", 0)])
async def test_what_is_said_is_told_to_an_app_with_the_scope_for_it(
    scope: str, delivered: int
) -> None:
    heard = frozenset({"message.channels"})
    config = replace(CONFIG, bot=replace(CONFIG.bot, scopes=frozenset({scope}), events=heard))
    workspace = Workspace(config, HandClock())
    workspace.client("ULEAD").say("CBOARD", "Three red")
    assert len(workspace.core.deliveries._tasks) == delivered
    await workspace.stop()


async def test_without_the_scope_commands_there_are_none() -> None:
    workspace = Workspace(SCOPED, HandClock())
    with pytest.raises(CannotDoThat, match="scope commands"):
        await workspace.client("ULEAD").command("/laa")
