"""Ranking: how central and how newsworthy each sentence is, which sentences are selected, and in which order.

`lexrank` computes centrality and `salience` how newsworthy a sentence is. `selection` chooses sentences from a `pool` for a
`draft`: the `lede` first, then others without `repetition` that a reader can understand (`readability`, with `references`,
their `reference_rules` and `pronouns`). `ordering` puts them into reading order. `main_story` sets other stories of the
request aside, `novelty` what readers already know.
"""
