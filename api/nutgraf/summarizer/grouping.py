"""Groups the articles of a feed into stories: calls the steps one after the other."""

from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import replace
from datetime import datetime, timedelta

from nutgraf.summarizer.grammar import Tree, TreeCache
from nutgraf.summarizer.headlines import suggest
from nutgraf.summarizer.interruption import interruptible
from nutgraf.summarizer.models import Article, Feed, Headline, HeadlineOptions, Notice, OffsetUnit, Sentence, Story
from nutgraf.summarizer.reading.cluster import ignore_step
from nutgraf.summarizer.reading.terms import number_terms
from nutgraf.summarizer.reading.words import SentenceWords
from nutgraf.summarizer.stories import PARAMETERS, Opening, clusters, features, read_openings, shared_terms, similarities

METHOD = "average-linkage"
# The headline of a story comes from an article that is at most this much older than the latest one.
CURRENT = timedelta(hours=8)
# The maximum length of headlines: a list of stories has room for the titles of wires.
HEADLINES = HeadlineOptions(1, 110)
# How many first sentences of each article are tried for a headline; the larger number only if the smaller gives none. For a
# story of one article only the first sentence is tried: a feed has hundreds of them, and each sentence takes milliseconds.
HEADLINE_SENTENCES = (1, 3)


def group(
    articles: Sequence[Article],
    story_ids: Sequence[str | None] | None = None,
    *,
    headlines: HeadlineOptions = HEADLINES,
    offset_unit: OffsetUnit = "codepoint",
    on_step: Callable[[str], object] = ignore_step,
) -> Feed:
    """Groups the articles of a feed into stories. Every article belongs to exactly one story.

    `story_ids` has for each article the id of the story in which it was grouped before, or None: articles with the same id
    stay together, and those with different ids apart. An article that began a story, whose id it has, belongs to it. Neither
    the order of the articles nor unrelated ones change a story. `headlines` has the options of the headlines; each story has
    one. `on_step` is called with the name of each finished step; it may raise an exception to stop the work. Raises
    MissingDataError if tokenizer data is not installed.
    """
    order = sorted(range(len(articles)), key=lambda position: _key(articles, position))
    openings = read_openings([articles[position] for position in order])
    on_step("read")
    vectors = [features(opening) for opening in interruptible(openings)]
    pairs = similarities(vectors)
    on_step("compare")
    sent_ids = [None] * len(articles) if story_ids is None else story_ids
    known = _known_stories([articles[position] for position in order], [sent_ids[position] for position in order])
    found = clusters(len(articles), pairs, known)
    on_step("group")
    options = replace(headlines, count=1)
    taken = {name for name in known if name is not None}
    superseded = {article.rewrite_of for article in articles}
    quotable = {
        member
        for member, opening in enumerate(openings)
        if not opening.article.killed
        and opening.article.article.status == "usable"
        and (opening.article.article.id or str(order[member])) not in superseded
    }
    first_trees = _first_trees(openings, quotable)
    stories = []
    for members in interruptible(found):
        quoted_members = [member for member in members if member in quotable]
        headline = _headline(_latest(quoted_members, openings), openings, first_trees, options, offset_unit)
        stories.append(
            Story(
                next((name for member in members if (name := known[member]) and not name.startswith("\0")), None)
                or _id_of(members, order, articles, taken),
                tuple(order[member] for member in members),
                headline and replace(headline, article=order[headline.article]),
                tuple(
                    shared_terms([openings[each] for each in quoted_members], [vectors[each] for each in quoted_members])
                    if quoted_members
                    else ()
                ),
                tuple(sorted({openings[member].article.language for member in members})),
                *_times([openings[member].article.article for member in members]),
            )
        )
    on_step("headlines")
    notices = [
        notice
        for member, opening in enumerate(openings)
        if (notice := _notice(opening, order[member]))
    ]  # fmt: skip
    return Feed(
        tuple(sorted(stories, key=_largest_first)),
        tuple(sorted(notices, key=lambda notice: notice.article or 0)),
        PARAMETERS,
    )


def _key(articles: Sequence[Article], position: int) -> tuple[object, ...]:
    """A sort key: the earliest article first, then by id (numbers by size), by content, and by position in the request."""
    article = articles[position]
    name = article.id or str(position)
    moment = article.published_at
    return (
        moment is None,
        moment.timestamp() if moment else 0.0,
        len(name),
        name,
        article.title or "",
        article.text,
        position,
    )


def _known_stories(articles: Sequence[Article], story_ids: Sequence[str | None]) -> list[str | None]:
    """The name of the story of each article that has one: as sent, or because the article began it.

    An article and those that it rewrites are one story, whose name begins with U+0000 if none of them has another.
    """
    sent = set(story_ids) - {None}
    names = [name or (article.id if article.id in sent else None) for article, name in zip(articles, story_ids, strict=True)]
    positions = {article.id: position for position, article in enumerate(articles) if article.id is not None}
    chains: dict[int, list[int]] = {}
    for position in range(len(articles)):
        first, seen = position, {position}
        while (superseded := positions.get(articles[first].rewrite_of or "")) is not None and superseded not in seen:
            first = superseded
            seen.add(first)
        # Articles that rewrite each other in a circle have no first one.
        is_circle = positions.get(articles[first].rewrite_of or "") in seen
        chains.setdefault(min(seen) if is_circle else first, []).append(position)
    for first, chain in chains.items():
        if len(chain) > 1:
            shared = next((names[position] for position in chain if names[position]), f"\0{articles[first].id}")
            for position in chain:
                names[position] = names[position] or shared
    return names


def _id_of(members: Sequence[int], order: Sequence[int], articles: Sequence[Article], taken: set[str]) -> str:
    """The id of the earliest article; no known story has this id, because the article would then belong to that story."""
    names = [articles[order[member]].id or str(order[member]) for member in members]
    return next((name for name in names if name not in taken), names[0])


def _latest(members: Sequence[int], openings: Sequence[Opening]) -> list[int]:
    """The articles that can give the headline: older ones are excluded, because their news may not be true any more."""
    moments = {member: moment for member in members if (moment := openings[member].article.article.published_at)}
    if not moments:
        return list(members)
    since = max(moments.values()) - CURRENT
    return [member for member in members if member not in moments or moments[member] >= since]


def _first_trees(openings: Sequence[Opening], quotable: Set[int]) -> Mapping[int, Tree]:
    """The trees of first sentences, by the position of their article, of quotable articles without a headline.

    All are parsed in one batch, which takes a fifth of the time.
    """
    asked = [
        each
        for each, opening in enumerate(openings)
        if each in quotable and opening.sentences and not opening.article.headline
    ]
    firsts = [openings[each].sentences[0]._replace(article=place) for place, each in enumerate(asked)]
    trees = TreeCache(firsts, [openings[each].article.language for each in asked])
    return {asked[place]: tree for place, tree in trees.of(range(len(firsts))).items()}


def _headline(
    members: Sequence[int],
    openings: Sequence[Opening],
    first_trees: Mapping[int, Tree],
    options: HeadlineOptions,
    offset_unit: OffsetUnit,
) -> Headline | None:
    """The best headline of a story, from its titles or first sentences, else from those after them; None if none fits.

    Its `article` is one of the positions `members`.
    """
    articles = [openings[member].article for member in members]
    for count in HEADLINE_SENTENCES[: len(members)]:
        sentences: list[Sentence] = []
        words: list[SentenceWords] = []
        known: dict[int, Tree] = {}
        for place, member in enumerate(members):
            if tree := first_trees.get(member):
                known[len(sentences)] = tree
            sentences += [sentence._replace(article=place) for sentence in openings[member].sentences[:count]]
            words += openings[member].words[:count]
        if not sentences and not any(article.headline for article in articles):
            return None
        trees = TreeCache(sentences, [article.language for article in articles], known)
        scores = [1 / (1 + sentence.index) for sentence in sentences]
        quotable = [True] * len(articles)
        found = suggest(articles, quotable, sentences, words, number_terms(words), scores, trees, options, offset_unit)
        if found:
            return replace(found[0], article=members[found[0].article])
    return None


def _times(articles: Sequence[Article]) -> tuple[datetime | None, datetime | None]:
    moments = [article.published_at for article in articles if article.published_at]
    return min(moments, default=None), max(moments, default=None)


def _largest_first(story: Story) -> tuple[object, ...]:
    """The largest story first, then the latest; stories without times last."""
    moment = story.last_published_at
    return -len(story.articles), -moment.timestamp() if moment else float("inf"), len(story.id), story.id


def _notice(opening: Opening, position: int) -> Notice | None:
    article = opening.article
    if article.killed:
        return Notice("kill-notice", "A notice to editors kills or withholds the article. It is not quoted.", position)
    if article.article.status != "usable":
        return Notice("withheld", f"The article is {article.article.status}. It is not quoted.", position)
    if not opening.sentences:
        return Notice("no-sentence", "The article has no sentence. It is grouped by its title.", position)
    return None
