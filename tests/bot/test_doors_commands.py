"""The commands that open a door: what each needs, and how it says what is missing or taken."""

import socket
from pathlib import Path

import pytest
import yaml

from bot.settings import WHERE_TO_GET
from tests.bot.test_command_line import FAULT, WHOLE, Terminal

SETTINGS = {
    "SLACK_BOT_TOKEN": "xoxb-1",
    "BOARD_CHANNEL": "C0123456789",
    "CENTRAL_CHANNEL": "C0123456780",
    "CENTRAL_TEAM": "U0123456789,U0987654321",
    # Nobody is there, so nothing waits for an answer.
    "SLACK_API_URL": "http://127.0.0.1:1/api/",
}
PUBLIC = "https://laa.example"


@pytest.fixture
def terminal(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> Terminal:
    for name in (*WHERE_TO_GET, "PORT"):
        monkeypatch.delenv(name, raising=False)
    for name, value in SETTINGS.items():
        monkeypatch.setenv(name, value)
    return Terminal(monkeypatch, capsys, tmp_path)


@pytest.mark.parametrize(
    ("word", "needs"), [("run", "SLACK_APP_TOKEN"), ("web", "SLACK_SIGNING_SECRET")]
)
def test_each_door_asks_for_its_own_secret_alone(terminal: Terminal, word: str, needs: str) -> None:
    assert terminal.types(word) == (FAULT, f"{needs} is missing. {WHERE_TO_GET[needs]}\n")


def test_a_worker_on_a_sqlite_file_is_told_what_to_start_instead(terminal: Terminal) -> None:
    status, said = terminal.types("worker")
    assert status == FAULT
    assert "quarterlight run" in said
    assert "quarterlight web" in said
    assert "PostgreSQL" in said


def test_a_port_that_is_taken_is_named(terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SLACK_SIGNING_SECRET", "8f742231b10e8888abcd99yyyzzz85a5")
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        status, said = terminal.types("web", "--port", port)
        monkeypatch.setenv("PORT", port)
        as_set = terminal.types("web")[1]
    assert status == FAULT
    for words in (said, as_set):
        assert f"Nothing can listen at 127.0.0.1, port {port}" in words
        assert "--port" in words


def test_the_manifest_for_http_names_the_address_everywhere(terminal: Terminal) -> None:
    status, said = terminal.types("manifest", "--http", f"{PUBLIC}/")
    body, address = yaml.safe_load(said), f"{PUBLIC}/slack/events"
    assert status == WHOLE
    assert body["settings"]["socket_mode_enabled"] is False
    assert body["settings"]["interactivity"]["request_url"] == address
    assert body["settings"]["event_subscriptions"]["request_url"] == address
    assert [one["url"] for one in body["features"]["slash_commands"]] == [address]


def test_the_manifest_for_sockets_names_no_address(terminal: Terminal) -> None:
    assert "url" not in terminal.types("manifest")[1]


@pytest.mark.parametrize("wrong", ["http://laa.example", "laa.example", f"{PUBLIC}/slack/events"])
def test_an_address_slack_would_not_call_is_refused(terminal: Terminal, wrong: str) -> None:
    status, said = terminal.types("manifest", "--http", wrong)
    assert status == FAULT
    assert PUBLIC in said
