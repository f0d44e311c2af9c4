"""Safety lines of the database: transactions, keys, turns, and upgrades."""

from tests.safety.line import Line

PACE = "tests/bot/test_sender_pace.py"
DATABASE = "tests/store/test_database.py"
CADENCE = "tests/rules/test_cadence.py"
REBUILDING = "tests/store/revisions/test_rebuilding.py"
MIGRATE = "tests/store/test_migrate.py"
RETURNS = "tests/flows/test_returns.py"
LOCK = "tests/store/test_lock.py"

KEEPING = (
    Line(
        what="a key is inserted once",
        file="store/once.py",
        stands="sqlite.insert(table).on_conflict_do_nothing()",
        instead="sqlite.insert(table)",
        why="The same obligation is found due again at every tick.",
        tests=(f"{PACE}::test_the_same_key_kept_twice_is_said_once",),
    ),
    Line(
        what="the unique key of the outbox",
        file="store/migrations/versions/0001_first.py",
        stands='        sa.UniqueConstraint("key", name="uq_outbox_key"),\n',
        instead="",
        why="It alone makes any number of ticks and processes come to the same.",
        tests=(f"{PACE}::test_the_same_key_kept_twice_is_said_once",),
    ),
    Line(
        what="BEGIN IMMEDIATE",
        file="store/database.py",
        stands='"BEGIN IMMEDIATE"',
        instead='"BEGIN"',
        why="Two writers would read the same row, and one update be lost without a word.",
        tests=(f"{DATABASE}::test_no_update_is_lost_between_two_processes_on_one_database",),
    ),
    Line(
        what="use cases write in turns on PostgreSQL",
        file="store/database.py",
        stands="            take(session.connection(), Turn.WRITING)\n",
        instead="",
        why="What a use case reads must stay true until it ends, as on SQLite.",
        tests=(f"{DATABASE}::test_no_update_is_lost_when_many_write_at_once",),
        only="postgresql",
    ),
    Line(
        what="a return's form counts once",
        file="flows/submit_return.py",
        stands=(
            "    if not inbox.first_time(session, typed.sent_key(form), now):\n"
            "        return Submitted(number, quarter, None, again=True)\n"
        ),
        instead="",
        why="Slack delivers a submission again when its answer was late.",
        tests=(f"{RETURNS}::test_the_same_form_sent_twice_has_one_effect",),
    ),
    Line(
        what="late reminders collapse into one",
        file="rules/cadence.py",
        stands="return any(other.kind in overtaking and other.at > stage.at for other in ready)",
        instead="return False",
        why="After an outage nobody is to find three reminders at once.",
        tests=(f"{CADENCE}::test_three_days_of_silence_over_the_due_day_end_in_one_reminder",),
    ),
    Line(
        what="one process on a SQLite file",
        file="store/lock.py",
        stands="        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)\n",
        instead="        file.seek(0)\n",
        why="Two senders on one file would each post at the pace of one.",
        tests=(f"{LOCK}::test_a_second_process_is_refused_with_what_to_do",),
    ),
)

UPGRADING = (
    Line(
        what="foreign keys are off while tables are rebuilt",
        file="store/database.py",
        stands="            _foreign_keys(connection, on=False)\n",
        instead="",
        why="A rebuilt parent would take its child rows along.",
        tests=(f"{REBUILDING}::test_a_rebuilt_parent_keeps_every_child_and_every_rule",),
    ),
    Line(
        what="foreign keys are checked after a rebuild",
        file="store/database.py",
        stands="                    _check_foreign_keys(connection)\n",
        instead="",
        why="With foreign keys off SQLite itself lets orphans through.",
        tests=(f"{DATABASE}::test_a_rebuild_that_orphans_rows_is_taken_back",),
    ),
    Line(
        what="a copy before an upgrade",
        file="store/migrate.py",
        stands="    copy = _copy(database.path, needed) if database.path else None\n",
        instead="    copy = None\n",
        why="It is the way back from a newer program.",
        tests=(f"{MIGRATE}::test_a_file_that_holds_something_is_copied_before_its_steps",),
    ),
    Line(
        what="upgrades take turns on PostgreSQL",
        file="store/database.py",
        stands="                    take(connection, Turn.WRITING)\n",
        instead="",
        why="Processes that start together on an empty database all make its tables.",
        tests=(f"{MIGRATE}::test_processes_that_upgrade_at_once_all_succeed_with_one_schema",),
        only="postgresql",
    ),
)
