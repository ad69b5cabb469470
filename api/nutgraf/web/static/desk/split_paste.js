// Splits a pasted text that has several articles, at lines of dashes or similar characters, or at the datelines of wire
// copy.
const DIVIDER = /^[ \t]*(?:-{3,}|={3,}|\*{3,}|_{3,}|~{3,}|#{3,}|(?:\* ){2,}\*|[–—]{2,})[ \t]*$/m;
const DATELINE = /^[\p{Lu}][\p{Lu}\p{M} .,'’-]{2,40}(?:,? \p{Lu}\p{L}{2,8}\.? \d{1,2})?,? ?(?:\(\p{Lu}[\p{L}\d .]{1,30}\) ?)?(?:--?|[–—])\s/u;
const SLUG = /^(?:\^?BC-[\p{L}-]+|[A-Z]\d{3,4} [A-Z]{2,})\b/u;
const MIN_WORDS = 8;
const MAX_TITLE_CHARACTERS = 140;

/** The articles of a text; the whole text if it cannot be split. */
export function splitPaste(text) {
  const parts = trimmedArticles(text.replace(/\r\n?/g, "\n").split(new RegExp(DIVIDER, "gm")));
  return parts.length > 1 ? parts : splitAtHeaders(text.replace(/\r\n?/g, "\n"));
}

/** Splits before each dateline or slug. A title above a dateline belongs to the article below. */
function splitAtHeaders(text) {
  const paragraphs = text.split(/\n[ \t]*\n+/);
  const starts = new Set([0]);
  paragraphs.forEach((paragraph, index) => {
    const isSlug = SLUG.test(paragraph);
    if (!isSlug && !DATELINE.test(paragraph)) return;
    if (isSlug || !isTitle(paragraphs[index - 1])) starts.add(SLUG.test(paragraphs[index - 1] ?? "") ? index - 1 : index);
    else starts.add(SLUG.test(paragraphs[index - 2] ?? "") ? index - 2 : index - 1);
  });
  const sortedStarts = [...starts].sort((one, other) => one - other);
  const parts = sortedStarts.map((start, index) => paragraphs.slice(start, sortedStarts[index + 1]).join("\n\n"));
  return parts.every(isArticle) ? parts.map((part) => part.trim()) : [text.trim()];
}

const isTitle = (paragraph) => Boolean(paragraph) && paragraph.length <= MAX_TITLE_CHARACTERS && !/\n/.test(paragraph.trim()) && !/[.!?]["”’)]?\s*$/.test(paragraph);
const isArticle = (part) => part.trim().split(/\s+/).length >= MIN_WORDS;

/** The parts without empty ones; [] if one is too short for an article: a line of dashes can also separate a footnote. */
function trimmedArticles(parts) {
  const nonEmpty = parts.filter((part) => part.trim());
  return nonEmpty.every(isArticle) ? nonEmpty.map((part) => part.trim()) : [];
}
