"""Errors on the desk: it shows what is wrong and where, and loses nothing."""

import json

import pytest
from selenium.webdriver import Chrome, Keys

from nutgraf.samples import sample
from tests.breakable_proxy import BreakableProxy
from tests.browser.conftest import WithKey
from tests.browser.desk import Desk, attribute
from tests.cpu_time import slowness
from tests.sample_documents import HTML, NEWSML, NITF, RSS, TEXT, TITLE

TEN = [*sample("storm")["articles"], *sample("ferry")["articles"], *sample("bridge")["articles"][:2]]
MOST_MILLISECONDS = 200
MOST_STEPS = 28
LATER = (
    "The canal at Kelling is open again after an icebreaker freed eleven barges, the waterways office said. It takes grain."
)

_MOVED = """
const [slider, list] = ["slider", "sentences"].map((id) => document.getElementById(id));
const start = performance.now();
return new Promise((done) => {
  new MutationObserver((_, observer) => {
    observer.disconnect();
    done(performance.now() - start);
  }).observe(list, {childList: true});
  slider.value = arguments[0];
  slider.dispatchEvent(new Event("input"));
});
"""


def test_an_unreachable_service_is_reported_and_nothing_is_lost(browser: Chrome, service: str) -> None:
    way = BreakableProxy(service)
    with way as address:
        desk = Desk(browser, address)
        desk.open_anew()
        told = desk.take_example()
    desk.slide(2)
    desk.until(lambda: "does not answer" in desk.one("#alert").text)
    assert desk.summary() == told
    assert len(desk.all("#cards .card")) == 5
    with way:
        desk.one("#alert button").click()
        desk.until(lambda: len(desk.summary()) == 2)
        assert not desk.one("#alert").is_displayed()
    desk.reset()


def test_an_unreadable_document_is_reported_and_the_others_are_summarized(desk: Desk) -> None:
    told = desk.take_example()
    desk.drop(stranger_json='{"weather": "fine"}', lock_txt="The lock is shut. Barges wait.")
    error = desk.until(lambda: next(each for each in desk.all(".card .error") if each.is_displayed()))
    assert "The format was not recognized" in error.text
    assert desk.all("#cards .card")[5].find_element("css selector", ".error").text == error.text
    desk.until(lambda: "The lock is shut." in desk.texts("#cards .said"))
    assert error.is_displayed()
    assert len(desk.settled()) == len(told)
    desk.click("#cards .remove", 5)
    desk.until(lambda: not any(each.is_displayed() for each in desk.all(".card .error")))


def test_a_problem_is_shown_at_its_field_and_the_last_answer_stays(desk: Desk) -> None:
    told = desk.take_example()
    desk.all(".card [name=source]")[1].send_keys("x" * 201)
    error = desk.until(lambda: next(each for each in desk.all(".card .error") if each.is_displayed()))
    assert error.text == "The limit is 200 characters. Shorten this text."
    assert attribute(desk.all(".card [name=source]")[1], "aria-invalid") == "true"
    assert desk.summary() == told
    desk.all(".card [name=source]")[1].clear()
    desk.all(".card [name=source]")[1].send_keys("Coast")
    desk.until(lambda: not error.is_displayed())


def test_too_many_pins_are_reported_at_the_length(desk: Desk) -> None:
    desk.take_example()
    desk.click("#sentences .pin", 0)
    desk.until(lambda: len(desk.all("#sentences .line.pinned")) == 1)
    desk.click("#sentences .pin", 1)
    desk.until(lambda: len(desk.all("#sentences .line.pinned")) == 2)
    desk.slide(1)
    desk.until(lambda: "pinned sentences do not fit" in desk.one("#length-error").text)
    assert attribute(desk.one("#amount"), "aria-invalid") == "true"
    desk.slide(4)
    desk.until(lambda: len(desk.summary()) == 4)
    assert not desk.one("#length-error").is_displayed()


def test_a_long_request_shows_progress_and_can_be_canceled(desk: Desk) -> None:
    told = desk.take_example()
    slow = {"offline": False, "latency": 4000, "downloadThroughput": -1, "uploadThroughput": -1}
    desk.browser.execute_cdp_cmd("Network.enable", {})
    desk.browser.execute_cdp_cmd("Network.emulateNetworkConditions", slow)
    try:
        desk.slide(2)
        desk.until(lambda: "5 articles" in desk.one("#progress").text)
        desk.click("#cancel")
        desk.until(lambda: "Canceled" in desk.one("#alert").text)
        assert not desk.one("#progress").is_displayed()
        assert desk.summary() == told
    finally:
        desk.browser.execute_cdp_cmd("Network.emulateNetworkConditions", slow | {"latency": 0})
    desk.one("#alert button").click()
    desk.until(lambda: len(desk.summary()) == 2)


@pytest.mark.parametrize("keep", [False, True])
def test_a_required_key_is_requested_and_kept_only_with_consent(
    browser: Chrome, service_with_key: WithKey, keep: bool
) -> None:
    desk = Desk(browser, service_with_key.address)
    desk.open_anew()
    desk.one("#try").click()
    desk.until(lambda: desk.one("#key").is_displayed())
    desk.one("#key").send_keys("nutgraf_wrong", Keys.ENTER)
    desk.until(lambda: "does not belong to this service" in desk.one("#alert").text)
    desk.until(lambda: desk.one("#key").is_displayed())
    desk.one("#key").clear()
    desk.one("#key").send_keys(service_with_key.key)
    if keep:
        desk.one("#key-keep").click()
    desk.one("#key-form button").click()
    assert desk.settled()
    assert not desk.one("#alert").is_displayed()
    assert desk.stored().get("nutgraf.key") == (service_with_key.key if keep else None)
    desk.browser.refresh()
    assert desk.settled() if keep else desk.until(lambda: desk.one("#key").is_displayed())
    desk.reset()


def test_files_of_every_format_become_articles(desk: Desk) -> None:
    desk.drop(
        lock_txt="Ice closes the canal\n\nThe canal at Kelling is closed by ice. Barges wait above the lock.",
        tram_html="<article><h1>Tram stops</h1><p>The tram stopped in the snow. Riders walked home.</p></article>",
        canal_xml=NITF,
        wire_xml=NEWSML,
        feed_rss=RSS.replace("canal", "river"),
        latin_txt=list("Die Fähre fährt nicht. Das Wasser ist zu hoch.".encode("cp1252")),
    )
    desk.settled()
    titles = [title.get_attribute("value") or title.get_attribute("placeholder") for title in desk.all("#cards .title")]
    assert len(titles) == 6
    assert titles[0] == "Ice closes the canal"
    assert titles[2] == titles[3] == TITLE
    assert "Die Fähre fährt nicht." in desk.texts("#cards .text")[-1]
    assert any("A copy of" in facts for facts in desk.texts(".facts"))


def test_withheld_embargoed_and_superseded_articles_keep_their_status_on_the_desk(desk: Desk) -> None:
    """The desk passes the status of a document (withheld, embargoed, superseded) on from the file to the request."""
    first = {"guid": "urn:1", "headline": "Ice on the canal", "body_html": "<p>Ice may close the canal. Barges hurry.</p>"}
    second = {
        "guid": "urn:2",
        "evolvedfrom": "urn:1",
        "headline": TITLE,
        "body_html": HTML,
    }
    held = {"guid": "urn:3", "pubstatus": "withheld", "body_html": "<p>Names of the crew are known.</p>"}
    later = {"articles": [{"text": LATER, "embargoed_until": "2099-01-01T10:00:00Z"}]}
    desk.drop(
        first_json=json.dumps(first), second_json=json.dumps(second), held_json=json.dumps(held), own_json=json.dumps(later)
    )
    told = " ".join(desk.settled())
    assert "Barges hurry" not in told
    assert "Names of the crew" not in told
    assert "Superseded by B" in desk.texts(".facts")[0]
    assert "2099" in desk.one("#notes .embargo").text


def test_a_superseded_article_of_a_request_stays_superseded(desk: Desk) -> None:
    old, new = ({"id": name, "text": text} for name, text in (("v1", "The pier is shut. Ships wait."), ("v2", TEXT)))
    desk.drop(cluster_json=json.dumps({"articles": [old, {**new, "rewrite_of": "v1"}]}))
    assert "The pier is shut." not in desk.settled()
    assert "Superseded by B" in desk.texts(".facts")[0]


def test_a_feed_gives_each_of_its_entries_a_letter(desk: Desk) -> None:
    entry = RSS[RSS.index("<item>") : RSS.index("</item>") + len("</item>")]
    other = entry.replace(HTML, "<p>The bridge at Hale opens on Friday. Cyclists go first.</p>")
    desk.drop(feed_rss=RSS.replace(entry, entry + other.replace(TITLE, "Bridge opens")))
    desk.settled()
    assert desk.texts("#cards .badge") == ["A", "B"]
    desk.slide(1)
    desk.until(lambda: len(desk.summary()) == 1)
    desk.run("arguments[0].focus()", desk.all("#cards .said")[-1])
    desk.keys("p")
    desk.until(lambda: desk.summary() == ["Cyclists go first."])
    desk.browser.refresh()
    assert desk.settled() == ["Cyclists go first."]


def test_a_binary_file_is_named_and_the_other_files_are_added(desk: Desk) -> None:
    desk.drop(photo_txt=[0, 159, 146, 150, 0, 0, 1, 2], broken_json="{", lock_txt="The lock is shut. Barges wait.")
    desk.until(lambda: "photo.txt is not text" in desk.one("#paste-error").text)
    assert "broken.json ends in .json" in desk.one("#paste-error").text
    assert "The lock is shut." in desk.settled()


@pytest.mark.timing
def test_ten_articles_are_summarized_within_200_ms(desk: Desk) -> None:
    """From the slider's movement to the new summary on the page, measured by the page's own clock.

    The fastest of several steps counts: other programs use the same processors.
    """
    desk.drop(cluster_json=json.dumps({"articles": TEN}))
    desk.settled()
    assert len(desk.all("#cards .card")) == 10
    measured: list[float] = []
    while len(measured) < MOST_STEPS and min(measured, default=MOST_MILLISECONDS) >= MOST_MILLISECONDS:
        measured += [desk.run(_MOVED, value) for value in (3, 9, 4, 8, 5, 7, 6)]
    print("ten articles, ms:", [round(each) for each in measured])
    assert min(measured) < MOST_MILLISECONDS * slowness(), measured


def test_typing_does_not_wait_for_an_answer(desk: Desk) -> None:
    desk.take_example()
    desk.one(".edit").click()
    area = desk.one("textarea.write")
    slow = {"offline": False, "latency": 2000, "downloadThroughput": -1, "uploadThroughput": -1}
    desk.browser.execute_cdp_cmd("Network.enable", {})
    desk.browser.execute_cdp_cmd("Network.emulateNetworkConditions", slow)
    try:
        area.send_keys(" More stones lie on the road.")
        assert attribute(area, "value").endswith(" More stones lie on the road.")
    finally:
        desk.browser.execute_cdp_cmd("Network.emulateNetworkConditions", slow | {"latency": 0})
    desk.until(lambda: "More stones lie on the road." in desk.run("return document.querySelector('.text').textContent"))


def test_unknown_entries_in_the_browser_storage_are_ignored(desk: Desk) -> None:
    for kept in ("[]", "null", '{"items": 5}', '{"items": [{"key": "k1"}]}', "half a {"):
        desk.run("localStorage.setItem('nutgraf.desk', arguments[0])", kept)
        desk.browser.get(f"{desk.address}/")
        desk.until(lambda: attribute(desk.one(".desk"), "data-state") == "empty")
        assert desk.take_example(), kept
        desk.browser.get(f"{desk.address}/docs/guide")  # the page that is left keeps what was typed
