"""Ranking: how central each sentence is, how much it is the news, which sentences are selected, and in which order."""
