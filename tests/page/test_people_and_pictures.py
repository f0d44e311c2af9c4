"""Who is there and what waits for them; charts and pictures, for who sees and who hears them."""

import re
import struct
import zlib
from dataclasses import replace

import pytest
from playwright.async_api import Page, expect

from tests.page.conftest import Stage
from tests.page.stage import CHARTS, CONFIG
from workspace.config import Person
from workspace.server import Workspace

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]


async def test_everybody_stands_at_the_side_with_role_and_what_waits_for_them(
    stage: Stage, page: Page
) -> None:
    await page.goto(stage.address())
    everybody = page.get_by_role("list", name="Be somebody else")
    await expect(everybody.get_by_role("link")).to_have_count(3)
    sponsor = everybody.get_by_role("link", name=re.compile("^housing sponsor"))
    await expect(sponsor).to_have_accessible_name(re.compile(r"housing sponsor\s*, Sponsor$"))
    await stage.post("USPONSOR", "Please acknowledge")
    await expect(sponsor).to_have_accessible_name(re.compile("Sponsor 1 unread$"))
    await sponsor.click()
    await expect(page.get_by_role("article")).to_contain_text("Please acknowledge")
    await expect(page.get_by_role("heading", level=1)).to_be_focused()
    await expect(sponsor).to_have_attribute("aria-current", "true")


async def test_however_many_people_there_are_the_page_itself_never_scrolls(
    stage: Stage, page: Page
) -> None:
    leads = tuple(Person(f"ULEAD{n}", f"lead {n}", f"Lead for target {n}") for n in range(80))
    crowd = Workspace(replace(CONFIG, people=(*CONFIG.people, *leads)), stage.clock)
    await crowd.start()
    for number in range(20):
        crowd.client("ULEAD").say("CBOARD", f"message {number}")
    await page.goto(f"{crowd.url}?as=ULEAD&at=CBOARD")
    await expect(
        page.get_by_role("list", name="Be somebody else").get_by_role("link")
    ).to_have_count(83)
    for width, height in ((1280, 800), (390, 844)):
        await page.set_viewport_size({"width": width, "height": height})
        assert await page.evaluate("document.documentElement.scrollHeight <= innerHeight")
    await crowd.stop()


async def test_a_chart_is_drawn_and_its_figures_are_read_out(stage: Stage, page: Page) -> None:
    await stage.post("CCENTRAL", "Charts", blocks=CHARTS)
    await page.goto(stage.address(at="CCENTRAL"))
    figure = page.get_by_role("figure")
    homes, variance = figure.filter(has_text="Built"), figure.filter(has_text="Variance")
    await expect(homes.locator(".plot .mark")).to_have_count(8)
    await expect(homes.locator(".plot .hatch")).to_have_count(4)
    await expect(homes.locator(".chart-key .hatch")).to_have_count(1)
    await expect(variance.locator("polyline")).to_have_count(1)
    await expect(homes.get_by_role("columnheader")).to_have_text(["Quarter", "Built", "Expected"])
    row = homes.get_by_role("row", name="Q4 2007/08")
    await expect(row.get_by_role("cell")).to_have_text(["300.5", "310"])
    await expect(variance.get_by_role("cell")).to_have_text(["-3", "2", "-16.7", "4"])


async def test_a_picture_is_shown_and_every_file_has_its_name_and_size(
    stage: Stage, page: Page
) -> None:
    upload = stage.web.files_upload_v2
    await upload(channel="CCENTRAL", file=png(), filename="lights.png", alt_txt="A green bar")
    await upload(channel="CCENTRAL", content="a" * 3000, filename="pack.csv", title="Board pack")
    await page.goto(stage.address(at="CCENTRAL"))
    picture = page.get_by_role("img", name="A green bar")
    await expect(picture).to_be_visible()
    assert await picture.evaluate("one => one.decode().then(() => one.naturalWidth)") == 2
    files = page.get_by_role("list", name="Files")
    await expect(files.last).to_contain_text("pack.csv, CSV, 3 KB")
    async with page.expect_download() as coming:
        await page.get_by_role("link", name="Board pack").click()
    assert (await coming.value).suggested_filename == "pack.csv"


def png() -> bytes:
    """A picture of two dots."""
    head, dots = struct.pack(">IIBBBBB", 2, 1, 8, 2, 0, 0, 0), zlib.compress(b"\0\0\xff\0\0\xff\0")
    parts = ((b"IHDR", head), (b"IDAT", dots), (b"IEND", b""))
    chunks = (
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in parts
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)
