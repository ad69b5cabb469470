"""The settings page: stored values, and the results of *Test connection*."""

import json
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest

from tests.ports import free_port
from tests.wordpress.conftest import KEY
from tests.wordpress.editor import Editor
from tests.wordpress.site import Site


@contextmanager
def something_else(status: int, body: Any, **headers: str) -> Iterator[tuple[str, list[str]]]:
    """A server that gives every request the same answer, and the keys it received."""
    keys: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            keys.append(self.headers.get("Authorization", ""))
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name.replace("_", "-"), value)
            self.end_headers()
            self.wfile.write(body.encode() if isinstance(body, str) else json.dumps(body).encode())

        do_POST = do_GET

        def log_message(self, *arguments: object) -> None:
            """Says nothing."""

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", keys
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def connection_test_result(site: Site, address: str, **form: Any) -> tuple[bool, str]:
    """The result of *Test connection* for the values of a form."""
    status, answer = site.rest("/nutgraf/v1/connection", {"address": address, "timeout": 2, **form})
    assert status == 200, answer
    return answer["ok"], answer["message"]


def test_the_form_saves_settings_and_the_button_tests_the_connection(editor: Editor, site: Site, service: str) -> None:
    site.set_up(address="")
    editor.open("options-general.php?page=nutgraf")
    editor.all("#nutgraf-address")[0].send_keys(f"{service}/")
    editor.all("#nutgraf-key")[0].send_keys("another-key")
    editor.click(editor.all("#nutgraf-test")[0])
    editor.until(lambda: editor.all("#nutgraf-test-result.is-good"))
    assert editor.texts("#nutgraf-test-result")[0].endswith("answers and summarizes.")
    editor.click(editor.all("#submit")[0])
    editor.until(lambda: editor.all(".notice-success, .updated"))
    assert editor.all("#nutgraf-address")[0].get_attribute("value") == service
    assert editor.all("#nutgraf-key")[0].get_attribute("value") == ""
    assert site.run("echo Nutgraf\\Settings::key();") == "another-key"


def test_the_connection_test_says_what_is_wrong(site: Site, service: str) -> None:
    assert connection_test_result(site, service)[0]
    assert connection_test_result(site, "ftp://x") == (False, "The address must begin with http:// or https://.")
    assert connection_test_result(site, "") == (False, "Nutgraf is not set up yet: its address is missing in the settings.")
    assert connection_test_result(site, "http://nutgraf.invalid") == (
        False,
        "The host “nutgraf.invalid” was not found. Check the spelling of the address.",
    )
    refusing = f"http://127.0.0.1:{free_port()}"
    assert connection_test_result(site, refusing) == (
        False,
        f"No service answers at {refusing}. Check the port, and check that Nutgraf is running.",
    )
    assert connection_test_result(site, "http://news.example")[1].startswith(
        "This WordPress may not call other hosts. Add “news.example”"
    )
    assert connection_test_result(site, service, profile="tweet")[1].startswith(
        "This Nutgraf service has no profile “tweet”. Its profiles: push, "
    )


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        ("cURL error 6: Could not resolve host: nutgraf.invalid", "The host “nutgraf.invalid” was not found."),
        ("cURL error 28: Resolving timed out after 2001 milliseconds", "The host “nutgraf.invalid” was not found."),
        ("cURL error 28: Operation timed out after 2001 milliseconds", "http://nutgraf.invalid did not answer in time."),
    ],
)
def test_a_host_that_is_not_found_in_time_is_not_found(site: Site, error: str, expected: str) -> None:
    answer = f'Nutgraf\\Answer::read(new WP_Error("http_request_failed", "{error}"), "http://nutgraf.invalid")'
    message = site.run(f"echo {answer}->get_error_message();")
    assert message.startswith(expected)


def test_the_connection_test_detects_another_service(site: Site) -> None:
    for status, body in ((200, "<h1>It works!</h1>"), (404, "nothing"), (200, {"name": "other", "version": "1"}), (500, {})):
        with something_else(status, body) as (address, _):
            good, sentence = connection_test_result(site, address)
            assert not good
            assert sentence.startswith(f"The service at {address} is not Nutgraf (HTTP {status})")


@pytest.mark.parametrize(
    ("status", "slug", "sentence"),
    [
        (401, "key-missing", "Nutgraf requires a key. Enter one in the settings, or define NUTGRAF_KEY in wp-config.php."),
        (401, "key-unknown", "Nutgraf does not accept this key. Enter a valid key."),
        (429, "rate-limited", "Too many requests. Try again in 7 seconds."),
        (503, "not-ready", "Nutgraf says: Data is missing."),
    ],
)
def test_the_connection_test_passes_problems_on(site: Site, status: int, slug: str, sentence: str) -> None:
    problem = {"type": f"/problems/{slug}", "detail": "Data is missing.", "status": status}
    with something_else(status, problem, Retry_After="7") as (address, keys):
        assert connection_test_result(site, address, key="typed") == (False, sentence)
    assert keys == ["Bearer typed"]


def test_the_connection_test_ends_if_the_service_never_answers(site: Site) -> None:
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        address = f"http://127.0.0.1:{silent.getsockname()[1]}"
        assert connection_test_result(site, address, timeout=1) == (
            False,
            f"{address} did not answer in time. Try again, or increase the timeout.",
        )


def test_the_key_is_not_sent_to_a_redirect(site: Site) -> None:
    with something_else(200, {"name": "nutgraf", "version": "1"}) as (other, keys):
        with something_else(302, "", Location=f"{other}/version") as (address, _):
            assert not connection_test_result(site, address)[0]
        assert keys == []


def test_only_an_administrator_tests_the_connection(site: Site, service: str) -> None:
    assert site.rest("/nutgraf/v1/connection", {"address": service}, user="writer")[0] == 403


def test_an_empty_key_keeps_the_stored_one_and_it_can_be_deleted(site: Site, service: str) -> None:
    site.set_up(address=service, key="")
    assert site.run("echo Nutgraf\\Settings::key();") == KEY
    site.set_up(address="javascript:alert(1)", key="", timeout=9999, headline_characters="x")
    assert json.loads(site.run("$s = Nutgraf\\Settings::all(); unset($s['key']); echo wp_json_encode($s);")) == {
        "address": service, "profile": "brief", "timeout": 60, "headline_characters": 70, "on_publish": False,
    }  # fmt: skip
    site.set_up(address=service, forget_key="1")
    assert site.run("echo Nutgraf\\Settings::key();") == ""


def test_wp_config_overrides_stored_settings(site: Site) -> None:
    code = 'define("NUTGRAF_KEY", "from-the-file"); echo Nutgraf\\Settings::key(); Nutgraf\\Settings_Page::show();'
    page = site.run(f"require_once ABSPATH . 'wp-admin/includes/admin.php'; {code}")
    assert page.startswith("from-the-file")
    assert page.count("from-the-file") == 1
    assert "Taken from wp-config.php" in page


def test_the_key_can_not_be_decrypted_with_other_salts(site: Site) -> None:
    code = "add_filter('salt', function () { return 'other'; }); echo Nutgraf\\Settings::key_is_unreadable() ? 'unreadable' : 'readable';"
    assert site.run(code) == "unreadable"


def test_uninstalling_leaves_only_the_excerpts(site: Site) -> None:
    post = site.write("Kept", "The mayor opened the new library on Saturday.")
    site.run(
        f"Nutgraf\\Excerpts::fill({post}, 'Made.'); Nutgraf\\Run::of(1)->add([{post}]); update_option('nutgraf_last_failure', []);"
    )
    plugin = "ABSPATH . 'wp-content/plugins/nutgraf/uninstall.php'"
    left = site.run(
        f"define('WP_UNINSTALL_PLUGIN', 1); require {plugin}; global $wpdb;"
        "foreach ([[$wpdb->options, 'option_name'], [$wpdb->postmeta, 'meta_key'], [$wpdb->usermeta, 'meta_key']] as [$table, $column]) {"
        "echo implode(' ', $wpdb->get_col(\"SELECT $column FROM $table WHERE $column LIKE '%nutgraf%'\")); }"
    )
    assert left == ""
    assert site.post(post)["excerpt"] == "Made."
