// What is pasted or dropped -> articles.
import { byId, say } from "./dom.js";
import { entriesOf } from "./feed_entries.js";
import { announce, progress } from "./notices.js";
import { add, tell, typed } from "./state.js";
import { t } from "./strings.js";

const MOST_BYTES = 8 * 1024 * 1024;
const LONGEST_TITLE = 140;
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
    const text = decoded(await file.arrayBuffer());
    try {
      found.push(...articlesOf(text, file.name));
    } catch (error) {
      if (!(error instanceof Unusable)) throw error;
      trouble.push(error.message);
    }
  }
  tell("settled");
  if (found.length) take(found);
  say(byId("paste-error"), trouble.join(" "));
}

/** Adds what a paste holds. */
export function takeText(text) {
  if (!text.trim()) return;
  say(byId("paste-error"), "");
  take(articlesOf(text, null));
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
  if (files.length && !text.trim()) takeFiles(files);
  else takeText(text);
});

byId("files").addEventListener("change", async (event) => {
  await takeFiles([...event.target.files]);
  event.target.value = "";
});
byId("paste").addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
  takeText(event.target.value);
  event.target.value = "";
});
byId("try").addEventListener("click", () => {
  add(ofJson(JSON.parse(byId("example").textContent), null));
});

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
