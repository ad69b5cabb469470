"""Headlines: titles and shortened sentences, ranked by what an editor's headline would probably say."""

from nutgraf.summarizer.headlines.suggest import suggest

__all__ = ["suggest"]
