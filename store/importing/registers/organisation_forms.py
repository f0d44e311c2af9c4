"""The forms of the organisation: kinds of target, blocks, partnerships, people and roles."""

from rules.vocabulary import (
    Role,
)
from store.importing.registers import columns as c
from store.importing.registers.form import Form
from store.tables import (
    Block,
    KindRow,
    Partnership,
    Person,
    RoleAssignment,
)

KINDS = Form(
    "kinds",
    "kind of target",
    "kinds of target",
    KindRow,
    ("code",),
    (
        c.text("code", 40, needed=True),
        c.text("label", 100, needed=True),
        *(
            c.yes(flag)
            for flag in ("collected", "escalates", "carries_grant", "light_only", "agreed_first")
        ),
        c.whole("annex", 99),
    ),
)
BLOCKS = Form(
    "blocks",
    "block",
    "blocks",
    Block,
    ("code",),
    (
        c.text("code", 40, needed=True),
        c.text("name", 300, needed=True),
        c.whole("position", 999, empty=0),
    ),
)
PARTNERSHIPS = Form(
    "partnerships",
    "partnership",
    "partnerships",
    Partnership,
    ("code",),
    (
        c.text("code", 60, needed=True),
        c.text("name", 300, needed=True),
        c.reference("block", "block", "block_id"),
        c.day("data_sharing_agreed_on"),
    ),
)
PEOPLE = Form(
    "people",
    "person",
    "people",
    Person,
    ("slack_user_id",),
    (
        c.text("slack_user_id", 40, needed=True),
        c.text("label", 300, needed=True),
        c.text("zone", 60),
        c.yes("active", empty=True),
        c.clock("day_starts"),
        c.clock("day_ends"),
    ),
)
ROLES = Form(
    "roles",
    "role",
    "roles",
    RoleAssignment,
    ("person", "role", "block", "partnership", "target", "starts"),
    (
        c.reference("person", "person", "person_id", needed=True),
        c.word("role", Role, needed=True),
        c.reference("block", "block", "block_id"),
        c.reference("partnership", "partnership", "partnership_id"),
        c.reference("target", "target", "target_id"),
        c.day("starts", needed=True),
        c.day("ends"),
    ),
)
