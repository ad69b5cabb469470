// Makes requests from the editor's work, and maps the parts of answers and problems to articles and fields of the page.
import { draft } from "./state.js";
import { itemsToGroup, itemsToSummarize } from "./story_assignments.js";

const HEADLINE_COUNT = 4;
const QUOTE_COUNT = 5;

/** The body of a request for the summary, and the items that its articles come from, in order; null if there are no articles.
 * Without `marks`, the request has no pins and leaves no sentence out. */
export function summaryRequest({ marks = true } = {}) {
  const items = itemsToSummarize();
  if (!items.length) return null;
  const ids = new Map(items.map((item, index) => [item, `desk-${index + 1}`]));
  const markedSentences = (kind) =>
    draft[kind]
      .map((mark) => ({ article_id: articleIds.get(mark.key + mark.part), sentence_index: mark.index }))
      .filter((sentence) => sentence.article_id !== undefined);
  const body = {
    articles: items.map((item) => articleBody(item, ids)),
    length: { [draft.unit]: draft.lengths[draft.unit] },
    headlines: { count: HEADLINE_COUNT, max_characters: draft.slot },
    order: draft.order,
    offset_unit: "utf16",
    all_sentences: true,
    ...(draft.quotes && { quotes: QUOTE_COUNT }),
    ...(draft.query.trim() && { query: draft.query.trim() }),
    ...(marks && { pin: markedSentences("pin"), ban: markedSentences("ban") }),
  };
  return { body, items };
}

/** The body of a request to group the articles, and the items that they come from; null if there are too few. */
export function groupingRequest() {
  const items = itemsToGroup();
  if (!items.length) return null;
  // The ids are keys, which never change: so a story keeps its id when another article is removed.
  const ids = new Map(items.map((item) => [item, item.key]));
  const articles = items.map((item) => ({ ...articleBody(item, ids), id: item.key, ...(item.story && { story_id: item.story }) }));
  return { body: { articles }, items };
}

/** The articles of an answer as the page shows them: with a letter, a color, their text and all their sentences. */
export function articlesFrom(answer, items) {
  const origins = itemsOfArticles(answer.articles, items);
  articleIds = new Map(origins.map(({ item, part }, index) => [item.key + part, answer.articles[index].id]));
  return answer.articles.map((report, position) => {
    const { item, part } = origins[position];
    return {
      position,
      report,
      item,
      part,
      label: letterLabel(position),
      hue: position % 8,
      text: report.text ?? item.text,
      title: report.title,
      source: report.source,
      removed: report.removed,
      sentences: report.all_sentences.map(({ sentence_index: index, ...rest }) => ({ ...rest, index, place: `${position}:${index}` })),
    };
  });
}

/** The name of an article's source: its source, its title or its letter. */
export const sourceOf = (article) => article.source || article.title || article.label;

/** Whether an article has a source or a title; if not, its letter is shown only once. */
export const isNamed = (article) => sourceOf(article) !== article.label;

/** Where an error of a problem is shown: {item, field} for an article, {control}, or {} for the page as a whole. */
export function fieldOf(pointer, items) {
  const [, first, second, third] = pointer.split("/");
  if (first === "articles" && items[second]) return { item: items[second], field: third };
  const control = { query: "query", length: "length", headlines: "slot", pin: "length", ban: "length" }[first];
  return control ? { control } : {};
}

/** A, B, … Z, AA, AB, … */
export function letterLabel(index) {
  const lastLetter = String.fromCharCode(65 + (index % 26));
  return index < 26 ? lastLetter : letterLabel(Math.floor(index / 26) - 1) + lastLetter;
}

// The ids of the articles in the last answer, by the key of the item and the part.
let articleIds = new Map();

/** The item that each article of an answer comes from. A feed has several articles, with the ids "<position>.<number>". */
function itemsOfArticles(articles, items) {
  const origins = [];
  items.forEach((item, position) => {
    const isPart = (report) => report?.id.startsWith(`${position}.`) && /^\d+$/.test(report.id.slice(String(position).length + 1));
    if (item.document === undefined || !isPart(articles[origins.length])) origins.push({ item, part: "" });
    else while (isPart(articles[origins.length])) origins.push({ item, part: articles[origins.length].id.slice(String(position).length) });
  });
  return origins;
}

function articleBody(item, ids) {
  const fields = {};
  // A document keeps the id that it has: other documents may name it as the version that they supersede. An entry of a feed
  // has none.
  if (item.document !== undefined) Object.assign(fields, { format: "auto", document: item.document });
  if (item.document === undefined || item.feed) fields.id = ids.get(item);
  const superseded = item.rewrites && [...ids.keys()].find((other) => other.given === item.rewrites && other !== item);
  if (superseded) fields.rewrite_of = ids.get(superseded);
  if (item.html !== undefined) fields.html = item.html;
  else if (item.document === undefined) fields.text = item.text;
  if (item.title.trim()) fields.title = item.title.trim();
  if (item.source.trim()) fields.source = item.source.trim();
  if (item.time) fields.published_at = toRfc3339(item.time);
  return { ...item.more, ...fields };
}

/** A local time without offset, as the browser's field has it, in RFC 3339 and UTC; any other text as it is. */
function toRfc3339(local) {
  const time = new Date(local);
  return Number.isNaN(time.valueOf()) ? local : time.toISOString().replace(/\.\d+Z$/, "Z");
}
