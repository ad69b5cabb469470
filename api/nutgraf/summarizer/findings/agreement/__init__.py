"""Agreement: `corroboration` finds the sentences of other articles that state the same fact.

`facts` compares who does what (`fact_clauses`, `fact_words`); `number_contradictions` finds numbers that do not agree.
"""
