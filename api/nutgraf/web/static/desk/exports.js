// The summary as text, Markdown, HTML or ninjs: written by the service, with the editor's own headline where there is one.
import { Problem, ask } from "./client.js";
import { copy } from "./clipboard.js";
import { byId } from "./dom.js";
import { request } from "./request.js";
import { listen, tell, answered, typed } from "./state.js";

const { summarize } = document.body.dataset;
const escapeHtml = (text) => text.replace(/[&<>"]/g, (sign) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[sign]);
const OWN = {
  text: (own, text) => `${own}\n\n${text}`,
  markdown: (own, text) => `# ${own.replace(/[\\`*_[\]<>#]/g, "\\$&")}\n\n${text}`,
  html: (own, text) => `<h2>${escapeHtml(own)}</h2>\n${text}`,
  "ninjs-3": (own, text) => JSON.stringify({ ...JSON.parse(text), headlines: [{ role: "main", value: own }] }, null, 2),
};

for (const button of byId("export").querySelectorAll("button")) button.addEventListener("click", () => take(button));
listen("answered", () => { byId("export").hidden = !answered.answer?.summary.sentences.length; });

async function take(button) {
  const { output } = button.dataset;
  const wanted = request();
  const own = typed.own.trim();
  if (own) wanted.body.headlines.count = 0;
  delete wanted.body.all_sentences;
  try {
    const text = await ask("export", summarize, { ...wanted.body, output });
    if (text === null) return;
    const written = own ? OWN[output](own, text) : output === "ninjs-3" ? JSON.stringify(JSON.parse(text), null, 2) : text;
    await copy(written, button);
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    tell("problem", { problem: error, items: wanted.items });
  }
}
