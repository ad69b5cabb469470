// Copies the summary: as the page shows it, or as text, Markdown, HTML or ninjs, which the service writes.
import { Problem, sendRequest } from "./api_client.js";
import { copy, reportFailure } from "./clipboard.js";
import { byId } from "./dom.js";
import { summaryRequest } from "./request.js";
import { draft, emit, listen, result } from "./state.js";

const { summarize } = document.body.dataset;
const desk = document.querySelector(".desk");
const summaryButton = byId("copy-summary");
const escapeHtml = (text) => text.replace(/[&<>"]/g, (character) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[character]);
const WITH_OWN_HEADLINE = {
  text: (ownHeadline, text) => `${ownHeadline}\n\n${text}`,
  markdown: (ownHeadline, text) => `# ${ownHeadline.replace(/[\\`*_[\]<>#]/g, "\\$&")}\n\n${text}`,
  html: (ownHeadline, text) => `<h2>${escapeHtml(ownHeadline)}</h2>\n${text}`,
  "ninjs-3": (ownHeadline, text) => JSON.stringify({ ...JSON.parse(text), headlines: [{ role: "main", value: ownHeadline }] }, null, 2),
};

for (const button of byId("export").querySelectorAll("button")) button.addEventListener("click", () => copyAs(button));
summaryButton.addEventListener("click", () => {
  if ("stale" in desk.dataset) reportFailure(summaryButton, "stale");
  else copy(summaryWithSources(result.answer), summaryButton);
});
listen("answered", () => {
  const isEmpty = !result.answer?.summary.sentences.length;
  byId("export").hidden = isEmpty;
  summaryButton.hidden = isEmpty;
  delete desk.dataset.stale;
});
// After a change, the shown summary is out of date until the answer arrives.
listen("request", () => { if (result.answer) desk.dataset.stale = ""; });

/** The summary with numbered sources, as text and as HTML; the editor's own headline, if there is one, comes first. */
function summaryWithSources({ summary, articles }) {
  const ownHeadline = draft.own.trim();
  const byArticle = new Map(articles.map((article) => [article.id, article]));
  const cited = [...new Set(summary.sentences.map(({ article_id: id }) => id))];
  const numbered = summary.sentences.map(({ text, article_id: id }) => ({ text: text.replace(/\s+/g, " "), number: cited.indexOf(id) + 1 }));
  const names = cited.map((id) => [byArticle.get(id).source, byArticle.get(id).title].filter(Boolean).join(", ") || result.articles.find(({ report }) => report.id === id).label);
  return {
    text: [...(ownHeadline ? [ownHeadline, ""] : []), numbered.map(({ text, number }) => `${text} [${number}]`).join(" "), "", ...names.map((name, index) => `[${index + 1}] ${name}`), ""].join("\n"),
    html: [
      ownHeadline && `<h2>${escapeHtml(ownHeadline)}</h2>`,
      `<p>${numbered.map(({ text, number }) => `${escapeHtml(text)} [${number}]`).join(" ")}</p>`,
      `<ol>${names.map((name) => `<li>${escapeHtml(name)}</li>`).join("")}</ol>`,
    ].filter(Boolean).join("\n"),
  };
}

async function copyAs(button) {
  const { output } = button.dataset;
  const request = summaryRequest();
  const ownHeadline = draft.own.trim();
  if (ownHeadline) request.body.headlines.count = 0;
  delete request.body.all_sentences;
  const content = sendRequest("export", summarize, { ...request.body, output }).then((text) => {
    if (text === null) throw new Problem({ detail: "", type: "canceled" });
    return ownHeadline ? WITH_OWN_HEADLINE[output](ownHeadline, text) : output === "ninjs-3" ? JSON.stringify(JSON.parse(text), null, 2) : text;
  });
  try {
    await copy(content, button);
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    if (error.type !== "canceled") emit("problem", { problem: error, items: request.items });
  }
}
