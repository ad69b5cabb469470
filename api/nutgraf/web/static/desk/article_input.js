// What is pasted or dropped -> articles.
import { byId, make, say } from "./dom.js";
import { entriesOf, inside, itemsOf } from "./split_feed.js";
import { base64, kindOf } from "./file_kinds.js";
import { announce, progress } from "./status_messages.js";
import { articlesIn } from "./split_paste.js";
import { add, tell, typed } from "./state.js";
import { t } from "./strings.js";

const MOST_BYTES = 8 * 1024 * 1024;
const LONGEST_TITLE = 140;
const REFUSED = ["rtf", "picture", "archive", "old_office"];
const ADDRESS = /^\s*(?:https?:\/\/|www\.)\S+\s*$/i;
// HTML of such a paste says more than its text; other HTML only dresses it up.
const BLOCKS = /<(?:h[1-6]|p|article|li|blockquote)\b|og:(?:title|site_name)/i;
const OURS = ["id", "rewrite_of", "story_id", "title", "source", "published_at", "text", "html", "document", "format"];

/** Adds the articles of files, one after the other, and says which can't be read. */
export async function takeFiles(files) {
  const found = [];
  const trouble = [];
  for (const [at, file] of files.entries()) {
    progress(t("reading_files", { done: at, count: files.length }), at / files.length);
    if (file.size > MOST_BYTES) {
      trouble.push(t("too_large", { name: file.name, megabytes: MOST_BYTES / 1024 / 1024 }));
      continue;
    }
    try {
      found.push(...ofBytes(new Uint8Array(await file.arrayBuffer()), file.name));
    } catch (error) {
      if (!(error instanceof Unusable)) throw error;
      trouble.push(error.message);
    }
  }
  tell("settled");
  if (found.length) take(found);
  say(byId("paste-error"), trouble.join(" "));
}

/** Adds what a paste or the field holds; true if that was done. Several articles stay in the field, and are offered as such. */
export function takeText(text, html = "") {
  say(byId("offer"), "");
  say(byId("paste-error"), ADDRESS.test(text) ? t("url") : "");
  if (!text.trim() || ADDRESS.test(text)) return false;
  if (html && BLOCKS.test(html)) {
    take([{ html, title: inside(html, "h1") ?? metaOf(html, "og:title") ?? "", source: metaOf(html, "og:site_name") ?? "" }]);
    return true;
  }
  const parts = looksLikeText(text) ? articlesIn(text) : [text];
  if (parts.length === 1) take(articlesOf(text, null));
  else offerSeveral(text, parts);
  return parts.length === 1;
}

/** Offers the articles of a paste as several, or as one. */
function offerSeveral(text, parts) {
  byId("paste").value = text;
  const choice = (label, items) => make("button", { type: "button", on: { click: () => {
    byId("paste").value = "";
    say(byId("offer"), "");
    take(items());
    byId("paste").focus();
  } } }, label);
  say(byId("offer"), t("several", { count: parts.length }));
  const several = choice(t("add_several", { count: parts.length }), () => parts.map(titled));
  byId("offer").append(" ", several, " ", choice(t("add_one"), () => [titled(text)]));
  several.focus();
}

/** The content of a <meta> of a page, without parsing it: the page's policy lets no string become markup. */
function metaOf(html, name) {
  const tag = html.match(new RegExp(`<meta\\b[^>]*["']${name}["'][^>]*>`, "i"))?.[0];
  const content = tag?.match(/\bcontent\s*=\s*(?:"([^"]*)"|'([^']*)')/i);
  return content ? inside(`<x>${content[1] ?? content[2]}</x>`, "x") : null;
}

const looksLikeText = (text) => !/^\s*[{[<]/.test(text);

/** The articles of a file. What is binary, or an e-mail, is read by the service; what it refuses too is refused at once. */
function ofBytes(bytes, name) {
  const kind = kindOf(bytes, name);
  if (REFUSED.includes(kind)) throw new Unusable(t(`is_${kind}`, { name }));
  if (kind !== "text") return [{ document: base64(bytes), name }];
  const text = decoded(bytes.buffer);
  if (!text.trim()) throw new Unusable(t("empty_file", { name }));
  return articlesOf(text, name);
}

class Unusable extends Error {}

/** The articles of a text, by the file's name where it has one, else by how it begins. */
export function articlesOf(text, name) {
  const ending = name?.match(/\.(\w+)$/)?.[1].toLowerCase();
  const start = text.trimStart().slice(0, 200).toLowerCase();
  if (text.includes("\0") || (text.match(/\ufffd/g) ?? []).length > text.length / 50) throw new Unusable(t("not_text", { name: name ?? "" }));
  if (ending === "json" || (!ending && /^[{[]/.test(start))) {
    try {
      return ofJson(JSON.parse(text), name);
    } catch (error) {
      if (ending === "json") throw new Unusable(t("not_json", { name }));
      if (!(error instanceof SyntaxError)) throw error;
    }
  }
  if (ending === "html" || ending === "htm" || /^<(!doctype html|html|article|body|div|p|h1)\b/.test(start)) return [{ html: text, name }];
  if (["xml", "rss", "atom", "nitf", "newsml"].includes(ending) || start.startsWith("<?xml") || /^<(rss|feed|nitf|newsitem|newsmessage)\b/.test(start)) {
    return entriesOf(text) ?? [{ document: text, name }];
  }
  return [{ ...titled(text), name }];
}

/** A request of ours brings its articles; any other JSON is a document. */
function ofJson(value, name) {
  const entries = itemsOf(value);
  if (entries) return entries;
  if (!Array.isArray(value?.articles)) return [{ document: value, name }];
  return value.articles.map((article) => {
    const more = Object.fromEntries(Object.entries(article).filter(([field]) => !OURS.includes(field)));
    const body = Object.fromEntries(["text", "html", "document"].filter((field) => field in article).map((field) => [field, article[field]]));
    const told = { given: article.id, rewrites: article.rewrite_of, story: article.story_id };
    return { ...body, ...told, name, more, title: article.title ?? "", source: article.source ?? "", time: local(article.published_at) };
  });
}

/** A short first line that is no sentence, before an empty one, is the title. */
function titled(text) {
  const [, heading, below] = text.trim().match(/^#\s+([^\n]+)\r?\n([^]+)$/) ?? [];
  if (below) return { title: heading.replace(/[\s#]+$/, ""), text: below.trim() };
  const [, first, rest] = text.trim().match(/^([^\n]+)\r?\n\s*\n([^]+)$/) ?? [];
  if (!rest || first.length > LONGEST_TITLE || /[.:;…][”"'’)]?\s*$/.test(first)) return { text: text.trim() };
  return { title: first.trim(), text: rest.trim() };
}

/** RFC 3339 -> the browser's field for a local time. */
function local(moment) {
  const time = new Date(moment ?? NaN);
  if (Number.isNaN(time.valueOf())) return "";
  return new Date(time - time.getTimezoneOffset() * 60000).toISOString().slice(0, 16);
}

/** UTF-8, else what Windows wrote; XML in the encoding that it names. */
function decoded(buffer) {
  const declared = new TextDecoder("latin1").decode(buffer.slice(0, 200)).match(/^[^<]*<\?xml[^>]*encoding\s*=\s*["']([\w.-]+)/)?.[1];
  for (const encoding of [declared, "utf-8"].filter(Boolean)) {
    try {
      return new TextDecoder(encoding, { fatal: true }).decode(buffer);
    } catch {
      // Another one, then.
    }
  }
  return new TextDecoder("windows-1252").decode(buffer);
}

function take(items) {
  add(items);
  announce(t("added", { count: items.length }));
}

document.addEventListener("paste", (event) => {
  const field = event.target.closest?.("input, textarea");
  if (field && field.id !== "paste") return;
  const files = [...(event.clipboardData?.files ?? [])];
  const text = event.clipboardData?.getData("text/plain") ?? "";
  if (!files.length && !text.trim()) return;
  event.preventDefault();
  // What was typed before is not lost: it is part of the article.
  const typedBefore = byId("paste").value.trim();
  if (files.length && !text.trim()) takeFiles(files);
  else if (typedBefore) byId("paste").setRangeText(text, byId("paste").selectionStart, byId("paste").selectionEnd, "end");
  else if (!takeText(text, event.clipboardData.getData("text/html")) && !byId("paste").value) byId("paste").value = text;
});

byId("files").addEventListener("change", async (event) => {
  await takeFiles([...event.target.files]);
  event.target.value = "";
});
byId("paste").addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
  event.preventDefault();
  addTyped();
});
byId("paste").addEventListener("input", (event) => {
  if (!event.target.value) for (const id of ["offer", "paste-error"]) say(byId(id), "");
});
byId("add").addEventListener("click", addTyped);
byId("try").addEventListener("click", () => {
  add(ofJson(JSON.parse(byId("example").textContent), null));
  byId("summary").focus({ preventScroll: true }); // the button is gone
});
if (navigator.platform.startsWith("Mac")) byId("add-key").textContent = t("add_key_mac");

/** Adds what is in the field: typed, dictated, or inserted by the keyboard of a phone, which sends no paste. */
function addTyped() {
  const field = byId("paste");
  if (takeText(field.value)) field.value = "";
  if (byId("offer").hidden) field.focus();
}

let depth = 0;
const holdsFiles = (event) => [...(event.dataTransfer?.types ?? [])].some((type) => type === "Files" || type === "text/plain");
document.addEventListener("dragenter", (event) => {
  if (!holdsFiles(event)) return;
  depth += 1;
  byId("drop").hidden = false;
});
document.addEventListener("dragleave", () => {
  depth = Math.max(0, depth - 1);
  byId("drop").hidden = depth === 0;
});
document.addEventListener("dragover", (event) => {
  if (holdsFiles(event)) event.preventDefault();
});
document.addEventListener("drop", (event) => {
  depth = 0;
  byId("drop").hidden = true;
  if (!holdsFiles(event)) return;
  event.preventDefault();
  const files = [...event.dataTransfer.files];
  if (files.length) takeFiles(files);
  else takeText(event.dataTransfer.getData("text/plain"));
});

/** Whether the editor has brought anything. */
export const isEmpty = () => !typed.items.length;
