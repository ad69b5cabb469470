"""The panel in the block editor, as an editor uses it."""

import json

from selenium.webdriver.common.keys import Keys

from tests.breakable_proxy import BreakableProxy
from tests.wordpress.conftest import KEY
from tests.wordpress.editor import Editor
from tests.wordpress.site import Site

BRIDGE = (
    "The harbour bridge will close for eleven weeks from Monday, the city said.",
    "Engineers found cracks in two of the bridge's six piers in March. Buses will take another way and need twenty minutes longer.",
    "Repairs will cost 9 million euros, which the city will borrow. The bridge opened in 1961 and carries 40,000 cars a day.",
)
FERRY = (
    "The ferry company will add four boats while the harbour bridge is closed. They leave every ten minutes from Quay Street.",
    "A ticket will cost 2 euros, the company said.",
)
TEXT = " ".join(BRIDGE)


def test_a_post_gets_its_excerpt_and_its_title(editor: Editor, site: Site) -> None:
    """The post is written in the browser, filled by three clicks, and read through WordPress' REST API."""
    editor.edit()
    with editor.canvas():
        title = editor.until(lambda: editor.all(".editor-post-title__input"))[0]
        title.send_keys(Keys.ENTER, Keys.ENTER.join(BRIDGE))
    editor.click(editor.all(".edit-post-sidebar__panel-tab, .edit-post-sidebar__panel-tabs [role=tab]")[0])
    editor.press("Summarize")
    editor.until(lambda: editor.edited("excerpt"))
    editor.press("Headlines")
    editor.until(lambda: editor.all(".nutgraf-headline"))
    suggested = editor.texts(".nutgraf-headline .nutgraf-text")
    counts = editor.texts(".nutgraf-headline .nutgraf-count")
    assert counts == [f"{len(each)} of 70" for each in suggested]
    editor.click(editor.all(".nutgraf-headline")[0])
    saved = site.post(editor.save())
    assert saved["title"] == suggested[0]
    assert "bridge" in saved["title"].lower()
    sentences = saved["excerpt"].replace(". ", ".\n").splitlines()
    assert len(sentences) > 1
    assert all(sentence in TEXT for sentence in sentences)


def test_undo_restores_the_title(editor: Editor, site: Site) -> None:
    editor.edit(site.write("", *BRIDGE))
    editor.press("Headlines")
    editor.until(lambda: editor.all(".nutgraf-headline"))
    editor.click(editor.all(".nutgraf-headline")[0])
    assert editor.until(lambda: editor.edited("title"))
    editor.click(editor.all(".editor-history__undo")[0])
    editor.until(lambda: editor.edited("title") == "")


def test_hand_written_text_is_replaced_only_after_confirmation(editor: Editor, site: Site) -> None:
    editor.edit(site.write("My title", *BRIDGE, excerpt="My own words."))
    editor.press("Summarize")
    editor.until(lambda: editor.all(".nutgraf-question"))
    assert editor.edited("excerpt") == "My own words."
    editor.press("Keep mine")
    assert editor.edited("excerpt") == "My own words."
    editor.press("Summarize")
    editor.press("Replace")
    made: str = editor.until(lambda: editor.edited("excerpt").replace("My own words.", ""))
    assert made.split(". ")[0] in TEXT
    editor.press("Headlines")
    editor.until(lambda: editor.all(".nutgraf-headline"))
    editor.click(editor.all(".nutgraf-headline")[0])
    editor.until(lambda: editor.all(".nutgraf-headlines .nutgraf-question"))
    assert editor.edited("title") == "My title"
    editor.press("Replace")
    editor.until(lambda: editor.edited("title") != "My title")
    # Text that the panel itself has set is replaced without a question, in a later session too.
    editor.edit(editor.save())
    editor.press("Summarize")
    editor.until(lambda: "Excerpt filled." in " ".join(editor.texts(".components-snackbar")))
    assert not editor.all(".nutgraf-question")


def test_a_round_up_of_other_posts_links_each_sentence_to_its_post(editor: Editor, site: Site) -> None:
    bridge, ferry = site.write("Bridge to close", *BRIDGE), site.write("More boats", *FERRY, status="publish")
    own = site.write("The week in the harbour")
    editor.edit(own)
    editor.press("Related copy")
    editor.until(lambda: editor.all(".nutgraf-posts input"))
    for label in editor.all(".nutgraf-posts label"):
        if label.text.startswith(("Bridge to close", "More boats")):
            editor.click(label)
    editor.press("Round-up of 2 posts")
    editor.until(lambda: editor.all(".nutgraf-preview li"))
    assert any("Draft" in state for state in editor.texts(".nutgraf-preview .nutgraf-state"))
    editor.press("Insert at the end")
    content = site.post(editor.save())["content"]
    assert content.count("<!-- wp:paragraph -->") == 1
    assert f'<a href="{site.address}/?p={bridge}">' in content
    assert f'<a href="{site.address}/?p={ferry}">' in content
    assert "The ferry company will add four boats while the harbour bridge is closed." in content


def test_the_editor_stays_usable_without_the_service(editor: Editor, site: Site, service: str) -> None:
    with BreakableProxy(service) as address:
        site.set_up(address=address, key=KEY)
        editor.edit(site.write("Kept", *BRIDGE))
        editor.press("Headlines")
        editor.until(lambda: editor.all(".nutgraf-headline"))
    editor.press("Summarize")
    editor.until(lambda: editor.all(".nutgraf-summary .is-error"))
    assert f"No service answers at {address}" in editor.texts(".nutgraf-summary .is-error")[0]
    editor.browser.execute_script("wp.data.dispatch('core/editor').editPost({excerpt: 'Typed meanwhile.'})")
    assert site.post(editor.save())["excerpt"] == "Typed meanwhile."
    site.set_up(address=service, key=KEY)
    editor.press("Summarize")
    editor.until(lambda: editor.all(".nutgraf-question"))
    assert not editor.all(".nutgraf-summary .is-error")


def test_a_contributor_can_not_summarize_a_draft_of_another_user(site: Site) -> None:
    theirs, own = site.write("Theirs", *BRIDGE), site.write("Own", *FERRY, user="writer")
    for route in ("summary", "headlines", "roundup"):
        status, problem = site.rest(f"/nutgraf/v1/posts/{theirs}/{route}", {"content": TEXT, "posts": [own]}, user="writer")
        assert (status, problem["code"]) == (403, "rest_forbidden")
    assert site.rest(f"/nutgraf/v1/posts/{theirs}/related", user="writer")[0] == 403
    status, answer = site.rest(f"/nutgraf/v1/posts/{own}/summary", {"content": f"<p>{TEXT}</p>"}, user="writer")
    assert status == 200
    assert answer["excerpt"]


def test_a_contributor_can_not_use_drafts_of_others_in_a_round_up(site: Site) -> None:
    draft, public = site.write("Secret plan", *BRIDGE), site.write("Known to all", *FERRY, status="publish")
    own = site.write("Own", *FERRY, user="writer")
    status, offered = site.rest(f"/nutgraf/v1/posts/{own}/related", user="writer")
    assert status == 200
    assert public in [post["id"] for post in offered]
    assert draft not in [post["id"] for post in offered]
    status, problem = site.rest(f"/nutgraf/v1/posts/{own}/roundup", {"posts": [public, draft]}, user="writer")
    assert (status, problem["code"]) == (403, "nutgraf_forbidden")


def test_a_request_without_a_nonce_is_refused(editor: Editor, site: Site) -> None:
    post = site.write("Own", *BRIDGE)
    editor.edit(post)
    ask = (
        "const done = arguments[arguments.length - 1];"
        f"fetch('{site.address}/index.php?rest_route=/nutgraf/v1/posts/{post}/summary', {{method: 'POST', credentials: 'include'}})"
        ".then(answer => done(answer.status))"
    )
    assert editor.browser.execute_async_script(ask) == 401


def test_no_page_and_no_answer_contains_the_key(editor: Editor, site: Site) -> None:
    stored = site.run('echo get_option("nutgraf_settings")["key"];')
    assert stored.startswith("secretbox:")
    assert KEY not in stored
    post = site.write("Own", *BRIDGE)
    editor.edit(post)
    editor.press("Summarize")
    editor.until(lambda: editor.edited("excerpt"))
    pages = [editor.browser.page_source]
    for page in ("options-general.php?page=nutgraf", "edit.php"):
        editor.open(page)
        pages.append(editor.browser.page_source)
    pages.append(str(site.rest(f"/wp/v2/posts/{post}?context=edit")))
    pages.append(str(site.rest("/wp/v2/settings")))
    assert not [page for page in pages if KEY in page or stored in page]


def test_the_browser_calls_only_the_site_and_the_site_only_the_service(editor: Editor, site: Site, service: str) -> None:
    editor.edit(site.write("Own", *BRIDGE))
    site.called(), editor.browser.get_log("performance")
    editor.press("Headlines")
    editor.until(lambda: editor.all(".nutgraf-headline"))
    # The panel requests the profiles when it opens; the request may still be running.
    assert [url for url in site.called() if url != f"{service}/profiles"] == [f"{service}/summarize"]
    events = [json.loads(entry["message"])["message"] for entry in editor.browser.get_log("performance")]
    asked = [event["params"]["request"]["url"] for event in events if event["method"] == "Network.requestWillBeSent"]
    assert [url for url in asked if "headlines" in url]
    assert not [url for url in asked if not url.startswith((site.address, "data:", "blob:"))]


def test_markup_in_a_text_is_escaped_in_the_excerpt(site: Site) -> None:
    """A contributor's draft quoted by an administrator must not become a script."""
    text = "The tag &lt;img src=x onerror=alert(1)&gt; broke the page of the city on Monday, the city said."
    post = site.write("Tags", text, user="writer")
    status, answer = site.rest(f"/nutgraf/v1/posts/{post}/summary", {"content": f"<p>{text}</p>"})
    assert status == 200
    assert "&lt;img" in answer["excerpt"]
    assert "<" not in answer["excerpt"]
    status, answer = site.rest(f"/nutgraf/v1/posts/{post}/roundup", {"posts": [post]})
    assert status == 200
    assert "<img" not in answer["html"]


def test_only_the_story_is_sent(site: Site) -> None:
    """Captions, shortcodes and blocks that list other posts are not the story."""
    content = (
        "<!-- wp:image --><figure><img src='x.jpg'/><figcaption>A bridge, seen from the air on Monday.</figcaption></figure>"
        "<!-- /wp:image --><!-- wp:latest-posts /--><!-- wp:columns --><div><!-- wp:column --><div><!-- wp:paragraph --><p>"
        "The bridge closes on Monday.</p><!-- /wp:paragraph --></div><!-- /wp:column --></div><!-- /wp:columns -->[gallery ids='1']"
    )
    html = site.run(f"echo Nutgraf\\Post_Text::html({content!r});")
    assert "The bridge closes on Monday." in html
    assert "seen from the air" not in html
    assert "gallery" not in html
    assert "<p>Plain.</p>" in site.run("echo Nutgraf\\Post_Text::html('Plain.');")
