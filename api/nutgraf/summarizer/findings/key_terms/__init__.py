"""Key terms, the field `keywords` of an answer: `keywords` calls the steps.

`shortlist` selects the sentences to parse. `term_candidates` collects names (`candidate_names`) and noun phrases
(`noun_phrases`, `phrase_rules`). `short_names`, `acronyms`, `whole_phrases` and `term_variants` complete and merge them.
`candidate_evidence` and `candidate_weights` weigh the candidates; `term_choice` chooses the key terms.
"""
