// Splits a feed into feeds of one entry each, so that the editor can move and remove the entries one by one.
const ROOT = /<(?:[\w.-]+:)?(?:rss|feed|RDF)\b/;
const ENTRY = /^<(\/?)(?:[\w.-]+:)?(?:item|entry)(?=[\s/>])/;
const START_CHARACTERS = 4000;
const MAX_NAME_CHARACTERS = 140;
const ENTITIES = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

/** The entries of a feed in RSS or Atom; null if the text is no feed, has fewer than two entries, or has unmatched tags. */
export function entriesOf(text) {
  if (!ROOT.test(text.slice(0, START_CHARACTERS))) return null;
  const spans = entrySpans(text);
  if (!spans || spans.length < 2) return null;
  // What is between entries describes the feed, like what is before them.
  const between = spans.slice(1).map(({ start }, position) => text.slice(spans[position].end, start).trim());
  const feedStart = text.slice(0, spans[0].start) + between.join("");
  const feedEnd = text.slice(spans.at(-1).end);
  const feedTitle = elementText(feedStart, "title");
  return spans.map(({ start, end }) => {
    const entry = text.slice(start, end);
    return { document: feedStart + entry + feedEnd, feed: true, name: elementText(entry, "title"), from: feedTitle, at: publishedAt(entry) };
  });
}

/** The items of a JSON Feed, each as a feed of one item; null if the value is no JSON Feed, or has fewer than two items. */
export function itemsOf(value) {
  if (!String(value?.version).includes("jsonfeed.org/version/") || !(value.items?.length > 1)) return null;
  return value.items.map((item) => {
    const time = new Date(item?.date_published ?? NaN);
    return { document: { ...value, items: [item] }, feed: true, name: item?.title ?? null, from: value.title ?? null, at: Number.isNaN(time.valueOf()) ? null : time.toISOString() };
  });
}

/** Where the entries start and end; null if their tags do not match. Tags in comments and CDATA do not count. */
function entrySpans(text) {
  const spans = [];
  let depth = 0;
  for (let position = text.indexOf("<"); position >= 0; position = text.indexOf("<", position + 1)) {
    const skippedUntil = text.startsWith("<!--", position) ? "-->" : text.startsWith("<![CDATA[", position) ? "]]>" : null;
    const [tag, slash] = text.slice(position, position + 64).match(ENTRY) ?? [];
    if (!skippedUntil && !tag) continue;
    const start = position;
    position = text.indexOf(skippedUntil ?? ">", position);
    if (position < 0) return null;
    if (skippedUntil) continue;
    if (!slash && depth === 0) spans.push({ start });
    if (slash) depth -= 1;
    else if (text[position - 1] !== "/") depth += 1;
    if (depth < 0) return null;
    if (depth === 0) spans.at(-1).end = position + 1;
  }
  return depth === 0 ? spans : null;
}

/** The text of the first element with a name, without markup and shortened; null if there is none. */
export function elementText(text, name) {
  const start = text.search(new RegExp(`<${name}[\\s>]`));
  const end = text.indexOf(`</${name}`, start);
  if (start < 0 || end < 0) return null;
  const content = text.slice(text.indexOf(">", start) + 1, end).replace(/<!\[CDATA\[|\]\]>/g, "");
  return decodeEntities(decodeEntities(content).replace(/<[^<>]*>/g, " ")).replace(/\s+/g, " ").trim().slice(0, MAX_NAME_CHARACTERS) || null;
}

function decodeEntities(text) {
  return text.replace(/&(?:#x([\da-f]{1,6})|#(\d{1,7})|(\w{2,4}));/gi, (whole, hex, decimal, name) => {
    const code = hex ? parseInt(hex, 16) : Number(decimal);
    if (name) return ENTITIES[name] ?? whole;
    return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}

function publishedAt(entry) {
  const found = ["pubDate", "published", "dc:date", "updated"].map((name) => elementText(entry, name)).find(Boolean);
  const time = new Date(found ?? NaN);
  return Number.isNaN(time.valueOf()) ? null : time.toISOString();
}
