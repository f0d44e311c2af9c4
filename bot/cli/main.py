"""The command `quarterlight`: which word runs what.

It owns the table of contents and the end of a command that met a fault: exit status 2, with
a sentence that says what to do.
"""

import typer

from bot.cli import audit, exchange, records, rehearsing, running, workspace
from bot.cli.faults import USER_FAULTS, fail, show_faults
from store.importing.faults import FaultyFilesError

app = typer.Typer(
    name="quarterlight",
    help="The performance bot of a public partnership.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
db = typer.Typer(help="The database.", no_args_is_help=True)
app.add_typer(db, name="db")
checks = typer.Typer(help="Checks of the records against Slack.", no_args_is_help=True)
app.add_typer(checks, name="audit")

app.command("run")(running.run_bot)
app.command("web")(running.run_web)
app.command("worker")(running.run_worker)
app.command("demo")(running.run_demo)
app.command("rehearse")(rehearsing.rehearse_quarter)
app.command("workspace")(workspace.run_alone)
app.command("import")(records.import_files)
app.command("export")(exchange.export_files)
app.command("release")(records.release_sending)
db.command("upgrade")(records.upgrade_database)
db.command("backup")(records.back_up_database)
db.command("restore")(records.restore_database)
checks.command("deliveries")(audit.audit_deliveries)
app.command("manifest")(running.print_manifest)


def main() -> None:
    """Run the command line."""
    try:
        app()
    except FaultyFilesError as faulty:
        show_faults(faulty)
    except USER_FAULTS as fault:
        fail(str(fault))
