"""Headlines: titles and shortened sentences, ranked by how much they have in common with a probable editor's headline."""

from nutgraf.summarizer.headlines.suggest import suggest

__all__ = ["suggest"]
