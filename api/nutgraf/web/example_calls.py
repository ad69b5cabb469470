"""Examples of POST /summarize in four languages, for the documentation; a test runs them.

They use only the standard tools of each language.
"""

from dataclasses import dataclass

# The documentation page replaces this address by its own.
ORIGIN = "http://127.0.0.1:8000"
_FIRST = "The ferry ran aground near Hale on Sunday. Lifeboats brought all 90 people ashore."
_SECOND = "Divers found a crack in the hull of the ferry. The operator cancelled all trips until Wednesday."


@dataclass(frozen=True, slots=True)
class ExampleCall:
    """A program that prints the summary of two articles, or the whole answer; `language` is the name shown to readers."""

    language: str
    code: str


EXAMPLE_CALLS = (
    ExampleCall(
        "curl",
        f"""curl -s {ORIGIN}/summarize -H 'Content-Type: application/json' -d '{{
  "articles": [
    {{"text": "{_FIRST}"}},
    {{"text": "{_SECOND}"}}
  ],
  "length": {{"sentences": 2}}
}}'""",
    ),
    ExampleCall(
        "Python",
        f"""import json
from urllib.request import Request, urlopen

body = {{
    "articles": [
        {{"text": "{_FIRST}"}},
        {{"text": "{_SECOND}"}},
    ],
    "length": {{"sentences": 2}},
}}
request = Request("{ORIGIN}/summarize", json.dumps(body).encode(), {{"Content-Type": "application/json"}})
with urlopen(request) as response:
    print(json.load(response)["summary"]["text"])""",
    ),
    ExampleCall(
        "JavaScript",
        f"""const response = await fetch("{ORIGIN}/summarize", {{
  method: "POST",
  headers: {{ "Content-Type": "application/json" }},
  body: JSON.stringify({{
    articles: [
      {{ text: "{_FIRST}" }},
      {{ text: "{_SECOND}" }},
    ],
    length: {{ sentences: 2 }},
  }}),
}});
if (!response.ok) throw new Error((await response.json()).detail);
console.log((await response.json()).summary.text);""",
    ),
    ExampleCall(
        "PHP",
        f"""<?php
$body = [
    'articles' => [
        ['text' => '{_FIRST}'],
        ['text' => '{_SECOND}'],
    ],
    'length' => ['sentences' => 2],
];
$context = stream_context_create(['http' => [
    'method' => 'POST',
    'header' => 'Content-Type: application/json',
    'content' => json_encode($body),
]]);
$answer = json_decode(file_get_contents('{ORIGIN}/summarize', false, $context), true);
echo $answer['summary']['text'], PHP_EOL;""",
    ),
)
