"""Only hosts and addresses that are named are called back."""

from ipaddress import ip_address

import pytest

from nutgraf.jobs.webhooks import AllowedHosts


@pytest.mark.parametrize(
    ("url", "allowed"),
    [
        ("https://cms.example/x", True),
        ("https://CMS.example./x", True),
        ("https://a.news.example:8443/", True),
        ("https://news.example/", False),
        ("https://evilnews.example/", False),
        ("https://cms.example.evil.example/", False),
        ("https://cms.example@evil.example/", False),
        ("https://evil.example\\@cms.example/", False),
        ("https://user:pass@cms.example/", False),
        ("http://10.1.2.3/", True),
        ("http://10.2.2.3/", False),
        ("http://[::1]/", False),
        ("http://cms.example:99999/", False),
        ("file:///etc/passwd", False),
        ("https:///x", False),
    ],
)
def test_hosts_are_those_that_are_named(url: str, allowed: bool) -> None:
    assert AllowedHosts(("cms.example", "*.news.example", "10.1.0.0/16")).allows_url(url) is allowed


def test_private_addresses_are_called_only_where_they_are_named() -> None:
    allowed = AllowedHosts(("localhost", "10.1.0.0/16"))
    assert allowed.allows_address(ip_address("93.184.215.14"))
    assert allowed.allows_address(ip_address("10.1.2.3"))
    for private in ("127.0.0.1", "10.2.0.1", "169.254.169.254", "::1", "fd00::1", "0.0.0.0", "::ffff:127.0.0.1"):
        assert not allowed.allows_address(ip_address(private))
