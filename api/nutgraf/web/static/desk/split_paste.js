// A paste of several articles -> its articles: divided by lines of dashes and the like, or by the datelines of wires.
const DIVIDER = /^[ \t]*(?:-{3,}|={3,}|\*{3,}|_{3,}|~{3,}|#{3,}|(?:\* ){2,}\*|[–—]{2,})[ \t]*$/m;
const DATELINE = /^[\p{Lu}][\p{Lu}\p{M} .,'’-]{2,40}(?:,? \p{Lu}\p{L}{2,8}\.? \d{1,2})?,? ?(?:\(\p{Lu}[\p{L}\d .]{1,30}\) ?)?(?:--?|[–—])\s/u;
const SLUG = /^(?:\^?BC-[\p{L}-]+|[A-Z]\d{3,4} [A-Z]{2,})\b/u;
const LEAST_WORDS = 8;
const LONGEST_TITLE = 140;

/** The articles of a text; one where it is not divided. */
export function articlesIn(text) {
  const divided = whole(text.replace(/\r\n?/g, "\n").split(new RegExp(DIVIDER, "gm")));
  return divided.length > 1 ? divided : byHeaders(text.replace(/\r\n?/g, "\n"));
}

/** Divides before each dateline or slug; a title above a dateline belongs to it. */
function byHeaders(text) {
  const paragraphs = text.split(/\n[ \t]*\n+/);
  const starts = new Set([0]);
  paragraphs.forEach((paragraph, at) => {
    const isSlug = SLUG.test(paragraph);
    if (!isSlug && !DATELINE.test(paragraph)) return;
    if (isSlug || !isTitle(paragraphs[at - 1])) starts.add(SLUG.test(paragraphs[at - 1] ?? "") ? at - 1 : at);
    else starts.add(SLUG.test(paragraphs[at - 2] ?? "") ? at - 2 : at - 1);
  });
  const from = [...starts].sort((one, other) => one - other);
  const parts = from.map((start, at) => paragraphs.slice(start, from[at + 1]).join("\n\n"));
  return parts.every(isWhole) ? parts.map((part) => part.trim()) : [text.trim()];
}

const isTitle = (paragraph) => Boolean(paragraph) && paragraph.length <= LONGEST_TITLE && !/\n/.test(paragraph.trim()) && !/[.!?]["”’)]?\s*$/.test(paragraph);
const isWhole = (part) => part.trim().split(/\s+/).length >= LEAST_WORDS;

/** The parts, where each is an article; a line of dashes also stands above a footnote. */
function whole(parts) {
  const filled = parts.filter((part) => part.trim());
  return filled.every(isWhole) ? filled.map((part) => part.trim()) : [];
}
