"""Headlines: titles and shortened sentences, ranked by how much they have in common with a probable editor's headline.

`suggest` takes titles (`titles`) and sentences. It strips openers from a sentence (`simplify`) and shortens it (`shorten`).
Shortening corrects the tree (`repairs`, `root_correction`), finds the clauses (`main_clauses`, `main_claim`) and their parts
(`constituents`), chooses parts that fit (`part_search`) and writes them as text (`surface`), in several styles
(`styled_clause`). Checks follow (`grammar_checks`, `phrase_checks`, `rank_checks`, `scope_checks`, `text_checks`).
"""

from nutgraf.summarizer.headlines.suggest import suggest

__all__ = ["suggest"]
