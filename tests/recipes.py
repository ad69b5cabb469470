"""A recipe for each CMS, with real requests and answers: `python -m tests.formats.recipes > docs/cms.md` writes the page."""

import json
from typing import Any, NamedTuple

from flask.testing import FlaskClient

from nutgraf.app import create_app
from tests.stories import WHOLE, as_body

INTRODUCTION = """\
# Nutgraf and your CMS

Send what your system already has; get back what it can store. A document goes alone, with its options in the query string
(`words`, `sentences`, `characters` or `ratio`; `headlines`, `max_characters`, `style`, `order`, `keywords`, `query`, `language`, `output`),
or together with others as `{"articles": [{"format": "auto", "document": …}, …]}`. `GET /formats` lists the formats.

`output`, or the `Accept` header, says what comes back: this service's own JSON, a patch for a CMS, ninjs, plain text, Markdown
or HTML. Whatever a document lacks is left open; what it has more is not looked at. XML may not declare a DTD or entities.
Copy that is `withheld` or `canceled` is quoted nowhere, an embargo comes back with the answer, and Superdesk's `evolvedfrom`
makes a story stand for the version before it.

What may not wait for the answer is a hook, below for Superdesk and Ghost, or a job (`POST /jobs`); the answer then comes as a signed
webhook ([Standard Webhooks](https://www.standardwebhooks.com)), to hosts that `NUTGRAF_CALLBACK_HOSTS` names, or is fetched.

The answers below are real: a test sends each request and compares.
"""


class Recipe(NamedTuple):
    """A CMS: what to do there, and a request that it sends."""

    title: str
    steps: str
    query: str
    content_type: str
    document: Any


RECIPES = (
    Recipe(
        "WordPress",
        "Install the plugin in [`integrations/wordpress/nutgraf`](../integrations/wordpress/nutgraf): copy the folder to "
        "`wp-content/plugins`, activate it, and enter the address of your Nutgraf under *Settings, Nutgraf*. It fills excerpts, "
        "suggests headlines for the slot, and writes round-ups whose sentences link to their posts:\n\n"
        "![The panel in the block editor, with an excerpt and headlines](wordpress-panel.png)\n\n"
        "![A round-up of three posts, each sentence with its post](wordpress-round-up.png)\n\n"
        "*Fill missing excerpts*, in the list of posts, fills many, and goes on where it was interrupted. A setting has "
        "the excerpt made when a post is published:\n\n"
        "![Filling excerpts from the list of posts](wordpress-bulk.png)\n\n"
        "![The settings, with the connection tested](wordpress-settings.png)\n\n"
        "Without the plugin: hook `transition_post_status`, fetch the post as the REST API gives it (or build `id`, `title`, "
        "`content`), and send it with `wp_remote_post`. Send the answer to `POST /wp-json/wp/v2/posts/<id>`.",
        "format=wordpress&output=wordpress&words=40",
        "application/json",
        WHOLE["wordpress"],
    ),
    Recipe(
        "Superdesk",
        "Add an HTTP push destination with the ninjs formatter that points at "
        "`/hooks/superdesk?output=superdesk&words=40&callback=https://…`, with the secret of `NUTGRAF_SUPERDESK_SECRETS`. The story is "
        "acknowledged at once; the callback brings the answer below as `result.body`, and the item's guid as `data.reference`, for "
        "`PATCH /api/archive/<id>`. `headline_suggestions` is for your desk to choose from. Or send the item yourself and wait:",
        "format=superdesk&output=superdesk&words=40&headlines=2&max_characters=60",
        "application/json",
        WHOLE["superdesk"],
    ),
    Recipe(
        "Arc XP",
        "Send the story's ANS from an IFX integration, and merge the answer into it through the Draft API.",
        "format=ans&output=ans&words=40&max_characters=60",
        "application/json",
        WHOLE["ans"],
    ),
    Recipe(
        "Ghost",
        "Point a webhook for `post.published` at `/hooks/ghost?output=text&characters=200&callback=https://…`, with the secret of "
        "`NUTGRAF_GHOST_SECRETS`. It is acknowledged well within Ghost's two seconds, and a repeat is known; the callback brings the "
        "answer below as `result.body`, and the post's id as `data.reference`, for `custom_excerpt` through the Admin API. Or send the "
        "body yourself and wait:",
        "format=ghost&output=text&characters=200",
        "application/json",
        WHOLE["ghost"],
    ),
    Recipe("Wire: NewsML-G2", "Post each item as it comes in, with its media type.", "output=ninjs-3&words=40", "application/xml", WHOLE["newsml-g2"]),
    Recipe("Wire: NITF", "As NewsML-G2.", "output=ninjs-2&words=40", "application/xml", WHOLE["nitf"]),
    Recipe("RSS and Atom", "Each entry is an article: the digest of a feed is one request.", "output=markdown&words=40", "application/rss+xml", WHOLE["feed"]),
    Recipe("Any page with schema.org", "Send the JSON-LD that the page has for search engines.", "output=html&words=40", "application/ld+json", WHOLE["schema-org"]),
)  # fmt: skip


def page(client: FlaskClient) -> str:
    """The page in Markdown, its answers asked of the client's application."""
    return "\n".join([INTRODUCTION, *(_recipe(client, recipe) for recipe in RECIPES)])


def _recipe(client: FlaskClient, recipe: Recipe) -> str:
    address = f"/summarize?{recipe.query}"
    answer = client.post(address, data=as_body(recipe.document), content_type=recipe.content_type)
    assert answer.status_code == 200, answer.get_data(as_text=True)
    sent = recipe.document if isinstance(recipe.document, str) else json.dumps(recipe.document, ensure_ascii=False, indent=2)
    kind = "xml" if isinstance(recipe.document, str) else "json"
    is_json = "json" in (answer.mimetype or "")
    got = (
        json.dumps(answer.get_json(force=True), ensure_ascii=False, indent=2)
        if is_json
        else answer.get_data(as_text=True).rstrip()
    )
    return (
        f"## {recipe.title}\n\n{recipe.steps}\n\n`POST {address}`, `Content-Type: {recipe.content_type}`:\n\n"
        f"```{kind}\n{sent}\n```\n\nBack comes `{answer.content_type}`:\n\n```{'json' if is_json else ''}\n{got}\n```\n"
    )


if __name__ == "__main__":
    print(page(create_app().test_client()), end="")
