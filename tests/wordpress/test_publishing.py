"""Excerpts on publishing: in the background, if the setting is on, and never in place of hand-written text."""

import pytest

from tests.ports import free_port
from tests.wordpress.conftest import KEY
from tests.wordpress.site import Site

STORY = "The harbour bridge will close for eleven weeks from Monday, the city said. Repairs will cost 9 million euros."


def test_a_published_post_gets_its_excerpt_in_the_background(site: Site, service: str) -> None:
    site.set_up(address=service, key=KEY, profile="brief", on_publish=True)
    post = site.write("Bridge to close", STORY)
    site.rest(f"/wp/v2/posts/{post}", {"status": "publish"})
    assert site.post(post)["excerpt"] == ""
    assert not [url for url in site.called() if url.endswith("/summarize")]
    site.do_background_work()
    assert site.post(post)["excerpt"].startswith("The harbour bridge will close")


@pytest.mark.parametrize(("is_on", "excerpt"), [(False, ""), (True, "By hand.")])
def test_no_excerpt_is_made_if_the_setting_is_off_or_one_exists(site: Site, service: str, is_on: bool, excerpt: str) -> None:
    site.set_up(address=service, key=KEY, profile="brief", on_publish=is_on)
    post = site.write("Bridge to close", STORY, status="publish", excerpt=excerpt)
    site.do_background_work()
    assert site.post(post)["excerpt"] == excerpt
    # WordPress may look for its own updates at the same time.
    assert [url for url in site.called() if url.startswith(service)] == []


def test_publishing_works_without_the_service_and_is_retried_in_the_background(site: Site, service: str) -> None:
    site.set_up(address=f"http://127.0.0.1:{free_port()}", key=KEY, profile="brief", on_publish=True)
    post = site.write("Bridge to close", STORY, status="publish")
    site.do_background_work()
    assert site.post(post)["excerpt"] == ""
    assert "No service answers" in site.run('echo get_option("nutgraf_last_failure")["reason"];')
    when = int(site.run(f'echo wp_next_scheduled("nutgraf_fill_excerpt", [{post}, 1]) - time();'))
    assert 50 <= when <= 60
    site.set_up(address=service, key=KEY, profile="brief", on_publish=True)
    site.run(f'do_action("nutgraf_fill_excerpt", {post}, 1);')
    assert site.post(post)["excerpt"]
    assert site.run('echo get_option("nutgraf_last_failure") ? "failed" : "good";') == "good"


def test_embedded_content_stays_when_nobody_is_logged_in(site: Site) -> None:
    """wp_update_post() in the background would strip it."""
    embed = '<iframe src="https://maps.example/bridge"></iframe>'
    post = site.write("Map", STORY, embed, status="publish")
    site.run(f'wp_set_current_user(0); kses_init(); do_action("nutgraf_fill_excerpt", {post}, 0);')
    assert site.post(post)["excerpt"]
    assert embed in site.post(post)["content"]
