"""Related copy proposes recent posts that belong to the story of the post in the editor."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest

from nutgraf.samples import sample
from tests.ports import free_port
from tests.wordpress.conftest import KEY
from tests.wordpress.editor import Editor
from tests.wordpress.site import Site
from tests.wordpress.test_settings import something_else

ARTICLES = {article["id"]: article for article in sample("feed")["articles"]}
# Two reports of the ferry; the third is being written.
GROUNDING, BEACON = ARTICLES["northwire-1"], ARTICLES["coastal-7"]
TOW = {
    "title": "Tugs pull ferry Saltmarsh off sandbank near Port Alder",
    "text": "Two tugs pulled the Saltmarsh off a sandbank near Port Alder on Monday, a day after the ferry ran aground in "
    "fog.\n\n"
    "All 212 passengers of the ferry had been brought ashore on Sunday. The coastguard said that the hull was not torn.",
}
TRAMS, LUNCHES = ARTICLES["northwire-2"], ARTICLES["courier-5"]
NOT_FOUND = {"type": "/problems/not-found", "title": "No", "status": 404, "detail": "The requested URL was not found."}
NONE = "No recent post belongs to this story."


@pytest.fixture(autouse=True)
def clean(site: Site) -> None:
    """Makes all posts of other tests old."""
    site.run(
        "foreach (get_posts(['post_status' => 'any', 'numberposts' => -1]) as $post) { wp_delete_post($post->ID, true); }"
    )


def write(site: Site, article: dict[str, Any], **more: Any) -> int:
    """The id of a new post with the text of an article."""
    return site.write(article["title"], *article["text"].split("\n\n"), **more)


def ask(site: Site, post: int, article: dict[str, Any], user: str = "desk") -> tuple[int, Any]:
    """Calls the route for a post with the text of an article in the editor; returns status and answer."""
    paragraphs = "".join(f"<p>{each}</p>" for each in article["text"].split("\n\n"))
    return site.rest(f"/nutgraf/v1/posts/{post}/story", {"title": article["title"], "content": paragraphs}, user=user)


@contextmanager
def listening(*ids: int) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """A fake service that puts the given posts into one story, and the articles it received."""
    sent: list[dict[str, Any]] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            sent.extend(json.loads(self.rfile.read(int(self.headers["Content-Length"])))["articles"])
            self.send_response(200)
            self.end_headers()
            self.wfile.write(json.dumps({"stories": [{"article_ids": [str(each) for each in ids]}]}).encode())

        def log_message(self, *arguments: object) -> None:
            """Says nothing."""

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", sent
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def test_only_posts_of_the_same_story_are_proposed(site: Site, service: str) -> None:
    """The text in the editor counts, not the saved one."""
    grounding, beacon = write(site, GROUNDING, status="publish"), write(site, BEACON, status="publish")
    write(site, TRAMS, status="publish"), write(site, LUNCHES, status="publish")
    own = write(site, TRAMS)
    site.called()
    status, answer = ask(site, own, TOW)
    assert status == 200
    assert answer["supported"] is True
    assert {post["id"] for post in answer["posts"]} == {grounding, beacon}
    assert {post["title"] for post in answer["posts"]} == {GROUNDING["title"], BEACON["title"]}
    assert site.called() == [f"{service}/stories"]
    assert [post["title"] for post in ask(site, own, LUNCHES)[1]["posts"]] == [LUNCHES["title"]]


def test_a_post_with_its_own_story_has_no_proposals(site: Site) -> None:
    write(site, TRAMS, status="publish")
    assert ask(site, write(site, TOW), TOW) == (200, {"supported": True, "posts": []})


def test_no_request_is_sent_without_posts_to_compare(site: Site) -> None:
    own = write(site, TOW)
    site.called()
    assert ask(site, own, TOW) == (200, {"supported": True, "posts": []})
    write(site, BEACON, status="publish")
    assert ask(site, own, {"title": " ", "text": ""}) == (200, {"supported": True, "posts": []})
    assert site.called() == []


@pytest.mark.parametrize("user", ["desk", "writer"])
def test_posts_that_are_not_public_are_neither_sent_nor_proposed(site: Site, user: str) -> None:
    """Not even if the service returns them."""
    week_ago, long_ago = ((datetime.now(UTC) - timedelta(days=days)).isoformat()[:19] for days in (7, 15))
    public = write(site, GROUNDING, status="publish", date_gmt=week_ago)
    hidden = [
        write(site, BEACON), write(site, BEACON, status="pending"), write(site, BEACON, status="private"),
        write(site, BEACON, status="publish", password="fog"), write(site, BEACON, status="publish", date_gmt=long_ago),
        write(site, BEACON, status="future", date_gmt="2100-01-01T00:00:00"),
    ]  # fmt: skip
    own = write(site, TRAMS, user=user)
    with listening(own, public, *hidden) as (address, sent):
        site.set_up(address=address, key=KEY)
        status, answer = ask(site, own, TOW, user)
    assert status == 200
    assert [article["id"] for article in sent] == [str(own), str(public)]
    assert [post["id"] for post in answer["posts"]] == [public]


def test_plain_texts_with_their_times_are_sent(site: Site) -> None:
    now = datetime.now(UTC)
    long = "The ferry <em>Saltmarsh</em> &amp; its crew. " + "Fog. " * 3000
    public = site.write("Fog &amp; <em>ferries</em>", "Fog.", long, status="publish", date_gmt="2026-01-11T10:55:00")
    at = (now - timedelta(days=3)).replace(microsecond=0)
    site.rest(f"/wp/v2/posts/{public}", {"date_gmt": at.isoformat()[:19]})
    own = write(site, TRAMS)
    with listening() as (address, sent):
        site.set_up(address=address, key=KEY)
        assert ask(site, own, TOW)[0] == 200
    written, recent = sent
    assert set(recent) == {"id", "title", "text", "published_at"}
    assert recent["title"] == "Fog & ferries"
    assert recent["text"].startswith("Fog.\n\nThe ferry Saltmarsh & its crew. Fog.")
    assert len(recent["text"]) == 5000
    assert datetime.fromisoformat(recent["published_at"]) == at
    assert {key: written[key] for key in ("title", "text")} == TOW
    # A draft is being written now.
    assert abs(datetime.fromisoformat(written["published_at"]) - now) < timedelta(minutes=5)


def test_the_newest_hundred_posts_are_sent(site: Site) -> None:
    site.run(
        "foreach (range(1, 101) as $hours) { wp_insert_post(['post_title' => \"Post $hours\", 'post_content' => 'Fog.', "
        "'post_status' => 'publish', 'post_date_gmt' => gmdate('Y-m-d H:i:s', time() - $hours * 3600), "
        "'post_date' => gmdate('Y-m-d H:i:s', time() - $hours * 3600)]); }"
    )
    with listening() as (address, sent):
        site.set_up(address=address, key=KEY)
        assert ask(site, write(site, TOW), TOW)[0] == 200
    assert [article["title"] for article in sent[1:]] == [f"Post {hours}" for hours in range(1, 101)]


def test_a_post_with_only_a_title_has_proposals_in_its_language(site: Site) -> None:
    """The service finds the language in the text, and compares only texts in one language."""
    public = site.write(
        "Fähre Saltmarsh vor Port Alder auf Grund gelaufen",
        "Die Fähre Saltmarsh ist am Sonntag im Nebel vor Port Alder auf eine Sandbank gelaufen, sagte die Küstenwache.",
        "Alle 212 Fahrgäste wurden an Land gebracht. Der Betreiber strich die Fahrten zur Insel bis Mittwoch.",
        status="publish",
    )
    write(site, TRAMS, status="publish")
    title = "Was wir über die Fähre Saltmarsh wissen, die vor Port Alder auf Grund gelaufen ist"
    status, answer = ask(site, site.write("Neu"), {"title": title, "text": ""})
    assert (status, [post["id"] for post in answer["posts"]]) == (200, [public])


def test_users_who_may_not_edit_the_post_get_no_proposals(site: Site) -> None:
    theirs, own = write(site, TOW), write(site, TOW, user="writer")
    public = write(site, GROUNDING, status="publish")
    site.called()
    status, problem = ask(site, theirs, TOW, "writer")
    assert (status, problem["code"]) == (403, "rest_forbidden")
    assert ask(site, 999_999, TOW, "desk")[0] == 403
    assert site.called() == []
    status, answer = ask(site, own, TOW, "writer")
    assert (status, [post["id"] for post in answer["posts"]]) == (200, [public])


def test_without_the_route_the_search_is_used(site: Site) -> None:
    public, own = write(site, GROUNDING, status="publish"), write(site, TOW)
    with something_else(404, NOT_FOUND) as (address, _):
        site.set_up(address=address, key=KEY)
        assert ask(site, own, TOW) == (200, {"supported": False, "posts": []})
        status, found = site.rest(f"/nutgraf/v1/posts/{own}/related?search=ferry")
    assert (status, [post["id"] for post in found]) == (200, [public])


@pytest.mark.parametrize(
    ("status", "body", "sentence"),
    [
        (404, "Nothing here.", "is not Nutgraf (HTTP 404)"),
        (200, {"hello": "world"}, "is not Nutgraf (HTTP 200)"),
        (422, {**NOT_FOUND, "type": "/problems/invalid-request", "detail": "Too many."}, "Nutgraf says: Too many."),
    ],
)
def test_an_error_is_shown_as_a_sentence(site: Site, status: int, body: Any, sentence: str) -> None:
    write(site, GROUNDING, status="publish")
    own = write(site, TOW)
    with something_else(status, body) as (address, _):
        site.set_up(address=address, key=KEY)
        given, problem = ask(site, own, TOW)
    assert given >= 400
    assert sentence in problem["message"]


def test_malformed_stories_give_no_proposals(site: Site) -> None:
    write(site, GROUNDING, status="publish")
    own = write(site, TOW)
    strange: tuple[list[Any], ...] = ([], ["one"], [{}], [{"article_ids": None}], [{"article_ids": [str(own), 7, ["8"]]}])
    for stories in strange:
        with something_else(200, {"stories": stories}) as (address, _):
            site.set_up(address=address, key=KEY)
            assert ask(site, own, TOW) == (200, {"supported": True, "posts": []})


def test_an_editor_adds_the_proposals_to_a_round_up(editor: Editor, site: Site) -> None:
    """The text is typed and not saved; one click adds the posts of its story, another makes the round-up."""
    grounding, beacon = write(site, GROUNDING, status="publish"), write(site, BEACON, status="publish")
    write(site, TRAMS, status="publish")
    editor.edit(site.write("Ferry"))
    insert = (
        "const block = wp.blocks.createBlock('core/paragraph', {content: arguments[0]});"
        "wp.data.dispatch('core/block-editor').insertBlocks(block, 0, '', false)"
    )
    editor.browser.execute_script(insert, TOW["text"])
    editor.press("Related copy")
    editor.until(lambda: editor.texts(".nutgraf-story label"))
    assert sorted(editor.texts(".nutgraf-story label")) == sorted([GROUNDING["title"], BEACON["title"]])
    assert editor.texts(".nutgraf-story .nutgraf-hint") == ["2 recent posts belong to this story."]
    # No post is listed twice, and other posts can still be chosen by hand.
    editor.until(lambda: editor.texts(".nutgraf-posts label") == [TRAMS["title"]])
    editor.press("Add 2 posts")
    editor.press("Round-up of 2 posts")
    editor.until(lambda: editor.all(".nutgraf-preview li"))
    editor.press("Insert at the end")
    content = site.post(editor.save())["content"]
    assert f'<a href="{site.address}/?p={grounding}">' in content
    assert f'<a href="{site.address}/?p={beacon}">' in content


def test_an_editor_reads_that_there_is_nothing_to_propose_and_looks_again(editor: Editor, site: Site) -> None:
    write(site, TRAMS, status="publish")
    editor.edit(write(site, TOW))
    editor.press("Related copy")
    editor.until(lambda: editor.texts(".nutgraf-story .nutgraf-hint") == [NONE])
    assert not editor.all(".nutgraf-story label, .nutgraf-story .is-error")
    write(site, GROUNDING, status="publish")
    editor.press("Search again")
    editor.until(lambda: editor.texts(".nutgraf-story label") == [GROUNDING["title"]])


def test_failed_proposals_leave_the_search_and_the_chosen_posts(editor: Editor, site: Site, service: str) -> None:
    write(site, GROUNDING, status="publish"), write(site, TRAMS, status="publish")
    nowhere = f"http://127.0.0.1:{free_port()}"
    site.set_up(address=nowhere, key=KEY, timeout=3)
    editor.edit(write(site, TOW))
    editor.press("Related copy")
    editor.until(lambda: editor.all(".nutgraf-story .is-error"))
    assert f"No service answers at {nowhere}" in editor.texts(".nutgraf-story .is-error")[0]
    editor.until(lambda: len(editor.texts(".nutgraf-posts label")) == 2)
    editor.click(next(label for label in editor.all(".nutgraf-posts label") if label.text == TRAMS["title"]))
    site.set_up(address=service, key=KEY)
    editor.press("Search again")
    editor.until(lambda: editor.texts(".nutgraf-story label") == [GROUNDING["title"]])
    assert not editor.all(".nutgraf-story .is-error")
    site.set_up(address=nowhere, key=KEY, timeout=3)
    editor.press("Search again")
    editor.until(lambda: editor.all(".nutgraf-story .is-error"))
    assert editor.texts(".nutgraf-story label") == [GROUNDING["title"]]
    assert editor.texts(".nutgraf-posts label") == [TRAMS["title"]]
    assert "Round-up of 1 post" in editor.texts(".nutgraf-related .nutgraf-start")


def test_with_an_older_service_the_editor_uses_the_search(editor: Editor, site: Site, service: str) -> None:
    write(site, GROUNDING, status="publish")
    editor.edit(write(site, TOW))
    with something_else(404, NOT_FOUND) as (address, _):
        site.set_up(address=address, key=KEY)
        editor.press("Related copy")
        editor.until(
            lambda: [text for text in editor.texts(".nutgraf-story .nutgraf-hint") if "cannot propose posts" in text]
        )
        assert not editor.all(".nutgraf-related .is-error")
        editor.until(lambda: editor.texts(".nutgraf-posts label") == [GROUNDING["title"]])
    editor.click(editor.all(".nutgraf-posts label")[0])
    site.set_up(address=service, key=KEY)
    editor.press("Round-up of 1 post")
    editor.until(lambda: editor.all(".nutgraf-preview li"))
