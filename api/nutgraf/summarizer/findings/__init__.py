"""What an answer reports in addition to the summary and the headlines, a folder for each kind.

- `key_terms`: names and noun phrases that say what the articles are about
- `figures`: numbers that differ between sentences that count the same thing
- `agreement`: sentences of other articles that state the same fact
- `quotations`: quotations with their speakers

`names` finds names in sentences, with their long forms; the others use it. `word_frequencies` says how frequent words are.
"""
