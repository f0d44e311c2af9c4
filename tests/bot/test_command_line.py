"""The command line: what it loads, what it refuses, and with which words and exit status."""

import shutil
import sys
from pathlib import Path

import pytest
import yaml

from bot.cli import main
from flows.open_window import open_window
from store.database import Database
from store.lock import alone_on
from store.targets import refs
from tests.house.files import ROOT
from tests.sample import OPENS, QUARTER

SAMPLE = ROOT / "bot" / "sample"
WHOLE, FAULT = 0, 2


class Terminal:
    """Types a command in a folder of its own; gives the exit status and what was said."""

    def __init__(
        self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], folder: Path
    ) -> None:
        self._monkeypatch, self._capsys, self.folder = monkeypatch, capsys, folder
        monkeypatch.chdir(folder)
        monkeypatch.setenv("DATABASE_URL", f"sqlite:///{folder / 'quarterlight.db'}")

    def types(self, *words: str | Path) -> tuple[int, str]:
        self._monkeypatch.setattr(sys, "argv", ["quarterlight", *map(str, words)])
        with pytest.raises(SystemExit) as ended:
            main()
        said = self._capsys.readouterr()
        return int(ended.value.code or 0), said.out + said.err


@pytest.fixture
def terminal(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> Terminal:
    return Terminal(monkeypatch, capsys, tmp_path)


@pytest.fixture
def faulty(tmp_path: Path) -> Path:
    """The sample with two faults in it."""
    folder = tmp_path / "faulty"
    shutil.copytree(SAMPLE, folder)
    table = folder / "statuses_2008-09_q1.csv"
    words = table.read_text(encoding="utf-8")
    broken = words.replace("AMBER", "ORANGE", 1).replace("LAA1-04,2008/09 Q1", "LAA1-04,Q9", 1)
    table.write_text(broken, encoding="utf-8")
    return folder


def loaded(folder: Path) -> int:
    database = Database(f"sqlite:///{folder / 'quarterlight.db'}")
    with database.reading() as session:
        found = len(refs(session))
    database.close()
    return found


def test_a_database_is_made_and_the_sample_loaded_once(terminal: Terminal) -> None:
    assert terminal.types("db", "upgrade")[0] == WHOLE
    status, said = terminal.types("import", SAMPLE, "--history-before", "2008/09 Q2")
    assert (status, loaded(terminal.folder)) == (WHOLE, 59)
    assert "59" in said
    status, again = terminal.types("import", SAMPLE, "--history-before", "2008/09 Q2")
    assert (status, loaded(terminal.folder)) == (WHOLE, 59)
    assert again != said


@pytest.mark.parametrize(
    "words",
    [("import",), ("import", "--check"), ("rehearse", "--quarter", "2008/09 Q2")],
    ids=" ".join,
)
def test_faulty_files_load_nothing_and_every_fault_is_named(
    terminal: Terminal, faulty: Path, words: tuple[str, ...]
) -> None:
    terminal.types("db", "upgrade")
    status, said = terminal.types(*words, faulty)
    assert status == FAULT
    assert "2 faults found. Nothing was loaded." in said
    for part in ("statuses_2008-09_q1.csv", "status", "ORANGE", "quarter", "Q9"):
        assert part in said
    assert loaded(terminal.folder) == 0


def test_looking_for_faults_changes_nothing(terminal: Terminal) -> None:
    terminal.types("db", "upgrade")
    status, said = terminal.types("import", SAMPLE, "--check")
    assert (status, loaded(terminal.folder)) == (WHOLE, 0)
    assert "no fault found" in said


def test_a_database_without_tables_says_how_to_make_them(terminal: Terminal) -> None:
    status, said = terminal.types("import", SAMPLE)
    assert status == FAULT
    assert "quarterlight db upgrade" in said


@pytest.mark.parametrize(
    ("quarter", "says"),
    [("2008/10 Q2", "2008/10"), ("2011/12 Q1", "They hold: 2008/09 Q1, 2008/09 Q2")],
)
def test_a_quarter_that_cannot_be_rehearsed_says_why(
    terminal: Terminal, quarter: str, says: str
) -> None:
    status, said = terminal.types("rehearse", SAMPLE, "--quarter", quarter)
    assert status == FAULT
    assert says in said


def test_a_folder_that_is_not_there_is_named(terminal: Terminal) -> None:
    status, said = terminal.types("rehearse", terminal.folder / "none", "--quarter", "2008/09 Q2")
    assert status == FAULT
    assert "There is no such folder" in said


def test_a_plan_is_printed_and_nothing_is_made(terminal: Terminal) -> None:
    status, said = terminal.types("rehearse", SAMPLE, "--quarter", "2008/09 Q2", "--plan")
    assert status == WHOLE
    assert "Wed 01 Oct 2008 09:00" in said
    assert "target-lead-19" in said
    assert list(terminal.folder.iterdir()) == []


def test_the_manifest_can_be_pasted_into_slack(terminal: Terminal) -> None:
    status, said = terminal.types("manifest", "--command", "/targets")
    body = yaml.safe_load(said)
    assert status == WHOLE
    assert body["features"]["slash_commands"][0]["command"] == "/targets"
    assert body["settings"]["socket_mode_enabled"] is True
    assert "chat:write" in body["oauth_config"]["scopes"]["bot"]


def test_a_bot_without_settings_names_each_of_them(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("SLACK_BOT_TOKEN", "SLACK_APP_TOKEN", "BOARD_CHANNEL", "CENTRAL_TEAM"):
        monkeypatch.delenv(name, raising=False)
    status, said = terminal.types("run")
    assert status == FAULT
    assert "SLACK_BOT_TOKEN is missing." in said
    assert "CENTRAL_TEAM is missing." in said
    assert "Traceback" not in said


def test_the_records_are_backed_up_and_restored_with_sending_held(terminal: Terminal) -> None:
    terminal.types("db", "upgrade")
    terminal.types("import", SAMPLE, "--history-before", "2008/09 Q2")
    status, said = terminal.types("db", "backup", "copy.db")
    assert status == WHOLE
    assert "copy.db, and the copy is whole" in said
    status, said = terminal.types("db", "backup", "copy.db")
    assert status == FAULT
    assert "is there already" in said
    (terminal.folder / "quarterlight.db").unlink()
    status, said = terminal.types("db", "restore", "copy.db")
    assert (status, loaded(terminal.folder)) == (WHOLE, 59)
    assert "Sending is held." in said
    assert terminal.types("release") == (WHOLE, "Sending goes on.\n")
    assert terminal.types("release") == (WHOLE, "Nothing was held. Nothing was changed.\n")


def test_a_backup_without_a_name_stands_beside_the_database(terminal: Terminal) -> None:
    terminal.types("db", "upgrade")
    assert terminal.types("db", "backup")[0] == WHOLE
    assert len(list(terminal.folder.glob("quarterlight.db.backup-*"))) == 1


def test_while_the_bot_runs_its_own_button_releases(terminal: Terminal) -> None:
    terminal.types("db", "upgrade")
    database = Database(f"sqlite:///{terminal.folder / 'quarterlight.db'}")
    with alone_on(database):
        status, said = terminal.types("release")
        assert status == FAULT
        assert "Press Release in the central channel" in said
        terminal.types("db", "backup", "copy.db")
        status, said = terminal.types("db", "restore", "copy.db")
        assert status == FAULT
        assert "already running" in said
    database.close()


def test_restoring_asks_for_the_backup(terminal: Terminal) -> None:
    status, said = terminal.types("db", "restore")
    assert status == FAULT
    assert "Name the backup" in said


def test_a_server_makes_its_own_backups(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://nobody@127.0.0.1:1/quarterlight")
    for words, advice in ((("backup",), "use pg_dump"), (("restore", "x"), "pg_restore")):
        status, said = terminal.types("db", *words)
        assert status == FAULT
        assert advice in said


def test_everything_is_written_out_and_taken_in_again_unchanged(terminal: Terminal) -> None:
    assert terminal.types("db", "upgrade")[0] == WHOLE
    assert terminal.types("import", SAMPLE, "--history-before", "2008/09 Q2")[0] == WHOLE
    status, said = terminal.types("export", "out", "--excel", "all.xlsx")
    assert status == WHOLE
    assert "rows written to" in said
    for source in ("out", "all.xlsx", "out/target_facts.csv"):
        status, said = terminal.types("import", source)
        assert status == WHOLE
        assert "targets: 0 new, 0 changed, 59 the same" in said
        assert "Nothing was changed" in said


def test_a_file_of_its_own_form_is_checked_then_kept(terminal: Terminal) -> None:
    assert terminal.types("db", "upgrade")[0] == WHOLE
    assert terminal.types("import", SAMPLE, "--history-before", "2008/09 Q2")[0] == WHOLE
    file = terminal.folder / "milestones.csv"
    file.write_text("target,quarter,profile\nLAA1-03,2009/10 Q2,5\n", encoding="utf-8")
    status, said = terminal.types("import", file, "--check")
    assert (status, "milestones: 1 new" in said) == (WHOLE, True)
    assert "Nothing was changed" in said
    status, said = terminal.types("import", file)
    assert (status, "All of it is kept." in said) == (WHOLE, True)
    file.write_text("target,quarter,profile\nLAA1-99,2009/10 Q2,x\n", encoding="utf-8")
    status, said = terminal.types("import", file)
    assert status == FAULT
    assert "milestones.csv, cell A2 (target): There is no target “LAA1-99”." in said
    assert "2 faults found. Nothing was loaded." in said


def test_forms_of_their_own_beside_a_programme_are_kept_with_it(terminal: Terminal) -> None:
    assert terminal.types("db", "upgrade")[0] == WHOLE
    folder = terminal.folder / "programme"
    shutil.copytree(SAMPLE, folder)
    (folder / "risks.csv").write_text(
        "target,text,likelihood,impact\nLAA1-03,Snow,2,3\n", encoding="utf-8"
    )
    status, said = terminal.types("import", folder, "--history-before", "2008/09 Q2")
    assert status == WHOLE
    assert "risks: 1 new" in said
    (folder / "risks.csv").write_text(
        "target,text,likelihood,impact\nLAA1-03,Snow,9,3\n", encoding="utf-8"
    )
    change = folder / "statuses_2008-09_q1.csv"
    change.write_text(change.read_text().replace("AMBER", "GREEN", 1), encoding="utf-8")
    status, said = terminal.types("import", folder, "--history-before", "2008/09 Q2")
    assert status == FAULT
    status, said = terminal.types("export", folder / "out")
    assert "Snow,2,3" in (folder / "out" / "risks.csv").read_text(encoding="utf-8").replace(
        ",,", ","
    )


def test_a_folder_that_cannot_be_written_to_is_said(terminal: Terminal) -> None:
    assert terminal.types("db", "upgrade")[0] == WHOLE
    (terminal.folder / "taken").write_text("", encoding="utf-8")
    status, said = terminal.types("export", "taken")
    assert status == FAULT
    assert "taken cannot be written to" in said


def test_a_block_s_own_sheet_is_read_through_named_columns(terminal: Terminal) -> None:
    assert terminal.types("db", "upgrade")[0] == WHOLE
    assert terminal.types("import", SAMPLE, "--history-before", "2008/09 Q2")[0] == WHOLE
    sheet, columns = terminal.folder / "safer.csv", terminal.folder / "safer.yaml"
    sheet.write_text("Measure,July to Sept\nLAA1-03,1000\nLAA1-99,5\n", encoding="utf-8")
    columns.write_text(
        "name: Safer Communities\ntarget: Measure\nfigure: July to Sept\n", encoding="utf-8"
    )
    status, said = terminal.types("import", sheet, "--mapping", columns)
    assert (status, "No quarter is open" in said) == (FAULT, True)
    opened(terminal.folder)
    status, said = terminal.types("import", sheet, "--mapping", "Safer Communities")
    assert (status, "Saved: none yet." in said) == (FAULT, True)
    status, said = terminal.types("import", sheet, "--mapping", columns, "--check")
    assert (status, "Nothing was changed." in said) == (WHOLE, True)
    status, said = terminal.types("import", sheet, "--mapping", columns)
    assert status == WHOLE
    assert "1 figure for 2008/09 Q2." in said
    assert "cell A3 (measure): There is no target “LAA1-99”" in said
    status, said = terminal.types("import", sheet, "--mapping", "safer communities")
    assert status == WHOLE
    sheet.write_text("Measure\nLAA1-03\n", encoding="utf-8")
    status, said = terminal.types("import", sheet, "--mapping", "safer communities")
    assert (status, "july_to_sept" in said) == (FAULT, True)


def opened(folder: Path) -> None:
    """A window is open."""
    database = Database(f"sqlite:///{folder / 'quarterlight.db'}")
    with database.writing() as session:
        open_window(session, QUARTER, OPENS, due_at=OPENS)
    database.close()
