"""What the forms of the organisation share: people to choose, what is kept, faults in words.

It owns these pieces. What each form asks stands in its own file.
"""

import json
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, Final

from slack_sdk.models.blocks import (
    ActionsBlock,
    Block,
    ButtonElement,
    ConfirmObject,
    InputBlock,
    UserSelectElement,
)

from messages.forms.pieces import typed_text
from messages.forms.problems import KEPT
from messages.forms.state import Entered, View, mapping, metadata
from messages.ids import Block as Id
from messages.markup.blocks import plain
from messages.wording.people import UNFIT
from rules.organising import CODE_LENGTH, Amiss, Fault
from rules.people import Unfit

UNDER: Final = "under"
"""The key under which a form keeps the list it was opened from, to show that anew."""
_BLOCKS: Final = {"person": Id.PERSON}
"""Where a field's block has another name."""
_WORDS: Final[dict[Amiss, str]] = {
    Amiss.NAME_MISSING: "Enter a name. People read it in messages and in the digest.",
    Amiss.TOO_LONG: "This is too long. Use {0} characters at most.",
    Amiss.NAME_TAKEN: "There is one called “{0}” already. Choose another name.",
    Amiss.CODE_MISSING: "Enter a short code. Data files use it.",
    Amiss.CODE_ODD: "Use letters, figures, - and _ only, beginning with a letter or figure.",
    Amiss.CODE_TAKEN: "The code “{0}” is taken. Choose another.",
    Amiss.TOO_MANY: "There can be {0} at most. Remove one that is not used first.",
    Amiss.GONE: "This is not there any more. Somebody has removed it.",
    Amiss.CHANGED_MEANWHILE: (
        "Somebody changed this while you had it open. Close this form and open it again to see "
        "how it stands now."
    ),
    Amiss.STILL_USED: "This cannot be removed: {0} would lose it.",
    Amiss.ANNEX_ODD: "Enter the number of an annex from 1 to 9, or leave it empty.",
    Amiss.LIGHT_AND_COLLECTED: (
        "Either a return is asked for, or it is reported only as a light. Untick one."
    ),
    Amiss.NEEDS_RETURNS: (
        "Escalations and grant rest on returns. Tick that returns are asked for, too."
    ),
    Amiss.ASKED_NOW: (
        "A window is open, and its leads have been asked. Change whether returns are asked for "
        "once it has closed."
    ),
    Amiss.ANNEX_NEEDED: (
        "Enter the annex. Where returns are asked for, exceptions need a place in the digest."
    ),
    Amiss.GRANT_KEPT: "Grant to earn is recorded for {0} of its targets. Take that away first.",
    Amiss.NOT_A_VALUE: "This is not a value it can have. {0}",
    Amiss.BREAKS_DATES: "With this a quarter's dates no longer work. {0}",
    Amiss.DATES_REFUSED: "{0}",
    Amiss.DAY_MISSING: "Choose a day.",
    Amiss.PERSON_MISSING: "Choose a person.",
    Amiss.PERSON_LOOKED_UP: "I am still looking this person up in Slack. Press again in a moment.",
    Amiss.PERSON_UNFIT: "{0}",
    Amiss.PAST_DAY: (
        "Choose today or a day to come. Who was asked on a day gone by cannot be changed."
    ),
    Amiss.TOO_FAR: "This is more than a year ahead. Check the year.",
    Amiss.HELD_ALREADY: "They hold this already on that day. Choose somebody else or another day.",
    Amiss.HANDED_OVER_LATER: (
        "Somebody is due to take over after that day. Call that off first, or choose a later day."
    ),
    Amiss.NOT_A_MEMBER: (
        "A sponsor is a member of the target's partnership, {0}, and this person is not recorded "
        "as one. Add them to the partnership's members first, or choose somebody who is."
    ),
    Amiss.LAST_ADMINISTRATOR: (
        "Nobody would be left in the central team. Add somebody first; two or more are best."
    ),
    Amiss.NOT_HELD: "This role has ended by then. Choose an earlier day.",
    Amiss.WRONG_SCOPE: "This role is not held over that. Close this form and start again.",
}


def errors(faults: Iterable[Fault], view: View) -> dict[str, str]:
    """Faults as Slack shows them, at the blocks of the view that was sent.

    What has no block there stands at the first input.
    """
    blocks = Entered(view).blocks
    found: dict[str, list[str]] = {}
    for fault in faults:
        block = _BLOCKS.get(fault.field, fault.field)
        if block not in blocks and blocks:
            block = blocks[0]
        found.setdefault(block, []).append(words(fault))
    return {block: " ".join([*dict.fromkeys(said), KEPT]) for block, said in found.items()}


def words(fault: Fault) -> str:
    """A fault in words."""
    if fault.code is Amiss.PERSON_UNFIT and fault.named in set(Unfit):
        return UNFIT[Unfit(fault.named)]
    return _WORDS[fault.code].replace("{0}", fault.named).strip()


def chosen_person(block: str, label: str, slack_id: str | None = None) -> InputBlock:
    """A person of the workspace. Choosing one is told at once, so that Slack can be asked."""
    element = UserSelectElement(action_id=block, initial_user=slack_id or None)
    return InputBlock(
        block_id=block, label=plain(label), element=element, optional=True, dispatch_action=True
    )


def code_entry(block: str) -> InputBlock:
    """The short code of something new."""
    return typed_text(block, "Short code", hint="Data files use it.", longest=CODE_LENGTH)


def removal(action: str, value: str, label: str, ask: str) -> list[Block]:
    """A button that removes something, after asking once more."""
    confirm = ConfirmObject(
        title=plain(label), text=plain(ask), confirm=plain("Remove it"), deny=plain("Keep it")
    )
    button = ButtonElement(
        text=plain(label), action_id=action, value=value, style="danger", confirm=confirm
    )
    return [ActionsBlock(elements=[button])]


def person(view: View, block: str) -> str:
    """The Slack id of a chosen person, or nothing."""
    values = mapping(mapping(mapping(view).get("state")).get("values"))
    found = mapping(mapping(values.get(block)).get(block)).get("selected_user")
    return found if isinstance(found, str) else ""


def kept(under: str, **facts: object) -> str:
    """What a form keeps until it is sent: our own numbers and days as text."""
    return json.dumps({UNDER: under, **facts}, ensure_ascii=False, separators=(",", ":"))


def under(view: View) -> str:
    """The id of the list a form was opened from, or nothing."""
    return text_of(metadata(view), UNDER)


def text_of(facts: Mapping[str, Any], key: str) -> str:
    """A text among what a form kept, or nothing."""
    found = facts.get(key)
    return found if isinstance(found, str) else ""


def number_of(facts: Mapping[str, Any], key: str) -> int | None:
    """A number of ours among what a form kept, or none."""
    found = facts.get(key)
    return found if isinstance(found, int) and not isinstance(found, bool) and found > 0 else None


def day_of(value: date | None) -> str | None:
    """A day as a form keeps it."""
    return value.isoformat() if value else None
