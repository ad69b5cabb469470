"""What the caller should know and that is no error, as machine-readable warnings."""

from collections import Counter
from collections.abc import Iterator, Sequence

from api.summarizer.language import Detected, language
from api.summarizer.models import CleanArticle, Extract, Headline, Notice, Options, Sentence

# Code -> what it means; the documentation lists these.
CODES = {
    "language-guessed": "An article's text is too short to be sure of its language.",
    "language-generic": "There is no tokenizer for an article's language; the marks and letters of its script serve.",
    "language-mixed": "The articles are in several languages; they speak for one another only by names and figures.",
    "no-sentence": "An article has no sentence with a letter or digit; the others are summarized.",
    "duplicate-dropped": "An article is a copy of another one and is counted once.",
    "nothing-fits": "Not even one sentence fits into the length asked for; the summary is empty.",
    "headlines-fewer": "Fewer headlines than asked for fit into the characters allowed.",
}  # fmt: skip


def notices(
    detected: Sequence[Detected | None],
    articles: Sequence[CleanArticle],
    sentences: Sequence[Sentence],
    stands: Sequence[int | None],
    extract: Extract,
    headlines: Sequence[Headline],
    options: Options,
) -> Iterator[Notice]:
    """The warnings of a request: article by article, then those about the answer as a whole.

    `detected` is None for an article that came with its language, `stands` the copy that an article gives way to.
    """
    counts = Counter(sentence.article for sentence in sentences)
    for position, (guess, article, copy) in enumerate(zip(detected, articles, stands, strict=True)):
        name = language(article.language).name.capitalize()
        if not counts[position]:
            yield Notice("no-sentence", "The article has no sentence and is left out.", position)
            continue
        if guess and not guess.sure:
            yield Notice(
                "language-guessed",
                f"The text is short; it is taken for {name} ({article.language}). Send `language` to be sure.",
                position,
            )
        if language(article.language).splitter == "generic":
            yield Notice(
                "language-generic", f"There is no tokenizer for {name} ({article.language}); a generic one serves.", position
            )
        if copy is not None:
            yield Notice("duplicate-dropped", f"The article is a copy of article {copy} and is counted once.", position)
    if len(codes := sorted({article.language for at, article in enumerate(articles) if counts[at]})) > 1:
        yield Notice("language-mixed", f"The articles are in several languages ({', '.join(codes)}).")
    if not extract.sentences:
        yield Notice("nothing-fits", "No sentence fits into the length asked for. Allow more, and there will be a summary.")
    if len(headlines) < options.headlines.count:
        yield Notice(
            "headlines-fewer",
            f"{len(headlines)} of {options.headlines.count} headlines fit into {options.headlines.max_characters} "
            "characters.",
        )
