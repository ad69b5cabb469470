// Adds articles from text that the editor pastes or types, and from files that the editor drops or chooses.
import { byId, make, setTextOrHide } from "./dom.js";
import { elementText, entriesOf, itemsOf } from "./split_feed.js";
import { encodeBase64, kindOf } from "./file_kinds.js";
import { announce, showProgress } from "./status_messages.js";
import { splitPaste } from "./split_paste.js";
import { addItems, draft, emit } from "./state.js";
import { t } from "./strings.js";

const MAX_BYTES = 8 * 1024 * 1024;
const MAX_TITLE_CHARACTERS = 140;
const REFUSED_KINDS = ["rtf", "picture", "archive", "old_office"];
const WEB_ADDRESS = /^\s*(?:https?:\/\/|www\.)\S+\s*$/i;
// Pasted HTML with one of these elements is added as HTML. In other pasted HTML only the text matters.
const STRUCTURED_HTML = /<(?:h[1-6]|p|article|li|blockquote)\b|og:(?:title|site_name)/i;
const HANDLED_FIELDS = ["id", "rewrite_of", "story_id", "title", "source", "published_at", "text", "html", "document", "format"];

/** Adds the articles of files, and shows which files cannot be read. */
export async function addFiles(files) {
  const articles = [];
  const errors = [];
  for (const [index, file] of files.entries()) {
    showProgress(t("reading_files", { done: index, count: files.length }), index / files.length);
    if (file.size > MAX_BYTES) {
      errors.push(t("too_large", { name: file.name, megabytes: MAX_BYTES / 1024 / 1024 }));
      continue;
    }
    try {
      articles.push(...articlesFromBytes(new Uint8Array(await file.arrayBuffer()), file.name));
    } catch (error) {
      if (!(error instanceof UnusableFileError)) throw error;
      errors.push(error.message);
    }
  }
  emit("request-ended");
  if (articles.length) addArticles(articles);
  setTextOrHide(byId("paste-error"), errors.join(" "));
}

/** Adds the article of a text, or of its HTML, and returns true.
 *
 * Returns false for an empty text and for a web address; also if the text seems to have several articles: then the text is put into
 * the field, and the editor chooses. */
export function addText(text, html = "") {
  setTextOrHide(byId("offer"), "");
  setTextOrHide(byId("paste-error"), WEB_ADDRESS.test(text) ? t("url") : "");
  if (!text.trim() || WEB_ADDRESS.test(text)) return false;
  if (html && STRUCTURED_HTML.test(html)) {
    addArticles([{ html, title: elementText(html, "h1") ?? metaContent(html, "og:title") ?? "", source: metaContent(html, "og:site_name") ?? "" }]);
    return true;
  }
  const parts = looksLikeText(text) ? splitPaste(text) : [text];
  if (parts.length === 1) addArticles(articlesFromText(text, null));
  else offerSeveral(text, parts);
  return parts.length === 1;
}

/** Lets the editor add a text as several articles or as one. */
function offerSeveral(text, parts) {
  byId("paste").value = text;
  const offerButton = (label, items) => make("button", { type: "button", on: { click: () => {
    byId("paste").value = "";
    setTextOrHide(byId("offer"), "");
    addArticles(items());
    byId("paste").focus();
  } } }, label);
  setTextOrHide(byId("offer"), t("several", { count: parts.length }));
  const severalButton = offerButton(t("add_several", { count: parts.length }), () => parts.map(splitTitle));
  byId("offer").append(" ", severalButton, " ", offerButton(t("add_one"), () => [splitTitle(text)]));
  severalButton.focus();
}

/** The content of a <meta> element, found without parsing the HTML: the security policy of the desk forbids that. */
function metaContent(html, name) {
  const tag = html.match(new RegExp(`<meta\\b[^>]*["']${name}["'][^>]*>`, "i"))?.[0];
  const content = tag?.match(/\bcontent\s*=\s*(?:"([^"]*)"|'([^']*)')/i);
  return content ? elementText(`<x>${content[1] ?? content[2]}</x>`, "x") : null;
}

const looksLikeText = (text) => !/^\s*[{[<]/.test(text);

/** The articles of a file. The service reads binary files and e-mail; this page refuses the kinds that the service refuses.
 * */
function articlesFromBytes(bytes, name) {
  const kind = kindOf(bytes, name);
  if (REFUSED_KINDS.includes(kind)) throw new UnusableFileError(t(`is_${kind}`, { name }));
  if (kind !== "text") return [{ document: encodeBase64(bytes), name }];
  const text = decodeText(bytes.buffer);
  if (!text.trim()) throw new UnusableFileError(t("empty_file", { name }));
  return articlesFromText(text, name);
}

class UnusableFileError extends Error {}

/** The articles of a text. Its format follows from the extension of the file's name, or from the start of the text. */
export function articlesFromText(text, name) {
  const extension = name?.match(/\.(\w+)$/)?.[1].toLowerCase();
  const start = text.trimStart().slice(0, 200).toLowerCase();
  if (text.includes("\0") || (text.match(/\ufffd/g) ?? []).length > text.length / 50) throw new UnusableFileError(t("not_text", { name: name ?? "" }));
  if (extension === "json" || (!extension && /^[{[]/.test(start))) {
    try {
      return articlesFromJson(JSON.parse(text), name);
    } catch (error) {
      if (extension === "json") throw new UnusableFileError(t("not_json", { name }));
      if (!(error instanceof SyntaxError)) throw error;
    }
  }
  if (extension === "html" || extension === "htm" || /^<(!doctype html|html|article|body|div|p|h1)\b/.test(start)) return [{ html: text, name }];
  if (["xml", "rss", "atom", "nitf", "newsml"].includes(extension) || start.startsWith("<?xml") || /^<(rss|feed|nitf|newsitem|newsmessage)\b/.test(start)) {
    return entriesOf(text) ?? [{ document: text, name }];
  }
  return [{ ...splitTitle(text), name }];
}

/** The articles of a JSON value: those of a JSON Feed or of a Nutgraf request; any other value is one document. */
function articlesFromJson(value, name) {
  const entries = itemsOf(value);
  if (entries) return entries;
  if (!Array.isArray(value?.articles)) return [{ document: value, name }];
  return value.articles.map((article) => {
    const otherFields = Object.fromEntries(Object.entries(article).filter(([field]) => !HANDLED_FIELDS.includes(field)));
    const body = Object.fromEntries(["text", "html", "document"].filter((field) => field in article).map((field) => [field, article[field]]));
    const relations = { given: article.id, rewrites: article.rewrite_of, story: article.story_id };
    return { ...body, ...relations, name, more: otherFields, title: article.title ?? "", source: article.source ?? "", time: toFieldTime(article.published_at) };
  });
}

/** A text with its title: a Markdown heading, or a short first line that is no sentence and comes before an empty line. */
function splitTitle(text) {
  const [, heading, headingBody] = text.trim().match(/^#\s+([^\n]+)\r?\n([^]+)$/) ?? [];
  if (headingBody) return { title: heading.replace(/[\s#]+$/, ""), text: headingBody.trim() };
  const [, first, rest] = text.trim().match(/^([^\n]+)\r?\n\s*\n([^]+)$/) ?? [];
  if (!rest || first.length > MAX_TITLE_CHARACTERS || /[.:;…][”"'’)]?\s*$/.test(first)) return { text: text.trim() };
  return { title: first.trim(), text: rest.trim() };
}

/** A time in RFC 3339 as the browser's field for a local time has it; "" if there is none. */
function toFieldTime(publishedAt) {
  const time = new Date(publishedAt ?? NaN);
  if (Number.isNaN(time.valueOf())) return "";
  return new Date(time - time.getTimezoneOffset() * 60000).toISOString().slice(0, 16);
}

/** Decodes text: XML in the encoding that it declares, otherwise UTF-8, otherwise Windows-1252. */
function decodeText(buffer) {
  const declaredEncoding = new TextDecoder("latin1").decode(buffer.slice(0, 200)).match(/^[^<]*<\?xml[^>]*encoding\s*=\s*["']([\w.-]+)/)?.[1];
  for (const encoding of [declaredEncoding, "utf-8"].filter(Boolean)) {
    try {
      return new TextDecoder(encoding, { fatal: true }).decode(buffer);
    } catch {
      // Try the next encoding.
    }
  }
  return new TextDecoder("windows-1252").decode(buffer);
}

function addArticles(items) {
  addItems(items);
  announce(t("added", { count: items.length }));
}

document.addEventListener("paste", (event) => {
  const field = event.target.closest?.("input, textarea");
  if (field && field.id !== "paste") return;
  const files = [...(event.clipboardData?.files ?? [])];
  const text = event.clipboardData?.getData("text/plain") ?? "";
  if (!files.length && !text.trim()) return;
  event.preventDefault();
  // If the field has text, the pasted text is inserted there, so that nothing is lost.
  const fieldText = byId("paste").value.trim();
  if (files.length && !text.trim()) addFiles(files);
  else if (fieldText) byId("paste").setRangeText(text, byId("paste").selectionStart, byId("paste").selectionEnd, "end");
  else if (!addText(text, event.clipboardData.getData("text/html")) && !byId("paste").value) byId("paste").value = text;
});

byId("files").addEventListener("change", async (event) => {
  await addFiles([...event.target.files]);
  event.target.value = "";
});
byId("paste").addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
  event.preventDefault();
  addFromField();
});
byId("paste").addEventListener("input", (event) => {
  if (!event.target.value) for (const id of ["offer", "paste-error"]) setTextOrHide(byId(id), "");
});
byId("add").addEventListener("click", addFromField);
byId("try").addEventListener("click", () => {
  addItems(articlesFromJson(JSON.parse(byId("example").textContent), null));
  byId("summary").focus({ preventScroll: true }); // the pressed button is no longer visible
});
if (navigator.platform.startsWith("Mac")) byId("add-key").textContent = t("add_key_mac");

/** Adds the text of the field. The keyboard of a phone can insert text without a paste event. */
function addFromField() {
  const field = byId("paste");
  if (addText(field.value)) field.value = "";
  if (byId("offer").hidden) field.focus();
}

let dragDepth = 0;
const isDropOfFilesOrText = (event) => [...(event.dataTransfer?.types ?? [])].some((type) => type === "Files" || type === "text/plain");
document.addEventListener("dragenter", (event) => {
  if (!isDropOfFilesOrText(event)) return;
  dragDepth += 1;
  byId("drop").hidden = false;
});
document.addEventListener("dragleave", () => {
  dragDepth = Math.max(0, dragDepth - 1);
  byId("drop").hidden = dragDepth === 0;
});
document.addEventListener("dragover", (event) => {
  if (isDropOfFilesOrText(event)) event.preventDefault();
});
document.addEventListener("drop", (event) => {
  dragDepth = 0;
  byId("drop").hidden = true;
  if (!isDropOfFilesOrText(event)) return;
  event.preventDefault();
  const files = [...event.dataTransfer.files];
  if (files.length) addFiles(files);
  else addText(event.dataTransfer.getData("text/plain"));
});

/** Whether there are no articles. */
export const isEmpty = () => !draft.items.length;
