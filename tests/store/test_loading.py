"""Loading: the records hold what the files say, whole or not at all, and once."""

from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from sqlmodel import col, func, select

from rules.quarters import Quarter
from rules.vocabulary import (
    QuarterState,
    ReturnState,
    Role,
    RoleScope,
    Status,
    StatusBasis,
    StatusReason,
    TargetState,
)
from store.database import Database
from store.importing.faults import FaultyFilesError
from store.importing.ledger import Loaded
from store.importing.loading import load
from store.importing.programme import Programme
from store.importing.reading import read_programme
from store.tables import (
    AuditEntry,
    Block,
    BlockFocusRow,
    GrantPotential,
    KindRow,
    Milestone,
    Person,
    QuarterRow,
    ReturnRow,
    RoleAssignment,
    Target,
)

NOW = datetime(2008, 10, 1, 8, tzinfo=UTC)
Q1, Q2 = Quarter(2008, 1), Quarter(2008, 2)
STRETCH = "laa1_stretch_targets_2008-09_q2.csv"
STATUSES = "statuses_2008-09_q1.csv"
ORGANISATION = "organisation.yaml"


def change(folder: Path, file: str, old: str, new: str) -> None:
    text = (folder / file).read_text()
    assert old in text
    (folder / file).write_text(text.replace(old, new))


def load_into(
    database: Database, programme: Programme, before: Quarter | None = Q2, now: datetime = NOW
) -> Loaded:
    with database.writing() as session:
        return load(session, programme, history_before=before, now=now)


def load_folder(database: Database, folder: Path, now: datetime = NOW) -> Loaded:
    return load_into(database, read_programme(folder), now=now)


def audit_entries(database: Database) -> list[AuditEntry]:
    with database.reading() as session:
        return list(session.exec(select(AuditEntry).order_by(col(AuditEntry.id))))


def target_of(database: Database, ref: str) -> Target:
    with database.reading() as session:
        return session.exec(select(Target).where(Target.ref == ref)).one()


def returns_of(database: Database, ref: str) -> list[ReturnRow]:
    with database.reading() as session:
        return list(
            session.exec(
                select(ReturnRow)
                .join(Target, col(Target.id) == col(ReturnRow.target_id))
                .where(Target.ref == ref)
                .order_by(col(ReturnRow.quarter), col(ReturnRow.version))
            )
        )


def holders(database: Database, role: Role, ref: str) -> list[tuple[str, date, date | None]]:
    with database.reading() as session:
        rows = session.exec(
            select(Person, RoleAssignment)
            .join(RoleAssignment, col(RoleAssignment.person_id) == col(Person.id))
            .join(Target, col(Target.id) == col(RoleAssignment.target_id))
            .where(RoleAssignment.role == role, Target.ref == ref)
            .order_by(col(RoleAssignment.id))
        )
        return [(person.label, held.starts, held.ends) for person, held in rows]


def test_the_sample_is_in_the_records_after_loading(database: Database, folder: Path) -> None:
    counts = load_folder(database, folder).counts
    assert {subject: count.added for subject, count in counts.items()} == {
        "target kind": 5,
        "block": 5,
        "partnership": 9,
        "person": 73,
        "target": 59,
        "role": 151,
        "milestone": 13,
        "grant": 15,
        "block focus": 6,
        "quarter": 1,
        "return": 59,
    }


def test_loading_again_changes_nothing_and_leaves_no_second_audit_entry(
    database: Database, folder: Path
) -> None:
    load_folder(database, folder)
    before = audit_entries(database)
    loaded = load_folder(database, folder, now=datetime(2008, 10, 2, 8, tzinfo=UTC))
    assert not loaded.changed_anything
    assert audit_entries(database) == before


def test_a_faulty_folder_stores_nothing(database: Database, folder: Path) -> None:
    change(folder, STATUSES, "LAA1-03,2008/09 Q1,GREEN", "LAA1-03,2008/09 Q1,BLUE")
    with pytest.raises(FaultyFilesError):
        load_folder(database, folder)
    with database.reading() as session:
        assert session.exec(select(func.count()).select_from(Block)).one() == 0


def test_a_load_that_breaks_off_stores_nothing(database: Database, folder: Path) -> None:
    programme = read_programme(folder)

    def breaks_off(_done: int, _total: int, words: str) -> None:
        if words == "grants":
            raise ZeroDivisionError

    def loads() -> None:
        with database.writing() as session:
            load(session, programme, history_before=Q2, now=NOW, on_step=breaks_off)

    with pytest.raises(ZeroDivisionError):
        loads()
    assert audit_entries(database) == []


def test_a_target_keeps_what_its_row_says(database: Database, folder: Path) -> None:
    load_folder(database, folder)
    target = target_of(database, "LAA2-NI154")
    assert (target.kind, target.ni_number, target.due_quarters) == ("LAA2", 154, "1,2,3,4")
    assert target.state is TargetState.AGREED
    assert target.action_plan_in_place
    assert target_of(database, "LAA2-NI171").state is TargetState.TO_BE_SET


def test_a_target_is_due_where_its_statuses_show_it(database: Database, folder: Path) -> None:
    load_folder(database, folder)
    # Annual, not required in Q1 and reported in Q2; its frequency says Q4.
    assert target_of(database, "LAA1-04").due_quarters == "2,4"


def test_earlier_quarters_become_locked_returns_of_published_quarters(
    database: Database, folder: Path
) -> None:
    load_folder(database, folder)
    (red,) = returns_of(database, "LAA1-06")
    assert (red.quarter, red.status, red.state) == (Q1, Status.RED, ReturnState.LOCKED)
    assert red.basis is StatusBasis.IMPORT
    (gap,) = returns_of(database, "LAA2-NI152")
    assert gap.basis is StatusBasis.MEASURE
    with database.reading() as session:
        (quarter,) = session.exec(select(QuarterRow)).all()
    assert (quarter.label, quarter.state) == (Q1, QuarterState.PUBLISHED)


def test_an_uncertain_return_of_the_past_gives_a_reason(database: Database, folder: Path) -> None:
    load_into(database, read_programme(folder), before=None)
    first, second = returns_of(database, "LAA1-01")[0], returns_of(database, "LAA1-07")
    assert first.reason is None
    assert [one.reason for one in second] == [StatusReason.OTHER, StatusReason.OTHER]
    assert second[0].reason_text == "No reason was given in the records of that quarter."
    assert second[1].reason_text.startswith("Target baseline definition")


def test_a_figure_of_the_past_comes_with_its_criteria(database: Database, folder: Path) -> None:
    load_into(database, read_programme(folder), before=None)
    kept = returns_of(database, "LAA1-11")[1]
    assert (kept.actual, kept.profile) == (Decimal("23.5"), Decimal("27.0"))
    assert (kept.green_tolerance, kept.amber_tolerance) == (Decimal(0), Decimal(10))
    assert returns_of(database, "LAA1-11")[0].actual is None


def test_the_quarter_to_be_run_is_not_kept_as_reported(database: Database, folder: Path) -> None:
    load_folder(database, folder)
    with database.reading() as session:
        kept = session.exec(select(ReturnRow)).all()
    assert {one.quarter for one in kept} == {Q1}


def test_milestones_grants_and_the_rota_are_kept(database: Database, folder: Path) -> None:
    load_folder(database, folder)
    with database.reading() as session:
        assert session.exec(select(Milestone)).first() is not None
        assert {one.potential_gbp for one in session.exec(select(GrantPotential))} == {1_070_000}
        assert len(session.exec(select(BlockFocusRow)).all()) == 6


def test_leads_hold_their_targets_since_the_earliest_loaded_quarter(
    database: Database, folder: Path
) -> None:
    load_folder(database, folder)
    assert holders(database, Role.TARGET_LEAD, "LAA1-03") == [
        ("target-lead-03", date(2008, 4, 1), None)
    ]
    assert holders(database, Role.TARGET_SPONSOR, "LAA1-03") == [
        ("sponsor-09", date(2008, 4, 1), None)
    ]


def test_a_new_lead_takes_over_on_the_day_of_loading(database: Database, folder: Path) -> None:
    load_folder(database, folder)
    change(folder, STRETCH, "target-lead-03", "target-lead-04")
    loaded = load_folder(database, folder)
    assert holders(database, Role.TARGET_LEAD, "LAA1-03") == [
        ("target-lead-03", date(2008, 4, 1), date(2008, 10, 1)),
        ("target-lead-04", date(2008, 10, 1), None),
    ]
    assert (loaded.counts["role"].added, loaded.counts["role"].changed) == (1, 1)


def test_two_leads_may_change_places(database: Database, folder: Path) -> None:
    load_folder(database, folder)
    change(folder, STRETCH, "target-lead-03", "target-lead-xx")
    change(folder, STRETCH, "target-lead-04", "target-lead-03")
    change(folder, STRETCH, "target-lead-xx", "target-lead-04")
    load_folder(database, folder)
    now_leads = [holders(database, Role.TARGET_LEAD, ref)[-1][0] for ref in ("LAA1-03", "LAA1-04")]
    assert now_leads == ["target-lead-04", "target-lead-03"]


@pytest.mark.parametrize(
    ("role", "scope", "count"),
    [
        (Role.BLOCK_PERFORMANCE_LEAD, RoleScope.BLOCK, 5),
        (Role.LIAISON_OFFICER, RoleScope.PARTNERSHIP, 9),
        (Role.TARGET_SPONSOR, RoleScope.PARTNERSHIP, 9),
        (Role.TARGET_SPONSOR, RoleScope.TARGET, 59),
        (Role.DELIVERY_GROUP, RoleScope.TARGET, 2),
        (Role.CENTRAL_TEAM, RoleScope.NONE, 2),
        (Role.LAA_MANAGER, RoleScope.NONE, 1),
        (Role.PSB_MEMBER, RoleScope.NONE, 3),
        (Role.TARGET_LEAD, RoleScope.NONE, 0),
    ],
)
def test_every_role_is_held_over_what_it_is_for(
    database: Database, folder: Path, role: Role, scope: RoleScope, count: int
) -> None:
    load_folder(database, folder)
    with database.reading() as session:
        held = session.exec(
            select(RoleAssignment).where(RoleAssignment.role == role, RoleAssignment.scope == scope)
        ).all()
    assert len(held) == count


def test_an_administrator_the_file_forgets_keeps_the_keys(database: Database, folder: Path) -> None:
    load_folder(database, folder)
    change(folder, ORGANISATION, "- id: central-team-01\n  roles:\n  - CENTRAL_TEAM", "- id: x")
    load_folder(database, folder)
    with database.reading() as session:
        keys = session.exec(
            select(RoleAssignment).where(
                RoleAssignment.role == Role.CENTRAL_TEAM, col(RoleAssignment.ends).is_(None)
            )
        ).all()
    assert len(keys) == 2


def test_a_person_with_a_new_slack_account_is_the_same_person(
    database: Database, folder: Path
) -> None:
    load_folder(database, folder)
    change(folder, ORGANISATION, "UTARGETLEAD03", "UNEWACCOUNT")
    loaded = load_folder(database, folder)
    assert (loaded.counts["person"].added, loaded.counts["person"].changed) == (0, 1)
    assert loaded.counts["role"].added == 0


def test_two_people_may_swap_their_accounts(database: Database, folder: Path) -> None:
    load_folder(database, folder)
    change(folder, ORGANISATION, "UTARGETLEAD03", "UXX")
    change(folder, ORGANISATION, "UTARGETLEAD04", "UTARGETLEAD03")
    change(folder, ORGANISATION, "UXX", "UTARGETLEAD04")
    load_folder(database, folder)
    with database.reading() as session:
        accounts = dict(session.exec(select(Person.label, Person.slack_user_id)).all())
    assert accounts["target-lead-03"] == "UTARGETLEAD04"
    assert accounts["target-lead-04"] == "UTARGETLEAD03"


def test_the_audit_names_no_person(database: Database, folder: Path) -> None:
    load_folder(database, folder)
    for entry in audit_entries(database):
        said = f"{entry.subject} {entry.before} {entry.after}"
        assert "target-lead" not in said
        assert "UTARGETLEAD" not in said


def test_the_audit_tells_what_a_correction_changed(database: Database, folder: Path) -> None:
    load_folder(database, folder)
    change(folder, STRETCH, "More affordable housing", "More affordable homes")
    load_folder(database, folder)
    last = audit_entries(database)[-1]
    assert (last.action, last.subject, last.rule) == ("target changed", "LAA1-03", "import")
    assert last.before == '{"title":"More affordable housing"}'
    assert last.after == '{"title":"More affordable homes"}'


def test_what_no_file_carries_stays_as_it_was_set_by_hand(database: Database, folder: Path) -> None:
    load_folder(database, folder)
    with database.writing() as session:
        target = session.exec(select(Target).where(Target.ref == "LAA1-03")).one()
        target.unit, target.amber_tolerance = "homes", Decimal(5)
    assert not load_folder(database, folder).changed_anything
    assert target_of(database, "LAA1-03").unit == "homes"


def test_a_kind_that_was_changed_stays_changed(database: Database, folder: Path) -> None:
    with database.writing() as session:
        session.add(KindRow(code="LAA2", label="Second agreement", collected=True))
    load_folder(database, folder)
    with database.reading() as session:
        assert session.get_one(KindRow, "LAA2").label == "Second agreement"


def test_a_corrected_status_of_the_past_becomes_a_further_version(
    database: Database, folder: Path
) -> None:
    load_folder(database, folder)
    change(folder, STATUSES, "LAA1-03,2008/09 Q1,GREEN", "LAA1-03,2008/09 Q1,AMBER")
    load_folder(database, folder)
    kept = [(one.version, one.status) for one in returns_of(database, "LAA1-03")]
    assert kept == [(1, Status.GREEN), (2, Status.AMBER)]
    assert not load_folder(database, folder).changed_anything


def test_what_a_person_reported_is_never_replaced_by_a_file(
    database: Database, folder: Path
) -> None:
    load_folder(database, folder)
    with database.writing() as session:
        target = session.exec(select(Target).where(Target.ref == "LAA1-03")).one()
        session.add(
            ReturnRow(
                target_id=target.id or 0,
                quarter=Q1,
                version=2,
                state=ReturnState.LOCKED,
                status=Status.RED,
                submitted_by=1,
                submitted_at=NOW,
            )
        )
    assert not load_folder(database, folder).changed_anything
    assert returns_of(database, "LAA1-03")[-1].status is Status.RED


def test_progress_ends_at_the_whole(database: Database, folder: Path) -> None:
    steps: list[tuple[int, int]] = []
    with database.writing() as session:
        load(
            session,
            read_programme(folder),
            history_before=Q2,
            now=NOW,
            on_step=lambda done, total, _words: steps.append((done, total)),
        )
    assert steps == sorted(steps)
    assert steps[-1][0] == steps[-1][1]


TARGETS = 600
YEARS = [Quarter(2007, 3), Quarter(2007, 4), Q1, Q2]


def write_large_programme(folder: Path) -> None:
    folder.mkdir()
    users = [
        f"- {{id: lead-{n}, slack_user_id: ULEAD{n}, roles: [TARGET_LEAD]}}" for n in range(200)
    ]
    (folder / ORGANISATION).write_text(
        "blocks: [{id: ONE, name: One}]\n"
        "partnerships: [{id: all, name: All, block: ONE}]\n"
        "users:\n" + "\n".join(users) + "\n"
    )
    rows = [f"T-{n:03},LAA2,Target {n},ONE,all,lead-{n % 200},lead-1" for n in range(TARGETS)]
    (folder / "all_targets.csv").write_text(
        "ref,kind,short_title,block_id,partnership_id,target_lead,target_sponsor\n"
        + "\n".join(rows)
    )
    statuses = [
        f"T-{n:03},{quarter},{'RED' if n % 3 else 'GREEN'}"
        for quarter in YEARS
        for n in range(TARGETS)
    ]
    (folder / "statuses_all.csv").write_text("target_ref,quarter,status\n" + "\n".join(statuses))


def test_six_hundred_targets_load_as_well(database: Database, tmp_path: Path) -> None:
    write_large_programme(tmp_path / "large")
    programme = read_programme(tmp_path / "large")
    loaded = load_into(database, programme)
    assert loaded.counts["target"].added == TARGETS
    assert loaded.counts["return"].added == TARGETS * 3
    assert not load_into(database, programme).changed_anything
