"""Headlines: titles first, then shortened sentences, ranked by their grade and by the words that an editor would use.

`suggest` takes titles (`titles`) and sentences, which it shortens (`shorten`): it finds the clauses (`main_clauses`),
chooses parts that fit (`part_search`) and writes them as text (`surface`), leaving out more or less (`styled_clause`).
`grades` says how a reader is likely to mark a headline; `word_overlap` how many of its words an editor's headline is likely
to have.

- `clauses`: the tree of a sentence and its parts
- `speakers`: who says what the sentence reports
- `checks`: what every shortened sentence must pass
"""

from nutgraf.summarizer.headlines.suggest import suggest

__all__ = ["suggest"]
