"""The command that starts a workspace by itself. Owns its options and how a fault is told."""

import asyncio
import sys
from pathlib import Path
from typing import Annotated

import typer

from workspace.alone import CannotStartError, Place, run
from workspace.description import DescriptionError, read_description

FAULT = 2
"""The exit status when the description or the place cannot be used."""
HOST = Place().host
PORT = Place().port


def run_alone(
    config: Annotated[
        Path, typer.Option(help="The description in YAML: team, bot, people, channels, commands.")
    ],
    port: Annotated[int, typer.Option(min=0, max=65535, help="The port; 0 takes a free one.")] = (
        PORT
    ),
    host: Annotated[str, typer.Option(help="Where to listen.")] = HOST,
    let_others_in: Annotated[  # noqa: FBT002 - typer reads flags from defaults
        bool,
        typer.Option(
            "--let-others-in",
            help="Needed for a host that others can reach: all of them can act as anybody in it.",
        ),
    ] = False,
) -> None:
    """Run a practice workspace by itself, for any Slack app to be pointed at."""
    try:
        described = read_description(config)
        asyncio.run(run(described, Place(host, port, let_others_in), _say))
    except (DescriptionError, CannotStartError) as fault:
        sys.stderr.write(f"{fault}\n")
        sys.exit(FAULT)


def _say(words: str) -> None:
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()
