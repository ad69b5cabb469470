// The summary to the clipboard: as it is shown, at once; or as text, Markdown, HTML or ninjs, written by the service.
import { Problem, ask } from "./api_client.js";
import { copy, refuse } from "./clipboard.js";
import { byId } from "./dom.js";
import { request } from "./request.js";
import { answered, listen, tell, typed } from "./state.js";

const { summarize } = document.body.dataset;
const desk = document.querySelector(".desk");
const summaryButton = byId("copy-summary");
const escapeHtml = (text) => text.replace(/[&<>"]/g, (sign) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[sign]);
const OWN = {
  text: (own, text) => `${own}\n\n${text}`,
  markdown: (own, text) => `# ${own.replace(/[\\`*_[\]<>#]/g, "\\$&")}\n\n${text}`,
  html: (own, text) => `<h2>${escapeHtml(own)}</h2>\n${text}`,
  "ninjs-3": (own, text) => JSON.stringify({ ...JSON.parse(text), headlines: [{ role: "main", value: own }] }, null, 2),
};

for (const button of byId("export").querySelectorAll("button")) button.addEventListener("click", () => take(button));
summaryButton.addEventListener("click", () => {
  if ("stale" in desk.dataset) refuse(summaryButton, "stale");
  else copy(shown(answered.answer), summaryButton);
});
listen("answered", () => {
  const isEmpty = !answered.answer?.summary.sentences.length;
  byId("export").hidden = isEmpty;
  summaryButton.hidden = isEmpty;
  delete desk.dataset.stale;
});
// From a change to its answer, what is shown is not the summary of what is typed.
listen("ask", () => { if (answered.answer) desk.dataset.stale = ""; });

/** The summary with numbered sources, as text and as HTML, under the editor's own headline where there is one. */
function shown({ summary, articles }) {
  const own = typed.own.trim();
  const byArticle = new Map(articles.map((article) => [article.id, article]));
  const cited = [...new Set(summary.sentences.map(({ article_id: id }) => id))];
  const numbered = summary.sentences.map(({ text, article_id: id }) => ({ text: text.replace(/\s+/g, " "), number: cited.indexOf(id) + 1 }));
  const names = cited.map((id) => [byArticle.get(id).source, byArticle.get(id).title].filter(Boolean).join(", ") || answered.stories.find(({ report }) => report.id === id).label);
  return {
    text: [...(own ? [own, ""] : []), numbered.map(({ text, number }) => `${text} [${number}]`).join(" "), "", ...names.map((name, at) => `[${at + 1}] ${name}`), ""].join("\n"),
    html: [
      own && `<h2>${escapeHtml(own)}</h2>`,
      `<p>${numbered.map(({ text, number }) => `${escapeHtml(text)} [${number}]`).join(" ")}</p>`,
      `<ol>${names.map((name) => `<li>${escapeHtml(name)}</li>`).join("")}</ol>`,
    ].filter(Boolean).join("\n"),
  };
}

async function take(button) {
  const { output } = button.dataset;
  const wanted = request();
  const own = typed.own.trim();
  if (own) wanted.body.headlines.count = 0;
  delete wanted.body.all_sentences;
  const writing = ask("export", summarize, { ...wanted.body, output }).then((text) => {
    if (text === null) throw new Problem({ detail: "", type: "canceled" });
    return own ? OWN[output](own, text) : output === "ninjs-3" ? JSON.stringify(JSON.parse(text), null, 2) : text;
  });
  try {
    await copy(writing, button);
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    if (error.type !== "canceled") tell("problem", { problem: error, items: wanted.items });
  }
}
