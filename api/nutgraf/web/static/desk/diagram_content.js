// What the diagram shows of the articles: so many of them, their sentences and pairs that each can be seen and pointed at.
import { echoes } from "./highlight.js";

const MOST_ARTICLES = 12; // bands that have room for a letter and dots on a narrow screen
const MOST_ARTICLES_WITH_MORE = 24;
const MOST_PAIRS = 60; // more arcs hide each other
const DOT_WIDTH = 5; // on average, in pixels: dots are told apart and hit by a mouse

/** The articles with their sentences, and the pairs of sentences that say the same, in a picture of a width.
 *
 * `chosen` has the places of the summary's sentences. With `more` there are articles too that share nothing with the summary,
 * and pairs that are not about it. `hidden` counts what there was no room for. */
export function contentOf(stories, chosen, { more, width }) {
  const wanted = more ? stories : stories.filter((story) => shares(story, chosen) || quotes(story, chosen));
  const kept = new Set(ranked(wanted, chosen).slice(0, more ? MOST_ARTICLES_WITH_MORE : MOST_ARTICLES));
  const shown = stories.filter((story) => kept.has(story));
  const all = pairsOf(shown).filter(({ ends }) => more || ends.some((end) => chosen.has(end)));
  const { places, pairs } = fitting(shown, all, chosen, Math.floor(width / DOT_WIDTH));
  const sentences = shown.flatMap((story) => story.sentences);
  return {
    articles: shown.map((story) => ({ story, sentences: story.sentences.filter(({ place }) => places.has(place)) })),
    pairs,
    hidden: { articles: stories.length - shown.length, sentences: sentences.length - places.size, pairs: all.length - pairs.length },
  };
}

const quotes = (story, chosen) => story.sentences.filter(({ place }) => chosen.has(place)).length;
const shares = (story, chosen) => story.sentences.flatMap(echoes).filter((other) => chosen.has(other)).length;

/** Those that the summary quotes, then those that say the same as it does, each with those first that say most of it. */
function ranked(stories, chosen) {
  const counted = stories.map((story) => ({ story, quoted: quotes(story, chosen), said: quotes(story, chosen) + shares(story, chosen) }));
  counted.sort((one, other) => Boolean(other.quoted) - Boolean(one.quoted) || other.said - one.said);
  return counted.map(({ story }) => story);
}

/** Each pair of sentences that say the same, once: its ends in the order of the articles, and how alike they are. */
function pairsOf(stories) {
  const order = new Map(stories.flatMap((story) => story.sentences).map(({ place }, at) => [place, at]));
  const pairs = new Map();
  for (const sentence of stories.flatMap((story) => story.sentences)) {
    echoes(sentence).forEach((other, at) => {
      const ends = [sentence.place, other].sort((one, two) => order.get(one) - order.get(two));
      if (order.has(other)) pairs.set(ends.join(" "), { ends, likeness: sentence.also_in[at].similarity });
    });
  }
  return [...pairs.values()];
}

/** The sentences of the summary, the best of each article, the ends of the likeliest pairs, and then the best of the others. */
function fitting(stories, all, chosen, room) {
  const best = stories.map(({ sentences }) => sentences.reduce((one, other) => (other.score > one.score ? other : one)));
  const sentences = stories.flatMap((story) => story.sentences);
  const places = new Set([...sentences.map(({ place }) => place).filter((place) => chosen.has(place)), ...best.map(({ place }) => place)]);
  const isChosen = ({ ends }) => ends.some((end) => chosen.has(end));
  const pairs = [];
  for (const pair of [...all].sort((one, other) => isChosen(other) - isChosen(one) || other.likeness - one.likeness)) {
    const fits = places.size + pair.ends.filter((end) => !places.has(end)).length <= room;
    if (pairs.length === MOST_PAIRS || !fits) continue;
    pairs.push(pair);
    for (const end of pair.ends) places.add(end);
  }
  for (const { place } of [...sentences].sort((one, other) => other.score - one.score)) if (places.size < room) places.add(place);
  return { places, pairs };
}
