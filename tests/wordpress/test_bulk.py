"""*Fill missing excerpts*: the bulk action, its progress, and continuing after an interruption."""

import time
from collections.abc import Callable

import pytest

from tests.breakable_proxy import BreakableProxy
from tests.wordpress.conftest import KEY
from tests.wordpress.editor import Editor
from tests.wordpress.site import Site

COUNT = 10
# A step writes five posts, each slowed down to 1.2 seconds, so that the browser leaves before the second step ends.
STEP_SECONDS = 7.0


def ten_posts(site: Site) -> list[int]:
    """Ten published posts without an excerpt, all different."""
    return [
        site.write(
            f"Quay {number} to be rebuilt",
            f"Quay {number} of the harbour will be rebuilt from Monday, the port said. The work will take {number + 3} weeks.",
            f"Ships will berth at quay {number + 20} meanwhile. The port pays {number + 1} million euros for it.",
            status="publish",
        )
        for number in range(COUNT)
    ]


def filled(site: Site, posts: list[int]) -> list[int]:
    """The posts that have an excerpt now."""
    status, found = site.rest(f"/wp/v2/posts?context=edit&per_page=100&include={','.join(map(str, posts))}&status=any")
    assert status == 200, found
    return sorted(post["id"] for post in found if post["excerpt"]["raw"])


def start(editor: Editor, posts: list[int]) -> None:
    """Selects posts in the list, and starts the action."""
    editor.open("edit.php?post_type=post&orderby=ID")
    for post in posts:
        editor.browser.execute_script("arguments[0].checked = true", editor.all(f"#cb-select-{post}")[0])
    editor.browser.execute_script("document.getElementById('bulk-action-selector-top').value = 'nutgraf_fill'")
    editor.click(editor.all("#doaction")[0])


def after_running_step(look: Callable[[], list[int]]) -> list[int]:
    """Waits until a running step has ended, and returns the observation."""
    before, seen = None, look()
    while seen != before:
        time.sleep(STEP_SECONDS)
        before, seen = seen, look()
    return seen


def test_ten_posts_are_filled_although_service_and_browser_are_interrupted(editor: Editor, site: Site, service: str) -> None:
    """No hand-written excerpt is changed, and none is filled twice."""
    posts = ten_posts(site)
    own = site.write("Own words", "The mayor opened the new library on Saturday.", excerpt="By hand.", status="publish")
    going = BreakableProxy(service)
    site.run('update_option("test_slow_milliseconds", 1200);')
    with going as address:
        site.set_up(address=address, key=KEY, profile="push")
        start(editor, [*posts, own])
        editor.until(lambda: filled(site, posts))
        # The page is left while posts still wait: only its script continues the run.
        editor.leave()
    some = after_running_step(lambda: filled(site, posts))
    assert 0 < len(some) < COUNT
    before = {post: site.post(post)["excerpt"] for post in some}
    site.run('delete_option("test_slow_milliseconds");')
    editor.open("edit.php")
    editor.press("Continue", "#nutgraf-run")
    editor.until(lambda: "No service answers" in " ".join(editor.texts("#nutgraf-run .nutgraf-error")))
    assert len(filled(site, posts)) == len(some)
    with going:
        # A second run on all posts: existing excerpts stay, and waiting posts are processed.
        start(editor, [*posts, own])
        editor.until(lambda: editor.all("#nutgraf-run.notice-success"))
        assert editor.texts(".nutgraf-counts")[0].startswith(
            f"{COUNT - len(some)} excerpts filled, {len(some) + 1} posts already had an excerpt"
        )
    after = {post: site.post(post)["excerpt"] for post in posts}
    assert all(f"quay {at}" in text.lower() for at, text in enumerate(after.values()))
    assert {post: after[post] for post in some} == before
    assert site.post(own)["excerpt"] == "By hand."
    editor.press("Dismiss", "#nutgraf-run")
    editor.until(lambda: not editor.all("#nutgraf-run"))


def test_the_run_continues_in_the_background_when_the_browser_is_closed(site: Site) -> None:
    posts = ten_posts(site)[:6]
    site.run(f"Nutgraf\\Bulk::start('', 'nutgraf_fill', {posts});")
    assert not filled(site, posts)
    for _ in range(10):  # cron continues the run for some seconds at a time
        site.run("do_action('nutgraf_continue_run', 1);")
        if filled(site, posts) == posts:
            break
    assert filled(site, posts) == posts
    assert site.run("echo wp_json_encode(Nutgraf\\Run::of(1)->progress());") == (
        '{"total":6,"waiting":0,"filled":6,"kept":0,"failed":[],"error":""}'
    )


def test_posts_that_can_not_be_filled_are_listed_with_the_reason(editor: Editor, site: Site) -> None:
    good, empty = site.write("Good", "The mayor opened the new library on Saturday."), site.write('"Empty" &amp;quot;', "…")
    start(editor, [good, empty])
    editor.until(lambda: "1 post failed" in " ".join(editor.texts(".nutgraf-counts")))
    assert editor.texts("#nutgraf-run li") == [
        "“Empty” &quot; – There is no text to summarize. Write at least one sentence."
    ]
    editor.open("edit.php")
    assert editor.texts("#nutgraf-run li a") == ["“Empty” &quot;"]
    assert site.post(good)["excerpt"]


def test_a_run_never_touches_posts_that_its_user_may_not_edit(site: Site) -> None:
    theirs = site.write("Theirs", "The mayor opened the new library on Saturday.")
    site.run(f"Nutgraf\\Run::of({site.users['writer']['id']})->add([{theirs}]);")
    status, run = site.rest("/nutgraf/v1/run", {}, user="writer")
    assert status == 200
    assert [failed["reason"] for failed in run["failed"]] == ["You may not edit this post."]
    assert site.called() == []


def test_a_job_that_the_service_has_lost_is_sent_again(site: Site) -> None:
    post = site.write("Lost", "The mayor opened the new library on Saturday.")
    site.run(f"Nutgraf\\Run::of(1)->add([{post}]);")
    assert site.rest("/nutgraf/v1/run", {})[1]["waiting"] == 1
    site.run('$run = get_user_meta(1, "nutgraf_run", true); $run["jobs"] = ["gone" => reset($run["jobs"])]; '
             'update_user_meta(1, "nutgraf_run", $run);')  # fmt: skip
    site.run("do_action('nutgraf_continue_run', 1);")
    assert site.post(post)["excerpt"]


@pytest.mark.parametrize(("code", "left"), [
    pytest.param("wp_update_post(['ID' => $id, 'post_excerpt' => 'By hand.']);", "By hand.", id="a person saves an excerpt"),
    pytest.param("wp_delete_post($id, true);", "gone", id="the post is deleted"),
])  # fmt: skip
def test_changes_between_two_steps_are_respected(site: Site, code: str, left: str) -> None:
    post = site.write("Between", "The mayor opened the new library on Saturday.")
    site.run(f"$id = {post}; $run = Nutgraf\\Run::of(1); $run->add([$id]); $run->step(); {code}"
             "do_action('nutgraf_continue_run', 1);")  # fmt: skip
    found = site.run(f"echo get_post({post}) ? get_post({post})->post_excerpt : 'gone';")
    assert found == left
    assert site.run("echo Nutgraf\\Run::of(1)->is_done() ? 'done' : 'waits';") == "done"
