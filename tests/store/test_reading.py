"""Reading a folder: every fault of every file, with its place and what to do."""

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

from rules.quarters import Quarter
from rules.vocabulary import (
    Accumulation,
    GrantExpectation,
    Polarity,
    Role,
    Status,
    StatusBasis,
    TargetState,
)
from store.importing.faults import Fault, FaultyFilesError
from store.importing.programme import Channels
from store.importing.reading import read_programme

ORGANISATION = "organisation.yaml"
STRETCH = "laa1_stretch_targets_2008-09_q2.csv"
INDICATORS = "laa2_indicators_2008-09_q2.csv"
STATUSES = "statuses_2008-09_q1.csv"
MEASURES = "illustrative_measures_2008-09_q2.csv"
GRANTS = "reward_grant_estimate_2008-09_q2.csv"
ROTA = "block_focus_rota.yaml"
Q1, Q2 = Quarter(2008, 1), Quarter(2008, 2)


def change(folder: Path, file: str, old: str, new: str) -> None:
    text = (folder / file).read_text()
    assert old in text
    (folder / file).write_text(text.replace(old, new, 1))


def add_line(folder: Path, file: str, line: str) -> None:
    with (folder / file).open("a") as open_file:
        open_file.write(line + "\n")


def faults_of(folder: Path, *, optional: bool = False) -> list[Fault]:
    with pytest.raises(FaultyFilesError) as refused:
        read_programme(folder, optional=optional)
    return list(refused.value.faults)


def places(faults: list[Fault]) -> list[tuple[str, int, str]]:
    return [(fault.file, fault.row, fault.column) for fault in faults]


def test_the_sample_is_read_whole(folder: Path) -> None:
    programme = read_programme(folder)
    assert len(programme.targets) == 59
    assert len(programme.statuses) == 118
    assert len(programme.people) == 73
    assert len(programme.partnerships) == 9
    assert programme.quarters == (Q1, Q2)
    assert programme.channels == Channels("psb-board", "laa-central-team")
    assert programme.ignored == ()
    reds = [line for line in programme.statuses_in(Q2) if line.status is Status.RED]
    assert len(reds) == 11
    assert sum(line.basis is StatusBasis.DATA_GAP for line in reds) == 3


def test_a_target_and_its_status_are_read_from_one_row(folder: Path) -> None:
    programme = read_programme(folder)
    target = next(one for one in programme.targets if one.ref == "LAA2-NI163")
    assert (target.ni_number, target.block, target.lead) == (163, "EDE", "target-lead-18")
    assert target.polarity is Polarity.HIGHER
    assert target.state is TargetState.AGREED
    assert target.action_plan_in_place
    line = programme.status_of("LAA2-NI163", Q2)
    assert line is not None
    assert (line.status, line.basis, line.highest_risk) == (Status.GREEN, StatusBasis.PROXY, 12)
    doubtful = programme.status_of("LAA1-01", Q2)
    assert doubtful is not None
    assert doubtful.grant_expectation is GrantExpectation.DOUBTFUL
    assert doubtful.wording.startswith("Difficulties with the base data")


def test_a_measure_tells_how_its_target_counts(folder: Path) -> None:
    programme = read_programme(folder)
    target = next(one for one in programme.targets if one.ref == "LAA2-NI154")
    assert target.accumulation is Accumulation.CUMULATIVE_YTD
    measure = programme.measure_of("LAA2-NI154", Q2)
    assert measure is not None
    assert (measure.profile, measure.actual) == (Decimal(1200), Decimal(1000))


def test_optional_files_load_only_when_asked_for(folder: Path) -> None:
    programme = read_programme(folder, optional=True)
    assert len(programme.targets) == 66
    line = programme.status_of("LAA2-NI072", Q2)
    assert line is not None
    assert line.status is Status.NOT_REQUIRED


def test_results_beside_the_input_are_never_input(folder: Path) -> None:
    for name in ("expected_targets_x.csv", "calendar_examples.csv", "light_cases.csv"):
        (folder / name).write_text("not,what,it,seems\n")
    (folder / "test_vectors.yaml").write_text(": : :")
    (folder / "notes.csv").write_text("of,no,form\n")
    assert read_programme(folder).ignored == ("notes.csv",)


def test_a_byte_order_mark_windows_lines_and_blank_rows_do_no_harm(folder: Path) -> None:
    text = (folder / STATUSES).read_text().replace("LAA1-05,", ",,,,\n\nLAA1-05,", 1)
    (folder / STATUSES).write_bytes(text.replace("\n", "\r\n").encode("utf-8-sig"))
    assert len(read_programme(folder).statuses) == 118


def test_words_may_be_in_small_letters_and_columns_in_any_order(folder: Path) -> None:
    (folder / STATUSES).write_text(
        "Status,Extra,TARGET_REF,Quarter\nnot required,x,LAA1-01,Q1 2008/09\n"
    )
    line = read_programme(folder).status_of("LAA1-01", Q1)
    assert line is not None
    assert line.status is Status.NOT_REQUIRED


CELLS: list[tuple[str, str, str, int, str, str]] = [
    # file, what stands there, what is put there, row, column, words of the reason
    (STATUSES, "LAA1-03,2008/09 Q1,GREEN", "LAA1-03,2008/09 Q1,BLUE", 4, "status", "RED, AMBER"),
    (STATUSES, "Q1,AMBER,MEASURE", "Q1,AMBER,GUESS", 17, "basis", "one of these: MEASURE"),
    (STATUSES, "Q1,AMBER,MEASURE", "Q1,AMBER,DATA_GAP", 17, "basis", "red for want of data"),
    (STATUSES, "LAA1-03,2008/09 Q1", "LAA1-03,2008/10 Q1", 4, "quarter", "names no quarter"),
    (STATUSES, "LAA1-03,2008/09 Q1", "LAA1-99,2008/09 Q1", 4, "target_ref", "no target “LAA1-99”"),
    (STATUSES, "LAA1-03,2008/09 Q1,GREEN", "LAA1-03,2008/09 Q1,", 4, "status", "is empty"),
    (STATUSES, "LAA1-03,2008/09 Q1", "LAA1-03,2008/09 Q2", 4, "quarter", "row 4 already"),
    (STATUSES, "LAA1-03,2008/09 Q1", "LAA1-02,2008/09 Q1", 4, "quarter", "row 3 already"),
    (STRETCH, "LAA1-03,LAA1_STRETCH", "LAA1-03,LAA9", 4, "kind", "LAA1_STRETCH"),
    (STRETCH, "LAA1-03,LAA1", "LAA1-02,LAA1", 4, "ref", "stands in row 3 already"),
    (STRETCH, ",EDE,spatial,", ",XYZ,spatial,", 4, "block_id", "no block “XYZ”"),
    (STRETCH, ",EDE,spatial,", ",EDE,nowhere,", 4, "partnership_id", "no partnership “nowhere”"),
    (STRETCH, ",EDE,spatial,", ",EDE,,", 4, "partnership_id", "is empty"),
    (STRETCH, "target-lead-03", "nobody", 4, "target_lead", "no user “nobody”"),
    (STRETCH, "sponsor-09", "nobody", 4, "target_sponsor", "no user “nobody”"),
    (STRETCH, "performance-lead-ede", "nobody", 4, "performance_lead", "no user “nobody”"),
    (STRETCH, "LOWER", "SIDEWAYS", 2, "polarity", "HIGHER, LOWER, RANGE"),
    (STRETCH, "QUARTERLY", "DAILY", 2, "frequency", "BIENNIAL"),
    (STRETCH, "DOUBTFUL", "HOPEFUL", 2, "grant_expectation", "UNDER_DISCUSSION"),
    (STRETCH, ",true,,", ",maybe,,", 3, "significant_concern", "neither true nor false"),
    (STRETCH, ",false,12,", ",false,7,", 14, "highest_risk_score", "from 1 to 5"),
    (STRETCH, ",false,12,", ",false,30,", 14, "highest_risk_score", "from 0 to 25"),
    (STRETCH, "2008/09 Q2,AMBER", ",AMBER", 3, "quarter", "Write which"),
    (INDICATORS, "AGREED", "DONE", 2, "target_state", "TO_BE_SET"),
    (INDICATORS, "LAA2,152,", "LAA2,1.5,", 2, "ni_number", "no whole number"),
    (MEASURES, ",1200,1000,", ",12oo,1000,", 2, "profile", "such as 1200 or 1,200"),
    (MEASURES, ",1200,1000,", ",1200,47%,", 2, "actual", "“47%” is no number"),
    (MEASURES, ",1200,1000,", ",1200,NaN,", 2, "actual", "no number"),
    (MEASURES, ",1200,1000,", ",0,1000,", 2, "profile", "No per cent of 0"),
    (MEASURES, "Q2,LOWER", "Q2,HIGHER", 4, "polarity", "The target says LOWER"),
    (MEASURES, "NI155,", "NI154,", 3, "quarter", "row 2 already"),
    (GRANTS, "16050000", "16050001", 17, "potential_grant_gbp", "add up to 16,050,000"),
    (GRANTS, "8988000", "9988000", 17, "estimate_gbp", "add up to 8,988,000"),
    (GRANTS, "LAA1-02,", "LAA1-01,", 3, "target_ref", "row 2 already"),
    (GRANTS, "DOUBTFUL", "HOPEFUL", 2, "expectation", "FULL, PARTIAL"),
    (ORGANISATION, "UTARGETLEAD02", "UTARGETLEAD01", 71, "slack_user_id", "row 67 already"),
    (ORGANISATION, "UTARGETLEAD02", "lead two", 71, "slack_user_id", "no Slack member id"),
    (ORGANISATION, "- CENTRAL_TEAM", "- BOSS", 345, "roles", "PSB_MEMBER, TARGET_LEAD"),
    (ORGANISATION, "sponsor: sponsor-01", "sponsor: sponsor-99", 4, "sponsor", "no user"),
    (ORGANISATION, "  block: CYP", "  block: CPY", 6, "block", "no block “CPY”"),
    (ORGANISATION, "- LAA2-NI155", "- LAA2-NI999", 379, "targets", "no target “LAA2-NI999”"),
    (ORGANISATION, "- id: safer", "- id: waste", 17, "id", "row 12 already"),
    (ORGANISATION, "id: children-trust", "name: children-trust", 3, "", "stands twice"),
    (ORGANISATION, "  name: Oxfordshire Waste", " name: Oxfordshire Waste", 18, "", "indentation"),
    (ROTA, "block: SSC", "block: SCC", 4, "block", "no block “SCC”"),
    (ROTA, "quarter: 2007/08 Q2", "quarter: 2007/08 Q1", 5, "quarter", "stands in the rota"),
]


@pytest.mark.parametrize(("file", "old", "new", "row", "column", "words"), CELLS)
def test_a_wrong_cell_is_named_by_file_row_and_column(
    folder: Path, file: str, old: str, new: str, row: int, column: str, words: str
) -> None:
    change(folder, file, old, new)
    there = [fault for fault in faults_of(folder) if fault.file == file]
    assert places(there)[0] == (file, row, column)
    assert words in there[0].reason


def spoil_encoding(folder: Path) -> None:
    with (folder / STATUSES).open("ab") as file:
        file.write(b"LAA1-01,2007/08 Q4,\xa3,,\n")


def break_off(folder: Path) -> None:
    change(folder, STATUSES, "LAA1-05,2008", '"LAA1-05,2008')


def empty(folder: Path) -> None:
    (folder / STATUSES).write_text(" \n")


def only_header(folder: Path) -> None:
    (folder / STATUSES).write_text("target_ref,quarter,status\n")


def lose_a_column(folder: Path) -> None:
    change(folder, STATUSES, "target_ref,quarter,status", "target_ref,quarter,state")


def name_a_column_twice(folder: Path) -> None:
    change(folder, STATUSES, "target_ref,quarter,status,basis", "target_ref,quarter,status,status")


def leave_a_cell_out(folder: Path) -> None:
    change(folder, STATUSES, "LAA1-03,2008/09 Q1,", "LAA1-03,")


def put_a_cell_in(folder: Path) -> None:
    change(folder, STATUSES, "LAA1-03,2008/09 Q1,", "LAA1-03,2008/09 Q1,,")


def hide_a_character(folder: Path) -> None:
    change(folder, STATUSES, "LAA1-03,2008/09 Q1,GREEN,", "LAA1-03,2008/09 Q1,GREEN,\x00")


@pytest.mark.parametrize(
    ("spoil", "row", "column", "words"),
    [
        (spoil_encoding, 61, "", "not UTF-8"),
        (break_off, 6, "", "quotation mark"),
        (empty, 0, "", "This file is empty"),
        (only_header, 1, "", "no row below the header"),
        (lose_a_column, 1, "status", "“status” is missing"),
        (name_a_column_twice, 1, "status", "stands twice"),
        (leave_a_cell_out, 4, "", "This row has 4 cells and the header 5"),
        (put_a_cell_in, 4, "", "This row has 6 cells and the header 5"),
        (hide_a_character, 4, "basis", "invisible character"),
    ],
)
def test_a_file_that_is_spoilt_is_named_with_its_row(
    folder: Path, spoil: Callable[[Path], None], row: int, column: str, words: str
) -> None:
    spoil(folder)
    faults = faults_of(folder)
    assert (STATUSES, row, column) in places(faults)
    assert any(words in fault.reason for fault in faults)


def test_semicolons_between_columns_are_recognised(folder: Path) -> None:
    (folder / STATUSES).write_text((folder / STATUSES).read_text().replace(",", ";"))
    assert "not semicolons" in faults_of(folder)[0].reason


def test_every_fault_of_every_file_comes_at_once(folder: Path) -> None:
    change(folder, STATUSES, "LAA1-03,2008/09 Q1,GREEN", "LAA1-03,never,BLUE")
    change(folder, STRETCH, "target-lead-03", "nobody")
    change(folder, MEASURES, ",1200,1000,", ",many,few,")
    change(folder, GRANTS, "16050000", "1")
    change(folder, ROTA, "block: SSC", "block: SCC")
    assert places(faults_of(folder)) == [
        (ROTA, 4, "block"),
        (MEASURES, 2, "actual"),
        (MEASURES, 2, "profile"),
        (STRETCH, 4, "target_lead"),
        (GRANTS, 17, "potential_grant_gbp"),
        (STATUSES, 4, "quarter"),
        (STATUSES, 4, "status"),
    ]


def test_a_row_that_cannot_be_read_does_not_make_its_target_unknown(folder: Path) -> None:
    change(folder, STRETCH, "LAA1-03,LAA1_STRETCH,", "LAA1-03,")
    assert places(faults_of(folder)) == [(STRETCH, 4, "")]


def test_the_message_says_how_many_and_that_nothing_was_loaded(folder: Path) -> None:
    change(folder, STATUSES, "LAA1-03,2008/09 Q1,GREEN", "LAA1-03,2008/09 Q1,BLUE")
    with pytest.raises(FaultyFilesError, match=r"^1 fault; nothing was loaded\.\nstatuses_2008"):
        read_programme(folder)


def test_one_fault_tells_of_a_missing_organisation(folder: Path) -> None:
    (folder / ORGANISATION).unlink()
    assert places(faults_of(folder)) == [(ORGANISATION, 0, "")]


def test_one_fault_tells_of_a_missing_list_of_users(folder: Path) -> None:
    change(folder, ORGANISATION, "users:", "people:")
    first, *others = faults_of(folder)
    assert (first.row, first.column) == (0, "users")
    assert all(fault.file == ORGANISATION for fault in others)


def test_one_fault_tells_of_missing_targets(folder: Path) -> None:
    for path in folder.glob("laa*"):
        path.unlink()
    (fault,) = faults_of(folder)
    assert "no target file" in fault.reason


def test_one_fault_tells_of_a_folder_without_files(tmp_path: Path) -> None:
    (tmp_path / "none").mkdir()
    (fault,) = faults_of(tmp_path / "none")
    assert "none of the files" in fault.reason


def test_one_fault_tells_of_no_folder(tmp_path: Path) -> None:
    (fault,) = faults_of(tmp_path / "nowhere")
    assert "no such folder" in fault.reason


@pytest.mark.parametrize("text", ["[" * 2_000, "- just a list\n", "\tusers: x\n", "a: &b [*b]\n"])
def test_an_organisation_that_is_no_organisation_is_refused(folder: Path, text: str) -> None:
    (folder / ORGANISATION).write_text(text)
    assert faults_of(folder)[0].file == ORGANISATION


def test_words_that_yaml_takes_for_more_stay_words(folder: Path) -> None:
    text = (folder / ORGANISATION).read_text().replace("CYP", "NO")
    (folder / ORGANISATION).write_text(text)
    for name in (STRETCH, INDICATORS):
        (folder / name).write_text((folder / name).read_text().replace(",CYP,", ",NO,"))
    change(folder, ROTA, "block: CYP", "block: NO")
    change(folder, ROTA, "block: CYP", "block: NO")
    assert "NO" in {block.code for block in read_programme(folder).blocks}


def test_a_block_has_one_performance_lead(folder: Path) -> None:
    add_line(folder, ORGANISATION, "")
    change(
        folder,
        ORGANISATION,
        "- id: performance-lead-ede\n  roles:\n  - BLOCK_PERFORMANCE_LEAD\n  block: EDE",
        "- id: performance-lead-ede\n  roles:\n  - BLOCK_PERFORMANCE_LEAD\n  block: CYP",
    )
    (fault,) = faults_of(folder)
    assert fault.reason == "CYP has one performance lead, and that is performance-lead-cyp."


LATER = "laa2_indicators_2008-09_q3.csv"
HEADER = "ref,kind,short_title,block_id,partnership_id,target_lead,target_sponsor,quarter,status"
ROW = "LAA2-NI154,LAA2,Net additional homes provided,EDE,spatial,target-lead-19,sponsor-09"


def test_a_target_may_stand_in_several_files_for_several_quarters(folder: Path) -> None:
    (folder / LATER).write_text(f"{HEADER}\n{ROW},2008/09 Q3,GREEN\n")
    programme = read_programme(folder)
    assert len(programme.targets) == 59
    target = next(one for one in programme.targets if one.ref == "LAA2-NI154")
    assert (target.ni_number, target.performance_lead) == (154, "performance-lead-ede")
    assert [programme.status_of("LAA2-NI154", quarter) is not None for quarter in (Q2, Q2.next)]


def test_files_that_tell_different_facts_of_a_target_are_refused(folder: Path) -> None:
    (folder / LATER).write_text(f"{HEADER}\n{ROW.replace('lead-19', 'lead-20')},2008/09 Q3,RED\n")
    (fault,) = faults_of(folder)
    assert places([fault]) == [(LATER, 2, "target_lead")]
    assert f"in {INDICATORS} row 7 “target-lead-19”" in fault.reason


def test_a_target_without_a_sponsor_loads_as_a_fault_of_set_up_only(folder: Path) -> None:
    change(folder, STRETCH, "sponsor-09", "")
    target = next(one for one in read_programme(folder).targets if one.ref == "LAA1-03")
    assert target.sponsor is None


def test_people_keep_their_roles_and_scopes(folder: Path) -> None:
    people = {person.label: person for person in read_programme(folder).people}
    assert people["delivery-group-01"].targets == ("LAA2-NI154", "LAA2-NI155")
    assert people["psb-chair-01"].roles == (Role.PSB_MEMBER,)
    assert people["sponsor-03"].partnership == "safer"
