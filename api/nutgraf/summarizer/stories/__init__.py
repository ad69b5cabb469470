"""Groups a mixed feed into stories: articles about the same event.

Articles become vectors of weighted words (`features`), pairs that share a rare word are compared (`similarity`), and similar
articles are put together (`clustering`). `terms` finds the words that the articles of a story share. A weight depends only
on the words of one article and on a table of the language, and never on the other articles of the request: an unrelated
article does not change the stories.
"""

from nutgraf.summarizer.stories.clustering import PARAMETERS, clusters
from nutgraf.summarizer.stories.features import Features, features
from nutgraf.summarizer.stories.opening import Opening, read_openings
from nutgraf.summarizer.stories.similarity import similarities
from nutgraf.summarizer.stories.terms import shared_terms

__all__ = [
    "PARAMETERS",
    "Features",
    "Opening",
    "clusters",
    "features",
    "read_openings",
    "shared_terms",
    "similarities",
]
