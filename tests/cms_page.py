"""The page docs/cms.md: a recipe for each CMS, with real requests and answers. `make docs` writes it."""

import json
from typing import Any, NamedTuple

from flask.testing import FlaskClient

from nutgraf.app import create_app
from tests.sample_documents import WHOLE, as_body

INTRODUCTION = """\
# Nutgraf and your CMS

Send documents in the format of your CMS, and get back what your CMS can store.

- **One document:** POST it alone to `/summarize`. Options are in the query string: `words`, `sentences`, `characters` or `ratio`;
  `headlines`, `max_characters`, `style`, `order`, `keywords`, `quotes`, `query`, `language` and `output`.
- **Several documents:** send `{"articles": [{"format": "auto", "document": …}, …]}`.

`GET /formats` lists the formats. `output` or the `Accept` header selects the format of the answer: Nutgraf's own JSON, a patch for a
CMS, ninjs, plain text, Markdown or HTML.

Fields that a document lacks stay empty, and unknown fields are ignored. XML that declares a DTD or entities is refused.
Articles that are `withheld` or `canceled` are not quoted. If the answer quotes an article under embargo, it contains the embargo.
With Superdesk's `evolvedfrom`, a story replaces its earlier version.

If your CMS should not wait for the answer, use a hook (see Superdesk and Ghost below) or a job (`POST /jobs`). The service then sends
the answer as a signed webhook ([Standard Webhooks](https://www.standardwebhooks.com)) to a host that `NUTGRAF_CALLBACK_HOSTS`
allows. You can also fetch it.

The answers below are real: a test sends each request and compares the answer.
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
        "`wp-content/plugins`, activate it, and enter the address of your Nutgraf service under *Settings, Nutgraf*. The plugin "
        "fills excerpts, suggests headlines that fit the slot, and writes round-ups whose sentences link to their posts:\n\n"
        "![The panel in the block editor, with an excerpt and headlines](wordpress-panel.png)\n\n"
        "![A round-up of three posts, each sentence with its post](wordpress-round-up.png)\n\n"
        "*Fill missing excerpts*, in the list of posts, fills many excerpts. If it is interrupted, it continues where it stopped. "
        "With a setting, the plugin also fills the excerpt when a post is published:\n\n"
        "![Filling excerpts from the list of posts](wordpress-bulk.png)\n\n"
        "![The settings, with the result of the connection test](wordpress-settings.png)\n\n"
        "Without the plugin: use the hook `transition_post_status`, get the post from the REST API (or build `id`, `title` and "
        "`content`), and send it with `wp_remote_post`. Send the answer to `POST /wp-json/wp/v2/posts/<id>`.",
        "format=wordpress&output=wordpress&words=40",
        "application/json",
        WHOLE["wordpress"],
    ),
    Recipe(
        "Superdesk",
        "Add an HTTP push destination with the ninjs formatter. Its address is "
        "`/hooks/superdesk?output=superdesk&words=40&callback=https://…`, its secret one of `NUTGRAF_SUPERDESK_SECRETS`. The service "
        "stores the story and answers at once. Later it calls `callback`: `result.body` is the answer below, and `data.reference` is "
        "the item's guid. Send the answer to `PATCH /api/archive/<id>`. Your editors can choose a headline from "
        "`headline_suggestions`.\n\nYou can also send the item yourself and wait for the answer:",
        "format=superdesk&output=superdesk&words=40&headlines=2&max_characters=60",
        "application/json",
        WHOLE["superdesk"],
    ),
    Recipe(
        "Arc XP",
        "Send the story's ANS from an IFX integration. Merge the answer into the story with the Draft API.",
        "format=ans&output=ans&words=40&max_characters=60",
        "application/json",
        WHOLE["ans"],
    ),
    Recipe(
        "Ghost",
        "Add a webhook for `post.published`. Its address is `/hooks/ghost?output=text&characters=200&callback=https://…`, its secret "
        "one of `NUTGRAF_GHOST_SECRETS`. The service stores the post and answers at once, within Ghost's limit of two seconds. If "
        "Ghost sends the same version again, no second job starts. Later the service calls `callback`: `result.body` is the answer "
        "below, and `data.reference` is the post's id. Store the answer as `custom_excerpt` with the Admin API.\n\n"
        "You can also send the body yourself and wait for the answer:",
        "format=ghost&output=text&characters=200",
        "application/json",
        WHOLE["ghost"],
    ),
    Recipe("Wire: NewsML-G2", "Send each item when it arrives, with its media type.", "output=ninjs-3&words=40", "application/xml", WHOLE["newsml-g2"]),
    Recipe("Wire: NITF", "Send each item in the same way as NewsML-G2.", "output=ninjs-2&words=40", "application/xml", WHOLE["nitf"]),
    Recipe("RSS and Atom", "Each entry is an article, so one request summarizes a whole feed.", "output=markdown&words=40", "application/rss+xml", WHOLE["feed"]),
    Recipe("Any page with schema.org", "Send the JSON-LD that the page contains for search engines.", "output=html&words=40", "application/ld+json", WHOLE["schema-org"]),
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
        f"```{kind}\n{sent}\n```\n\nThe answer, `{answer.content_type}`:\n\n```{'json' if is_json else ''}\n{got}\n```\n"
    )


if __name__ == "__main__":
    print(page(create_app().test_client()), end="")
