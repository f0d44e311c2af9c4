"""A lead's first return in the page, and the other things one does there with a mouse."""

import re

import pytest
from playwright.async_api import Page, expect

from tests.page.conftest import Stage
from tests.page.stage import ASK, CHOICES, WORDS

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]


async def test_a_lead_reports_a_target_with_an_error_on_the_way(stage: Stage, page: Page) -> None:
    await stage.post("ULEAD", "2 targets to report", blocks=ASK)
    await page.goto(stage.address())
    await page.get_by_role("button", name="Report this target").click()
    form = page.get_by_role("dialog", name="Report LAA1-03")
    figure = form.get_by_label("Figure")
    await expect(figure).to_be_focused()
    await figure.fill("many")
    await form.get_by_label("Count").check()
    colour = form.get_by_role("combobox", name="Colour")
    await colour.click()
    await form.get_by_role("option", name="Red").click()
    await form.get_by_role("button", name="Report", exact=True).click()
    await expect(form.get_by_text("Enter the figure as a number, such as 1,200.")).to_be_visible()
    await expect(figure).to_be_focused()
    await expect(figure).to_have_accessible_description(
        re.compile("Such as 1,200 Enter the figure as a number")
    )
    await expect(figure).to_have_value("many")
    await expect(form.get_by_label("Count")).to_be_checked()
    await expect(colour).to_have_value("Red")
    await figure.fill("1,000")
    await stage.workspace.client("ULEAD").wait_for(
        lambda: stage.workspace.client("ULEAD").modal.values["figure"] == "1,000"  # type: ignore[union-attr] # it is open
    )
    await expect(form.get_by_text("Enter the figure as a number, such as 1,200.")).to_be_visible()
    await form.get_by_role("button", name="Report", exact=True).click()
    second = page.get_by_role("dialog", name="Why LAA1-03 is red")
    await second.get_by_label("Why").fill("Two posts vacant since May")
    await second.get_by_role("button", name="Report", exact=True).click()
    await expect(page.get_by_role("dialog")).to_have_count(0)
    await expect(page.get_by_role("article").last).to_contain_text("1 of 2 reported.")
    held = stage.heard.told[-1]
    assert held["figure"]["held"]["value"] == "1,000"
    assert held["colour"]["held"]["selected_option"]["value"] == "red"


async def test_what_slack_checks_itself_is_said_at_each_field(stage: Stage, page: Page) -> None:
    await stage.post("ULEAD", "2 targets to report", blocks=ASK)
    await page.goto(stage.address())
    await page.get_by_role("button", name="Report this target").click()
    form = page.get_by_role("dialog", name="Report LAA1-03")
    await form.get_by_label("Figure").fill("1" * 29)
    await expect(form.get_by_text("1 character left")).to_be_visible()
    await form.get_by_label("Figure").fill("1" * 31)
    await expect(form.get_by_text("1 character too many")).to_be_visible()
    await form.get_by_role("button", name="Report", exact=True).click()
    await expect(form.get_by_text("Enter no more than 30 characters")).to_be_visible()
    await expect(form.get_by_text("This is a required field")).to_have_count(2)
    assert stage.heard.told == []


async def test_typed_words_are_not_thrown_away_unasked(stage: Stage, page: Page) -> None:
    await stage.post("ULEAD", "2 targets to report", blocks=ASK)
    await page.goto(stage.address())
    opener = page.get_by_role("button", name="Report this target")
    await opener.click()
    form = page.get_by_role("dialog", name="Report LAA1-03")
    await expect(form).to_be_visible()
    await page.keyboard.press("Escape")
    await expect(form).to_be_hidden()
    await expect(opener).to_be_focused()
    await opener.click()
    await form.get_by_label("Figure").fill("12")
    await page.keyboard.press("Escape")
    question = page.get_by_role("alertdialog", name="Discard what you typed?")
    await question.get_by_role("button", name="Keep typing").click()
    await expect(form.get_by_label("Figure")).to_have_value("12")
    await form.get_by_role("button", name="Cancel").click()
    await question.get_by_role("button", name="Discard").click()
    await expect(form).to_be_hidden()


async def test_a_second_form_lies_on_the_first_and_goes_away_again(
    stage: Stage, page: Page
) -> None:
    await stage.post("ULEAD", "2 targets to report", blocks=ASK)
    await page.goto(stage.address())
    await page.get_by_role("button", name="Report this target").click()
    await page.get_by_role("dialog").get_by_label("Figure").fill("12")
    await page.get_by_role("button", name="Add a risk").click()
    risk = page.get_by_role("dialog", name="Add a risk")
    await expect(risk.get_by_label("Risk")).to_be_focused()
    await risk.get_by_role("button", name="Back to the form before").click()
    first = page.get_by_role("dialog", name="Report LAA1-03")
    await expect(first.get_by_label("Figure")).to_have_value("12")


async def test_half_a_form_is_still_there_after_the_page_was_loaded_again(
    stage: Stage, page: Page
) -> None:
    await stage.post("ULEAD", "2 targets to report", blocks=ASK)
    await page.goto(stage.address())
    await page.get_by_role("button", name="Report this target").click()
    await page.get_by_role("dialog").get_by_label("Figure").fill("12")
    await page.get_by_role("dialog").get_by_label("Disputed").check()
    await page.reload()
    form = page.get_by_role("dialog", name="Report LAA1-03")
    await expect(form.get_by_label("Figure")).to_have_value("12")
    await expect(form.get_by_label("Disputed")).to_be_checked()


async def test_one_can_be_anybody(stage: Stage, page: Page) -> None:
    await stage.post("USPONSOR", "Please acknowledge")
    await page.goto(stage.address())
    you = page.get_by_role("button", name=re.compile("You are:"))
    await expect(you).to_have_accessible_name(
        "You are: Target lead for LAA1-03, housing lead. Be somebody else"
    )
    await you.click()
    chooser = page.get_by_role("dialog", name="Who do you want to be?")
    await expect(chooser.get_by_role("option")).to_have_count(3)
    await expect(chooser.get_by_role("option", name=re.compile("sponsor"))).to_contain_text("1")
    await page.keyboard.type("spons")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("article")).to_contain_text("Please acknowledge")
    await expect(page.get_by_role("button", name=re.compile("You are: Sponsor"))).to_be_visible()
    await expect(page).to_have_url(re.compile("as=USPONSOR"))
    await page.go_back()
    await expect(
        page.get_by_role("button", name=re.compile("You are: Target lead"))
    ).to_be_visible()


async def test_a_reader_sees_the_words_and_never_their_markup(stage: Stage, page: Page) -> None:
    await stage.post("CBOARD", "Performance", blocks=WORDS)
    await page.goto(stage.address(at="CBOARD"))
    article = page.get_by_role("article")
    await expect(article.locator("strong").first).to_have_text("bold")
    await expect(article.get_by_role("link", name="the paper")).to_have_attribute(
        "href", "https://example.org/a"
    )
    await expect(article).to_contain_text("@housing sponsor #board")
    await expect(article).to_contain_text("1 < 2 & 3 <script>alert(1)</script>")
    await expect(article).to_contain_text("<b>Two posts vacant</b>")
    await expect(article.locator("blockquote").first).to_have_text("what they said")
    await expect(article.get_by_role("columnheader", name="● RED")).to_be_visible()
    await expect(article.get_by_role("rowheader", name="Children's Trust")).to_be_visible()
    await expect(article.get_by_role("link", name="A map of districts")).to_be_visible()
    await expect(article.get_by_role("rowheader", name="Red")).to_be_visible()
    assert "script" not in await article.evaluate(
        "e => [...e.querySelectorAll('*')].map(x => x.localName)"
    )


async def test_every_menu_tells_the_app_what_was_chosen(stage: Stage, page: Page) -> None:
    await stage.post("CBOARD", "Choices", blocks=CHOICES)
    await stage.post("ULEAD", "2 targets", blocks=ASK)
    await page.goto(stage.address(at="CBOARD"))
    await page.get_by_role("combobox", name="Choose a colour").click()
    await page.get_by_role("option", name="Amber").click()
    await page.get_by_role("combobox", name="Choose a person").fill("sponsor")
    await page.get_by_role("option", name="housing sponsor").click()
    target = page.get_by_role("combobox", name="Search targets")
    await target.click()
    await expect(page.get_by_text("Type at least 1 letter to search").last).to_be_visible()
    await target.press_sequentially("laa")
    await page.get_by_role("option", name="Laa-Two").click()
    await page.get_by_label("Choose a day").fill("2008-10-21")
    await page.get_by_label("Choose a day").press("Enter")
    await page.get_by_role("checkbox", name="One").check()
    await page.get_by_label("Yes").check()
    await expect(page.get_by_label("Yes")).to_be_checked()
    await page.get_by_role("link", name=re.compile("Quarterlight")).click()
    await page.get_by_role("button", name="More actions").click()
    await page.get_by_role("menuitem", name="Snooze").click()
    await page.get_by_role("button", name="Send back").click()
    await page.get_by_role("alertdialog").get_by_role("button", name="Leave it").click()
    await page.get_by_role("button", name="Send back").click()
    await page.get_by_role("alertdialog").get_by_role("button", name="Send back").click()
    by_id = {action["action_id"]: action for action in await stage.heard.reach(8)}
    assert len(stage.heard.told) == 8
    assert by_id["colour"]["selected_option"]["value"] == "amber"
    assert by_id["person"]["selected_user"] == "USPONSOR"
    assert by_id["target"]["selected_option"]["value"] == "laa-two"
    assert by_id["day"]["selected_date"] == "2008-10-21"
    assert by_id["ticks"]["selected_options"][0]["value"] == "one"
    assert by_id["radio"]["selected_option"]["value"] == "yes"
    assert by_id["more"]["selected_option"]["value"] == "snooze"
    assert by_id["return_back"]["type"] == "button"


async def test_a_command_is_suggested_sent_and_answered_for_the_person_only(
    stage: Stage, page: Page
) -> None:
    await page.goto(stage.address(at="CBOARD"))
    box = page.get_by_role("textbox", name="Message to #board")
    await box.press_sequentially("/l")
    await expect(page.get_by_role("option")).to_have_count(2)
    await page.keyboard.press("Tab")
    await expect(box).to_have_value("/laa ")
    await expect(page.get_by_text("/laa help, mine, status, form").first).to_be_visible()
    await box.press_sequentially("mine")
    await page.keyboard.press("Enter")
    article = page.get_by_role("article")
    await expect(article).to_contain_text("Only visible to you")
    await expect(article).to_contain_text("You lead 2 targets. You typed “mine”.")
    await expect(box).to_have_value("")
    await box.fill("/nothing")
    await page.keyboard.press("Enter")
    await expect(page.get_by_text("/nothing is not a command here.")).to_be_visible()
    await expect(box).to_have_value("/nothing")
    await box.fill("/laa form")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("dialog", name="Report LAA1-03")).to_be_visible()


async def test_a_command_nobody_answers_is_said_so_and_can_be_sent_again(
    stage: Stage, page: Page
) -> None:
    await page.goto(stage.address())
    box = page.get_by_role("textbox", name="Message to Quarterlight")
    await box.fill("/later today")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("article")).to_contain_text(
        "/later failed because the app did not respond."
    )
    await expect(box).to_have_value("/later today")


async def test_an_app_that_does_not_answer_is_said_so(stage: Stage, page: Page) -> None:
    await stage.post("ULEAD", "2 targets", blocks=ASK)
    await page.goto(stage.address())
    await page.get_by_role("button", name="Report this target").click()
    form = page.get_by_role("dialog", name="Report LAA1-03")
    await form.get_by_label("Figure").fill("12")
    await form.get_by_label("Count").check()
    await form.get_by_role("combobox", name="Colour").fill("gre")
    await page.keyboard.press("Enter")
    await stage.handler.close_async()  # type: ignore[no-untyped-call] # Bolt leaves it untyped
    await form.get_by_role("button", name="Report", exact=True).click()
    await expect(form.get_by_role("alert")).to_have_text(
        "We had some trouble connecting. Try again?"
    )
    await expect(form.get_by_label("Figure")).to_have_value("12")
    await form.get_by_role("button", name="Cancel").click()
    await page.get_by_role("alertdialog").get_by_role("button", name="Discard").click()
    await expect(page.get_by_role("link", name="Quarterlight (away)")).to_be_visible()
    await page.get_by_role("button", name="Report this target").click()
    await expect(page.get_by_role("article").get_by_role("alert")).to_have_text(
        "We had some trouble connecting. Try again?"
    )


async def test_home_shows_what_the_app_published(stage: Stage, page: Page) -> None:
    await page.goto(stage.address())
    await (
        page.get_by_role("navigation", name="Quarterlight").get_by_role("link", name="Home").click()
    )
    await expect(page.get_by_role("heading", name="Your targets")).to_be_visible()
    await page.get_by_role("button", name="I have seen this").click()
    assert (await stage.heard.reach(1))[0]["action_id"] == "seen"
