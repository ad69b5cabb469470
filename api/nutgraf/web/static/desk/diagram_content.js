// Selects the articles, sentences and pairs that the diagram shows: no more than an editor can see and point at.
import { corroboratingPlaces } from "./highlight.js";

const MAX_ARTICLES = 12; // on a narrow screen, each band still has room for a letter and dots
const MAX_ARTICLES_WITH_MORE = 24;
const MAX_PAIRS = 60; // more arcs would hide one another
const DOT_WIDTH = 5; // on average, in pixels: wide enough to see each dot and to hit it with a mouse

/** The articles with their sentences, and the pairs of sentences that say the same, for a diagram of a width in pixels.
 *
 * `chosen` has the places of the summary's sentences. `more` includes articles that share nothing with the summary, and pairs
 * without a sentence of the summary. `hidden` counts what does not fit. */
export function diagramContent(stories, chosen, { more, width }) {
  const candidates = more ? stories : stories.filter((story) => countCorroborating(story, chosen) || countQuoted(story, chosen));
  const kept = new Set(ranked(candidates, chosen).slice(0, more ? MAX_ARTICLES_WITH_MORE : MAX_ARTICLES));
  const shown = stories.filter((story) => kept.has(story));
  const allPairs = pairsOf(shown).filter(({ ends }) => more || ends.some((end) => chosen.has(end)));
  const { places, pairs } = selectThatFit(shown, allPairs, chosen, Math.floor(width / DOT_WIDTH));
  const sentences = shown.flatMap((story) => story.sentences);
  return {
    articles: shown.map((story) => ({ story, sentences: story.sentences.filter(({ place }) => places.has(place)) })),
    pairs,
    hidden: { articles: stories.length - shown.length, sentences: sentences.length - places.size, pairs: allPairs.length - pairs.length },
  };
}

const countQuoted = (story, chosen) => story.sentences.filter(({ place }) => chosen.has(place)).length;
const countCorroborating = (story, chosen) => story.sentences.flatMap(corroboratingPlaces).filter((other) => chosen.has(other)).length;

/** The articles by rank: first those that the summary quotes. Within both groups, those with the most sentences that are in
 * the summary or say the same. */
function ranked(stories, chosen) {
  const counts = stories.map((story) => ({ story, quoted: countQuoted(story, chosen), related: countQuoted(story, chosen) + countCorroborating(story, chosen) }));
  counts.sort((first, second) => Boolean(second.quoted) - Boolean(first.quoted) || second.related - first.related);
  return counts.map(({ story }) => story);
}

/** Each pair of sentences that say the same, once, with its similarity. Its ends are in the order of the articles. */
function pairsOf(stories) {
  const order = new Map(stories.flatMap((story) => story.sentences).map(({ place }, index) => [place, index]));
  const pairs = new Map();
  for (const sentence of stories.flatMap((story) => story.sentences)) {
    corroboratingPlaces(sentence).forEach((other, index) => {
      const ends = [sentence.place, other].sort((first, second) => order.get(first) - order.get(second));
      if (order.has(other)) pairs.set(ends.join(" "), { ends, similarity: sentence.also_in[index].similarity });
    });
  }
  return [...pairs.values()];
}

/** At most `maxSentences` sentences: those of the summary, the best of each article, the ends of the most similar pairs,
 * then the best others. */
function selectThatFit(stories, allPairs, chosen, maxSentences) {
  const bestSentences = stories.map(({ sentences }) => sentences.reduce((first, second) => (second.score > first.score ? second : first)));
  const sentences = stories.flatMap((story) => story.sentences);
  const places = new Set([...sentences.map(({ place }) => place).filter((place) => chosen.has(place)), ...bestSentences.map(({ place }) => place)]);
  const isChosen = ({ ends }) => ends.some((end) => chosen.has(end));
  const pairs = [];
  for (const pair of [...allPairs].sort((first, second) => isChosen(second) - isChosen(first) || second.similarity - first.similarity)) {
    const fits = places.size + pair.ends.filter((end) => !places.has(end)).length <= maxSentences;
    if (pairs.length === MAX_PAIRS || !fits) continue;
    pairs.push(pair);
    for (const end of pair.ends) places.add(end);
  }
  for (const { place } of [...sentences].sort((first, second) => second.score - first.score)) if (places.size < maxSentences) places.add(place);
  return { places, pairs };
}
