"""Which Host and Origin are the workspace's own: names in any case, with and without a port."""

import pytest
from aiohttp.test_utils import make_mocked_request

from tests.workspace.conftest import CONFIG, HandClock
from workspace.core import Core
from workspace.guard import is_own


def core_at(address: str, *names: str, by_figures: bool = False) -> Core:
    return Core(CONFIG, HandClock(), address=address, names=frozenset(names), by_figures=by_figures)


OPEN = core_at("127.0.0.1:8008", "Marys-MacBook.local", "box.County.gov.uk", by_figures=True)
COMMON = core_at("127.0.0.1:80")
CLOSED = core_at("127.0.0.1:8008")
NAMED = core_at("box.county.gov.uk:8008", "box.county.gov.uk")


def own(core: Core, host: str, origin: str | None = None) -> bool:
    headers = {"Host": host} | ({"Origin": origin} if origin is not None else {})
    return is_own(core, make_mocked_request("GET", "/", headers=headers))


@pytest.mark.parametrize(
    ("core", "host", "origin"),
    [
        (CLOSED, "127.0.0.1:8008", None),
        (CLOSED, "LocalHost:8008", "http://localhost:8008"),
        (CLOSED, "[::1]:8008", "http://[::1]:8008"),
        (OPEN, "marys-macbook.local:8008", "http://marys-macbook.local:8008"),
        (OPEN, "box.county.gov.uk:8008", "http://box.county.gov.uk:8008"),
        (OPEN, "BOX.county.gov.uk.:8008", None),
        (OPEN, "192.0.2.7:8008", "http://192.0.2.7:8008"),
        (NAMED, "Box.County.gov.uk:8008", "http://box.county.gov.uk:8008"),
        (COMMON, "127.0.0.1", "http://127.0.0.1"),
        (COMMON, "localhost", "http://127.0.0.1"),
        (COMMON, "localhost:80", "http://localhost"),
    ],
)
def test_its_own_addresses_are_answered_however_they_are_written(
    core: Core, host: str, origin: str | None
) -> None:
    assert own(core, host, origin)


@pytest.mark.parametrize(
    ("core", "host", "origin"),
    [
        (CLOSED, "evil.example:8008", None),
        (CLOSED, "192.0.2.7:8008", None),
        (CLOSED, "127.0.0.1:9000", None),
        (CLOSED, "127.0.0.1:8008", "http://127.0.0.1"),
        (CLOSED, "127.0.0.1:8008", "http://127.0.0.1:9000"),
        (CLOSED, "127.0.0.1:8008", "https://127.0.0.1:8008"),
        (CLOSED, "127.0.0.1:8008", "null"),
        (CLOSED, "127.0.0.1:8008", ""),
        (OPEN, "box.county.gov.uk:8008", "http://192.0.2.7:8008"),
        (OPEN, "box.county.gov.uk.evil.example:8008", None),
        (NAMED, "192.0.2.7:8008", None),
    ],
)
def test_other_addresses_are_not(core: Core, host: str, origin: str | None) -> None:
    assert not own(core, host, origin)


@pytest.mark.parametrize(
    ("site", "mode", "dest", "answered"),
    [
        ("cross-site", "no-cors", "image", False),
        ("same-site", "no-cors", "script", False),
        ("cross-site", "navigate", "iframe", False),
        ("cross-site", "navigate", "document", True),
        ("same-origin", "no-cors", "image", True),
        ("none", "navigate", "document", True),
    ],
)
def test_a_link_from_elsewhere_is_followed_and_a_picture_or_frame_is_not(
    site: str, mode: str, dest: str, *, answered: bool
) -> None:
    says = {"Sec-Fetch-Site": site, "Sec-Fetch-Mode": mode, "Sec-Fetch-Dest": dest}
    request = make_mocked_request("GET", "/", headers={"Host": "127.0.0.1:8008", **says})
    assert is_own(CLOSED, request) is answered
