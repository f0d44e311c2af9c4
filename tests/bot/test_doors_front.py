"""The front layer: what is not Slack's, or cannot be read, goes no further and keeps nothing."""

import asyncio
import io
import json
import sqlite3
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlencode

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.clock import HandClock
from store.importing.programme import Programme
from tests.bot.doorway import DATE, FORM, IMPATIENT, JSON, SIGNATURE, Doorway, command, doorway

MEGABYTE = 1_000_000
LONG_SECONDS = 10.0
HURRIED = replace(IMPATIENT, head=0.5)
DEEP = b'{"a":' * 10_000 + b"1" + b"}" * 10_000
TODAY = datetime(2026, 11, 23, 9, tzinfo=UTC)


@pytest.fixture
def database_file(tmp_path: Path, prepared_file: Path) -> Path:
    path = tmp_path / "quarterlight.db"
    path.write_bytes(prepared_file.read_bytes())
    return path


@pytest.fixture
async def before(programme: Programme, database_file: Path) -> AsyncIterator[Doorway]:
    async with doorway(programme, database_file) as opened:
        yield opened


async def nothing_happened(before: Doorway) -> bool:
    return (before.handled, await before.kept()) == (0, 0)


async def test_a_command_signed_by_slack_is_answered(before: Doorway) -> None:
    said = await before.send_signed(command())
    assert (said.status, said.kind) == (200, JSON)
    assert "/laa" in said.body


MALFORMED_DATES = ["", "soon", "nan", "inf", "-inf", "1e9", "1.5", "-1", "+1", " ", "٣", "9" * 400]


async def test_a_malformed_date_is_unauthorised(before: Doorway) -> None:
    body = command()
    for date in MALFORMED_DATES:
        said = await before.send(body, {**before.signed(body), DATE: date})
        assert said.status == 401, date
    assert await nothing_happened(before)


MALFORMED_SIGNATURES = [
    "",
    "v0=",
    "v0=" + "é" * 64,
    "v0=" + "a" * 63,
    "v0=" + "a" * 65,
    "v1=" + "a" * 64,
    "v0=" + "A" * 64,
    "v0=" + "a" * 64,
    "a" * 67,
]


async def test_a_malformed_or_wrong_signature_is_unauthorised(before: Doorway) -> None:
    body = command()
    for signed in MALFORMED_SIGNATURES:
        said = await before.send(body, {**before.signed(body), SIGNATURE: signed})
        assert said.status == 401, signed
    assert await nothing_happened(before)


async def test_a_missing_date_or_signature_is_unauthorised(before: Doorway) -> None:
    body = command()
    for missing in (DATE, SIGNATURE):
        headers = {name: value for name, value in before.signed(body).items() if name != missing}
        assert (await before.send(body, headers)).status == 401, missing
    assert await nothing_happened(before)


async def test_a_header_that_stands_twice_is_unauthorised(before: Doorway) -> None:
    body = command()
    signed = before.signed(body)
    twice = (*signed.items(), (SIGNATURE, signed[SIGNATURE]), ("Content-Type", FORM))
    async with before.http.post(before.door.url, data=body, headers=twice) as answer:
        assert answer.status == 401
    assert await nothing_happened(before)


async def test_an_unsigned_check_of_the_connection_is_unauthorised(before: Doorway) -> None:
    assert (await before.send(b"ssl_check=1&token=x", {})).status == 401
    assert await nothing_happened(before)


async def test_another_body_under_a_good_signature_is_unauthorised(before: Doorway) -> None:
    said = await before.send(command(text="digest post"), before.signed(command()))
    assert said.status == 401
    assert await nothing_happened(before)


@pytest.mark.parametrize(("seconds", "status"), [(-301, 401), (-300, 200), (300, 200), (301, 401)])
async def test_five_minutes_old_or_early_is_taken_and_a_second_more_is_not(
    programme: Programme, database_file: Path, seconds: int, status: int
) -> None:
    body = command()
    date = str(int(TODAY.timestamp()) + seconds)
    async with doorway(programme, database_file, wall=HandClock(TODAY)) as before:
        assert (await before.send(body, before.signed(body, date))).status == status
        assert before.handled == (status == 200)


@pytest.mark.parametrize(("size", "status"), [(MEGABYTE, 200), (MEGABYTE + 1, 413)])
async def test_a_body_of_a_megabyte_is_taken_and_one_byte_more_is_not(
    before: Doorway, size: int, status: int
) -> None:
    empty = command(padding="")
    said = await before.send_signed(empty + b"a" * (size - len(empty)))
    assert said.status == status
    assert before.handled == (status == 200)


async def test_ten_megabytes_are_refused_announced_or_not(before: Doorway) -> None:
    body = b"a" * (10 * MEGABYTE)

    async def pieces() -> AsyncIterator[bytes]:
        for start in range(0, len(body), MEGABYTE):
            yield body[start : start + MEGABYTE]

    for data in (io.BytesIO(body), pieces()):
        headers = {"Content-Type": FORM, **before.signed(body)}
        async with before.http.post(before.door.url, data=data, headers=headers) as answer:
            assert answer.status == 413
    assert await nothing_happened(before)


async def test_a_size_that_is_announced_is_believed_before_the_body_comes(before: Doorway) -> None:
    host, port = before.root.removeprefix("http://").split(":")
    reader, writer = await asyncio.open_connection(host, int(port))
    signed = "".join(f"{name}: {value}\r\n" for name, value in before.signed(b"").items())
    writer.write(
        f"POST /slack/events HTTP/1.1\r\nHost: {host}\r\nContent-Length: 10000000\r\n{signed}"
        "Expect: 100-continue\r\n\r\n".encode()
    )
    assert b" 413 " in await reader.readline()
    writer.close()
    await writer.wait_closed()


UNREADABLE = {
    "JSON 10,000 deep": (JSON, DEEP),
    "a payload 10,000 deep": (FORM, urlencode({"payload": DEEP.decode()}).encode()),
    "JSON cut off": (JSON, b'{"type": "event_callback"'),
    "a list": (JSON, b"[]"),
    "a number": (JSON, b"1"),
    "nothing in JSON": (JSON, b"null"),
    "a number of 5,000 digits": (JSON, b'{"type": ' + b"9" * 5_000 + b"}"),
    "an empty body as JSON": (JSON, b""),
    "an empty body as a form": (FORM, b""),
    "a payload that is no JSON": (FORM, b"payload=hello"),
    "a payload that is a list": (FORM, b"payload=%5B%5D"),
    "a field twice": (FORM, b"command=%2Flaa&text=help&text=digest+post"),
    "a payload twice": (FORM, b"payload=%7B%7D&payload=%7B%7D"),
    "more fields than any form has": (FORM, b"&".join(b"a%d=1" % one for one in range(101))),
    "a form in no known letters": (FORM, b"text=%ff%fe"),
    "another kind of body": ("text/plain", b"hello"),
    "no kind of body": ("", b"hello"),
    "a press on nothing": (FORM, b"payload=" + b'{"type": "block_actions", "actions": []}'),
    "an event that is none": (JSON, b'{"type": "event_callback", "event": null}'),
    "a team that is a number": (JSON, b'{"type": "event_callback", "authorizations": 3}'),
}


async def test_what_cannot_be_read_is_a_bad_request(before: Doorway) -> None:
    for what, (kind, body) in UNREADABLE.items():
        assert (await before.send_signed(body, kind)).status == 400, what
    assert await nothing_happened(before)


async def test_bytes_that_are_no_text_are_refused(before: Doorway) -> None:
    assert (await before.send_signed(b"\xff\xfe", JSON)).status == 401
    assert await nothing_happened(before)


async def test_a_command_with_the_word_payload_in_it_is_answered(before: Doorway) -> None:
    said = await before.send_signed(command(text="target payload"))
    assert said.status == 200
    assert "payload" in said.body


SOMETHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=6,
)
TYPES = st.sampled_from(
    ["event_callback", "block_actions", "view_submission", "url_verification", "view_closed"]
)
NAMES = (
    *("event", "event_id", "user", "team", "team_id", "view", "actions", "container", "channel"),
    *("authorizations", "enterprise", "trigger_id", "response_url", "message", "command"),
    *("callback_id", "token"),
)
PARTS = st.fixed_dictionaries(
    {},
    optional={
        "type": TYPES | SOMETHING,
        **dict.fromkeys(("callback_id", "action_id", "id", "state", "user", "bot_id"), SOMETHING),
    },
)
SHAPES = st.fixed_dictionaries(
    {"type": TYPES | SOMETHING},
    optional=dict.fromkeys(NAMES, SOMETHING | PARTS | st.lists(PARTS, max_size=2)),
)


@given(shape=SHAPES)
@settings(
    max_examples=40,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
async def test_no_shape_that_slack_could_sign_is_a_fault_of_ours(
    before: Doorway, shape: object
) -> None:
    as_event = json.dumps(shape).encode()
    as_form = urlencode({"payload": json.dumps(shape)}).encode()
    for kind, body in ((JSON, as_event), (FORM, as_form)):
        assert (await before.send_signed(body, kind)).status < 500, shape


async def test_other_addresses_and_methods_lead_nowhere(before: Doorway) -> None:
    for path, status in (("/", 404), ("/slack/install", 404), ("/slack/events", 405)):
        async with before.http.get(before.root + path) as answer:
            assert answer.status == status


async def test_slack_may_ask_whether_the_address_is_ours(before: Doorway) -> None:
    asked = json.dumps({"type": "url_verification", "challenge": "abc"}).encode()
    said = await before.send_signed(asked, JSON)
    assert said.status == 200
    assert "abc" in said.body


async def test_every_answer_closes_its_connection(before: Doorway) -> None:
    async with before.http.get(f"{before.root}/healthz") as answer:
        assert answer.headers["Connection"] == "close"


async def health(before: Doorway) -> tuple[int, dict[str, object]]:
    async with before.http.get(f"{before.root}/healthz") as answer:
        return answer.status, await answer.json()


async def test_it_is_well_while_the_database_answers_and_the_sender_is_not_stopped(
    before: Doorway,
) -> None:
    assert await health(before) == (200, {"ok": True, "database": "ok", "sender": "ok"})
    before.bot.sender._outcomes.stopped_by = "token_revoked"
    status, found = await health(before)
    assert (status, found["ok"], found["sender"]) == (503, False, "stopped by token_revoked")


async def test_a_process_that_does_not_send_says_nothing_of_a_sender(
    programme: Programme, database_file: Path
) -> None:
    async with doorway(programme, database_file, sends=False) as before:
        assert await health(before) == (200, {"ok": True, "database": "ok"})


def spoil(database_file: Path) -> None:
    database_file.write_bytes(b"no database" * 1_000)
    for left in ("-wal", "-shm"):
        database_file.with_name(database_file.name + left).unlink(missing_ok=True)


async def test_it_is_not_well_when_the_database_does_not_answer(
    before: Doorway, database_file: Path
) -> None:
    spoil(database_file)
    status, found = await health(before)
    assert (status, found["database"]) == (503, "does not answer")
    assert (await before.send_signed(command())).status == 503


@pytest.fixture
async def hurried(programme: Programme, database_file: Path) -> AsyncIterator[Doorway]:
    """A door that waits less for the head of a request than the rest takes."""
    async with doorway(programme, database_file, patience=HURRIED) as opened:
        yield opened


async def test_a_connection_that_does_not_say_what_it_wants_is_closed(hurried: Doorway) -> None:
    host, port = hurried.root.removeprefix("http://").split(":")
    async with asyncio.timeout(LONG_SECONDS):
        for begun in (b"", b"POST /slack/events HTTP/1.1\r\nHost: he"):
            reader, writer = await asyncio.open_connection(host, int(port))
            writer.write(begun)
            assert await reader.read() == b""
            writer.close()
    assert (await hurried.send_signed(command())).status == 200


async def test_a_head_that_came_in_time_is_not_hurried_over_its_answer(hurried: Doorway) -> None:
    hurried.hold.clear()
    asking = asyncio.create_task(hurried.send_signed(command()))
    await hurried.held.wait()
    await asyncio.sleep(HURRIED.head * 1.5)
    hurried.hold.set()
    assert (await asking).status == 200


async def test_a_request_that_dawdles_is_given_up(before: Doorway) -> None:
    async def half() -> AsyncIterator[bytes]:
        yield b"command="
        await asyncio.Event().wait()

    headers = {"Content-Type": FORM, **before.signed(b"")}
    async with before.http.post(before.door.url, data=half(), headers=headers) as answer:
        assert answer.status == 408
    assert await nothing_happened(before)


async def test_it_is_not_well_while_nothing_can_be_written(
    before: Doorway, database_file: Path
) -> None:
    other = sqlite3.connect(database_file, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    assert await health(before) == (
        503,
        {"ok": False, "database": "does not answer", "sender": "ok"},
    )
    other.execute("ROLLBACK")
    other.close()
    assert (await health(before))[0] == 200
