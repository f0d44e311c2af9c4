"""The compiler: limits are kept at the limit and one past it, and text stays text."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from messages.gallery import Roles
from messages.markup import MarkupError, Payload, compiled
from messages.markup.limits import escaped, weight
from messages.markup.split import split_text
from tests.messages.judges import judge, read, solid


class Nobody(Roles):
    def slack_id(self, number: int) -> str | None:  # noqa: ARG002  # nobody has an account
        return None


def made(inside: str, *, tables: bool = True) -> tuple[Payload, ...]:
    found = compiled(f"<message>{inside}</message>", Roles(), tables=tables)
    for payload in found:
        judge(payload)
    return found


def only(inside: str) -> dict[str, Any]:
    (payload,) = made(inside)
    (block,) = payload.blocks
    return block


def kinds(payload: Payload) -> list[str]:
    return [block["type"] for block in payload.blocks]


@pytest.mark.parametrize(("length", "kind"), [(150, "header"), (151, "rich_text")])
def test_a_header_too_long_for_slack_becomes_bold_text(length: int, kind: str) -> None:
    block = only(f"<header>{'x' * length}</header>")
    assert block["type"] == kind
    assert ("bold" in str(block)) == (kind == "rich_text")


@pytest.mark.parametrize(("length", "blocks"), [(2_800, 1), (2_801, 2)])
def test_a_long_section_goes_on_in_a_second_block(length: int, blocks: int) -> None:
    (payload,) = made(f"<section>{'x' * length}</section>")
    assert len(payload.blocks) == blocks
    assert solid(payload.text) == "x" * length


def test_escaping_counts_against_the_limit() -> None:
    payloads = made(f"<quote>{'&amp;' * 3_000}</quote>")
    assert len(payloads) > 1
    assert read(payloads) == "&" * 3_000


def test_no_more_than_forty_blocks_stand_in_one_message() -> None:
    first, second = made("<section>one</section>" * 41)
    assert len(first.blocks) <= 40
    assert second.text.startswith("Part 2 of 2: one\n")


def test_a_heading_is_not_left_alone_at_the_end_of_a_part() -> None:
    filler = f"<section>{'x' * 2_700}</section>"
    wanted = f"<header>Heading</header><section>{'y' * 2_000}</section>"
    first, second = made(filler + wanted)
    assert "header" not in kinds(first)
    assert kinds(second) == ["context", "header", "rich_text"]


def test_blocks_have_ids_of_their_own_the_same_every_time() -> None:
    source = "<section>a</section><section>b</section>"
    assert made(source) == made(source)
    assert [block["block_id"] for block in made(source)[0].blocks] == ["block-1", "block-2"]


def test_text_is_escaped_for_slack_exactly_once() -> None:
    (payload,) = made("<section>a &amp; b &lt;c&gt; &amp;lt;</section>")
    assert payload.text == "a &amp; b &lt;c&gt; &amp;lt;"
    assert payload.blocks[0]["elements"][0]["elements"][0]["text"] == "a & b <c> &lt;"


def test_a_person_is_mentioned_only_where_asked_and_only_with_an_account() -> None:
    asked = only('<section><person number="7" mention="yes"/></section>')
    assert asked["elements"][0]["elements"] == [{"type": "user", "user_id": "U0000007"}]
    named = only('<section><person number="7"/></section>')
    assert named["elements"][0]["elements"] == [{"type": "text", "text": "role 7"}]
    (payload,) = compiled(
        '<message><section><person number="7" mention="yes"/></section></message>', Nobody()
    )
    assert payload.text == "role 7"


@pytest.mark.parametrize(
    ("address", "kind"), [("https://example.org/a", "link"), ("javascript:alert(1)", "text")]
)
def test_a_link_leads_to_the_web_or_is_plain_text(address: str, kind: str) -> None:
    block = only(f'<section><link href="{address}">here</link></section>')
    assert block["elements"][0]["elements"][0]["type"] == kind


def test_a_list_of_one_is_a_sentence() -> None:
    assert made("<list><item>alone</item></list>")[0].text == "alone"
    assert made("<list><item>a</item><item>b</item></list>")[0].text == "• a\n• b"


def test_people_keep_their_own_lines_in_a_quote() -> None:
    assert made("<quote>one\n two</quote>")[0].text == "one\n two"
    assert made("<section>one\n two<br/>three</section>")[0].text == "one two\nthree"


def test_a_heading_within_a_message_is_never_the_last_of_a_part() -> None:
    filling = "<section>x</section>" * 38
    led = f'{filling}<section leads="yes">Red</section><list><item>a</item><item>b</item></list>'
    first, second = made(led)
    assert "Red" not in first.text
    assert second.text.endswith("Red\n• a\n• b")


def test_a_quotes_label_stands_above_it_once_and_never_alone() -> None:
    (payload,) = made('<quote label="Cause">Two sites started late.</quote>')
    assert payload.text == "Cause: Two sites started late."
    title, quoted = payload.blocks[0]["elements"]
    assert (title["type"], quoted["type"]) == ("rich_text_section", "rich_text_quote")
    long = made(f'<header>LAA1-03</header><quote label="Cause">{"word " * 900}</quote>')
    assert len(long) > 1
    assert "".join(payload.text for payload in long).count("Cause:") == 1
    assert made('<section>kept</section><quote label="Cause"> </quote>')[0].text == "kept"


def test_a_button_stands_beside_text_with_no_format_in_it() -> None:
    block = only(
        '<section>*a* <b>b</b><button action="report" value="1" about="LAA1-03">Report</button>'
        "</section>"
    )
    assert block["text"] == {"type": "plain_text", "text": "*a* b", "emoji": False}
    assert block["accessory"]["accessibility_label"] == "Report LAA1-03"


def test_a_label_for_screen_readers_keeps_within_its_limit() -> None:
    about = "x" * 300
    block = only(f'<section>a<button action="b" value="1" about="{about}">Go</button></section>')
    assert len(block["accessory"]["accessibility_label"]) <= 75
    assert block["accessory"]["accessibility_label"].endswith("…")


def test_six_buttons_stand_in_two_rows() -> None:
    buttons = "".join(f'<button action="a{n}" value="1">Go</button>' for n in range(6))
    (payload,) = made(f"<section>a</section><actions>{buttons}</actions>")
    assert kinds(payload) == ["rich_text", "actions", "actions"]


def table(rows: int, cell: str = "x") -> str:
    body = "".join(f"<row><cell>{n}{cell}</cell><cell/></row>" for n in range(rows))
    return f"<table><row><cell>Name</cell><cell>Count</cell></row>{body}</table>"


def test_a_table_that_goes_on_repeats_its_headings_one_table_a_message() -> None:
    payloads = made(table(150))
    assert len(payloads) > 1
    for payload in payloads:
        (found,) = (block for block in payload.blocks if block["type"] == "table")
        assert found["rows"][0][0]["text"] == "Name"
        assert len(found["rows"]) <= 100


def test_an_empty_cell_shows_the_mark_for_nothing() -> None:
    assert only(table(1))["rows"][1][1]["text"] == "\N{EN DASH}"


def test_without_slacks_table_the_figures_stand_with_their_headings() -> None:
    (payload,) = made(table(2), tables=False)
    assert kinds(payload) == ["rich_text", "rich_text"]
    assert payload.text == made(table(2))[0].text
    assert payload.text.startswith("0x. Count: \N{EN DASH}.\n1x. Count: ")


def test_a_row_too_long_for_a_table_is_said_in_words() -> None:
    assert "table" not in kinds(made(table(1, "y" * 3_000))[0])


@pytest.mark.parametrize(
    ("source", "fault"),
    [
        ("<message><bold/></message>", "cannot hold <bold>"),
        ("<message><section></message>", "not well-formed"),
        ("<section>a</section>", "one <message>"),
        ("<message/>", "must say something"),
        ("<message><section> \u200b </section></message>", "must say something"),
        ('<message><section><person number="x"/></section></message>', "needs a number"),
    ],
)
def test_a_faulty_template_is_named(source: str, fault: str) -> None:
    with pytest.raises(MarkupError, match=fault):
        compiled(source, Roles())


@given(text=st.text(), limit=st.integers(5, 200))
def test_splitting_loses_nothing_and_keeps_the_limit(text: str, limit: int) -> None:
    text = text.encode(errors="ignore").decode()
    stretches = split_text(text, limit)
    assert "".join(stretches) == text
    assert all(0 < weight(stretch) <= limit for stretch in stretches)


def test_a_cut_falls_after_a_word_and_never_inside_a_letter() -> None:
    assert split_text("one two three", 9) == ("one two ", "three")
    assert split_text("aaaae\u0301", 5) == ("aaaa", "e\u0301")
    assert split_text("aaa\N{WOMAN}\u200d\N{GIRL}", 11)[0] == "aaa"


def test_the_three_control_characters_are_the_only_ones_escaped() -> None:
    assert escaped("<&>\"'*") == "&lt;&amp;&gt;\"'*"
