"""The main call in four languages, with only their standard tools: the documentation shows them, and a test runs them."""

from dataclasses import dataclass

# The page replaces it by its own address.
ORIGIN = "http://127.0.0.1:8000"
_FIRST = "The ferry ran aground near Hale on Sunday. Lifeboats brought all 90 people ashore."
_SECOND = "Divers found a crack in the hull of the ferry. The operator cancelled all trips until Wednesday."


@dataclass(frozen=True, slots=True)
class Call:
    """A program that prints the summary of two articles, or the whole answer; `language` is its name for people."""

    language: str
    code: str


CALLS = (
    Call(
        "curl",
        f"""curl -s {ORIGIN}/summarize -H 'Content-Type: application/json' -d '{{
  "articles": [
    {{"text": "{_FIRST}"}},
    {{"text": "{_SECOND}"}}
  ],
  "length": {{"sentences": 2}}
}}'""",
    ),
    Call(
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
    Call(
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
    Call(
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
