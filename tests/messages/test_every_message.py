"""Every notice, whatever people typed: within every limit, whole, and with nothing live in it."""

import re
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jinja2.filters import FILTERS

from messages.cleaning import is_visible
from messages.gallery import Roles, gallery
from messages.markup import Payload
from messages.notices import KINDS, Notice
from messages.say import TEMPLATES, Voice, template_of
from tests.messages.judges import judge, read, solid, texts
from tests.messages.nasty import NASTY, spoiled
from tests.messages.nasty import texts as any_text

VOICE = Voice()
NOT_SAID_AS_TEXT = {"button", "person"}
"""Nor is a table's first heading: the first cell of a row names itself."""


SHARED = {"shared.xml", "home/parts.xml"}
"""Templates that others import."""


class NastyRoles(Roles):
    def __init__(self, label: str) -> None:
        self._label = label

    def label(self, number: int) -> str:
        return self._label or f"role {number}"


def check(notice: Notice, payloads: tuple[Payload, ...]) -> None:
    for payload in payloads:
        judge(payload)
    whole = read(payloads)
    message = ET.fromstring(VOICE.markup(notice))  # noqa: S314
    not_said = message.findall("./table/row[1]/cell[1]")
    for element in message.iter():
        said = element.tag not in NOT_SAID_AS_TEXT and element not in not_said
        if said and is_visible(element.text or ""):
            assert solid(element.text or "") in whole


@pytest.mark.parametrize("kind", KINDS)
def test_every_notice_has_an_example_within_every_limit(kind: str) -> None:
    notice = KINDS[kind].example()
    check(notice, VOICE.say(notice, Roles()))


@pytest.mark.parametrize("kind", KINDS)
def test_what_people_typed_is_said_whole_and_stays_text(kind: str) -> None:
    for text in NASTY:
        notice = spoiled(KINDS[kind].example(), text)
        check(notice, VOICE.say(notice, Roles()))


@given(kind=st.sampled_from(sorted(KINDS)), text=any_text, label=st.text(max_size=300))
@settings(max_examples=200, deadline=None)
def test_any_text_in_any_message(kind: str, text: str, label: str) -> None:
    notice = spoiled(KINDS[kind].example(), text)
    for tables in (True, False):
        check(notice, VOICE.say(notice, NastyRoles(label), tables=tables))


@pytest.mark.parametrize("kind", KINDS)
def test_the_plain_text_holds_everything_the_blocks_show(kind: str) -> None:
    for payload in VOICE.say(KINDS[kind].example(), Roles()):
        whole = read((payload,))
        shown = [block for block in payload.blocks if block["type"] not in {"actions", "table"}]
        said = [text for text in texts(shown) if text not in _labels(payload)]
        assert all(solid(text) in whole for text in said)


@pytest.mark.parametrize("kind", KINDS)
def test_a_notification_starts_with_the_point(kind: str) -> None:
    first = VOICE.say(KINDS[kind].example(), Roles())[0].text.splitlines()[0]
    assert len(first) > 15


def test_every_template_belongs_to_a_notice_and_knows_its_filters() -> None:
    wanted = {template_of(shape.example()) for shape in KINDS.values()} | SHARED
    there = {str(path.relative_to(TEMPLATES)) for path in Path(TEMPLATES).rglob("*.xml")}
    assert there == wanted
    for name in there:
        VOICE._environment.get_template(name)


def test_the_gallery_shows_every_kind() -> None:
    assert [kind for kind, _ in gallery(VOICE)] == list(KINDS)


@pytest.mark.parametrize("kind", KINDS)
def test_a_message_reads_without_codes_gaps_or_exclamations(kind: str) -> None:
    for payload in VOICE.say(KINDS[kind].example(), Roles()):
        for slip in ("  ", " .", " ,", "..", "!", "None", "2008-", "_"):
            assert slip not in payload.text


def _labels(payload: Payload) -> set[str]:
    return {block["accessory"]["text"]["text"] for block in payload.blocks if "accessory" in block}


def test_every_filter_of_ours_is_used_by_a_template() -> None:
    ours = VOICE._environment.filters.keys() - FILTERS.keys()
    written = "".join(path.read_text() for path in Path(TEMPLATES).rglob("*.xml"))
    used = set(re.findall(r"\|\s*(\w+)", written)) | set(re.findall(r'map\("(\w+)"', written))
    assert ours <= used
