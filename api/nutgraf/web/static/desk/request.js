// What the editor typed -> the request; the answer -> stories; a problem's pointer -> the field it is about.
import { typed } from "./state.js";
import { toGroup, toSummarize } from "./story_assignments.js";

const ENOUGH_HEADLINES = 4;
const ENOUGH_QUOTES = 5;

/** The body, and the items that its articles stand for, in order; null where there is nothing to ask about. */
export function request({ marks = true } = {}) {
  const items = toSummarize();
  if (!items.length) return null;
  const ids = new Map(items.map((item, at) => [item, `desk-${at + 1}`]));
  const places = (kind) =>
    typed[kind]
      .map((mark) => ({ article_id: idOf.get(mark.key + mark.part), sentence_index: mark.index }))
      .filter((place) => place.article_id !== undefined);
  const body = {
    articles: items.map((item) => article(item, ids)),
    length: { [typed.unit]: typed.lengths[typed.unit] },
    headlines: { count: ENOUGH_HEADLINES, max_characters: typed.slot },
    order: typed.order,
    offset_unit: "utf16",
    all_sentences: true,
    ...(typed.quotes && { quotes: ENOUGH_QUOTES }),
    ...(typed.query.trim() && { query: typed.query.trim() }),
    ...(marks && { pin: places("pin"), ban: places("ban") }),
  };
  return { body, items };
}

/** The body of a request to group the articles, and the items that they stand for; null where there are too few. */
export function groupingRequest() {
  const items = toGroup();
  if (!items.length) return null;
  // A key stays with its article, so a story that is named by it keeps its name when another article goes.
  const ids = new Map(items.map((item) => [item, item.key]));
  const articles = items.map((item) => ({ ...article(item, ids), id: item.key, ...(item.story && { story_id: item.story }) }));
  return { body: { articles }, items };
}

/** The answer's articles as the page shows them: with a label, a color, their text and all of their sentences. */
export function storiesOf(answer, items) {
  const from = origins(answer.articles, items);
  idOf = new Map(from.map(({ item, part }, at) => [item.key + part, answer.articles[at].id]));
  return answer.articles.map((report, at) => {
    const { item, part } = from[at];
    return {
      at,
      report,
      item,
      part,
      label: labelOf(at),
      hue: at % 8,
      text: report.text ?? item.text,
      title: report.title,
      source: report.source,
      removed: report.removed,
      sentences: report.all_sentences.map(({ sentence_index: index, ...rest }) => ({ ...rest, index, place: `${at}:${index}` })),
    };
  });
}

/** What the page calls a story's source: its own name, else its label. */
export const sourceOf = (story) => story.source || story.title || story.label;

/** Whether it has such a name: a story without one shows its letter only once. */
export const isNamed = (story) => sourceOf(story) !== story.label;

/** Where a problem's error belongs: {item, field} of an article, {control}, or {} for the page as a whole. */
export function fieldOf(pointer, items) {
  const [, first, second, third] = pointer.split("/");
  if (first === "articles" && items[second]) return { item: items[second], field: third };
  const control = { query: "query", length: "length", headlines: "slot", pin: "length", ban: "length" }[first];
  return control ? { control } : {};
}

/** A, B, … Z, AA, AB, … */
export function labelOf(at) {
  const last = String.fromCharCode(65 + (at % 26));
  return at < 26 ? last : labelOf(Math.floor(at / 26) - 1) + last;
}

// What the service called each story the last time: an item's key and its part -> an article's id.
let idOf = new Map();

/** The item that each article of an answer comes from; a feed gives several, which it calls "<position>.<number>". */
function origins(articles, items) {
  const from = [];
  items.forEach((item, position) => {
    const isPart = (report) => report?.id.startsWith(`${position}.`) && /^\d+$/.test(report.id.slice(String(position).length + 1));
    if (item.document === undefined || !isPart(articles[from.length])) from.push({ item, part: "" });
    else while (isPart(articles[from.length])) from.push({ item, part: articles[from.length].id.slice(String(position).length) });
  });
  return from;
}

function article(item, ids) {
  const fields = {};
  // A document keeps its own id: others may name it as the version that they supersede. An entry of a feed has none.
  if (item.document !== undefined) Object.assign(fields, { format: "auto", document: item.document });
  if (item.document === undefined || item.feed) fields.id = ids.get(item);
  const superseded = item.rewrites && [...ids.keys()].find((other) => other.given === item.rewrites && other !== item);
  if (superseded) fields.rewrite_of = ids.get(superseded);
  if (item.html !== undefined) fields.html = item.html;
  else if (item.document === undefined) fields.text = item.text;
  if (item.title.trim()) fields.title = item.title.trim();
  if (item.source.trim()) fields.source = item.source.trim();
  if (item.time) fields.published_at = moment(item.time);
  return { ...item.more, ...fields };
}

/** A time as the browser's field has it, without its offset -> RFC 3339 in UTC. */
function moment(local) {
  const time = new Date(local);
  return Number.isNaN(time.valueOf()) ? local : time.toISOString().replace(/\.\d+Z$/, "Z");
}
