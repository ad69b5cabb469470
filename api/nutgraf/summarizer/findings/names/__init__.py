"""Names in sentences: `names_in_trees` finds them in a tree, `names_by_capitals` without one.

`name_parts` finds the words of names and where each name ends; `name_words` has the type `Name` and the
word lists for names: titles, articles, particles, days.
`full_names`, `given_names` and `name_extensions` find the long form of a short name.
"""
