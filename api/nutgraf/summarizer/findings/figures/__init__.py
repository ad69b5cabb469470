"""Figures that differ ("figures" are numbers, not pictures): `differing_figures` compares them.

`quantities` reads numbers. `claims` says what each of them counts (`counted_nouns`, `subjects`, `events`) and within which
scope (`scope`).
"""
