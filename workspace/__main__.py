"""`python -m workspace --config FILE` starts a workspace by itself."""

import typer

from workspace.cli import run_alone

if __name__ == "__main__":
    typer.run(run_alone)
