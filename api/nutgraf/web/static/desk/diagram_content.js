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
export function diagramContent(articles, chosen, { more, width }) {
  const candidates = more ? articles : articles.filter((article) => countCorroborating(article, chosen) || countQuoted(article, chosen));
  const kept = new Set(ranked(candidates, chosen).slice(0, more ? MAX_ARTICLES_WITH_MORE : MAX_ARTICLES));
  const shown = articles.filter((article) => kept.has(article));
  const allPairs = pairsOf(shown).filter(({ ends }) => more || ends.some((end) => chosen.has(end)));
  const { places, pairs } = selectThatFit(shown, allPairs, chosen, Math.floor(width / DOT_WIDTH));
  const sentences = shown.flatMap((article) => article.sentences);
  return {
    articles: shown.map((article) => ({ article, sentences: article.sentences.filter(({ place }) => places.has(place)) })),
    pairs,
    hidden: { articles: articles.length - shown.length, sentences: sentences.length - places.size, pairs: allPairs.length - pairs.length },
  };
}

const countQuoted = (article, chosen) => article.sentences.filter(({ place }) => chosen.has(place)).length;
const countCorroborating = (article, chosen) => article.sentences.flatMap(corroboratingPlaces).filter((other) => chosen.has(other)).length;

/** The articles by rank: first those that the summary quotes. Within both groups, those with the most sentences that are in
 * the summary or say the same. */
function ranked(articles, chosen) {
  const counts = articles.map((article) => ({ article, quoted: countQuoted(article, chosen), related: countQuoted(article, chosen) + countCorroborating(article, chosen) }));
  counts.sort((first, second) => Boolean(second.quoted) - Boolean(first.quoted) || second.related - first.related);
  return counts.map(({ article }) => article);
}

/** Each pair of sentences that say the same, once, with its similarity. Its ends are in the order of the articles. */
function pairsOf(articles) {
  const order = new Map(articles.flatMap((article) => article.sentences).map(({ place }, index) => [place, index]));
  const pairs = new Map();
  for (const sentence of articles.flatMap((article) => article.sentences)) {
    corroboratingPlaces(sentence).forEach((other, index) => {
      const ends = [sentence.place, other].sort((first, second) => order.get(first) - order.get(second));
      if (order.has(other)) pairs.set(ends.join(" "), { ends, similarity: sentence.also_in[index].similarity });
    });
  }
  return [...pairs.values()];
}

/** At most `maxSentences` sentences: those of the summary, the best of each article, the ends of the most similar pairs,
 * then the best others. */
function selectThatFit(articles, allPairs, chosen, maxSentences) {
  const bestSentences = articles.map(({ sentences }) => sentences.reduce((first, second) => (second.score > first.score ? second : first)));
  const sentences = articles.flatMap((article) => article.sentences);
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
