"""Ranking: how central and how newsworthy each sentence is, which sentences are selected, and in which order."""
