"""Findings that an answer reports in addition to the summary. "Figures" are numbers, not pictures.

- Key terms: `keywords` calls the steps. `shortlist` selects the sentences to parse; `term_candidates` collects names and
  noun phrases (`noun_phrases`); `short_names`, `whole_phrases` and `term_variants` complete and merge them;
  `candidate_evidence`, `candidate_weights` and `term_choice` choose.
- Names: `names` finds them in a tree, `names_by_capitals` without one, with the words of `name_words`. `full_names`,
  `given_names` and `acronyms` find the long form of a short name.
- Differing figures: `figures` compares them. `quantities` reads numbers; `figure_claims` says what each of them counts
  (`counted_nouns`, `figure_subjects`, `events`) and within which scope (`figure_scope`).
- Corroboration: `corroboration` finds the sentences that state the same fact (`facts`, `fact_clauses`,
  `number_contradictions`).
- Quotations: `quotes` selects them. `direct_speech` finds them; `speakers` and `quote_attribution` find who speaks.
"""
