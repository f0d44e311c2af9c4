from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.quarters import Quarter
from rules.setup_fields import Field, FieldKind, SetupProblemCode, read, written
from rules.setup_invariants import Missing, gaps, problems
from rules.setup_target import (
    SMART,
    Part,
    TargetPlan,
    begun,
    fields_of,
    shown,
    units_of,
    with_values,
)
from rules.vocabulary import Frequency, Polarity, TargetState, ToleranceMode

WHOLE = TargetPlan(
    ref="LAA1-03",
    kind="STRETCH",
    block="1",
    partnership="2",
    title="More affordable housing",
    unit="homes",
    smart=SMART,
    baseline_value=Decimal(100),
    baseline_on=date(2008, 3, 31),
    end_value=Decimal(1200),
    end_on=date(2011, 3, 31),
    state=TargetState.AGREED,
)
figures = st.decimals(min_value=-10_000, max_value=10_000, places=2)
days = st.dates(date(2000, 1, 1), date(2030, 1, 1))
words = st.text(alphabet="abc é-.", max_size=20).map(str.strip)
plans = st.builds(
    TargetPlan,
    ref=words,
    kind=st.just("K"),
    block=st.just("1"),
    partnership=st.just("2"),
    title=words,
    outcome=words,
    unit=words,
    decimals=st.integers(0, 6),
    due=st.lists(st.sampled_from("1234"), unique=True).map(lambda due: tuple(sorted(due))),
    green=figures,
    amber=figures,
    smart=st.sets(st.sampled_from(SMART)).map(lambda s: tuple(x for x in SMART if x in s)),
    baseline_value=st.none() | figures,
    baseline_on=st.none() | days,
    end_value=st.none() | figures,
    end_on=st.none() | days,
    range_low=st.none() | figures,
    range_high=st.none() | figures,
    ni_number=st.none() | st.integers(0, 9_999),
    active_from=st.none() | st.builds(Quarter, st.integers(2000, 2030), st.integers(1, 4)),
    polarity=st.sampled_from(Polarity),
    mode=st.sampled_from(ToleranceMode),
    state=st.sampled_from(TargetState),
    restricted=st.booleans(),
)


def sent(plan: TargetPlan, part: Part, **typed: str) -> tuple[TargetPlan, list[SetupProblemCode]]:
    """The target after a form with some answers changed, and every problem's code."""
    answers = shown(plan, part) | typed
    units = units_of(plan, answers.get("unit"), answers.get("mode"))
    values, unread = read(fields_of(part, plan), answers, units)
    after = with_values(plan, part, values)
    found = (*unread, *problems(plan, after, part))
    return after, [one.code for one in found]


@given(plan=plans, part=st.sampled_from([p for p in Part if p is not Part.CLOSING]))
def test_a_form_sent_as_it_was_shown_changes_nothing(plan: TargetPlan, part: Part) -> None:
    answers = shown(plan, part)
    values, unread = read(fields_of(part, plan), answers, units_of(plan, None, None))
    assert unread == ()
    assert with_values(plan, part, values) == plan


def test_an_agreed_target_with_everything_lacks_nothing() -> None:
    assert gaps(WHOLE) == ()


@pytest.mark.parametrize(
    ("field", "lacks"),
    [
        ("unit", Missing.UNIT),
        ("baseline_value", Missing.BASELINE_VALUE),
        ("baseline_on", Missing.BASELINE_ON),
        ("end_value", Missing.END_VALUE),
        ("end_on", Missing.END_ON),
        *(((name), Missing(name.upper())) for name in SMART),
    ],
)
def test_a_target_is_not_agreed_while_anything_is_missing(field: str, lacks: Missing) -> None:
    bare = {
        **{f: getattr(WHOLE, f) for f in TargetPlan.__dataclass_fields__},
        "state": TargetState.DRAFT,
    }
    if field in SMART:
        bare["smart"] = tuple(name for name in SMART if name != field)
    else:
        bare[field] = "" if field == "unit" else None
    draft = TargetPlan(**bare)
    after = with_values(draft, Part.SMART, {"state": "AGREED"})
    (found,) = problems(draft, after, Part.SMART)
    assert (found.code, found.field) == (SetupProblemCode.NOT_AGREED_YET, "state")
    assert found.more == (lacks,)


@given(plan=plans)
def test_no_change_leaves_a_target_agreed_with_a_gap_it_did_not_have(plan: TargetPlan) -> None:
    agreed = with_values(plan, Part.SMART, {"state": "AGREED"})
    found = [p for p in problems(plan, agreed, Part.SMART) if p.field == "state"]
    kept = set(gaps(plan)) if plan.state is TargetState.AGREED else set()
    assert bool(found) == bool(set(gaps(agreed)) - kept)


def test_what_an_agreed_target_always_lacked_does_not_stop_another_change() -> None:
    imported = TargetPlan("LAA2-NI8", "K", "1", "2", "Sport", state=TargetState.AGREED)
    after, codes = sent(imported, Part.SMART, baseline_value="12", baseline_on="2008-03-31")
    assert codes == []
    assert Missing.BASELINE_VALUE not in gaps(after)


def test_the_unit_of_an_agreed_target_is_not_taken_away() -> None:
    assert sent(WHOLE, Part.MEASURE, unit="")[1] == [SetupProblemCode.NOT_AGREED_YET]


def test_a_target_to_be_set_says_why_and_by_when() -> None:
    draft = with_values(WHOLE, Part.SMART, {"state": "DRAFT"})
    assert sent(draft, Part.SMART, state="TO_BE_SET")[1] == [
        SetupProblemCode.REASON_REQUIRED,
        SetupProblemCode.EXPECTED_DAY_REQUIRED,
    ]
    whole = {"set_reason": "Awaiting the survey", "expected_set_by": "2009-03-31"}
    assert sent(draft, Part.SMART, state="TO_BE_SET", **whole)[1] == []


@pytest.mark.parametrize(
    ("green", "amber", "code"),
    [
        ("0", "0", None),
        ("5", "5", None),
        ("5", "4.9", SetupProblemCode.TOLERANCES_CROSS),
        ("-1", "5", SetupProblemCode.NEGATIVE),
        ("0", "-1", SetupProblemCode.NEGATIVE),
        ("", "5", SetupProblemCode.REQUIRED),
        ("five", "5", SetupProblemCode.NOT_A_NUMBER),
    ],
)
def test_tolerances_run_from_nought_over_green_to_amber(
    green: str, amber: str, code: SetupProblemCode | None
) -> None:
    codes = sent(WHOLE, Part.MEASURE, green=green, amber=amber)[1]
    assert codes == ([] if code is None else [code])


def test_a_tolerance_is_read_in_the_unit_it_is_in() -> None:
    after, codes = sent(WHOLE, Part.MEASURE, green="2%", amber="10%")
    assert (after.green, codes) == (Decimal(2), [])
    assert sent(WHOLE, Part.MEASURE, mode="ABSOLUTE", amber="10%")[1] == [
        SetupProblemCode.NOT_A_NUMBER
    ]


def test_per_cent_tolerances_are_refused_where_a_milestone_is_nought() -> None:
    assert [p.code for p in problems(WHOLE, WHOLE, Part.MEASURE, zero_milestone=True)] == [
        SetupProblemCode.TOLERANCE_UNDEFINED
    ]
    absolute = with_values(WHOLE, Part.MEASURE, {"mode": "ABSOLUTE"})
    assert problems(WHOLE, absolute, Part.MEASURE, zero_milestone=True) == ()


def test_a_range_has_two_ends_and_the_low_one_lies_lower() -> None:
    ranged = with_values(WHOLE, Part.SMART, {"polarity": "RANGE", "state": "DRAFT"})
    assert sent(ranged, Part.SMART, range_low="45")[1] == [SetupProblemCode.RANGE_HALF_GIVEN]
    assert sent(ranged, Part.SMART, range_low="45", range_high="45")[1] == [
        SetupProblemCode.RANGE_CROSSES
    ]
    after, codes = sent(ranged, Part.SMART, range_low="45", range_high="55", state="AGREED")
    assert (codes, gaps(after)) == ([], ())


def test_a_benchmark_says_where_it_comes_from() -> None:
    assert sent(WHOLE, Part.SMART, benchmark_value="12")[1] == [SetupProblemCode.SOURCE_REQUIRED]


def test_a_target_is_not_over_before_it_begins() -> None:
    typed = {"active_from": "2009/10 Q1", "active_to": "Q4 2008/09"}
    assert sent(WHOLE, Part.BELONGING, **typed)[1] == [SetupProblemCode.ENDS_BEFORE_START]
    assert sent(WHOLE, Part.BELONGING, active_from="2009/11 Q1")[1] == [
        SetupProblemCode.NOT_A_QUARTER
    ]


def test_a_target_is_closed_with_its_last_quarter_and_a_reason() -> None:
    assert sent(WHOLE, Part.CLOSING)[1] == [
        SetupProblemCode.REQUIRED,
        SetupProblemCode.REASON_REQUIRED,
    ]
    after, codes = sent(WHOLE, Part.CLOSING, active_to="2008/09 Q4", set_reason="Reached")
    assert (after.state, after.active_to, codes) == (TargetState.CLOSED, Quarter(2008, 4), [])


@pytest.mark.parametrize("ref", ["LAA1 03", "all", "Q2", "a\tb"])
def test_a_reference_is_one_word_the_command_can_read(ref: str) -> None:
    plan = with_values(WHOLE, Part.CREATION, {"ref": ref})
    assert [p.code for p in problems(None, plan, Part.CREATION)] == [
        SetupProblemCode.REF_NOT_USABLE
    ]


def test_a_new_target_is_a_draft_due_as_its_frequency_says() -> None:
    typed = shown(WHOLE, Part.CREATION) | {"frequency": Frequency.ANNUAL}
    values, unread = read(fields_of(Part.CREATION, WHOLE), typed)
    new = begun(values)
    assert unread == ()
    assert (new.state, new.due, new.ref) == (TargetState.DRAFT, ("4",), "LAA1-03")


@pytest.mark.parametrize(
    ("kind", "typed", "code"),
    [
        (FieldKind.CHOICE, "C", SetupProblemCode.NOT_OFFERED),
        (FieldKind.CHOICE, "", SetupProblemCode.REQUIRED),
        (FieldKind.WHOLE, "1.5", SetupProblemCode.NOT_WHOLE),
        (FieldKind.WHOLE, "99999", SetupProblemCode.NOT_WHOLE),
        (FieldKind.WHOLE, "\u0661", SetupProblemCode.NOT_WHOLE),
        (FieldKind.FIGURE, "1,2", SetupProblemCode.NOT_A_NUMBER),
        (FieldKind.DAY, "31 March", SetupProblemCode.REQUIRED),
    ],
)
def test_what_a_field_cannot_take_is_a_problem_at_it(
    kind: FieldKind, typed: str, code: SetupProblemCode
) -> None:
    values, (found,) = read([Field("f", kind, ("A", "B"))], {"f": typed})
    assert (found.code, found.field, values) == (code, "f", {})


def test_ticks_come_in_the_order_of_the_form_and_no_others() -> None:
    field = Field("f", FieldKind.TICKS, ("A", "B"))
    assert read([field], {"f": "B,C,A,B"})[0] == {"f": ("A", "B")}
    assert written([Field("smart", FieldKind.TICKS)], WHOLE) == {"smart": ",".join(SMART)}
