"""The forms of what quarters bring: dates, focus, results, spend, actions, risks and notes."""

from rules.vocabulary import (
    ActionState,
    NoteKind,
)
from store.importing.registers import columns as c
from store.importing.registers.form import AGAIN, TARGET, Form
from store.importing.registers.special import financial_year, lists
from store.tables import (
    ActionRow,
    BlockFocusRow,
    LightResult,
    Note,
    QuarterRow,
    RiskRow,
    SpendLine,
)

MOST_COUNTED = 1_000_000
FOCUS = Form(
    "block_focus",
    "block in focus",
    "blocks in focus",
    BlockFocusRow,
    ("quarter",),
    (c.quarter("quarter", needed=True), c.reference("block", "block", "block_id", needed=True)),
)
CALENDAR = Form(
    "calendar",
    "quarter's dates",
    "quarters' dates",
    QuarterRow,
    ("quarter",),
    (
        c.quarter("quarter", needed=True, attribute="label"),
        c.day("opens"),
        c.day("due"),
        c.day("board"),
        c.yes("board_confirmed"),
    ),
)
ACTIONS = Form(
    "actions",
    "action",
    "actions",
    ActionRow,
    ("target", "text"),
    (
        TARGET,
        c.text("text", needed=True),
        AGAIN,
        c.text("owner", 300, needed=True),
        c.day("due_on", needed=True),
        c.word("state", ActionState, empty=ActionState.OPEN),
        c.quarter("raised_in"),
        c.text("update_note"),
        c.quarter("updated_in"),
        lists("districts"),
    ),
    again=True,
)
RISKS = Form(
    "risks",
    "risk",
    "risks",
    RiskRow,
    ("target", "text"),
    (
        TARGET,
        c.text("text", needed=True),
        AGAIN,
        c.whole("likelihood", 5, needed=True, least=1),
        c.whole("impact", 5, needed=True, least=1),
        c.text("mitigation"),
        c.text("owner", 300),
        c.day("review_on"),
        c.yes("open", empty=True),
    ),
    again=True,
)
LIGHTS = Form(
    "light_results",
    "partnership's result",
    "partnerships' results",
    LightResult,
    ("partnership", "kind", "quarter"),
    (
        c.reference("partnership", "partnership", "partnership_id", needed=True),
        c.reference("kind", "kind", needed=True),
        c.quarter("quarter", needed=True),
        *(
            c.whole(count, MOST_COUNTED, needed=True)
            for count in ("managed", "due", "returned", "on_target")
        ),
    ),
    also=("ni_results", "ni_counts", "2030_results", "results_2030"),
)
SPEND = Form(
    "spend",
    "block's spend",
    "blocks' spend",
    SpendLine,
    ("block", "year", "half"),
    (
        c.reference("block", "block", "block_id", needed=True),
        financial_year("year"),
        c.whole("half", 2, needed=True, least=1),
        c.figure("planned", unit="£"),
        c.figure("actual", unit="£"),
    ),
)
NOTES = Form(
    "notes",
    "note",
    "notes",
    Note,
    ("target", "partnership", "kind", "on_day", "text"),
    (
        c.reference("target", "target", "target_id"),
        c.reference("partnership", "partnership", "partnership_id"),
        c.word("kind", NoteKind, needed=True),
        c.day("on_day", needed=True),
        c.text("text", needed=True),
        AGAIN,
        c.text("link"),
    ),
    again=True,
)
