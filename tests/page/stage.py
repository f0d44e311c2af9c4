"""A small app with every element, and the workspace it plays in."""

import asyncio
from typing import Any

from slack_bolt.app.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from tests.workspace.forms import Json, actions, button, field, home, modal, options, plain
from workspace.config import WorkspaceConfig

CONFIG = WorkspaceConfig.from_mapping(
    {
        "team": {"name": "Oxfordshire rehearsal", "id": "TCOUNTY"},
        "people": [
            {"id": "ULEAD", "name": "housing lead", "title": "Target lead for LAA1-03"},
            {"id": "USPONSOR", "name": "housing sponsor", "title": "Sponsor"},
            {"id": "UCENTRAL", "name": "LAA manager", "title": "Central team"},
            {"id": "UGONE", "name": "former lead", "deleted": True},
        ],
        "channels": [
            {"id": "CBOARD", "name": "board", "members": ["ULEAD", "USPONSOR", "UCENTRAL"]},
            {"id": "CCENTRAL", "name": "central-team", "members": ["UCENTRAL", "ULEAD"]},
        ],
        "commands": [
            {
                "name": "/laa",
                "description": "Your targets for the quarter",
                "usage_hint": "help, mine, status, form",
            },
            {"name": "/later", "description": "Nothing answers this"},
        ],
    }
)
WAIT_SECONDS = 10.0


class Heard:
    """What the app was told, in order."""

    def __init__(self) -> None:
        self.told: list[Json] = []
        self._more = asyncio.Event()

    def note(self, payload: Json) -> None:
        """Take one in."""
        self.told.append(payload)
        self._more.set()

    async def reach(self, count: int) -> list[Json]:
        """Wait until there are so many; raises :class:`TimeoutError`."""
        async with asyncio.timeout(WAIT_SECONDS):
            while len(self.told) < count:
                self._more.clear()
                await self._more.wait()
        return self.told


CONFIRM: Json = {
    "title": plain("Send it back?"),
    "text": plain("The lead is asked again."),
    "confirm": plain("Send back"),
    "deny": plain("Leave it"),
}


def mark(text: str) -> Json:
    return {"type": "mrkdwn", "text": text}


def section(text: str, **more: Any) -> Json:
    return {"type": "section", "text": mark(text), **more}


def rich(*elements: Json) -> Json:
    return {"type": "rich_text", "elements": list(elements)}


def run(text: str, **style: bool) -> Json:
    return {"type": "text", "text": text, **({"style": style} if style else {})}


def part(kind: str, *elements: Json, **more: Any) -> Json:
    return {"type": f"rich_text_{kind}", "elements": list(elements), **more}


def cells(*texts: str) -> list[Json]:
    return [{"type": "raw_text", "text": text} for text in texts]


ASK: list[Json] = [
    {"type": "header", "text": plain("2 targets to report, by Tuesday 21 October")},
    section(
        "*LAA1-03* More affordable housing. Last time: ▲ AMBER, 280 homes, expected 300.",
        block_id="housing",
        accessory=button("report", "Report this target", style="primary", value="LAA1-03"),
    ),
    actions(
        button("return_back", "Send back", style="danger", confirm=CONFIRM),
        {
            "type": "overflow",
            "action_id": "more",
            "options": options("help", "snooze"),
        },
        block_id="others",
    ),
    {
        "type": "context",
        "elements": [plain("You get this because you lead LAA1-03.")],
    },
]
WORDS: list[Json] = [
    section(
        "*bold* _italic_ ~gone~ `code` <https://example.org/a|the paper> <@USPONSOR> <#CBOARD>\n"
        "> what they said\n• first\n• second\n1 &lt; 2 &amp; 3 <script>alert(1)</script>",
        block_id="marked",
    ),
    rich(
        part("section", run("Housing ", bold=True), {"type": "user", "user_id": "ULEAD"}),
        part("list", part("section", run("one")), part("section", run("two")), style="bullet"),
        part("quote", run("<b>Two posts vacant</b>")),
        part("preformatted", run("a = b")),
    ),
    {
        "type": "table",
        "rows": [
            cells("Partnership", "● RED", "▲ AMBER", "■ GREEN"),
            cells("Children's Trust", "2", "1", "4"),
            cells("Safer and Stronger Communities", "1", "3", "2"),
        ],
    },
    {"type": "section", "fields": [mark("*Due*\n21 October"), mark("*Board*\n19 November")]},
    {"type": "divider"},
    {"type": "image", "image_url": "https://example.org/map.png", "alt_text": "A map of districts"},
    {
        "type": "data_visualization",
        "title": "Colours",
        "chart": {"type": "pie", "segments": [{"label": "Red", "value": 3}]},
    },
]


def points(name: str, *values: float) -> Json:
    data = [{"label": label, "value": value} for label, value in zip(QUARTERS, values, strict=True)]
    return {"name": name, "data": data}


def chart(title: str, kind: str, **more: Any) -> Json:
    return {"type": "data_visualization", "title": title, "chart": {"type": kind, **more}}


QUARTERS = ["Q3 2007/08", "Q4 2007/08", "Q1 2008/09", "Q2 2008/09"]
BUILT, EXPECTED = points("Built", 280, 300.5, 1000, 1200), points("Expected", 300, 310, 1200, 1250)
AXES = {"categories": QUARTERS, "x_label": "Quarter", "y_label": "Homes"}
CHARTS: list[Json] = [
    chart("Homes", "bar", series=[BUILT, EXPECTED], axis_config=AXES),
    chart("Variance", "line", series=[points("NI154", -3, 2, -16.7, 4)], axis_config=AXES),
]
CHOICES: list[Json] = [
    actions(
        {
            "type": "static_select",
            "action_id": "colour",
            "placeholder": plain("Choose a colour"),
            "options": options("red", "amber", "green"),
        },
        {"type": "users_select", "action_id": "person", "placeholder": plain("Choose a person")},
        {
            "type": "external_select",
            "action_id": "target",
            "min_query_length": 1,
            "placeholder": plain("Search targets"),
        },
        {"type": "datepicker", "action_id": "day"},
        {"type": "checkboxes", "action_id": "ticks", "options": options("one", "two")},
        {"type": "radio_buttons", "action_id": "radio", "options": options("yes", "no")},
        block_id="choices",
    )
]
FIGURE = field(
    "figure", {"type": "plain_text_input", "max_length": 30}, hint=plain("Such as 1,200")
)
FORM = modal(
    {"type": "header", "text": plain("LAA1-03 More affordable housing")},
    section("Expected: 1,200 homes."),
    FIGURE,
    field(
        "doubts",
        {"type": "checkboxes", "options": options("missing", "disputed")},
        optional=True,
    ),
    field("as_at", {"type": "datepicker"}, optional=True),
    field("method", {"type": "radio_buttons", "options": options("count", "estimate")}),
    field("colour", {"type": "static_select", "options": options("red", "amber", "green")}),
    field(
        "districts",
        {"type": "multi_static_select", "options": options("cherwell", "oxford", "vale")},
        optional=True,
    ),
    field("people", {"type": "multi_users_select"}, optional=True),
    field("number", {"type": "number_input", "is_decimal_allowed": False}, optional=True),
    field("cause", {"type": "plain_text_input", "multiline": True}, optional=True),
    actions(button("deeper", "Add a risk"), block_id="more"),
    title="Report LAA1-03",
    callback="figure",
    close=plain("Cancel"),
)
RISK = modal(field("risk", {"type": "plain_text_input"}), title="Add a risk", callback="risk")
SECOND = modal(
    section("A red target needs a cause."),
    field("why", {"type": "plain_text_input", "multiline": True}),
    title="Why LAA1-03 is red",
    callback="why",
)


def app_for(web: AsyncWebClient) -> tuple[AsyncApp, Heard]:
    """Build the app; every action's payload is noted."""
    app = AsyncApp(client=web)
    heard = Heard()
    _messages(app, heard)
    _forms(app, heard)
    _places(app)
    return app, heard


def _messages(app: AsyncApp, heard: Heard) -> None:
    @app.action("report")
    async def on_report(ack: Any, body: Json, client: AsyncWebClient) -> None:
        await ack()
        await client.views_open(trigger_id=body["trigger_id"], view=FORM)

    @app.action("deeper")
    async def on_deeper(ack: Any, body: Json, client: AsyncWebClient) -> None:
        await ack()
        await client.views_push(trigger_id=body["trigger_id"], view=RISK)

    for action_id in (
        "return_back",
        "more",
        "colour",
        "person",
        "target",
        "day",
        "ticks",
        "radio",
        "seen",
    ):

        @app.action(action_id)
        async def on_action(ack: Any, body: Json) -> None:
            heard.note(body["actions"][0])
            await ack()

    @app.options("target")
    async def on_target(ack: Any, body: Json) -> None:
        await ack(options=options(f"{body['value']}-one", f"{body['value']}-two"))


def _forms(app: AsyncApp, heard: Heard) -> None:
    @app.view("figure")
    async def on_figure(ack: Any, view: Json) -> None:
        typed = view["state"]["values"]["figure"]["held"]["value"]
        heard.note(view["state"]["values"])
        if typed.replace(",", "").isdigit():
            await ack(response_action="update", view=SECOND)
        else:
            await ack(
                response_action="errors",
                errors={"figure": "Enter the figure as a number, such as 1,200."},
            )

    @app.view("why")
    async def on_why(ack: Any, body: Json, client: AsyncWebClient) -> None:
        await ack(response_action="clear")
        await client.chat_postMessage(channel=body["user"]["id"], text="*1 of 2 reported.*")

    @app.view("risk")
    async def on_risk(ack: Any) -> None:
        await ack()


def _places(app: AsyncApp) -> None:
    @app.command("/laa")
    async def on_laa(ack: Any, command: Json, client: AsyncWebClient) -> None:
        if command["text"] == "form":
            await ack()
            await client.views_open(trigger_id=command["trigger_id"], view=FORM)
        else:
            await ack(f"You lead 2 targets. You typed “{command['text']}”.")

    @app.event("app_home_opened")
    async def on_home(event: Json, client: AsyncWebClient) -> None:
        view = home(
            {"type": "header", "text": plain("Your targets")},
            section("LAA1-03 ▲ AMBER", accessory=button("seen", "I have seen this")),
        )
        await client.views_publish(user_id=event["user"], view=view)
