"""Generates the page docs/cms.md: a recipe for each CMS, with real requests and answers. `make docs` writes it."""

import json
from typing import Any, NamedTuple

from flask.testing import FlaskClient

from nutgraf.app import create_app
from tests.sample_documents import WHOLE, as_body

INTRODUCTION = """\
# Nutgraf and your CMS

Send documents in the format of your CMS, and get back what your CMS can store.

- **One document:** POST it alone to `/summarize` or `/summarize/{output}`. Options are in the query string: `words`, `sentences`, `characters` or `ratio`;
  `headlines`, `max_characters`, `style`, `order`, `keywords`, `quotes`, `query` and `language`.
- **Several documents:** send `{"articles": [{"format": "auto", "document": …}, …]}`.

`GET /formats` lists the formats. [formats.md](formats.md) has those that do not come from a CMS: web pages, e-mail, files and text
wires. `POST /summarize` answers Nutgraf's own JSON; `POST /summarize/{output}` answers a patch for a CMS (`superdesk`, `wordpress`,
`ans`), `ninjs-2`, `ninjs-3`, `text`, `markdown` or `html`. In requests of jobs and in the options of hooks, `output` names it.

Fields that a document lacks stay empty, and unknown fields are ignored. A schema.org article without a body is read from its
`description`, with the warning `document-incomplete`. Pictures, events, SportsML and other documents that are not stories get a 422 that names
their type.

**Encodings.** A document may have any encoding of the web. The encoding is taken from its byte order mark, otherwise from `charset` in
`Content-Type`, otherwise from the XML declaration; without these it is UTF-8. Bytes that are not valid in the encoding get a 422. A
document that is posted alone may break some rules of JSON: for example, keys may repeat, and strings may contain line ends. Requests
in Nutgraf's own format may not. XML may name a document type, but XML with entity declarations or an internal DTD is refused.

**Rights.** The answer quotes nothing from articles that are `withheld` or `canceled`:

| document | not quoted | quoted, with the embargo in the answer |
|---|---|---|
| ninjs, Superdesk, NewsML-G2 | `pubstatus` is not `usable`; `embargoed` has no time; Superdesk's `state` is `killed`, `recalled`, `spiked` or `unpublished` | `embargoed`, `embargoedUntil`; Superdesk's `embargo`, and `publish_schedule` if the `state` is `scheduled` |
| NITF | `management-status` is `withheld` or `canceled`, or `embargoed` without `date.release` | `management-status` is `embargoed`: until `date.release` |
| Arc ANS | a `content_code` that is not known to be open (see below); an active `embargo` without `end_time` | an active `embargo`: until `end_time` |
| WordPress | `private`, `trash`, posts with a password | `future`: until `date_gmt` |
| Ghost | what follows `<!--members-only-->`, or all of a post without that mark, unless its `visibility` is `public`; blocks that only members see | `scheduled`: until `published_at` |
| schema.org | `isAccessibleForFree` is false, for the article or for a part of it | |
| web pages | the parts of which the page says in JSON-LD or microdata that `isAccessibleForFree` is false; the whole page if they have no `cssSelector` that is found in it, or if `article:content_tier` is `locked` | |

Each site has its own values for the ANS property `content_code`. A code is known to be open if it contains a word such as `free`,
`metered`, `public`, `open`, `exempt`, `default`, `abierta`, `gratis` or `libre` (for example `sports-metered`), because everybody can
read at least some of these stories. Codes such as `premium`, `subscribers`, `registered` and `cerrada`, and all unknown codes, withhold
the story; for an unknown code, the answer has the warning `document-incomplete`. If you want to summarize a withheld story, for example
for a newsletter to your subscribers, leave `content_restrictions` out of the document that you send.

If the end of an embargo cannot be read, the article is withheld, too. With Superdesk's `evolvedfrom`, a story replaces its earlier version.

If your CMS should not wait for the answer, use a hook (see Superdesk and Ghost below) or a job (`POST /jobs`). The service then sends
the answer as a signed webhook ([Standard Webhooks](https://www.standardwebhooks.com)) to a host that `NUTGRAF_CALLBACK_HOSTS`
allows. You can also fetch it.

The answers below are real: a test sends each request and compares the answer. The patches have only fields of the CMS's own schema:
`abstract` and `headline` of Superdesk's archive items (superdesk-core), `description.basic` and `headlines.basic` of ANS 0.10.9, `excerpt` of
WordPress's REST API; items of ninjs are valid according to the IPTC's schemas 2.1 and 3.1.
"""


class Recipe(NamedTuple):
    """The section of a CMS: what to do there, and a request that it sends."""

    title: str
    steps: str
    output: str  # and options
    content_type: str
    document: Any


RECIPES = (
    Recipe(
        "WordPress",
        "Install the plugin in [`integrations/wordpress/nutgraf`](../integrations/wordpress/nutgraf): copy the folder to "
        "`wp-content/plugins`, activate it, and enter the address of your Nutgraf service under *Settings, Nutgraf*. The plugin "
        "fills excerpts, suggests headlines that fit the slot, and writes round-ups whose sentences link to their posts. "
        "For a round-up, it proposes recent posts that belong to the story of the post:\n\n"
        "![The panel in the block editor, with an excerpt and headlines](wordpress-panel.png)\n\n"
        "![A round-up of three posts, each sentence with its post](wordpress-round-up.png)\n\n"
        "*Fill missing excerpts*, in the list of posts, fills many excerpts. If it is interrupted, it continues where it stopped. "
        "With a setting, the plugin also fills the excerpt when a post is published:\n\n"
        "![Filling excerpts from the list of posts](wordpress-bulk.png)\n\n"
        "![The settings, with the result of the connection test](wordpress-settings.png)\n\n"
        "Without the plugin: use the hook `transition_post_status`, get the post from the REST API (or build `id`, `title` and "
        "`content`), and send it with `wp_remote_post`. Send the answer to `POST /wp-json/wp/v2/posts/<id>`.",
        "wordpress?format=wordpress&words=40",
        "application/json",
        WHOLE["wordpress"],
    ),
    Recipe(
        "Superdesk",
        "Add an HTTP push destination with the ninjs formatter. Its address is `/hooks/superdesk`, its secret one of "
        "`NUTGRAF_SUPERDESK_SECRETS`. Set `NUTGRAF_SUPERDESK_OPTIONS` to `output=superdesk&words=40&callback=https://…`. The service "
        "stores the story and answers at once. Later it calls `callback`: `result.body` is the answer below, and `data.reference` is "
        "the item's guid. Send the answer to `PATCH /api/archive/<id>`: the summary is "
        "the item's abstract. If you do not want to change its headline, add `headlines=0`.\n\nYou can also send the item yourself and wait for the answer:",
        "superdesk?format=superdesk&words=40&headlines=2&max_characters=60",
        "application/json",
        WHOLE["superdesk"],
    ),
    Recipe(
        "Arc XP",
        "Send the story's ANS from an IFX integration. Merge the answer into the story with the Draft API.",
        "ans?format=ans&words=40&max_characters=60",
        "application/json",
        WHOLE["ans"],
    ),
    Recipe(
        "Ghost",
        "Add a webhook for `post.published`. Its address is `/hooks/ghost`, its secret one of `NUTGRAF_GHOST_SECRETS`. Set "
        "`NUTGRAF_GHOST_OPTIONS` to `output=text&characters=200&callback=https://…`. The service stores the post and answers at once, within Ghost's limit of two seconds. If "
        "Ghost sends the same version again, no second job starts. Later the service calls `callback`: `result.body` is the answer "
        "below, and `data.reference` is the post's id. Store the answer as `custom_excerpt` with the Admin API.\n\n"
        "You can also send the body yourself and wait for the answer:",
        "text?format=ghost&characters=200",
        "application/json",
        WHOLE["ghost"],
    ),
    Recipe("Wire: NewsML-G2", "Send each item when it arrives, with its media type.", "ninjs-3?words=40", "application/xml", WHOLE["newsml-g2"]),
    Recipe("Wire: NITF", "Send each item in the same way as NewsML-G2.", "ninjs-2?words=40", "application/xml", WHOLE["nitf"]),
    Recipe("RSS and Atom", "Each entry is an article, so one request summarizes a whole feed.", "markdown?words=40", "application/rss+xml", WHOLE["feed"]),
    Recipe("Any page with schema.org", "Send the JSON-LD that the page contains for search engines.", "html?words=40", "application/ld+json", WHOLE["schema-org"]),
)  # fmt: skip


def page(client: FlaskClient) -> str:
    """The page in Markdown, with the answers of the client's application."""
    return "\n".join([INTRODUCTION, *(_recipe(client, recipe) for recipe in RECIPES)])


def _recipe(client: FlaskClient, recipe: Recipe) -> str:
    address = f"/summarize/{recipe.output}"
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
