"""The forms of set-up: within Slack's limits, read back as shown, errors at their fields."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from messages.forms.setup.find_form import (
    Found,
    find_errors,
    find_partnership_view,
    find_target_view,
    parse_find,
)
from messages.forms.setup.menus import menu, option_words, suggestions
from messages.forms.setup.problems import setup_errors
from messages.forms.setup.setup_form import depth_of, parse_setup, setup_view
from messages.ids import Action, Menu
from messages.markup.limits import weight
from messages.notices.samples import QUARTER
from messages.notices.setup_cards import TargetCard
from messages.notices.setup_sheets import FormSheet, Overtaken, Row, Suggested
from messages.values import pack_form, pack_gaps, unpack_form, unpack_gaps
from messages.wording import setup_fields as words
from rules.setup_beside import NOTE_FIELDS, PROXY_FIELDS, NotePlan, ProxyPlan
from rules.setup_fields import Field, FieldKind, SetupProblem, SetupProblemCode, written
from rules.setup_forms import FormKey, FormKind
from rules.setup_gaps import GapCode
from rules.setup_invariants import Missing
from rules.setup_milestones import Measured, as_typed, field_names, quarters_shown
from rules.setup_target import Part, fields_of, shown
from rules.vocabulary import Polarity, ToleranceMode
from tests.messages.filling import sent
from tests.messages.judges import judge_view
from tests.messages.nasty import NASTY
from tests.messages.nasty import texts as any_text

PLAN = TargetCard.example().plan
OFFERED = {
    "kind": {"LAA1_STRETCH": "Stretch targets"},
    "block": {"2": "Economic Development and Enterprise"},
    "partnership": {"9": "Spatial Planning and Infrastructure Partnership " * 3},
}


def sheet(kind: FormKind) -> FormSheet:
    """A form of each kind as a flow would give it."""
    key, about = FormKey(kind, 3), "LAA1-03 More affordable housing"
    if kind.value in set(Part):
        part = Part(kind.value)
        return FormSheet(key, about, fields_of(part, PLAN), shown(PLAN, part), offered=OFFERED)
    if kind in {FormKind.MILESTONES, FormKind.PROXY_MILESTONES}:
        return milestones(kind, Polarity.RANGE)
    if kind is FormKind.PROXY:
        return FormSheet(key, about, PROXY_FIELDS, written(PROXY_FIELDS, ProxyPlan("Begun")))
    if kind is FormKind.LINKS:
        fields, offered = (Field("links", FieldKind.TICKS),), {"links": {"4": "LAA1-04 Exams"}}
        return FormSheet(key, about, fields, {"links": "4"}, offered=offered)
    note = NotePlan(on_day=date(2008, 6, 12), text="Review")
    return FormSheet(replace(key, item=9), about, NOTE_FIELDS, written(NOTE_FIELDS, note))


def milestones(kind: FormKind, polarity: Polarity) -> FormSheet:
    measured = Measured(polarity, ToleranceMode.PERCENT, "homes")
    quarters = quarters_shown(QUARTER, ())
    names = {quarter: field_names(quarter, measured) for quarter in quarters}
    return FormSheet(
        FormKey(kind, 3, quarter=QUARTER),
        "LAA1-03 More affordable housing",
        tuple(Field(name, FieldKind.FIGURE) for row in names.values() for name in row),
        as_typed({}, quarters, measured),
        unit="homes",
        rows=tuple(Row(quarter, names[quarter], due=quarter != QUARTER) for quarter in quarters),
    )


@pytest.mark.parametrize("kind", FormKind)
def test_every_form_is_within_the_limits_and_comes_back_as_it_was_shown(kind: FormKind) -> None:
    made = sheet(kind)
    view = setup_view(made, "card:3", 2)
    judge_view(view)
    found = parse_setup(sent_whole(view))
    assert found is not None
    assert (found.key, found.below, depth_of(view)) == (made.key, "card:3", 2)
    for field in made.fields:
        shown_words, read = made.typed.get(field.name, ""), found.typed[field.name]
        assert sorted(read.split(",")) == sorted(shown_words.split(",")), field.name


@pytest.mark.parametrize("kind", FormKind)
def test_every_field_has_a_label_and_every_choice_its_words(kind: FormKind) -> None:
    made = sheet(kind)
    for field in made.fields:
        if not made.rows:
            assert words.said(words.LABEL, kind, field.name)
        if field.kind is FieldKind.TICK:
            assert words.TICK[field.name]
        if field.options:
            assert set(field.options) <= set(words.choices(kind, field.name))


@given(text=any_text, kind=st.sampled_from(FormKind))
@settings(max_examples=100, deadline=None)
def test_whatever_was_typed_a_form_can_show_it(text: str, kind: FormKind) -> None:
    made = sheet(kind)
    free = {FieldKind.LINE, FieldKind.TEXT, FieldKind.FIGURE}
    typed = {
        field.name: text if field.kind in free else made.typed.get(field.name, "")
        for field in made.fields
    }
    spoiled = replace(made, about=text, typed=typed, unit=text, title=text)
    at = datetime(2008, 10, 2, 9, tzinfo=UTC)
    judge_view(setup_view(spoiled))
    judge_view(setup_view(replace(spoiled, overtaken=Overtaken(text, at, made.typed))))


def test_somebody_elses_change_is_told_with_what_stands_now() -> None:
    made = sheet(FormKind.SMART)
    at = datetime(2008, 10, 2, 9, tzinfo=UTC)
    stands = {**made.typed, "end_on": "2011-03-01", "state": "DRAFT", "end_value": ""}
    typed = {**made.typed, "end_value": "1"}
    view = setup_view(replace(made, typed=typed, overtaken=Overtaken("Housing lead", at, stands)))
    told = " ".join(b["text"]["text"] for b in view["blocks"] if b["type"] == "section")
    assert "Housing lead changed this while it was open here" in told
    assert "State: Draft" in told
    assert "Day of the end value: Tuesday 1 March 2011" in told
    assert "End value: nothing" in told
    assert "Baseline" not in told.partition("It says now:")[2].partition("What you typed")[0]


def test_a_milestone_row_says_its_months_unit_and_whether_it_is_due() -> None:
    view = setup_view(milestones(FormKind.MILESTONES, Polarity.HIGHER))
    labels = [b["label"]["text"] for b in view["blocks"] if b["type"] == "input"]
    assert labels[0] == "July to September 2008 (not due), homes"
    assert labels[1] == "October to December 2008, homes"
    ranged = setup_view(milestones(FormKind.MILESTONES, Polarity.RANGE))
    assert "October to December 2008: not below, homes" in str(ranged)


def test_later_quarters_are_a_press_away_until_slack_stacks_no_more() -> None:
    made = milestones(FormKind.MILESTONES, Polarity.HIGHER)
    assert pack_form(FormKind.MILESTONES, 3, quarter=QUARTER.shifted(8)) in str(setup_view(made))
    assert Action.SETUP_FORM not in [
        element["action_id"]
        for block in setup_view(made, depth=3)["blocks"]
        if block["type"] == "actions"
        for element in block["elements"]
    ]


@pytest.mark.parametrize("count", [1, 99, 100, 101, 250])
def test_a_menu_of_any_size_stays_within_slacks_hundred(count: int) -> None:
    options = {str(number): f"Partnership {number}" for number in range(count)}
    made = menu("partnership", "Partnership", options, "0").to_dict()
    kind = "static_select" if count <= 100 else "external_select"
    assert made["element"]["type"] == kind
    assert made["element"]["initial_option"]["value"] == "0"


@pytest.mark.parametrize("text", NASTY)
def test_an_option_has_words_that_fit_whatever_it_is_called(text: str) -> None:
    line = option_words(text)
    assert 0 < weight(line) <= 75
    assert line.strip()


def test_what_does_not_fit_a_menu_is_counted() -> None:
    options = tuple((str(number), f"Target {number}") for number in range(100))
    (group,) = suggestions(Suggested(options, 1_000))["option_groups"]
    assert group["label"]["text"] == "The first 100 of 1,000. Type more to narrow it."
    assert len(group["options"]) == 100
    assert suggestions(Suggested()) == {"options": []}


def test_finding_reads_what_was_chosen_and_asks_where_nothing_was() -> None:
    for view, which in (
        (find_target_view(), Menu.WHICH_TARGET),
        (find_partnership_view(), Menu.WHICH_PARTNERSHIP),
    ):
        judge_view(view)
        chosen = {"selected_option": {"value": "12"}}
        filled = {**view, "state": {"values": {which: {which: chosen}}}}
        assert parse_find(filled) == Found(which, 12)
        assert parse_find({**view, "state": {"values": {}}}) == Found(which, None)
        assert "Choose one" in find_errors(Found(which, None))[which]
    assert parse_find({"private_metadata": '{"menu": "kind"}'}) is None


@pytest.mark.parametrize("code", SetupProblemCode)
def test_every_problem_says_how_to_mend_it_and_that_nothing_is_lost(
    code: SetupProblemCode,
) -> None:
    more = (Missing.UNIT,) if code is SetupProblemCode.NOT_AGREED_YET else ("LAA1-03 is so.",)
    view = sent_whole(setup_view(sheet(FormKind.WORDS)))
    found = setup_errors([SetupProblem(code, "title", more)], view)
    assert found["title"].endswith("Your other answers are kept.")
    elsewhere = setup_errors([SetupProblem(code, "somewhere else", more)], view)
    assert list(elsewhere) == ["title"]


def test_a_measure_whose_end_no_longer_fits_says_the_way_round() -> None:
    view = sent_whole(setup_view(sheet(FormKind.MEASURE)))
    problem = SetupProblem(SetupProblemCode.NOT_AGREED_YET, "polarity", (Missing.END_VALUE,))
    assert "Make it a draft under Agreement first" in setup_errors([problem], view)["polarity"]


@pytest.mark.parametrize(
    "tampered",
    [
        "",
        "words",
        "words:3",
        "words:3:0@2008q9",
        "king:3:0",
        "words:03:0",
        "words:3:0 ",
        "words:-1:0",
    ],
)
def test_a_value_somebody_edited_is_no_form(tampered: str) -> None:
    assert unpack_form(tampered) is None
    assert parse_setup({"private_metadata": f'{{"form": "{tampered}"}}'}) is None


def test_gaps_are_packed_with_where_their_list_begins() -> None:
    assert unpack_gaps(pack_gaps(GapCode.NO_UNIT, 30)) == (GapCode.NO_UNIT, 30)
    for tampered in ("", "NO_UNIT", "NO_UNIT@-1", "KING@0", "NO_UNIT@0 "):
        assert unpack_gaps(tampered) is None


def sent_whole(view: dict[str, object]) -> dict[str, object]:
    """The view as submitted, looked-up menus too."""
    external = {
        block["block_id"]: {block["element"]["action_id"]: _looked_up(block["element"])}
        for block in view["blocks"]  # type: ignore[attr-defined]  # a list of blocks
        if block["type"] == "input" and "external" in block["element"]["type"]
    }
    plain = [
        block
        for block in view["blocks"]  # type: ignore[attr-defined]  # a list of blocks
        if block.get("block_id") not in external
    ]
    filled = sent({**view, "blocks": plain})
    return {**filled, "state": {"values": {**filled["state"]["values"], **external}}}


def _looked_up(element: dict[str, object]) -> dict[str, object]:
    several = "multi" in str(element["type"])
    name = "selected_options" if several else "selected_option"
    return {name: element.get("initial_options" if several else "initial_option")}
