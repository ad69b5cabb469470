// A feed -> its entries, each a feed of one entry: an editor moves and removes them one by one.
const ROOT = /<(?:[\w.-]+:)?(?:rss|feed|RDF)\b/;
const ENTRY = /^<(\/?)(?:[\w.-]+:)?(?:item|entry)(?=[\s/>])/;
const START_CHARACTERS = 4000;
const LONGEST_NAME = 140;
const SIGNS = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

/** The entries of a feed in RSS or Atom; null where it is none, has one entry, or is better read by the service as a whole. */
export function entriesOf(text) {
  if (!ROOT.test(text.slice(0, START_CHARACTERS))) return null;
  const spans = spansOf(text);
  if (!spans || spans.length < 2) return null;
  // What stands between entries is about the feed, as what stands before them.
  const between = spans.slice(1).map(({ start }, at) => text.slice(spans[at].end, start).trim());
  const head = text.slice(0, spans[0].start) + between.join("");
  const tail = text.slice(spans.at(-1).end);
  const from = inside(head, "title");
  return spans.map(({ start, end }) => {
    const entry = text.slice(start, end);
    return { document: head + entry + tail, feed: true, name: inside(entry, "title"), from, at: timeOf(entry) };
  });
}

/** The items of a JSON Feed, each a feed of one item; null where the value is none, or has one item. */
export function itemsOf(value) {
  if (!String(value?.version).includes("jsonfeed.org/version/") || !(value.items?.length > 1)) return null;
  return value.items.map((item) => {
    const time = new Date(item?.date_published ?? NaN);
    return { document: { ...value, items: [item] }, feed: true, name: item?.title ?? null, from: value.title ?? null, at: Number.isNaN(time.valueOf()) ? null : time.toISOString() };
  });
}

/** Where the entries start and end; null where their tags do not match. Comments and CDATA may hold such tags. */
function spansOf(text) {
  const spans = [];
  let depth = 0;
  for (let at = text.indexOf("<"); at >= 0; at = text.indexOf("<", at + 1)) {
    const skipped = text.startsWith("<!--", at) ? "-->" : text.startsWith("<![CDATA[", at) ? "]]>" : null;
    const [tag, closes] = text.slice(at, at + 64).match(ENTRY) ?? [];
    if (!skipped && !tag) continue;
    const start = at;
    at = text.indexOf(skipped ?? ">", at);
    if (at < 0) return null;
    if (skipped) continue;
    if (!closes && depth === 0) spans.push({ start });
    if (closes) depth -= 1;
    else if (text[at - 1] !== "/") depth += 1;
    if (depth < 0) return null;
    if (depth === 0) spans.at(-1).end = at + 1;
  }
  return depth === 0 ? spans : null;
}

/** The text of the first such element, without markup. */
export function inside(text, name) {
  const start = text.search(new RegExp(`<${name}[\\s>]`));
  const end = text.indexOf(`</${name}`, start);
  if (start < 0 || end < 0) return null;
  const content = text.slice(text.indexOf(">", start) + 1, end).replace(/<!\[CDATA\[|\]\]>/g, "");
  return decoded(decoded(content).replace(/<[^<>]*>/g, " ")).replace(/\s+/g, " ").trim().slice(0, LONGEST_NAME) || null;
}

function decoded(text) {
  return text.replace(/&(?:#x([\da-f]{1,6})|#(\d{1,7})|(\w{2,4}));/gi, (whole, hex, decimal, name) => {
    const code = hex ? parseInt(hex, 16) : Number(decimal);
    if (name) return SIGNS[name] ?? whole;
    return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}

function timeOf(entry) {
  const found = ["pubDate", "published", "dc:date", "updated"].map((name) => inside(entry, name)).find(Boolean);
  const time = new Date(found ?? NaN);
  return Number.isNaN(time.valueOf()) ? null : time.toISOString();
}
