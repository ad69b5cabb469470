"""Headlines: titles and shortened sentences, ranked by what an editor's headline would probably say."""

from api.summarizer.headlines.suggest import suggest

__all__ = ["suggest"]
